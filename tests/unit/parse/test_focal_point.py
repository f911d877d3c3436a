"""Where an editor or a newsroom system says that a picture is to be looked at."""

import json
from typing import Any

import pytest

from parsing.document import Context, Document, ParsedStory
from parsing.focal import focal_point_of
from parsing.formats.markdown import FORMAT as MARKDOWN
from parsing.formats.ninjs import FORMAT as NINJS
from parsing.limits import Limits
from parsing.matching import match_pictures
from slugline.ports.stories import PackagePicture
from slugline.story import Asset, FocalPoint, Image, Story


def nested(document: Document) -> tuple[ParsedStory, ...]:
    raise AssertionError(f"{document.name} has no parts")


def image_of_front_matter(line: str) -> Image:
    text = f"---\ntitle: A headline\nimage:\n  file: a.jpg\n  {line}\n---\nA paragraph of text.\n"
    (parsed,) = MARKDOWN.parse(Document("a.md", text.encode()), Context(Limits(), nested))
    return parsed.story.images[0]


def image_of_ninjs(**picture: Any) -> Image:
    item = {"uri": "urn:1", "type": "picture", "headline": "A", "description_text": "A caption.", **picture}
    (parsed,) = NINJS.parse(Document("a.json", json.dumps(item).encode()), Context(Limits(), nested))
    return parsed.story.images[0]


@pytest.mark.parametrize(
    "line", ["focus: [0.3, 0.4]", "focal_point: {x: 0.3, y: 0.4}", "focus: 0.3 0.4", "focus: 30% 40%"]
)
def test_front_matter_may_name_it(line: str) -> None:
    assert image_of_front_matter(line).focal_point == FocalPoint(x=0.3, y=0.4)


@pytest.mark.parametrize("value", ["left", [1, 2, 3], [2, 0.5], {"x": 0.1}, None, 7, "nan nan"])
def test_what_is_no_point_of_the_picture_is_not_taken_for_one(value: Any) -> None:
    assert focal_point_of(value) is None


def test_a_ninjs_picture_may_state_it() -> None:
    assert image_of_ninjs(poi={"x": 0.25, "y": 0.5}).focal_point == FocalPoint(x=0.25, y=0.5)


def test_a_ninjs_rendition_may_state_it_in_pixels() -> None:
    renditions = {"original": {"href": "a.jpg", "width": 800, "height": 400, "poi": {"x": 200, "y": 100}}}
    assert image_of_ninjs(renditions=renditions).focal_point == FocalPoint(x=0.25, y=0.25)


def test_the_middle_of_a_ninjs_crop_is_it() -> None:
    renditions = {
        "16-9": {"href": "b.jpg", "width": 160, "height": 90}
        | {"CropLeft": 400, "CropRight": 800, "CropTop": 0, "CropBottom": 200},
        "original": {"href": "a.jpg", "width": 800, "height": 400},
    }
    assert image_of_ninjs(renditions=renditions).focal_point == FocalPoint(x=0.75, y=0.25)


def test_an_editors_point_wins_over_the_files_own() -> None:
    # Given a story whose copy names a point, and a photo whose metadata names another
    asset = Asset(key="a", sha256="0", content_type="image/jpeg", bytes=1, width=1, height=1)
    copy = Image(id="image-1", file="a.jpg", focal_point=FocalPoint(x=0.1, y=0.1))
    file = Image(id="1", file="a.jpg", asset=asset, focal_point=FocalPoint(x=0.9, y=0.9), keywords=("drought",))
    # When they are matched
    (joined,) = match_pictures(Story(images=(copy,)), [PackagePicture(name="a.jpg", image=file)]).images
    # Then the editor's stands, and the rest comes from the file
    assert joined.focal_point == FocalPoint(x=0.1, y=0.1)
    assert joined.keywords == ("drought",)
