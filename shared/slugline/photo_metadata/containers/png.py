"""PNG chunks (W3C PNG, third edition): size, frames (acTL), Exif, XMP in iTXt, C2PA."""

import zlib
from collections.abc import Iterator

from slugline.photo_metadata.blocks import Blocks

CONTENT_TYPE = "image/png"

SIGNATURE = b"\x89PNG\r\n\x1a\n"
XMP = b"XML:com.adobe.xmp\0"
XMP_BYTES = 10_000_000


def detect(data: bytes) -> bool:
    return data.startswith(SIGNATURE)


def read(data: bytes, blocks: Blocks) -> None:
    for kind, payload in chunks(data):
        match kind:
            case b"IHDR" if not blocks.width:  # the first counts; a damaged file may have another
                blocks.width, blocks.height = int.from_bytes(payload[:4]), int.from_bytes(payload[4:8])
            case b"acTL":
                blocks.frames = int.from_bytes(payload[:4])
            case b"eXIf":
                blocks.exif = payload
            case b"caBX":
                blocks.c2pa = payload
            case b"iTXt" if payload.startswith(XMP):
                blocks.xmp = international_text(payload[len(XMP) :])
            case b"zTXt" if payload.startswith(XMP):  # against the XMP specification, but libvips writes it so
                blocks.xmp = inflated(payload[len(XMP) + 1 :])


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4])
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        at += 12 + size


def international_text(payload: bytes) -> bytes | None:
    """An iTXt text: compressed or not, after its language and translated keyword."""
    compressed = payload[0] == 1
    text = payload[2:].split(b"\0", 2)[2]
    return inflated(text) if compressed else text


def inflated(data: bytes) -> bytes | None:
    """Within bounds, whatever the data would become."""
    try:
        return zlib.decompressobj().decompress(data, XMP_BYTES)
    except zlib.error:
        return None
