"""Each handler with its samples of `events/`, which have AWS's own shapes, on a stack that holds what they speak of."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.support.newsroom import Newsroom

from slugline.drops import Outcome
from slugline.pictures import PictureManifest
from slugline.ports.stories import StoryHead, VersionRow
from slugline.story import Block, Status, Story

EVENTS = Path(__file__).parents[2] / "events"
ARTICLE = (Path(__file__).parents[1] / "samples" / "text" / "us-equipment-pakistan.txt").read_bytes()


def sample(name: str) -> dict[str, Any]:
    event: dict[str, Any] = json.loads((EVENTS / name).read_text(encoding="utf-8"))
    return event


def data_of(event: dict[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(event["Records"][0]["body"])["detail"]["data"]
    return data


def put_story(newsroom: Newsroom, data: dict[str, Any]) -> None:
    """The story that a sample speaks of, as parse would have left it."""
    services = newsroom.services["parse"]
    now = newsroom.clock.now()
    story = Story(
        id=data["story_id"], headline="Harbour opens", slug="harbour", language="en", body=(Block(text="It opened."),)
    )
    services.archive.put(data["story_key"], story.model_dump_json().encode(), content_type="application/json")
    head = StoryHead(
        story_id=story.id,
        latest=1,
        path="articles/harbour-96ab29b3.html",
        headline=story.headline,
        digest="",
        source_key="C++ news.txt",
        dropped=now,
        updated=now,
    )
    row = VersionRow(
        story_id=story.id,
        version=1,
        story_key=data["story_key"],
        status=Status.USABLE,
        pictures=data.get("pictures", 1),
        at=now,
        source_key="C++ news.txt",
        sequencer="00617F08299329D189",
        correlation_id="4205c0658325bbeb",
    )
    services.stories.add_version(None, head, row)


def test_parse_takes_a_raw_key_with_plus_signs_and_spaces(newsroom: Newsroom) -> None:
    newsroom.s3.put_object(Bucket=newsroom.outputs["IntakeBucket"], Key="C++ news.txt", Body=ARTICLE)
    event = sample("parse-object-created.json")
    body = json.loads(event["Records"][0]["body"])
    del body["detail"]["object"]["version-id"]
    event["Records"][0]["body"] = json.dumps(body)

    answer = newsroom.invoke("parse", event)

    assert answer == {"batchItemFailures": []}
    drop = newsroom.services["parse"].stories.drop("C++ news.txt", "00617F08299329D189")
    assert drop is not None
    assert drop.outcome is Outcome.ACCEPTED


@pytest.mark.parametrize("name", ["parse-object-created.json", "parse-object-deleted.json"])
def test_parse_leaves_no_failure_when_the_object_is_gone_by_now(newsroom: Newsroom, name: str) -> None:
    assert newsroom.invoke("parse", sample(name)) == {"batchItemFailures": []}


def test_image_resize_takes_a_parsed_story(newsroom: Newsroom) -> None:
    event = sample("image_resize-story-parsed.json")
    put_story(newsroom, data_of(event))

    assert newsroom.invoke("image_resize", event) == {"batchItemFailures": []}


def test_render_publishes_a_parsed_story(newsroom: Newsroom) -> None:
    event = sample("render-story-parsed.json")
    put_story(newsroom, data_of(event))

    assert newsroom.invoke("render", event) == {"batchItemFailures": []}
    assert b"Harbour opens" in newsroom.site("articles/harbour-96ab29b3.html")


def test_render_publishes_a_story_whose_pictures_are_made(newsroom: Newsroom) -> None:
    event = sample("render-images-resized.json")
    data = data_of(event)
    put_story(newsroom, data)
    manifest = PictureManifest(story_id=data["story_id"], version=1)
    archive = newsroom.services["parse"].archive
    archive.put(data["manifest_key"], manifest.model_dump_json().encode(), content_type="application/json")

    assert newsroom.invoke("render", event) == {"batchItemFailures": []}
    assert b"Harbour opens" in newsroom.site("articles/harbour-96ab29b3.html")


def test_render_takes_a_withdrawal_of_a_story_it_never_saw(newsroom: Newsroom) -> None:
    assert newsroom.invoke("render", sample("render-story-withdrawn.json")) == {"batchItemFailures": []}


def test_every_function_has_a_sample() -> None:
    functions = {folder.name for folder in (EVENTS.parent / "functions").iterdir() if folder.is_dir()}

    assert functions == {name.name.split("-", 1)[0] for name in EVENTS.glob("*.json") if "catalogue" not in name.name}
