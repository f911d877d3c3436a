"""Of what a camera and its owner would rather keep, nothing is in any file that readers get, whatever the original."""

import pytest
import pyvips
from tests.support.photo_files import resource, segment, xmp_with

from imaging import RenditionSpec, make_renditions
from imaging.spec import FORMATS
from slugline.photo_metadata import image_from

SPEC = RenditionSpec(widths=(320,), formats=FORMATS)
THUMBNAIL = bytes(pyvips.Image.gaussnoise(40, 30, mean=128, seed=7).cast("uchar").jpegsave_buffer(keep="none"))
SECRETS = {
    "maker note": b"MAKERNOTE-of-a-camera",
    "serial number": b"SERIAL-0042",
    "lens's serial number": b"LENS-SERIAL-0043",
    "owner": b"Owner Who Hides",
    "position in Exif": b"\0\0\0\x33\0\0\0\1\0\0\0\x1e\0\0\0\1\0\0\x04\xd2\0\0\0\x64",
    "position in XMP": b"51,30.2057N",
    "comment": b"a comment in the file",
    "thumbnail in Exif": THUMBNAIL[-200:],
    "thumbnail in Photoshop's resources": b"PHOTOSHOP-THUMBNAIL" * 5,
    "thumbnail in XMP": b"VEhVTUJOQUlMIGluIFhNUA",
    "edit history": b"C:/Users/hides/Desktop/secret.psd",
}

Entry = tuple[int, int, int, bytes]
"""Tag, type, count and value."""


def directory(start: int, entries: list[Entry], following: int = 0) -> bytes:
    """An image file directory at this offset, big-endian, its long values behind it."""
    behind = start + 2 + 12 * len(entries) + 4
    table, values = len(entries).to_bytes(2), b""
    for tag, kind, count, value in entries:
        table += tag.to_bytes(2) + kind.to_bytes(2) + count.to_bytes(4)
        if len(value) <= 4:
            table += value.ljust(4, b"\0")
        else:
            table += (behind + len(values)).to_bytes(4)
            values += value + b"\0" * (len(value) % 2)
    return table + following.to_bytes(4) + values


def text(tag: int, value: bytes) -> Entry:
    return tag, 2, len(value) + 1, value + b"\0"


def offset(tag: int, to: int) -> Entry:
    return tag, 4, 1, to.to_bytes(4)


def exif() -> bytes:
    """Main, camera, position and thumbnail directories at 8, 100, 600 and 800."""
    camera = [
        (0x927C, 7, len(SECRETS["maker note"]), SECRETS["maker note"]),
        text(0xA430, SECRETS["owner"]),
        text(0xA431, SECRETS["serial number"]),
        text(0xA435, SECRETS["lens's serial number"]),
    ]
    position = [(1, 2, 2, b"N\0"), (2, 5, 3, SECRETS["position in Exif"])]
    thumbnail = [(0x0103, 3, 1, b"\0\6"), offset(0x0201, 1000), offset(0x0202, len(THUMBNAIL))]
    block = b"MM\0*" + (8).to_bytes(4) + directory(8, [offset(0x8769, 100), offset(0x8825, 600)], following=800)
    for at, part in ((100, directory(100, camera)), (600, directory(600, position)), (800, directory(800, thumbnail))):
        block = block.ljust(at, b"\0") + part
    return block.ljust(1000, b"\0") + THUMBNAIL


LATITUDE = SECRETS["position in XMP"].decode()
XMP = xmp_with(
    f'<xmp:Thumbnails xmlns:xmp="http://ns.adobe.com/xap/1.0/">{SECRETS["thumbnail in XMP"].decode()}</xmp:Thumbnails>'
    f'<exif:GPSLatitude xmlns:exif="http://ns.adobe.com/exif/1.0/">{LATITUDE}</exif:GPSLatitude>'
    f"<photoshop:History>{SECRETS['edit history'].decode()}</photoshop:History>",
    'photoshop:Credit="Jane Roe"',
)


def picture() -> pyvips.Image:
    return pyvips.Image.gaussnoise(400, 300, mean=128, seed=1).cast("uchar").copy(interpretation="b-w")


def jpeg() -> bytes:
    plain = bytes(picture().jpegsave_buffer(keep="none"))
    blocks = segment(0xE1, b"Exif\0\0" + exif()) + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)
    blocks += segment(0xED, b"Photoshop 3.0\0" + resource(0x040C, SECRETS["thumbnail in Photoshop's resources"]))
    return plain[:2] + blocks + segment(0xFE, SECRETS["comment"]) + plain[2:]


def other(saver: str) -> bytes:
    """The same blocks where libvips keeps them, unchanged, in this format."""
    image = picture().copy()
    image.set_type(pyvips.GValue.blob_type, "xmp-data", XMP)
    image.set_type(pyvips.GValue.gstr_type, "png-comment-0-Comment", SECRETS["comment"].decode())
    return bytes(image.write_to_buffer(saver))


ORIGINALS = {
    "JPEG": jpeg(),
    "PNG": other(".png"),
    "WebP": other(".webp"),
    "TIFF": other(".tif"),
    "AVIF": other(".avif"),
}


def test_the_original_has_all_of_it() -> None:
    assert [name for name, secret in SECRETS.items() if secret not in ORIGINALS["JPEG"]] == []


@pytest.mark.parametrize("name", ORIGINALS)
def test_none_of_it_is_in_any_rendition(name: str) -> None:
    original = ORIGINALS[name]
    files = make_renditions(original, SPEC, image_from(original, image_id="1", file="a")).files
    assert {file.content_type for file in files} == {"image/avif", "image/webp", "image/jpeg"}
    for file in files:
        assert [kind for kind, secret in SECRETS.items() if secret in file.data] == []
        # And what is to be there is there
        assert b"Jane Roe" in file.data
