"""Every dead letter has a row, and redriving it after the fix gives what a run without the fault gives."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto import mock_aws
from receiver import Receiver, receiver, status
from tests.integration.test_faults import AtRest, add_endpoint, at_rest
from tests.support.hub_world import Subscriber, subscriber
from tests.support.newsroom import Json, Newsroom

from slugline.dead_letters import ATTRIBUTE, KeptLetter
from slugline.partners import Partner
from slugline.subscriptions import Subscription, subscription_id
from slugline_local.aws import Aws
from slugline_local.redrive import redrive
from slugline_local.stack import Stack

pytestmark = pytest.mark.usefixtures("environment")

FEED = "feeds/atom.xml"
STEPS = (
    ("parse", "s3"),
    ("image_resize", "s3"),
    ("render", "s3"),
    ("notify", "s3"),
    ("deliver", "dynamodb.PutItem"),
    ("clock", "dynamodb"),
    ("hub", "dynamodb.Query"),
    ("hub", "dynamodb.GetItem"),
)
"""What each step needs, and is refused: hub for an event about feeds, and for a pointer to a subscription."""
ARTICLE = b"# The river rose\n\nIt rose on Monday.\n\n![The harbour](harbour.jpg)\n"


LIMIT = 256 * 1024
"""Bytes of a message, attributes with it, as the queue has it here."""


def stack_of(room: Newsroom) -> Stack:
    """What the command line sees."""
    return Stack(
        aws=Aws(room.session, None, None),  # type: ignore[arg-type]  # botocore takes no config as its default
        intake_bucket=room.outputs["IntakeBucket"],
        archive_bucket=room.outputs["ArchiveBucket"],
        site_bucket=room.outputs["SiteBucket"],
        table=room.outputs["TableName"],
        site="",
        api_url="",
        api_key=None,
    )


def letters(room: Newsroom) -> list[KeptLetter]:
    return list(stack_of(room).dead_letters.open())


def redrive_all(room: Newsroom) -> None:
    for letter in reversed(letters(room)):
        redrive(stack_of(room), letter, room.clock.now())
    room.settle()


@contextmanager
def refused(room: Newsroom, step: str, service: str) -> Iterator[None]:
    """As long as the block lasts, AWS refuses the step's requests of this service (but its notes of why)."""

    def refuse(model: Any, params: Json, **_: Any) -> None:
        if room.calls.function == step and "DEAD_LETTER#" not in str(params.get("body", "")):
            answer = {"Error": {"Code": "AccessDenied", "Message": "not authorised"}}
            raise ClientError(answer, model.name)  # type: ignore[arg-type]  # the part of an answer that is read

    room.functions_session.register(f"before-call.{service}", refuse)
    for services in room.services.values():
        for name in [name for name in vars(services) if name not in ("settings", "session", "clock", "cdn")]:
            del services.__dict__[name]  # clients take their hooks from the session when they are made
    yield
    room.functions_session.unregister(f"before-call.{service}", refuse)
    for services in room.services.values():
        for name in [name for name in vars(services) if name not in ("settings", "session", "clock", "cdn")]:
            del services.__dict__[name]


@contextmanager
def deployed(partner: Receiver) -> Iterator[Newsroom]:
    with mock_aws():
        room = Newsroom()
        room.deploy()
        add_endpoint(room, partner.url)
        room.services["api"].partners.add_partner(Partner(id="ptn_1", name="The Post", created_at=room.clock.now()))
        yield room


PHOTO = next((Path(__file__).parents[1] / "samples" / "photo").glob("*.jpg")).read_bytes()


def subscribe(room: Newsroom, peer: Subscriber) -> None:
    """As once the callback has confirmed it."""
    topic, now = f"https://news.example/{FEED}", room.clock.now()
    subscription = Subscription(
        id=subscription_id(topic, peer.callback),
        key=FEED,
        topic=topic,
        callback=peer.callback,
        host="127.0.0.1",
        created_at=now,
        expires_at=now + timedelta(days=1),
    )
    assert room.services["hub"].subscriptions.save(subscription, None)


