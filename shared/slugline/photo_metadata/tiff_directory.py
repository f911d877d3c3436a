"""TIFF's image file directories (TIFF 6.0, section 2), which Exif uses too: tag to value, for the types we read."""

from dataclasses import dataclass
from typing import Literal

from slugline.photo_metadata.blocks import BadPhoto

Order = Literal["little", "big"]

BYTE, ASCII, SHORT, LONG, RATIONAL, UNDEFINED, SBYTE, IFD, UTF8 = 1, 2, 3, 4, 5, 7, 6, 13, 129
SIZES = {BYTE: 1, ASCII: 1, SHORT: 2, LONG: 4, RATIONAL: 8, SBYTE: 1, UNDEFINED: 1, IFD: 4, UTF8: 1}
ENTRIES = 2_000
VALUE_BYTES = 10_000_000


@dataclass(frozen=True)
class Entry:
    """A tag's raw value. `integers` reads it as numbers of its type's width."""

    kind: int
    data: bytes
    order: Order

    @property
    def integers(self) -> list[int]:
        width = {SHORT: 2, LONG: 4, IFD: 4, RATIONAL: 4}.get(self.kind, 1)
        return [int.from_bytes(self.data[i : i + width], self.order) for i in range(0, len(self.data), width)]

    @property
    def integer(self) -> int:
        return next(iter(self.integers), 0)


class Directories:
    """The directories of one TIFF structure. Offsets are from its first byte; a wild one gives an empty value."""

    def __init__(self, data: bytes) -> None:
        orders: dict[bytes, Order] = {b"II*\0": "little", b"MM\0*": "big"}
        if data[:4] not in orders:
            raise BadPhoto("no TIFF header")
        self.data = data
        self.order = orders[data[:4]]

    @property
    def first(self) -> dict[int, Entry]:
        return self.at(self.number(4, 4))

    def at(self, offset: int) -> dict[int, Entry]:
        entries = {}
        for index in range(min(self.number(offset, 2), ENTRIES)):
            entry = offset + 2 + 12 * index
            kind, count = self.number(entry + 2, 2), self.number(entry + 4, 4)
            size = SIZES.get(kind, 0) * count
            start = entry + 8 if size <= 4 else self.number(entry + 8, 4)  # noqa: PLR2004 - a value of 4 bytes is inline
            if 0 < size <= VALUE_BYTES:
                entries[self.number(entry, 2)] = Entry(kind, self.data[start : start + size], self.order)
        return entries

    def count(self) -> int:
        """How many directories are chained: a TIFF's pages."""
        seen: set[int] = set()
        offset = self.number(4, 4)
        while offset and offset not in seen and offset + 2 <= len(self.data):
            seen.add(offset)
            offset = self.number(offset + 2 + 12 * self.number(offset, 2), 4)
        return len(seen)

    def number(self, offset: int, width: int) -> int:
        return int.from_bytes(self.data[offset : offset + width], self.order)
