"""A photo that says too much: the story has as much of each text as a person would read, and the desk is told."""

import pytest
from tests.support.photo_files import caption, extension_segments, jpeg_with, records, xmp_with

from parsing import parse
from parsing.document import Document
from parsing.limits import Limits
from slugline.photo_metadata import read_photo
from slugline.story import Image, Story

GUID = b"A" * 32


def photo_with(properties: str) -> bytes:
    """With the properties in an extension, as one segment holds 64 KiB."""
    named = xmp_with("", f'xmpNote:HasExtendedXMP="{GUID.decode()}"')
    return jpeg_with(xmp=named, more=b"".join(extension_segments(xmp_with(properties), GUID)))


def story_of(data: bytes) -> Story:
    (parsed,) = parse(Document("photo.jpg", data))
    return parsed.story


def test_a_caption_of_nine_megabytes_is_cut_with_a_warning_that_names_it_and_its_length() -> None:
    story = story_of(photo_with(caption("x" * 9_000_000)))
    assert len(story.images[0].caption or "") == 10_000
    assert "Of the photo's caption, 9,000,000 characters long, the first 10,000 are kept." in story.warnings
    assert len(story.model_dump_json()) < 30_000


def test_a_caption_of_just_the_length_is_whole() -> None:
    story = story_of(photo_with(caption("x" * 10_000)))
    assert len(story.images[0].caption or "") == 10_000
    assert not [warning for warning in story.warnings if "are kept" in warning]


def test_thousands_of_keywords_are_cut_between_two_of_them() -> None:
    words = "".join(f"<rdf:li>keyword-{number:05}</rdf:li>" for number in range(5_000))
    story = story_of(photo_with(f"<dc:subject><rdf:Bag>{words}</rdf:Bag></dc:subject>"))
    assert story.keywords[-1] == "keyword-00768"
    assert "Of the photo's keywords, 65,000 characters long, the first 10,000 are kept." in story.warnings


def test_the_limit_is_a_setting() -> None:
    (parsed,) = parse(Document("photo.jpg", photo_with(caption("words " * 100))), Limits(photo_text=20))
    assert parsed.story.images[0].caption == "words words words wo"


@pytest.mark.parametrize("field", ["photoshop:Credit", "photoshop:Instructions", "photoshop:Source", "dc:rights"])
def test_a_photo_whose_rights_are_not_read_to_their_end_goes_to_no_partner(field: str) -> None:
    # Given a text of rights whose end names an agency, behind what is kept
    image = image_of(story_of(photo_with(f"<{field}>{'x' * 20_000} AFP</{field}>")))
    assert not image.rights.syndicate
    assert "too long to be read whole" in image.rights.ground


def test_a_long_headline_is_cut_and_no_matter_of_rights() -> None:
    story = story_of(photo_with(f"<photoshop:Headline>{'x' * 20_000}</photoshop:Headline>"))
    assert image_of(story).rights.syndicate


def test_a_long_text_that_another_overrules_is_a_warning_too() -> None:
    photo = read_photo(jpeg_with(xmp=xmp_with(caption("short")), iim=records(caption=b"x" * 20_000)))
    assert photo.metadata.description == "short"
    assert photo.warnings == ("Of the photo's caption, 20,000 characters long, the first 10,000 are kept.",)


def image_of(story: Story) -> Image:
    (image,) = story.images
    return image
