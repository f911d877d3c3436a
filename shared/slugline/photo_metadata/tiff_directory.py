"""The image file directories of TIFF (TIFF 6.0, section 2), BigTIFF and Exif: tag to value, for the types we read."""

from dataclasses import dataclass
from typing import Literal

from slugline.photo_metadata.blocks import BadPhoto

Order = Literal["little", "big"]

BYTE, ASCII, SHORT, LONG, RATIONAL, UNDEFINED, SBYTE, IFD, LONG8, IFD8, UTF8 = 1, 2, 3, 4, 5, 7, 6, 13, 16, 18, 129
SIZES = {BYTE: 1, ASCII: 1, SHORT: 2, LONG: 4, RATIONAL: 8, SBYTE: 1, UNDEFINED: 1, IFD: 4, LONG8: 8, IFD8: 8, UTF8: 1}
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
        width = {SHORT: 2, LONG: 4, IFD: 4, RATIONAL: 4, LONG8: 8, IFD8: 8}.get(self.kind, 1)
        return [int.from_bytes(self.data[i : i + width], self.order) for i in range(0, len(self.data), width)]

    @property
    def integer(self) -> int:
        return next(iter(self.integers), 0)


@dataclass(frozen=True)
class Layout:
    """Bytes of the number of a directory's entries, and of an offset, which a count and an inline value have too."""

    number: int
    offset: int

    @property
    def entry(self) -> int:
        return 4 + 2 * self.offset


CLASSIC, BIG = Layout(2, 4), Layout(8, 8)
"""BigTIFF: https://libtiff.gitlab.io/libtiff/specification/bigtiff.html."""
HEADERS: dict[bytes, tuple[Order, Layout]] = {
    b"II*\0": ("little", CLASSIC),
    b"MM\0*": ("big", CLASSIC),
    b"II+\0": ("little", BIG),
    b"MM\0+": ("big", BIG),
}


class Directories:
    """The directories of one TIFF structure. Offsets are from its first byte; a wild one gives an empty value."""

    def __init__(self, data: bytes) -> None:
        if data[:4] not in HEADERS:
            raise BadPhoto("no TIFF header")
        self.data = data
        self.order, self.layout = HEADERS[data[:4]]

    @property
    def first(self) -> dict[int, Entry]:
        return self.at(self.first_offset)

    @property
    def first_offset(self) -> int:
        """It stands behind the header: 4 bytes, in BigTIFF 8."""
        return self.number(self.layout.offset, self.layout.offset)

    def at(self, offset: int) -> dict[int, Entry]:
        entries, wide = {}, self.layout.offset
        for index in range(min(self.number(offset, self.layout.number), ENTRIES)):
            entry = offset + self.layout.number + self.layout.entry * index
            kind, count = self.number(entry + 2, 2), self.number(entry + 4, wide)
            size = SIZES.get(kind, 0) * count
            inline = entry + 4 + wide
            start = inline if size <= wide else self.number(inline, wide)
            if 0 < size <= VALUE_BYTES:
                entries[self.number(entry, 2)] = Entry(kind, self.data[start : start + size], self.order)
        return entries

    def count(self) -> int:
        """How many directories are chained: a TIFF's pages."""
        seen: set[int] = set()
        offset, layout = self.first_offset, self.layout
        while offset and offset not in seen and offset + layout.number <= len(self.data):
            seen.add(offset)
            entries = layout.entry * self.number(offset, layout.number)
            offset = self.number(offset + layout.number + entries, layout.offset)
        return len(seen)

    def number(self, offset: int, width: int) -> int:
        return int.from_bytes(self.data[offset : offset + width], self.order)
