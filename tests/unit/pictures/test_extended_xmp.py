"""What does not fit into one segment of a JPEG is read too: XMP Specification Part 3, 1.1.3.1."""

import shutil
import subprocess
from hashlib import md5
from itertools import permutations
from pathlib import Path

import pytest
import pyvips
from tests.support.needs import lacking
from tests.support.photo_files import caption, extension_segments, jpeg_with, records, xmp_with

from slugline.photo_metadata import read_photo

EXTENSION = xmp_with(
    caption("In the extension") + f"<dc:subject>{'<x/>' * 30_000}</dc:subject>", 'photoshop:Source="AFP"'
)
GUID = md5(EXTENSION, usedforsecurity=False).hexdigest().upper().encode()
PARTS = extension_segments(EXTENSION, GUID)
NOT_READ = "The photo's extended XMP is not whole, or too large, and was not read."


def main_packet(properties: str = "", guid: bytes = GUID) -> bytes:
    return xmp_with(properties, f'xmpNote:HasExtendedXMP="{guid.decode()}" photoshop:Credit="In the packet"')


def test_the_extension_that_the_packet_names_is_read_in_whatever_order_its_parts_come() -> None:
    assert len(PARTS) == 3
    for order in permutations(PARTS):
        photo = read_photo(jpeg_with(xmp=main_packet(), more=b"".join(order)))
        assert photo.metadata.description == "In the extension"
        assert (photo.metadata.credit, photo.metadata.source) == ("In the packet", "AFP")
        assert photo.warnings == ()


def test_a_packet_that_names_its_extension_in_an_element_is_understood() -> None:
    named = xmp_with(f"<xmpNote:HasExtendedXMP>{GUID.decode()}</xmpNote:HasExtendedXMP>")
    assert read_photo(jpeg_with(xmp=named, more=b"".join(PARTS))).metadata.source == "AFP"


def test_the_packet_wins_over_its_extension_and_the_extension_over_iim() -> None:
    photo = read_photo(jpeg_with(xmp=main_packet(caption("Packet")), more=b"".join(PARTS), iim=records(caption=b"IIM")))
    assert photo.metadata.description == "Packet"
    photo = read_photo(jpeg_with(xmp=main_packet(), more=b"".join(PARTS), iim=records(caption=b"IIM")))
    assert photo.metadata.description == "In the extension"


def test_parts_of_another_packet_are_left_alone() -> None:
    # Given what a program left that replaced the packet and knows of no extension
    photo = read_photo(jpeg_with(xmp=xmp_with(caption("New")), more=b"".join(PARTS)))
    assert (photo.metadata.description, photo.metadata.source, photo.warnings) == ("New", None, ())
    # And parts with a GUID that nobody named, between the right ones
    stray = extension_segments(xmp_with(caption("Stray")), b"0" * 32)
    photo = read_photo(jpeg_with(xmp=main_packet(), more=PARTS[0] + stray[0] + b"".join(PARTS[1:])))
    assert photo.metadata.description == "In the extension"


@pytest.mark.parametrize(
    "parts",
    [[], PARTS[:2], PARTS[1:], [PARTS[0], PARTS[2]]],
    ids=["none", "no end", "no start", "no middle"],
)
def test_an_extension_that_is_not_whole_is_a_warning_and_the_packet_still_counts(parts: list[bytes]) -> None:
    photo = read_photo(jpeg_with(xmp=main_packet(), more=b"".join(parts)))
    assert photo.metadata.credit == "In the packet"
    assert photo.warnings == (NOT_READ,)


def test_an_extension_that_would_take_too_much_memory_is_not_read() -> None:
    large = xmp_with(caption("x" * 11_000_000))
    photo = read_photo(jpeg_with(xmp=main_packet(), more=b"".join(extension_segments(large, GUID))))
    assert (photo.metadata.description, photo.warnings) == (None, (NOT_READ,))


def test_an_extension_with_a_document_type_is_not_read() -> None:
    bomb = b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]>" + EXTENSION
    photo = read_photo(jpeg_with(xmp=main_packet(), more=b"".join(extension_segments(bomb, GUID))))
    assert photo.metadata.description is None
    assert photo.warnings == ("The photo's XMP declares a document type and was not read.",)


def test_what_exiftool_puts_into_an_extension_is_read(tmp_path: Path) -> None:
    exiftool = shutil.which("exiftool")
    if exiftool is None:
        lacking("writing an extension needs exiftool (Debian: libimage-exiftool-perl)")
        return
    path = tmp_path / "photo.jpg"
    path.write_bytes(pyvips.Image.black(30, 20, bands=3).jpegsave_buffer())
    words = " ".join(f"word{number}" for number in range(9_000))
    (tmp_path / "caption").write_text(words)
    told = ["-XMP-photoshop:Instructions<=caption", "-XMP-photoshop:Credit=Jane Roe", "photo.jpg"]
    subprocess.run([exiftool, "-q", *told], cwd=tmp_path, check=True)  # noqa: S603 - a fixed command
    data = path.read_bytes()
    assert b"http://ns.adobe.com/xmp/extension/" in data
    found = read_photo(data, longest=100_000).metadata
    assert (found.credit, found.instructions) == ("Jane Roe", words)