def publish(room: Newsroom, *, pictures: bool) -> None:
    if pictures:
        room.drop("flood/harbour.jpg", PHOTO)
    room.drop("flood/story.md", ARTICLE)
    room.settle()
    room.tick()
    room.settle()


@cache
def without_faults(*, pictures: bool) -> AtRest:
    with receiver(status(200)) as partner, deployed(partner) as room:
        publish(room, pictures=pictures)
        return at_rest(room)


@pytest.mark.parametrize(("step", "service"), STEPS)
def test_a_redrive_after_the_fix_gives_what_a_run_without_the_fault_gives(step: str, service: str) -> None:
    # given
    pictures = step == "image_resize"
    expected = without_faults(pictures=pictures)
    assert expected.site

    with receiver(status(200)) as partner, subscriber() as peer, deployed(partner) as room:
        subscribe(room, peer)

        # when
        with refused(room, step, service):
            publish(room, pictures=pictures)
        rows = letters(room)

        # then: a row says what failed and why
        assert {row.step for row in rows} == {step}
        assert all(row.reason.startswith("AWS does not let the function do") for row in rows)
        assert all(row.times == 1 and not row.redriven_at for row in rows)
        if step == "hub":
            assert any(FEED in row.what for row in rows)
            assert peer.received == []
        elif step != "clock":
            assert {row.file for row in rows} == {"flood/story.md"}
            assert all(row.correlation_id for row in rows)
        if step == "deliver":
            assert {row.partner for row in rows} == {"The Post"}
            assert all(row.story_id for row in rows)

        # when
        redrive_all(room)
        room.clock.advance(minutes=10)
        room.tick()
        room.settle()

        # then
        found = at_rest(room)
        assert letters(room) == []
        assert found.site == expected.site
        assert found.deliveries == expected.deliveries
        assert set(found.deliveries.values()) == {"delivered"}
        assert found.dead_letters == 0
        assert peer.received[-1].body == room.site(FEED)
        assert len(peer.received) == len({each.body for each in peer.received})


def test_a_message_that_fails_again_opens_the_same_row_once_more(newsroom: Newsroom) -> None:
    # given
    with refused(newsroom, "render", "s3"):
        newsroom.drop("river.md", ARTICLE)
        newsroom.settle()
        (first,) = letters(newsroom)

        # when
        newsroom.clock.advance(hours=1)
        redrive_all(newsroom)

    # then
    (again,) = letters(newsroom)
    assert (again.id, again.times, again.redriven_at) == (first.id, 2, None)
    assert again.last_at - again.first_at == timedelta(hours=1)


def test_a_row_says_that_its_message_was_sent_back_until_its_step_has_done_it(newsroom: Newsroom) -> None:
    with refused(newsroom, "render", "s3"):
        newsroom.drop("river.md", ARTICLE)
        newsroom.settle()
    (row,) = letters(newsroom)

    redrive(stack_of(newsroom), row, newsroom.clock.now())
    (sent,) = letters(newsroom)
    newsroom.settle()

    assert sent.redriven_at == newsroom.clock.now()
    assert letters(newsroom) == []


@pytest.mark.parametrize("act", ["correct", "delete"])
def test_an_old_message_that_is_redriven_changes_nothing(newsroom: Newsroom, act: str) -> None:
    # given: version 1 failed at render, and what came after it is published, or withdrawn
    with refused(newsroom, "render", "s3"):
        newsroom.drop("river.md", b"# The river\n\nIt rose.\n")
        newsroom.settle()
    newsroom.clock.advance(minutes=1)
    if act == "correct":
        newsroom.drop("river.md", b"# The river\n\nIt fell.\n")
    else:
        newsroom.delete("river.md")
    newsroom.settle()
    before = {key: newsroom.site(key) for key in newsroom.site_keys()}

    # when
    redrive_all(newsroom)

    # then
    assert {key: newsroom.site(key) for key in newsroom.site_keys()} == before
    assert letters(newsroom) == []


