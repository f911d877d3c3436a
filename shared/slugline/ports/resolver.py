"""Names to addresses."""

from typing import Protocol


class Unresolvable(Exception):  # noqa: N818 - reads as the finding it is
    """The name has no address, or none was found in time."""


class Resolver(Protocol):
    def resolve(self, host: str, timeout: float) -> tuple[str, ...]:
        """All addresses of the host, within `timeout` seconds. Raises Unresolvable, TimeoutError."""
        ...

    def known(self, host: str) -> tuple[str, ...] | None:
        """The addresses if a recent answer gives them, without waiting; None to ask."""
        ...
