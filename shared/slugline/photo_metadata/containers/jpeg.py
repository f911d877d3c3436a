"""JPEG segments (ITU-T T.81, B.1) up to the scan: size, Exif, XMP and its extension, Photoshop resources, JUMBF."""

from collections.abc import Iterator

from slugline.photo_metadata.blocks import Blocks
from slugline.photo_metadata.containers.extended_xmp import MARK as EXTENSION
from slugline.photo_metadata.containers.extended_xmp import ExtendedXmp
from slugline.photo_metadata.containers.photoshop import read_resources

CONTENT_TYPE = "image/jpeg"

START_OF_FRAME = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
START_OF_IMAGE = b"\xff\xd8"
MARKER = 0xFF
BARE = {0x00, 0x01, *range(0xD0, 0xD9)}
"""Markers without a payload; 0 says that the byte before it is none."""
START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9
APP1, APP11, APP13 = 0xE1, 0xEB, 0xED
EXIF = b"Exif\0\0"
XMP = b"http://ns.adobe.com/xap/1.0/\0"
PHOTOSHOP = b"Photoshop 3.0\0"


def detect(data: bytes) -> bool:
    return data[:2] == START_OF_IMAGE


def read(data: bytes, blocks: Blocks) -> None:
    photoshop, jumbf, extended = bytearray(), bytearray(), ExtendedXmp()
    for marker, payload in segments(data):
        if marker in START_OF_FRAME:
            blocks.height = int.from_bytes(payload[1:3])
            blocks.width = int.from_bytes(payload[3:5])
        elif marker == APP1 and payload.startswith(EXIF):
            blocks.exif = blocks.exif or payload[len(EXIF) :]
        elif marker == APP1 and payload.startswith(XMP):
            blocks.xmp = blocks.xmp or payload[len(XMP) :]
        elif marker == APP1 and payload.startswith(EXTENSION):
            extended.add(payload[len(EXTENSION) :])
        elif marker == APP13 and payload.startswith(PHOTOSHOP):
            photoshop += payload[len(PHOTOSHOP) :]  # resources may run over several segments
        elif marker == APP11 and payload.startswith(b"JP"):
            jumbf += jumbf_part(payload, first=not jumbf)
    blocks.c2pa = bytes(jumbf) or None
    blocks.xmp_extension = extended.joined(blocks.xmp or b"")
    read_resources(bytes(photoshop), blocks)


def segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker segment with its payload, up to the scan; a file that ends early ends the walk."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != MARKER:  # bytes that belong to nothing, which decoders skip too
            at = data.find(MARKER, at)
            if at < 0:
                return
            continue
        marker = data[at + 1]
        if marker == MARKER:  # a fill byte
            at += 1
            continue
        if marker in BARE:
            at += 2
            continue
        if marker in {START_OF_SCAN, END_OF_IMAGE}:
            return
        length = int.from_bytes(data[at + 2 : at + 4])
        yield marker, data[at + 4 : at + 2 + length]
        at += 2 + max(length, 2)


def jumbf_part(payload: bytes, *, first: bool) -> bytes:
    """A part of the C2PA box (ISO 19566-5, C.2): 8 bytes of numbering, and a box header repeated in each later part."""
    return payload[8:] if first else payload[16:]