def test_a_dead_letter_that_comes_twice_has_one_row_and_never_opens_it_again(newsroom: Newsroom) -> None:
    # given
    record = {
        "messageId": "11111111-2222-3333-4444-555555555555",
        "body": json.dumps({"detail-type": "StoryParsed", "source": "slugline", "detail": {"data": {}}}),
        "attributes": {},
        "messageAttributes": {},
        "eventSourceARN": next(m.queue_arn for m in newsroom.mappings if "RenderDeadLetter" in m.queue_arn),
    }

    # when
    newsroom.invoke("dead_letter", {"Records": [record]})
    newsroom.invoke("dead_letter", {"Records": [record]})
    (row,) = letters(newsroom)
    stack_of(newsroom).dead_letters.close(row.id, newsroom.clock.now())
    newsroom.invoke("dead_letter", {"Records": [record]})

    # then
    assert row.times == 1
    assert row.reason.startswith("The function was stopped before it could say why")
    assert letters(newsroom) == []


def test_what_is_no_message_of_ours_gets_a_row_and_is_kept_as_it_is(newsroom: Newsroom) -> None:
    bodies = {"{", "[[1]]", "7", '{"delivery_id": "msg_!"}', '{"detail-type": 4}', "[" * 100_000}
    for body in bodies:
        newsroom.session.client("sqs").send_message(QueueUrl=newsroom.physical["HubQueue"], MessageBody=body)
    newsroom.settle()

    rows = letters(newsroom)
    assert {(row.step, row.what) for row in rows} == {("hub", "a message that is none of ours")}
    assert {stack_of(newsroom).archive.read(row.body_key).decode() for row in rows} == bodies


def test_a_message_of_the_greatest_size_is_kept_and_goes_back(newsroom: Newsroom) -> None:
    # 256 KiB is a queue's limit here; the attribute that names the row counts towards it.
    body = "x" * (256 * 1024 - 200)
    newsroom.session.client("sqs").send_message(QueueUrl=newsroom.physical["RenderQueue"], MessageBody=body)
    newsroom.settle()

    redrive_all(newsroom)

    (row,) = letters(newsroom)
    assert (row.times, row.bytes) == (2, len(body))


@pytest.mark.parametrize(("spare", "kept"), [(200, True), (0, False)])
def test_a_message_that_fills_its_queues_limit_goes_back_without_the_name_of_its_row(
    newsroom: Newsroom, spare: int, kept: bool
) -> None:
    # given: as SQS does, and moto does not, attributes count towards the limit
    def limit(params: Json, **_: Any) -> None:
        attributes = params.get("MessageAttributes", {}).items()
        more = sum(len(name) + sum(map(len, value.values())) for name, value in attributes)
        if len(params["MessageBody"]) + more > LIMIT:
            error = {"Error": {"Code": "InvalidParameterValue", "Message": f"must be shorter than {LIMIT} bytes"}}
            raise ClientError(error, "SendMessage")  # type: ignore[arg-type]  # the part of an answer that is read

    body = "x" * (LIMIT - spare)
    newsroom.session.client("sqs").send_message(QueueUrl=newsroom.physical["RenderQueue"], MessageBody=body)
    newsroom.settle()
    (row,) = letters(newsroom)
    newsroom.session.events.register("provide-client-params.sqs.SendMessage", limit)

    # when
    redrive(stack_of(newsroom), row, newsroom.clock.now())
    between = letters(newsroom)
    newsroom.settle()

    # then: it fails again, and its row says so
    (again,) = letters(newsroom)
    assert [one.id for one in between] == ([row.id] if kept else [])
    assert (again.bytes, again.id == row.id, again.times) == (len(body), kept, 2 if kept else 1)


def test_a_days_ticks_have_one_row_and_one_of_them_goes_back(newsroom: Newsroom) -> None:
    # given
    with refused(newsroom, "clock", "dynamodb"):
        for _ in range(5):
            newsroom.clock.advance(minutes=1)
            newsroom.tick()
            newsroom.settle()

    # then
    (row,) = letters(newsroom)
    assert (row.id, row.step, row.what, row.times) == ("clock-2026-11-23", "clock", "Scheduled Event", 5)
    assert row.last_at - row.first_at == timedelta(minutes=4)

    # when
    redrive_all(newsroom)

    # then
    assert letters(newsroom) == []
    assert newsroom.dead_letters() == 0


