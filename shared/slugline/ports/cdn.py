"""The content delivery network before the site."""

from collections.abc import Sequence
from typing import Protocol


class Cdn(Protocol):
    def forget(self, paths: Sequence[str]) -> None:
        """Serve none of these paths (`*` at the end stands for anything) from cache any more."""
        ...
