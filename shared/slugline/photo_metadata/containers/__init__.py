"""One reader per file type. Each walks the container's directory, never its pixels, and fills in what it finds."""

from typing import Protocol

from slugline.photo_metadata.blocks import BadPhoto, Blocks
from slugline.photo_metadata.containers import bmff, gif, jpeg, png, tiff, webp


class Reader(Protocol):
    """What each module here is."""

    CONTENT_TYPE: str

    def detect(self, data: bytes, /) -> bool: ...
    def read(self, data: bytes, blocks: Blocks, /) -> None: ...


READERS: tuple[Reader, ...] = (jpeg, png, webp, gif, tiff, bmff)


def is_photo(data: bytes) -> bool:
    """Whether the data begins as one of the accepted types does."""
    return any(reader.detect(data) for reader in READERS)


def read_blocks(data: bytes) -> Blocks:
    """The raw blocks of the file; those before the damage, where it is damaged behind its size, as decoders do.

    Raises BadPhoto for a file of no known type, or of no known size.
    """
    reader = next((reader for reader in READERS if reader.detect(data)), None)
    if reader is None:
        raise BadPhoto("not a JPEG, PNG, WebP, GIF, TIFF, HEIC or AVIF file")
    blocks = Blocks(reader.CONTENT_TYPE)
    try:
        reader.read(data, blocks)
    except (IndexError, ValueError, ArithmeticError) as error:
        if not (blocks.width and blocks.height):
            raise BadPhoto(f"damaged {reader.CONTENT_TYPE} structure: {error}") from error
        blocks.damaged = True
    if not (blocks.width and blocks.height):
        raise BadPhoto(f"the {reader.CONTENT_TYPE} file says nothing of its size")
    return blocks
