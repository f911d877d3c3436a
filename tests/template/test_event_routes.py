"""Which events reach which queue, by the rules of template.yaml itself."""

import json
from typing import Any

import pytest
from moto.events.models import EventPattern
from tests.support.template import resources_of

from slugline.events import (
    EVENTS,
    FeedsUpdated,
    FileRejected,
    ImagesResized,
    StoryParsed,
    StoryRendered,
    StoryWithdrawn,
)

RULES = resources_of("AWS::Events::Rule")
INTAKE = "slugline-intakebucket"


def queues_of(source: str, detail_type: str, detail: dict[str, Any]) -> set[str]:
    """The queues that an event is handed to."""
    event = {"source": source, "detail-type": detail_type, "detail": detail}
    return {
        target["Arn"]["Fn::GetAtt"][0]
        for rule in RULES.values()
        if "EventPattern" in rule["Properties"]
        and EventPattern.load(json.dumps(resolved(rule["Properties"]["EventPattern"]))).matches_event(event)
        for target in rule["Properties"]["Targets"]
    }


def resolved(pattern: Any) -> Any:
    """The pattern with the intake bucket's name where it is referred to."""
    return json.loads(json.dumps(pattern).replace('{"Ref": "IntakeBucket"}', json.dumps(INTAKE)))


def data(event: type, **fields: Any) -> dict[str, Any]:
    return {"meta": {}, "data": fields | {"event": event.__name__}}


def test_a_drop_and_a_deletion_reach_parse() -> None:
    for detail_type in ("Object Created", "Object Deleted"):
        assert queues_of("aws.s3", detail_type, {"bucket": {"name": INTAKE}}) == {"ParseQueue"}


def test_another_bucket_reaches_nobody() -> None:
    assert queues_of("aws.s3", "Object Created", {"bucket": {"name": "another"}}) == set()


def test_a_story_with_pictures_waits_for_them_before_it_is_rendered() -> None:
    assert queues_of("slugline", "StoryParsed", data(StoryParsed, pictures=2)) == {"ImageResizeQueue"}
    assert queues_of("slugline", "ImagesResized", data(ImagesResized, renditions=8)) == {"RenderQueue"}


def test_a_story_without_pictures_is_rendered_at_once() -> None:
    assert queues_of("slugline", "StoryParsed", data(StoryParsed, pictures=0)) == {"RenderQueue"}


def test_a_withdrawal_reaches_the_site_and_the_partners() -> None:
    assert queues_of("slugline", "StoryWithdrawn", data(StoryWithdrawn)) == {"RenderQueue", "NotifyQueue"}


def test_partners_are_told_of_what_is_rendered() -> None:
    assert queues_of("slugline", "StoryRendered", data(StoryRendered)) == {"NotifyQueue"}


def test_a_rejected_file_is_for_whoever_subscribes() -> None:
    assert queues_of("slugline", "FileRejected", data(FileRejected)) == set()


def test_updated_feeds_are_for_whoever_subscribes() -> None:
    assert queues_of("slugline", "FeedsUpdated", data(FeedsUpdated)) == set()


@pytest.mark.parametrize("event", EVENTS)
def test_an_event_of_another_source_is_not_ours(event: type) -> None:
    assert queues_of("someone.else", event.__name__, data(event, pictures=0)) == set()
