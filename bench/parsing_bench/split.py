"""Which half of a set an item belongs to: one to develop on, one kept apart."""

from hashlib import sha256
from typing import Literal

Half = Literal["dev", "apart"]


def half_of(name: str) -> Half:
    """By hash of the name, so that nobody chooses and a new item falls where it falls."""
    return "dev" if sha256(name.encode()).digest()[0] % 2 == 0 else "apart"
