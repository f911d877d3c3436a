"""WebP's RIFF chunks (RFC 9649): size, frames, Exif, XMP, C2PA."""

from collections.abc import Iterator

from slugline.photo_metadata.blocks import Blocks

CONTENT_TYPE = "image/webp"


def detect(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def read(data: bytes, blocks: Blocks) -> None:
    frames = 0
    for kind, payload in chunks(data):
        match kind:
            case b"VP8X":
                blocks.width, blocks.height = little(payload[4:7]) + 1, little(payload[7:10]) + 1
            case b"VP8 " if not blocks.width:
                blocks.width, blocks.height = little(payload[6:8]) & 0x3FFF, little(payload[8:10]) & 0x3FFF
            case b"VP8L" if not blocks.width:
                bits = little(payload[1:5])
                blocks.width, blocks.height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
            case b"ANMF":
                frames += 1
            case b"EXIF":
                blocks.exif = payload.removeprefix(b"Exif\0\0")
            case b"XMP ":
                blocks.xmp = payload
            case b"C2PA":
                blocks.c2pa = payload
    blocks.frames = max(frames, 1)


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(data):
        size = little(data[at + 4 : at + 8])
        yield data[at : at + 4], data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def little(data: bytes) -> int:
    return int.from_bytes(data, "little")
