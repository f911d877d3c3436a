"""What every rendition says of itself, read back by a tool that is not ours (Debian: libimage-exiftool-perl)."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.support.needs import lacking

from imaging import RenditionFile, RenditionSpec, make_renditions
from imaging.spec import FORMATS
from slugline.photo_metadata import image_from
from slugline.story import Image

EXIFTOOL = shutil.which("exiftool")

LABELS = Image(
    id="1",
    headline="Überschwemmung in 東京",
    caption="Eine Straße unter Wasser.\nZweite Zeile & <Zeichen>.",
    alt="Ein Auto im Wasser",
    credit="Jane Roe / Slugline",
    byline="Jane Roe",
    copyright="© Slugline",
    source="Slugline",
    instructions="Editorial use only",
    usage_terms="Free for subscribers.",
    data_mining="http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED",
    digital_source_type="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
    created="2026-06-15T10:30:00-05:00",
    location="Dalhart, Texas, United States",
    keywords=("drought", "Dürre"),
)


@pytest.fixture(autouse=True)
def _exiftool() -> None:
    if EXIFTOOL is None:
        lacking("reading labels back needs exiftool (Debian: libimage-exiftool-perl)")


def read_back(data: bytes, folder: Path) -> dict[str, Any]:
    path = folder / "rendition"
    path.write_bytes(data)
    command = [str(EXIFTOOL), "-json", "-G1", "-a", "-struct", "-n", str(path)]
    answer = subprocess.run(command, capture_output=True, check=True).stdout  # noqa: S603 - a fixed command
    found: dict[str, Any] = json.loads(answer)[0]
    return found


@pytest.fixture(scope="module")
def files() -> tuple[RenditionFile, ...]:
    photo = Path(__file__).parents[2] / "samples" / "photo" / "dust-bowl-farm.jpg"
    spec = RenditionSpec(widths=(320,), formats=FORMATS)
    return make_renditions(photo.read_bytes(), spec, LABELS).files


def test_every_property_is_in_the_xmp_of_every_format(files: tuple[RenditionFile, ...], tmp_path: Path) -> None:
    assert {file.content_type for file in files} == {"image/avif", "image/webp", "image/jpeg"}
    for file in files:
        found = read_back(file.data, tmp_path)
        assert found["XMP-photoshop:Headline"] == LABELS.headline
        assert found["XMP-dc:Description"] == LABELS.caption
        assert found["XMP-iptcCore:AltTextAccessibility"] == LABELS.alt
        assert found["XMP-photoshop:Credit"] == LABELS.credit
        assert found["XMP-dc:Creator"] == [LABELS.byline]
        assert found["XMP-dc:Rights"] == LABELS.copyright
        assert found["XMP-photoshop:Source"] == LABELS.source
        assert found["XMP-photoshop:Instructions"] == LABELS.instructions
        assert found["XMP-xmpRights:UsageTerms"] == LABELS.usage_terms
        assert found["XMP-iptcExt:DigitalSourceType"] == LABELS.digital_source_type
        assert found["XMP-photoshop:DateCreated"] == "2026:06:15 10:30:00-05:00"
        assert found["XMP-plus:DataMining"] == LABELS.data_mining
        assert found["XMP-dc:Subject"] == list(LABELS.keywords)
        assert found["XMP-iptcExt:LocationShown"] == [{"LocationName": LABELS.location}]


def test_jpeg_has_the_texts_in_iptc_iim_too(files: tuple[RenditionFile, ...], tmp_path: Path) -> None:
    for file in (file for file in files if file.content_type == "image/jpeg"):
        found = read_back(file.data, tmp_path)
        assert found["IPTC:CodedCharacterSet"] == "\x1b%G"
        assert found["IPTC:Headline"] == LABELS.headline
        assert found["IPTC:Caption-Abstract"] == LABELS.caption
        assert found["IPTC:Credit"] == LABELS.credit
        assert found["IPTC:CopyrightNotice"] == LABELS.copyright
        assert found["IPTC:By-line"] == LABELS.byline
        assert found["IPTC:Source"] == LABELS.source
        assert found["IPTC:SpecialInstructions"] == LABELS.instructions
        assert found["IPTC:Keywords"] == list(LABELS.keywords)
        assert (found["IPTC:DateCreated"], found["IPTC:TimeCreated"]) == ("2026:06:15", "10:30:00-05:00")


def test_exif_has_what_ascii_can_say(files: tuple[RenditionFile, ...], tmp_path: Path) -> None:
    for file in files:
        found = read_back(file.data, tmp_path)
        assert found["IFD0:Artist"] == "Jane Roe"
        assert "IFD0:ImageDescription" not in found


PRIVATE = ("gps", "serial", "thumbnail", "makernote", "owner", "ifd1", "preview", "lens")


@pytest.mark.parametrize("name", ["dust-bowl-farm.jpg", "airplane.jpg", "dust-bowl-farm.heic"])
def test_nothing_private_is_left(name: str, tmp_path: Path) -> None:
    # Given a photo with a position, a serial number and a thumbnail
    original = (Path(__file__).parents[2] / "samples" / "photo" / name).read_bytes()
    before = " ".join(read_back(original, tmp_path)).lower()
    assert "gps" in before
    assert "serial" in before
    # When it is made with the metadata it came with
    made = make_renditions(original, RenditionSpec(widths=(320,)), image_from(original, image_id="1", file=name))
    # Then no rendition has any of them
    for file in made.files:
        tags = " ".join(read_back(file.data, tmp_path)).lower()
        assert not [word for word in PRIVATE if word in tags]


def test_exiftool_finds_no_fault_with_the_files(files: tuple[RenditionFile, ...], tmp_path: Path) -> None:
    for file in files:
        warnings = [text for tag, text in read_back(file.data, tmp_path).items() if "Warning" in tag]
        assert [text for text in warnings if not text.startswith("[minor]")] == []
