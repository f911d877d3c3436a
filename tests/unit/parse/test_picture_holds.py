"""A picture's own embargo is the picture's, in whatever format it is stated."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from tests.support.photo_files import jpeg_with, xmp_with

from parsing import Document, parse
from slugline.model import rfc3339
from slugline.photo_metadata.iim import INSTRUCTIONS, RELEASE_DATE, RELEASE_TIME, dataset_bytes
from slugline.story import Image, Status, Story

SAMPLES = Path(__file__).parents[2] / "samples"
G2 = (SAMPLES / "newsml_g2" / "message.xml").read_text()
G2_PICTURE = "<versionCreated>2026-05-01T09:59:00Z</versionCreated><edNote>CROPPED</edNote>"
UNTIL = "2026-05-02T10:00:00Z"


def stories(name: str, data: str | bytes) -> list[Story]:
    return [one.story for one in parse(Document(name, data.encode() if isinstance(data, str) else data))]


def embargo(image: Image) -> str | None:
    return rfc3339(image.embargo) if image.embargo else None


def g2(more: str) -> Story:
    assert G2_PICTURE in G2
    return stories("a.xml", G2.replace(G2_PICTURE, G2_PICTURE + more))[0]


def test_of_a_newsml_g2_picture_item() -> None:
    found = g2("<embargoed>2026-05-02T12:00:00+02:00</embargoed>")

    (image,) = found.images
    assert (embargo(image), found.embargo) == (UNTIL, None)
    assert [one for one in found.warnings if one.startswith("picture_embargo: march one.jpg is held until 2026-05-02")]


@pytest.mark.parametrize(
    "held",
    ["<embargoed/>", "<embargoed>when the minister has spoken</embargoed>", '<pubStatus qcode="stat:withheld"/>',
     '<pubStatus qcode="stat:canceled"/>'],
)  # fmt: skip
def test_a_picture_item_that_a_person_has_to_release_is_left_out_and_its_words_are_kept_apart(held: str) -> None:
    found = g2(held)

    assert (found.images, found.status) == ((), Status.USABLE)
    assert "Marchers cross the bridge." in [one.text for one in found.removed]
    assert any(one.startswith("picture_withheld: march one.jpg") for one in found.warnings)


def ninjs(**picture: object) -> Story:
    part = {"uri": "urn:p", "type": "picture", "headline": "March", "renditions": {"full": {"href": "p.jpg"}}} | picture
    item = {"uri": "urn:t", "type": "text", "headline": "March", "body_text": "Thousands marched on Friday."}
    return stories("a.json", json.dumps(item | {"associations": {"main": part}}))[0]


def test_of_a_ninjs_picture() -> None:
    found = ninjs(embargoed="2026-05-02T10:00:00+00:00")

    assert ([embargo(image) for image in found.images], found.embargo) == ([UNTIL], None)


def test_a_ninjs_picture_that_is_withheld_is_left_out() -> None:
    assert ninjs(pubstatus="withheld").images == ()


def nitf(metadata: str) -> Story:
    media = (
        '<media media-type="image"><media-reference mime-type="image/jpeg" source="p.jpg"/>'
        f"{metadata}<media-caption>Marchers cross the bridge.</media-caption></media>"
    )
    body = f"<body.content><p>Thousands marched on Friday.</p>{media}</body.content>"
    return stories(
        "a.xml", f"<nitf><body><body.head><hedline><hl1>March</hl1></hedline></body.head>{body}</body></nitf>"
    )[0]


def test_of_nitf_media() -> None:
    found = nitf(f'<media-metadata name="embargo" value="{UNTIL}"/>')

    assert [embargo(image) for image in found.images] == [UNTIL]


def test_nitf_media_with_an_embargo_that_is_not_sure_is_left_out() -> None:
    assert nitf('<media-metadata name="embargo" value="Friday noon"/>').images == ()


def photo(**parts: bytes) -> Story:
    return stories("p.jpg", jpeg_with(**parts))[0]


def release(date: bytes, time: bytes = b"") -> bytes:
    return dataset_bytes(RELEASE_DATE, date) + (dataset_bytes(RELEASE_TIME, time) if time else b"")


def test_of_a_photo_by_its_release_date_and_time() -> None:
    found = photo(iim=release(b"20260502", b"120000+0200"))

    assert (embargo(found.images[0]), found.embargo) == (UNTIL, found.images[0].embargo)


def test_of_a_photo_by_prisms_embargo_date() -> None:
    prism = 'xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"'
    found = photo(xmp=xmp_with(f"<prism:embargoDate {prism}>{UNTIL}</prism:embargoDate>"))

    assert embargo(found.images[0]) == UNTIL


def test_the_later_of_two_release_dates_holds() -> None:
    prism = 'xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"'
    earlier = xmp_with(f"<prism:embargoDate {prism}>2026-05-01T10:00:00Z</prism:embargoDate>")

    assert embargo(photo(xmp=earlier, iim=release(b"20260502", b"100000+0000")).images[0]) == UNTIL


def test_a_release_day_begins_at_midnight() -> None:
    assert embargo(photo(iim=release(b"20260502")).images[0]) == "2026-05-02T00:00:00Z"


def test_a_photo_whose_instructions_state_an_embargo_is_held() -> None:
    text = b"EMBARGOED UNTIL 10:00 GMT, 2 May 2026"

    assert embargo(photo(iim=dataset_bytes(INSTRUCTIONS, text)).images[0]) == UNTIL


@pytest.mark.parametrize(
    "iim", [dataset_bytes(INSTRUCTIONS, b"EMBARGOED UNTIL THE SPEECH"), release(b"20260502", b"250000+0000")]
)
def test_a_photo_whose_embargo_is_not_sure_waits_for_a_person(iim: bytes) -> None:
    assert photo(iim=iim).status is Status.WITHHELD


def test_a_picture_document_of_a_package_takes_its_embargo_to_the_text() -> None:
    text = {"uri": "urn:t", "type": "text", "headline": "March", "body_text": "Thousands marched on Friday."}
    picture = {"uri": "urn:p", "type": "picture", "headline": "March", "embargoed": "2026-05-02T10:00:00+00:00"}
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr("text.json", json.dumps(text))
        package.writestr("picture.json", json.dumps(picture | {"renditions": {"full": {"href": "p.jpg"}}}))

    (found,) = stories("a.zip", archive.getvalue())

    assert ([embargo(image) for image in found.images], found.embargo) == ([UNTIL], None)


@pytest.mark.parametrize(
    ("instructions", "status"),
    [
        (b"MANDATORY KILL: wrong person in the picture", Status.WITHHELD),
        (b"Please delete after 30 days", Status.USABLE),
    ],
)
def test_a_kill_in_the_instructions_holds_a_photo_and_terms_do_not(instructions: bytes, status: Status) -> None:
    assert photo(iim=dataset_bytes(INSTRUCTIONS, instructions)).status is status
