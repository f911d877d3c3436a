"""GIF89a blocks: size, frames, XMP in its application extension."""

from slugline.photo_metadata.blocks import Blocks

CONTENT_TYPE = "image/gif"

IMAGE, EXTENSION, APPLICATION = 0x2C, 0x21, 0xFF
XMP = b"XMP DataXMP"
MAGIC_TRAILER = 258
"""XMP is not cut into sub-blocks; a trailer of 258 bytes leads a reader that believes so to the terminator."""


def detect(data: bytes) -> bool:
    return data[:6] in {b"GIF87a", b"GIF89a"}


def read(data: bytes, blocks: Blocks) -> None:
    blocks.width, blocks.height = (int.from_bytes(data[at : at + 2], "little") for at in (6, 8))
    blocks.frames = 0
    at = 13 + colour_table(data[10])
    while at < len(data) and data[at] in {IMAGE, EXTENSION}:
        if data[at] == IMAGE:
            blocks.frames += 1
            at = after_sub_blocks(data, at + 11 + colour_table(data[at + 9]))
        elif data[at + 1] == APPLICATION and data[at + 3 : at + 14] == XMP:
            end = after_sub_blocks(data, at + 14)
            blocks.xmp = data[at + 14 : end - MAGIC_TRAILER]
            at = end
        else:
            at = after_sub_blocks(data, at + 2)


def colour_table(flags: int) -> int:
    """Bytes of the colour table that the flags announce."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def after_sub_blocks(data: bytes, at: int) -> int:
    while data[at]:
        at += 1 + data[at]
    return at + 1
