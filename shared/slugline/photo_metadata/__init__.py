"""Photo metadata in the standards of the trade: IPTC-IIM, XMP and Exif. Pure: bytes in, models out, and back.

Own readers for the containers, because what the libraries for it weigh is not in proportion: Pillow unpacks to 22 MB
and reads neither HEIC nor a declared IIM charset, ExifRead imports in 48 ms and reads no IPTC; this needs nothing but
the standard library.
"""

from slugline.photo_metadata.blocks import BadPhoto
from slugline.photo_metadata.containers import is_photo
from slugline.photo_metadata.metadata import Photo, PhotoMetadata
from slugline.photo_metadata.reading import image_from, image_of, read_photo
from slugline.photo_metadata.writing import Embedded, embedded_blocks

__all__ = [
    "BadPhoto",
    "Embedded",
    "Photo",
    "PhotoMetadata",
    "embedded_blocks",
    "image_from",
    "image_of",
    "is_photo",
    "read_photo",
]
