"""Messages that carry the story itself."""

import json
from typing import Any

import pytest
from tests.support.delivery_world import ScriptedSender, World

from rendering import StoryLinks, render_story
from slugline.desk import DeskSettings
from slugline.partners import Payload, PayloadFormat
from slugline.pictures import Picture, PictureManifest, Rendition
from slugline.ports.clock import SystemClock
from slugline.story import Block, Image, Rights, Story

NAMES = {"story": "story.json", "ninjs": "ninjs-3.1.json", "newsml-g2": "newsml-g2.xml", "nitf": "nitf.xml"}


def content_of(form: str, output: bytes) -> dict[str, Any]:
    """What an endpoint with that format gets as `content`."""
    world = World(ScriptedSender([]))
    world.endpoint(payload=Payload.FULL, format=PayloadFormat(form))
    world.outputs.files[f"stories/s1/v1/{NAMES[form]}"] = output
    world.publish()
    (row,) = world.told()
    content: dict[str, Any] = json.loads(row.body)["data"]["content"]
    return content


@pytest.mark.parametrize("form", ["story", "ninjs"])
def test_json_is_embedded_as_a_value(form: str) -> None:
    content = content_of(form, b'{"headline": "Flood"}')

    assert content == {"format": form, "content_type": "application/json", "value": {"headline": "Flood"}}


@pytest.mark.parametrize(("form", "content_type"), [("newsml-g2", "application/xml"), ("nitf", "application/nitf+xml")])
def test_xml_is_embedded_as_text(form: str, content_type: str) -> None:
    content = content_of(form, "<nitf>ø</nitf>".encode())

    assert content == {"format": form, "content_type": content_type, "value": "<nitf>ø</nitf>"}


def test_above_20_kb_the_outputs_address_stands_in_its_place() -> None:
    content = content_of("nitf", b"<nitf>" + b"x" * 20_000 + b"</nitf>")

    assert content == {
        "format": "nitf",
        "content_type": "application/nitf+xml",
        "url": "https://site.example/stories/s1/v1/nitf.xml",
    }


def test_endpoints_that_asked_for_less_get_less() -> None:
    world = World(ScriptedSender([]))
    world.endpoint("ep_1", payload=Payload.FULL)
    world.endpoint("ep_2")
    world.outputs.files["stories/s1/v1/story.json"] = b"{}"

    world.publish()

    has_content = {row.endpoint_id: "content" in json.loads(row.body)["data"] for row in world.told()}
    assert has_content == {"ep_1": True, "ep_2": False}


@pytest.mark.parametrize("form", NAMES)
def test_a_picture_that_is_not_the_partners_is_withheld_here_too(form: str) -> None:
    # given: the story's outputs as render makes them, with an agency's picture
    story = Story(
        id="s1",
        headline="Flood",
        images=(Image(id="i1", credit="X / AFP", rights=Rights(syndicate=False, agency="AFP", ground="credit")),),
        body=(Block(text="Water."),),
    )
    rendition = Rendition(key="agency.jpg", content_type="image/jpeg", width=640, height=480, bytes=9)
    manifest = PictureManifest(story_id="s1", version=1, pictures=(Picture(image="i1", renditions=(rendition,)),))
    now = SystemClock().now()
    links = StoryLinks(
        uri="urn:slugline:s1", canonical="https://site.example/a", outputs="https://site.example/o/",
        pictures="https://site.example/p/", page_outputs="o/", page_pictures="p/", first_released=now, released=now,
    )  # fmt: skip
    outputs = {output.name: output.body for output in render_story(story, manifest, DeskSettings(), links=links)}

    # when
    content = content_of(form, outputs[NAMES[form]])

    # then
    assert "AFP" in json.dumps(content)
    assert "agency.jpg" not in json.dumps(content)