def test_a_message_stays_in_its_queue_until_its_row_can_be_written(newsroom: Newsroom) -> None:
    sqs = newsroom.session.client("sqs")
    url = newsroom.physical["RenderDeadLetterQueue"]
    sqs.send_message(QueueUrl=url, MessageBody="{}")
    (mapping,) = (mapping for mapping in newsroom.mappings if mapping.queue_url == url)

    with refused(newsroom, "dead_letter", "s3"):
        newsroom._poll(mapping)
        left = newsroom.dead_letters()
    newsroom.settle()

    assert left == 1
    assert len(letters(newsroom)) == 1


def undelivered(room: Newsroom, rule: str, target: str, event: Json) -> None:
    """As EventBridge puts an event into a rule's dead-letter queue."""
    arns = {
        "RULE_ARN": f"arn:aws:events:eu-central-1:123456789012:rule/{rule}",
        "TARGET_ARN": target,
        "ERROR_CODE": "NO_PERMISSIONS",
        "ERROR_MESSAGE": "Lack of permissions to invoke cross account target.",
    }
    room.session.client("sqs").send_message(
        QueueUrl=room.physical["UndeliveredEventsQueue"],
        MessageBody=json.dumps(event),
        MessageAttributes={name: {"DataType": "String", "StringValue": value} for name, value in arns.items()},
    )


def test_an_event_that_eventbridge_could_not_hand_over_goes_to_the_queue_that_it_was_for(newsroom: Newsroom) -> None:
    # given
    happening = newsroom.drop("river.md", ARTICLE, delayed=True)
    event = {"source": "aws.s3", "detail-type": "Object Created", "detail": happening.detail}
    event["time"] = happening.time.isoformat()
    queue = next(mapping.queue_arn for mapping in newsroom.mappings if mapping.function == "parse")
    undelivered(newsroom, "parse", queue, event)

    # when
    newsroom.settle()
    (row,) = letters(newsroom)
    redrive_all(newsroom)

    # then
    assert (row.step, row.file) == ("parse", "river.md")
    assert "Lack of permissions" in row.reason
    assert letters(newsroom) == []
    assert newsroom.site_keys("articles/")


def test_an_event_that_a_topic_did_not_take_goes_back_to_the_bus(newsroom: Newsroom) -> None:
    # given: not an EndpointAlert, since moto cannot fill in a template of several lines
    bus = newsroom.outputs["BusName"]
    topic = "arn:aws:sns:eu-central-1:123456789012:EndpointAlertTopic"
    event = {"source": "slugline", "detail-type": "StoryRendered", "detail": {"data": {"summary": "The Post fails."}}}
    undelivered(newsroom, f"{bus}/alerts", topic, event)
    newsroom.settle()
    (row,) = letters(newsroom)

    # when
    redrive(stack_of(newsroom), row, newsroom.clock.now())

    # then
    assert row.what == "StoryRendered: The Post fails."
    assert row.destination == f"arn:aws:events:eu-central-1:123456789012:event-bus/{bus}"
    assert letters(newsroom) == []
    (message,) = newsroom.session.client("sqs").receive_message(QueueUrl=newsroom.physical["NotifyQueue"])["Messages"]
    assert json.loads(message["Body"])["detail"] == event["detail"]


def test_a_message_that_was_sent_back_says_whose_row_it_is(newsroom: Newsroom) -> None:
    with refused(newsroom, "render", "s3"):
        newsroom.drop("river.md", ARTICLE)
        newsroom.settle()
    (row,) = letters(newsroom)

    redrive(stack_of(newsroom), row, newsroom.clock.now())

    (message,) = newsroom.session.client("sqs").receive_message(
        QueueUrl=newsroom.physical["RenderQueue"], MessageAttributeNames=["All"]
    )["Messages"]
    assert message["MessageAttributes"][ATTRIBUTE]["StringValue"] == row.id
