"""One reader per file type. Each walks the container's directory, never its pixels, and raises BadPhoto when lost."""

from typing import Protocol

from slugline.photo_metadata.blocks import BadPhoto, Blocks
from slugline.photo_metadata.containers import bmff, gif, jpeg, png, tiff, webp


class Reader(Protocol):
    """What each module here is."""

    CONTENT_TYPE: str

    def detect(self, data: bytes, /) -> bool: ...
    def read(self, data: bytes, /) -> Blocks: ...


READERS: tuple[Reader, ...] = (jpeg, png, webp, gif, tiff, bmff)


def is_photo(data: bytes) -> bool:
    """Whether the data begins as one of the accepted types does."""
    return any(reader.detect(data) for reader in READERS)


def read_blocks(data: bytes) -> Blocks:
    """The raw blocks of the file. Raises BadPhoto for an unknown or damaged one."""
    reader = next((reader for reader in READERS if reader.detect(data)), None)
    if reader is None:
        raise BadPhoto("not a JPEG, PNG, WebP, GIF, TIFF, HEIC or AVIF file")
    try:
        blocks = reader.read(data)
    except (IndexError, ValueError, ArithmeticError) as error:
        raise BadPhoto(f"damaged {reader.CONTENT_TYPE} structure: {error}") from error
    if not (blocks.width and blocks.height):
        raise BadPhoto(f"the {reader.CONTENT_TYPE} file says nothing of its size")
    return blocks
