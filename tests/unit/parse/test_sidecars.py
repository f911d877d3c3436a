"""Files of a ZIP that are no stories: captions in text files, what a saved page loads, notes, the same story twice."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pytest
from tests.support.photo_files import caption, jpeg_with, xmp_with
from tests.support.word import p, word

from parsing import Document, parse
from slugline.story import Story

COPY = (
    "Harbour bridge closed after storm",
    "The harbour bridge was closed on Friday after a storm tore a cable, the police said.",
    "It will stay shut until Monday while engineers look at all of its cables, a spokeswoman told reporters.",
)
TEXT = "\n\n".join(COPY)
QUAY, FERRY = jpeg_with(), jpeg_with(exif=b"other")


def stories(files: dict[str, str | bytes]) -> list[Story]:
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as package:
        for name, data in files.items():
            package.writestr(name, data)
    return [one.story for one in parse(Document("a.zip", archive.getvalue()))]


@pytest.mark.parametrize("name", ["quay.txt", "quay.jpg.txt", "QUAY.TXT"])
def test_a_text_called_after_a_photo_is_its_caption(name: str) -> None:
    files = {"story.txt": TEXT, "quay.jpg": QUAY, name: "The quay at dawn.\nPhoto: Jo Fenn/Reuters\n"}

    (story,) = stories(files)

    (image,) = story.images
    assert (image.file, image.caption, image.credit) == ("quay.jpg", "The quay at dawn.", "Jo Fenn/Reuters")
    assert not image.rights.syndicate


def test_a_list_of_captions_gives_each_photo_its_own() -> None:
    listed = "quay.jpg: The quay at dawn. Photo: Jo Fenn\nferry - The ferry,\nwhich sailed at noon. Photo: AFP\n"

    (story,) = stories({"story.txt": TEXT, "captions.txt": listed, "quay.jpg": QUAY, "ferry.jpg": FERRY})

    assert [(image.file, image.caption, image.credit) for image in story.images] == [
        ("quay.jpg", "The quay at dawn.", "Jo Fenn"),
        ("ferry.jpg", "The ferry, which sailed at noon.", "AFP"),
    ]


def test_photos_with_captions_alone_are_picture_stories() -> None:
    (story,) = stories({"quay.jpg": QUAY, "quay.txt": "The quay at dawn. Photo: AFP"})

    assert [(image.file, image.caption, image.credit) for image in story.images] == [
        ("quay.jpg", "The quay at dawn.", "AFP")
    ]


def test_a_story_called_after_its_photo_is_a_story() -> None:
    (story,) = stories({"quay.txt": TEXT, "quay.jpg": QUAY})

    assert [block.text for block in story.body] == list(COPY[1:])


def test_what_a_saved_page_loads_is_no_story() -> None:
    page = f"<h1>{COPY[0]}</h1><p>{COPY[1]}</p><p>{COPY[2]}</p>"

    (story,) = stories({"a.html": page, "a_files/a.js": "var width = 1;", "a_files/a.css": "body { color: red }"})

    assert story.headline == COPY[0]
    assert not any(one.startswith("file_left_out") for one in story.warnings)


def test_an_xmp_file_beside_a_photo_gives_its_words_and_its_rights() -> None:
    xmp = xmp_with(f"{caption('The quay at dawn.')}<photoshop:Credit>AFP</photoshop:Credit>")

    (story,) = stories({"story.txt": TEXT, "quay.jpg": QUAY, "quay.xmp": xmp})

    (image,) = story.images
    assert (image.file, image.caption, image.credit) == ("quay.jpg", "The quay at dawn.", "AFP")
    assert not image.rights.syndicate


def test_a_note_to_the_desk_is_left_out_and_said_so() -> None:
    (story,) = stories({"README.txt": "Please find the story for Friday attached. Thanks, Jo", "story.txt": TEXT})

    assert story.headline == COPY[0]
    assert "file_left_out: README.txt is left out of the package: It is a note to the desk." in story.warnings


def test_the_same_story_as_word_and_as_text_is_one() -> None:
    (story,) = stories({"a.docx": word("".join(map(p, COPY))), "a.txt": TEXT})

    assert any("says the same as a.docx" in one for one in story.warnings)


def test_a_readme_alone_is_read() -> None:
    (story,) = stories({"README.txt": TEXT})

    assert story.headline == COPY[0]


def test_an_embargo_in_a_note_to_the_desk_holds_the_stories() -> None:
    note = "Hi, photos follow.\nNot for publication before 5 March 2026, 06:00 GMT, please. Thanks, Jo"

    (story,) = stories({"README.txt": note, "story.txt": TEXT})

    assert story.embargo == datetime(2026, 3, 5, 6, tzinfo=UTC)
