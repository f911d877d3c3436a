"""Which events reach which queue, by the rules of template.yaml itself."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from moto.events.models import EventPattern
from tests.support.template import resources_of

from slugline.domain.endpoint_alert import endpoint_alert
from slugline.events import (
    EVENTS,
    AlertState,
    Detail,
    EndpointAlert,
    FeedsUpdated,
    FileRejected,
    ImagesResized,
    Meta,
    StoryParsed,
    StoryRendered,
    StoryWithdrawn,
)
from slugline.partners import Endpoint

RULES = resources_of("AWS::Events::Rule")
INTAKE = "slugline-intakebucket"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def queues_of(source: str, detail_type: str, detail: dict[str, Any]) -> set[str]:
    """The queues and topics that an event is handed to."""
    event = {"source": source, "detail-type": detail_type, "detail": detail}
    return {
        name_of(target["Arn"])
        for rule in RULES.values()
        if "EventPattern" in rule["Properties"]
        and EventPattern.load(json.dumps(resolved(rule["Properties"]["EventPattern"]))).matches_event(event)
        for target in rule["Properties"]["Targets"]
    }


def name_of(arn: Any) -> str:
    return str(arn["Ref"] if "Ref" in arn else arn["Fn::GetAtt"][0])


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


def test_updated_feeds_reach_the_hub() -> None:
    assert queues_of("slugline", "FeedsUpdated", data(FeedsUpdated)) == {"HubQueue"}


@pytest.mark.parametrize("state", AlertState)
def test_an_alert_about_an_endpoint_reaches_the_operators_topic(state: AlertState) -> None:
    assert queues_of("slugline", "EndpointAlert", data(EndpointAlert, state=state)) == {"EndpointAlertTopic"}


def test_an_alert_reads_as_a_mail_that_says_what_is_and_what_to_do() -> None:
    # given
    endpoint = Endpoint(
        id="ep_1", partner_id="ptn_1", url="https://p.example/hook", host="p.example", secrets=(), created_at=NOON
    )
    alert = endpoint_alert(AlertState.EXHAUSTED, endpoint, partner="The Post", reason="gave up", delivery="msg_1")
    meta = Meta(id="1", type="EndpointAlert", time=NOON, correlation_id="drop-1")
    detail = Detail[EndpointAlert](meta=meta, data=alert).model_dump(mode="json")

    # when: as EventBridge fills in a target's template
    ((target,),) = (rule["Properties"]["Targets"] for name, rule in RULES.items() if name == "EndpointAlertRule")
    transformer = target["InputTransformer"]
    mail = transformer["InputTemplate"]
    for name, path in transformer["InputPathsMap"].items():
        value: Any = {"time": "2026-11-23T12:00:00Z", "detail": detail}
        for step in path.removeprefix("$.").split("."):
            value = value[step]
        mail = mail.replace(f"<{name}>", value)

    # then
    assert mail.splitlines() == [
        '"The Post: the endpoint https://p.example/hook did not get a message, and it will not be tried again."',
        '"Reason: gave up"',
        '"What to do: Once the partner has mended its server, send it again: `slugline replay msg_1`."',
        '"Partner: The Post. Endpoint: ep_1. Time: 2026-11-23T12:00:00Z."',
    ]


@pytest.mark.parametrize("event", EVENTS)
def test_an_event_of_another_source_is_not_ours(event: type) -> None:
    assert queues_of("someone.else", event.__name__, data(event, pictures=0)) == set()
