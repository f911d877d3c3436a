"""Why a message failed, in words, and what a message is about."""

import json

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from pydantic import ValidationError

from quarantine.subject import subject_of
from slugline.deliveries import Pointer, delivery_id
from slugline.domain.identity import correlation_id
from slugline.ports.objects import ObjectMissing
from slugline.runtime.failures import LONGEST, explained


def answer(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "the words of AWS"}}, "PutItem")


@pytest.mark.parametrize(
    ("error", "reason", "remedy"),
    [
        (answer("AccessDenied"), "does not let the function do PutItem", "role"),
        (answer("SlowDown"), "no capacity left for PutItem", "less load"),
        (answer("NoSuchBucket"), "answered PutItem with NoSuchBucket: the words of AWS", "log"),
        (EndpointConnectionError(endpoint_url="https://s3"), "could not be reached", "redrive"),
        (ObjectMissing("stories/1.json"), "not there: stories/1.json", "Restore"),
        (KeyError("x"), "fault in the program: KeyError: 'x'", "Deploy the fix"),
    ],
)
def test_a_reason_and_a_remedy_are_for_whoever_looks(error: Exception, reason: str, remedy: str) -> None:
    failure = explained(error)

    assert reason in failure.reason
    assert remedy in failure.remedy


def test_a_message_of_another_shape_is_named_by_its_fields_and_never_quoted() -> None:
    with pytest.raises(ValidationError) as caught:
        Pointer.model_validate({"delivery_id": ["a story's words"]})

    reason = explained(caught.value).reason

    assert "delivery_id: Input should be a valid string" in reason
    assert "a story's words" not in reason


def test_what_is_no_json_is_to_be_discarded() -> None:
    with pytest.raises(json.JSONDecodeError) as caught:
        json.loads("{")

    assert "Discard" in explained(caught.value).remedy


def test_a_reason_is_short() -> None:
    assert len(explained(ValueError("x" * 10_000)).reason) == LONGEST


def test_a_dropped_file_is_named_by_its_key_and_its_drop() -> None:
    event = {"detail-type": "Object Created", "detail": {"object": {"key": "a b.txt", "sequencer": "00A"}}}

    subject = subject_of(json.dumps(event))

    assert (subject.file, subject.correlation_id) == ("a b.txt", correlation_id("a b.txt", "00A"))


def test_a_delivery_is_named_by_its_story_and_version() -> None:
    pointer = Pointer(delivery_id=delivery_id("ep_1", "story-1", 3))

    subject = subject_of(pointer.model_dump_json())

    assert (subject.story_id, subject.version, subject.delivery_id) == ("story-1", 3, pointer.delivery_id)


def test_a_subscription_is_named_by_its_feed() -> None:
    assert "feeds/rss.xml" in subject_of('{"subscription_key": "feeds/rss.xml", "subscription_id": "sub_1"}').what


@pytest.mark.parametrize("body", ["", "null", "{", "[1]", '{"detail-type": "X", "detail": {"data": {"version": "v"}}}'])
def test_whatever_is_in_a_queue_is_something(body: str) -> None:
    assert subject_of(body).what == "a message that is none of ours"
