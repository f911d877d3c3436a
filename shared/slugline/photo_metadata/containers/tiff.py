"""TIFF: the first directory holds size, Exif tags, XMP (700), IPTC (33723) and Photoshop resources (34377)."""

from slugline.photo_metadata.blocks import BadPhoto, Blocks
from slugline.photo_metadata.containers.photoshop import read_resources
from slugline.photo_metadata.tiff_directory import HEADERS, Directories

CONTENT_TYPE = "image/tiff"

WIDTH, HEIGHT, XMP, IPTC, PHOTOSHOP = 256, 257, 700, 33723, 34377


def detect(data: bytes) -> bool:
    return data[:4] in HEADERS


def read(data: bytes, blocks: Blocks) -> None:
    directories = Directories(data)
    first = directories.first
    if not (WIDTH in first and HEIGHT in first):
        raise BadPhoto("the TIFF's first directory has no size")
    blocks.width, blocks.height = first[WIDTH].integer, first[HEIGHT].integer
    blocks.frames, blocks.exif = directories.count(), data
    if PHOTOSHOP in first:
        read_resources(first[PHOTOSHOP].data, blocks)
    if XMP in first:
        blocks.xmp = first[XMP].data
    if IPTC in first:
        blocks.iim = first[IPTC].data
