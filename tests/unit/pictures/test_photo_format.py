"""A photo dropped by itself is a picture story."""

from collections.abc import Callable

import pytest
import pyvips

from parsing.document import Context, Document, ParsedStory, Rejected
from parsing.formats.photo import FORMAT
from parsing.limits import Limits
from slugline.story import Author, Block, BlockType


def nested(document: Document) -> tuple[ParsedStory, ...]:
    raise AssertionError(f"a photo has no parts, but {document.name} was parsed as one")


def parsed(name: str, data: bytes) -> ParsedStory:
    (story,) = FORMAT.parse(Document(name, data), Context(Limits(), nested))
    return story


def test_the_iptc_metadata_is_the_story(own_photo: bytes) -> None:
    story = parsed("drop/IMG_0042.jpg", own_photo).story
    assert story.headline == "An abandoned farmhouse stands alone on the plains"
    assert story.byline == "Jane Roe"
    assert story.authors == (Author(name="Jane Roe", role="Staff photographer"),)
    assert story.keywords == ("drought", "farming")
    assert story.warnings == ()


def test_the_picture_is_the_only_block_and_keeps_its_caption(own_photo: bytes) -> None:
    story = parsed("IMG_0042.jpg", own_photo).story
    (image,) = story.images
    assert story.body == (Block(type=BlockType.IMAGE, image=image.id),)
    assert image.file == "IMG_0042.jpg"
    assert image.caption == "An abandoned farmhouse stands on the dry plains near Dalhart, Texas."
    assert image.alt == "A small wooden house with empty windows under a wide cloudy sky."
    assert image.credit == "Jane Roe / Slugline"
    assert image.copyright == "© Slugline"
    assert image.usage_terms == "Free for subscribers of Slugline."
    assert image.digital_source_type == "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
    assert image.location == "Dalhart, Texas, United States"
    assert image.created == "2026-06-15T10:30:00-05:00"


def test_an_agencys_photo_names_its_agency_and_its_restrictions(agency_photo: bytes) -> None:
    (image,) = parsed("azari.jpg", agency_photo).story.images
    assert image.credit == "AFP via Getty Images"
    assert image.source == "AFP"
    assert image.instructions == "Editorial use only. JAPAN OUT"


def test_the_original_bytes_come_with_the_story(own_photo: bytes) -> None:
    (picture,) = parsed("drop/a.jpg", own_photo).pictures
    assert (picture.name, picture.data) == ("a.jpg", own_photo)


def test_a_photo_without_metadata_is_a_story_named_after_its_file_with_warnings() -> None:
    bare = bytes(pyvips.Image.black(30, 20, bands=3).jpegsave_buffer(keep="none"))
    story = parsed("drops/Mayor_opens-bridge.jpg", bare).story
    assert story.headline == "Mayor opens bridge"
    assert story.warnings == (
        "The photo has no headline; add it in its IPTC metadata.",
        "The photo has no caption; add it in its IPTC metadata.",
        "The photo has no credit; add it in its IPTC metadata.",
    )


def test_a_damaged_photo_is_rejected_with_a_remedy(own_photo: bytes) -> None:
    with pytest.raises(Rejected, match="damaged") as caught:
        parsed("a.jpg", own_photo[:40])
    assert "Export the photo again" in caught.value.remedy


SAVERS: dict[str, Callable[[pyvips.Image], bytes]] = {
    "JPEG": lambda image: bytes(image.jpegsave_buffer()),
    "PNG": lambda image: bytes(image.pngsave_buffer()),
    "WebP": lambda image: bytes(image.webpsave_buffer()),
    "GIF": lambda image: bytes(image.gifsave_buffer()),
    "TIFF": lambda image: bytes(image.tiffsave_buffer()),
    "AVIF": lambda image: bytes(image.heifsave_buffer(compression="av1")),
}


@pytest.mark.parametrize("name", SAVERS)
def test_photos_are_known_by_content_whatever_their_name(name: str) -> None:
    data = SAVERS[name](pyvips.Image.black(64, 48, bands=3).copy(interpretation="srgb"))
    assert FORMAT.detect(Document("notes.txt", data))
    assert parsed("notes.txt", data).story.headline == "notes"


@pytest.mark.parametrize("data", [b"", b"Dateline, text.", b"<svg/>", b"GIF is a word", b"II*", bytes(100)])
def test_other_content_is_not_a_photo(data: bytes) -> None:
    assert not FORMAT.detect(Document("photo.jpg", data))
