"""HEIC and AVIF: ISO base media boxes (ISO/IEC 14496-12, 23008-12): size of the primary item, its Exif and XMP."""

from collections.abc import Iterator
from dataclasses import dataclass

from slugline.photo_metadata.blocks import BadPhoto, Blocks

CONTENT_TYPE = "image/heif"

AVIF_BRANDS = {b"avif", b"avis"}
HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
C2PA_UUID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")


@dataclass(frozen=True)
class Box:
    kind: bytes
    data: bytes


def detect(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and bool(brands(data) & (AVIF_BRANDS | HEIC_BRANDS))


def brands(data: bytes) -> set[bytes]:
    size = min(int.from_bytes(data[:4]), 256)
    return {data[8:12], *(data[at : at + 4] for at in range(16, size, 4))}


def read(data: bytes, blocks: Blocks) -> None:
    blocks.content_type = "image/avif" if brands(data) & AVIF_BRANDS else "image/heic"
    top = list(boxes(data))
    meta = next((Box(box.kind, box.data[4:]) for box in top if box.kind == b"meta"), None)
    if meta is None:
        raise BadPhoto("the file has no meta box")
    parts = {box.kind: box.data for box in boxes(meta.data)}
    primary = item_number(parts.get(b"pitm", b""))
    blocks.width, blocks.height = size_of(parts.get(b"iprp", b""), primary)
    places = locations(parts.get(b"iloc", b""))
    for item, kind, content_type in items(parts.get(b"iinf", b"")):
        if item in places and (kind == b"Exif" or content_type == b"application/rdf+xml"):
            offset, length = places[item]
            payload = data[offset : offset + length]
            if kind == b"Exif":
                blocks.exif = payload[4 + int.from_bytes(payload[:4]) :]
            else:
                blocks.xmp = payload
    blocks.c2pa = next((box.data[16:] for box in top if box.kind == b"uuid" and box.data[:16] == C2PA_UUID), None)


def boxes(data: bytes) -> Iterator[Box]:
    at = 0
    while at + 8 <= len(data):
        size, header = int.from_bytes(data[at : at + 4]), 8
        if size == 1:
            size, header = int.from_bytes(data[at + 8 : at + 16]), 16
        size = len(data) - at if size == 0 else size
        if size < header:
            raise BadPhoto(f"a box of {size} bytes")
        yield Box(data[at + 4 : at + 8], data[at + header : at + size])
        at += size


def item_number(pitm: bytes) -> int:
    return int.from_bytes(pitm[4:6] if pitm[:1] == b"\0" else pitm[4:8])


def items(iinf: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Number, type and content type of each item (versions 2 and 3 of `infe`, the only ones HEIF allows)."""
    start = 6 if iinf[:1] == b"\0" else 8
    for box in boxes(iinf[start:]):
        wide = box.data[:1] == b"\3"
        at = 8 if wide else 6
        number = int.from_bytes(box.data[4:at])
        rest = box.data[at + 6 :].split(b"\0")
        yield number, box.data[at + 2 : at + 6], rest[1] if len(rest) > 1 else b""


def locations(iloc: bytes) -> dict[int, tuple[int, int]]:
    """Offset and length in the file of each item that lies there in one piece."""
    if not iloc:
        return {}
    version = iloc[0]
    offset_size, length_size = iloc[4] >> 4, iloc[4] & 15
    base_size, index_size = iloc[5] >> 4, (iloc[5] & 15 if version else 0)
    number_size = 4 if version == 2 else 2  # noqa: PLR2004 - a version number
    reader = Reader(iloc, 6)
    found = {}
    for _ in range(reader.number(number_size)):
        item = reader.number(number_size)
        method = reader.number(2) & 15 if version else 0
        reader.number(2)
        base = reader.number(base_size)
        extents = [
            (reader.number(index_size), reader.number(offset_size), reader.number(length_size))
            for _ in range(reader.number(2))
        ]
        if method == 0 and len(extents) == 1:
            found[item] = (base + extents[0][1], extents[0][2])
    return found


def size_of(iprp: bytes, item: int) -> tuple[int, int]:
    """Width and height of the item as shown: its `ispe`, cut to its `clap`, swapped when `irot` turns it a quarter."""
    parts = {box.kind: box.data for box in boxes(iprp)}
    properties = list(boxes(parts.get(b"ipco", b"")))
    mine = [properties[index - 1] for index in associations(parts.get(b"ipma", b""), item) if index <= len(properties)]
    sizes = [box.data for box in mine if box.kind == b"ispe"]
    if not sizes:
        raise BadPhoto("the primary picture has no size")
    width, height = int.from_bytes(sizes[0][4:8]), int.from_bytes(sizes[0][8:12])
    for clap in (box.data for box in mine if box.kind == b"clap"):
        width, height = (int.from_bytes(clap[at : at + 4]) // int.from_bytes(clap[at + 4 : at + 8]) for at in (0, 8))
    turned = any(box.kind == b"irot" and box.data[0] & 1 for box in mine)
    return (height, width) if turned else (width, height)


def associations(ipma: bytes, item: int) -> list[int]:
    """Numbers, from one, of the properties of the item."""
    if not ipma:
        return []
    wide_items, wide_indexes = ipma[0] > 0, ipma[3] & 1
    reader = Reader(ipma, 4)
    for _ in range(reader.number(4)):
        number = reader.number(4 if wide_items else 2)
        indexes = [
            reader.number(2) & 0x7FFF if wide_indexes else reader.number(1) & 0x7F for _ in range(reader.number(1))
        ]
        if number == item:
            return [index for index in indexes if index]
    return []


class Reader:
    """Reads big-endian numbers one after the other. Raises ValueError at the end of the data."""

    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.at = data, at

    def number(self, size: int) -> int:
        if self.at + size > len(self.data):
            raise ValueError("a box ends early")
        self.at += size
        return int.from_bytes(self.data[self.at - size : self.at])
