"""The handlers of delivery with the sample events of `events/`, on moto, up to a server of localhost."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws
from standardwebhooks import Webhook
from tests.support.delivery_tables import create_table
from tests.support.receiver import receiver, status

import api_handler
import clock_handler
import deliver_handler
import notify_handler
from slugline.deliveries import Pointer
from slugline.domain.api_keys import new_key
from slugline.domain.delivery_states import replay
from slugline.domain.webhook_signature import SharedSecret
from slugline.model import rfc3339
from slugline.partners import Endpoint, Payload, PayloadFormat, Scope, SealedSecret
from slugline.ports.clock import SystemClock
from slugline.runtime import bootstrap
from slugline.site import folder
from slugline.story import Story

EVENTS = Path(__file__).parents[2] / "events"
ENDPOINT = "ep_5f0d3c1b2a49687766aa"
MORE = ("version", "headline", "delivery_id")
Json = dict[str, Any]


class Context:
    """What Powertools reads of Lambda's context."""

    function_name = "slugline"
    memory_limit_in_mb = 512
    invoked_function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:slugline"
    aws_request_id = "r1"

    def get_remaining_time_in_millis(self) -> int:
        return 30_000


def sample(name: str) -> Json:
    event: Json = json.loads((EVENTS / name).read_text())
    return event


@pytest.fixture
def of(monkeypatch: pytest.MonkeyPatch) -> Iterator[bootstrap.Services]:
    """The functions' own composition over moto."""
    caches = (
        bootstrap.from_environment,
        notify_handler.fan_out,
        deliver_handler.courier,
        clock_handler.retries,
        clock_handler.held,
        clock_handler.held_too_long,
        clock_handler.clearance,
        clock_handler.embargoes,
        clock_handler.recoveries,
        clock_handler.subscriptions,
        api_handler.api,
    )
    environment = {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "ARCHIVE_BUCKET": "archive",
        "SITE_BUCKET": "site",
        "TABLE_NAME": "slugline",
        "BUS_NAME": "news",
        "SITE_URL": "https://site.example",
        "SITE_NAME": "Site",
        "RETRY_SCHEDULE": "0,5,300",
        "ALLOW_LOOPBACK_ENDPOINTS": "true",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        create_table(boto3.client("dynamodb"))
        boto3.client("s3").create_bucket(
            Bucket="archive", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
        )
        monkeypatch.setenv("DELIVER_QUEUE_URL", boto3.client("sqs").create_queue(QueueName="deliver")["QueueUrl"])
        monkeypatch.setenv("SECRETS_KEY", boto3.client("kms").create_key()["KeyMetadata"]["KeyId"])
        for cache in caches:
            cache.cache_clear()
        yield bootstrap.services()
        deliver_handler.courier().close()
    for cache in caches:
        cache.cache_clear()


def add_endpoint(of: bootstrap.Services, url: str) -> str:
    """An endpoint, and its secret's text."""
    secret = SharedSecret.new()
    now = SystemClock().now()
    sealed = SealedSecret(sealed=of.secret_box.seal(secret.sealable, ENDPOINT), created_at=now)
    of.partners.add_endpoint(
        Endpoint(id=ENDPOINT, partner_id="ptn_1", url=url, host="localhost", secrets=(sealed,), created_at=now)
    )
    return secret.text


def archive_story(of: bootstrap.Services) -> None:
    event = sample("notify-story-rendered.json")
    data = json.loads(event["Records"][0]["body"])["detail"]["data"]
    story = Story(id=data["story_id"], headline="Flood reaches the harbour")
    of.archive.put(data["story_key"], story.model_dump_json().encode(), content_type="application/json")


def queued(of: bootstrap.Services) -> list[Json]:
    """What lies in the queue, as Lambda gets it."""
    sqs = boto3.client("sqs")
    messages = sqs.receive_message(QueueUrl=of.settings.deliver_queue_url, MaxNumberOfMessages=10).get("Messages", [])
    (template,) = sample("deliver-pointer.json")["Records"]
    return [template | {"messageId": message["MessageId"], "body": message["Body"]} for message in messages]


def test_a_rendered_story_reaches_a_partner_who_verifies_it(of: bootstrap.Services) -> None:
    with receiver(status(200)) as partner:
        # given
        secret = add_endpoint(of, partner.url)
        archive_story(of)

        # when
        assert notify_handler.handler(sample("notify-story-rendered.json"), Context()) == {"batchItemFailures": []}
        records = queued(of)
        assert deliver_handler.handler({"Records": records}, Context()) == {"batchItemFailures": []}

    # then
    (request,) = partner.requests
    head, _, body = request.partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode().splitlines()[1:])
    message = Webhook(secret).verify(body, headers)
    assert message["data"]["headline"] == "Flood reaches the harbour"
    assert json.loads(records[0]["body"])["delivery_id"] == headers["webhook-id"]


def test_a_story_too_long_for_a_message_is_named_by_an_address_that_serves_a_late_retry(of: bootstrap.Services) -> None:
    # given: a partner that wants the story itself, which is long
    with receiver(status(503), status(200)) as partner:
        add_endpoint(of, partner.url)
        archive_story(of)
        kept = of.partners.endpoint(ENDPOINT)
        assert kept
        of.partners.add_endpoint(kept.model_copy(update={"payload": Payload.FULL, "format": PayloadFormat.NITF}))
        data = json.loads(sample("notify-story-rendered.json")["Records"][0]["body"])["detail"]["data"]
        nitf = b"<nitf>" + b"x" * 30_000 + b"</nitf>"
        place = {"LocationConstraint": "eu-west-1"}
        boto3.client("s3").create_bucket(Bucket="site", CreateBucketConfiguration=place)  # type: ignore[arg-type]  # any region
        of.site.put(f"{folder(data['story_id'], data['version'])}nitf.xml", nitf, content_type="application/nitf+xml")

        # when: the second attempt is a later one
        notify_handler.handler(sample("notify-story-rendered.json"), Context())
        deliver_handler.handler({"Records": queued(of)}, Context())
        (row,) = of.deliveries.of_endpoint(ENDPOINT).items
        again = replay(row, SystemClock().now())
        assert of.deliveries.save(again, row)
        of.delivery_queue.send([(again, timedelta())])
        for message in queued(of):
            deliver_handler.handler({"Records": [message]}, Context())

    # then: both say the same, and it is the key of the file on the site
    bodies = [request.partition(b"\r\n\r\n")[2] for request in partner.requests]
    assert len(bodies) == 2
    assert bodies[0] == bodies[1]
    assert len(bodies[0]) < 2_000
    content = json.loads(bodies[1])["data"]["content"]
    assert content.keys() == {"format", "content_type", "url"}
    assert of.site.read(content["url"].removeprefix("https://site.example/")) == nitf


def test_a_withdrawal_follows(of: bootstrap.Services) -> None:
    with receiver(status(200)) as partner:
        add_endpoint(of, partner.url)
        archive_story(of)
        notify_handler.handler(sample("notify-story-rendered.json"), Context())
        deliver_handler.handler({"Records": queued(of)}, Context())

        notify_handler.handler(sample("notify-story-withdrawn.json"), Context())
        deliver_handler.handler({"Records": queued(of)}, Context())

    assert b'"type":"story.withdrawn"' in partner.requests[1]


def test_a_partners_failure_is_no_batch_failure(of: bootstrap.Services) -> None:
    with receiver(status(500)) as partner:
        add_endpoint(of, partner.url)
        archive_story(of)
        notify_handler.handler(sample("notify-story-rendered.json"), Context())
        answer = deliver_handler.handler({"Records": queued(of)}, Context())

    assert answer == {"batchItemFailures": []}
    (row,) = of.deliveries.of_endpoint(ENDPOINT).items
    assert (row.state, row.attempts[0].status) == ("pending", 500)


def test_our_own_fault_is_a_batch_failure_of_that_message_only(of: bootstrap.Services) -> None:
    # given: the story is not in the archive, the second message is no story at all
    add_endpoint(of, "http://127.0.0.1:9/")
    event = sample("notify-story-rendered.json")
    event["Records"].append(sample("notify-story-withdrawn.json")["Records"][0])

    # when
    answer = notify_handler.handler(event, Context())

    # then
    assert [failure["itemIdentifier"] for failure in answer["batchItemFailures"]] == [event["Records"][0]["messageId"]]


def test_a_pointer_to_nothing_is_done_with(of: bootstrap.Services) -> None:
    assert of.deliveries.of_endpoint(ENDPOINT).items == ()
    assert deliver_handler.handler(sample("deliver-pointer.json"), Context()) == {"batchItemFailures": []}


def test_a_pointer_that_is_none_fails_alone(of: bootstrap.Services) -> None:
    assert of
    event = sample("deliver-pointer.json")
    event["Records"].append(event["Records"][0] | {"messageId": "bad", "body": "{}"})

    answer = deliver_handler.handler(event, Context())

    assert answer == {"batchItemFailures": [{"itemIdentifier": "bad"}]}


def test_clock_hands_out_what_was_lost(of: bootstrap.Services) -> None:
    # given: a sender that leased the row long ago and died
    with receiver(status(200)) as partner:
        add_endpoint(of, partner.url)
        archive_story(of)
        notify_handler.handler(sample("notify-story-rendered.json"), Context())
        (message,) = queued(of)
        row = Pointer.model_validate_json(message["body"]).delivery
        assert row
        assert of.deliveries.add(row.model_copy(update={"sweep_at": row.created_at}))

        # when
        assert clock_handler.handler(sample("clock-each-minute.json"), Context()) == {"batchItemFailures": []}
        deliver_handler.handler({"Records": queued(of)}, Context())

    # then
    assert len(partner.requests) == 1


def test_the_api_answers_its_samples(of: bootstrap.Services) -> None:
    # given
    row, text = new_key(tuple(Scope), SystemClock().now())
    of.partners.add_key(row)
    create = sample("api-create-partner.json")

    # when
    refused = api_handler.handler(create, Context())
    create["headers"]["authorization"] = f"Bearer {text}"
    created = api_handler.handler(create, Context())
    health = api_handler.handler(sample("api-health.json"), Context())

    # then
    assert [answer["statusCode"] for answer in (refused, created, health)] == [401, 201, 200]
    assert [partner.name for partner in of.partners.partners().items] == ["Harbour Gazette"]


def test_a_repeated_request_with_an_idempotency_key_is_carried_out_once(of: bootstrap.Services) -> None:
    # given
    row, text = new_key(tuple(Scope), SystemClock().now())
    of.partners.add_key(row)
    create = sample("api-create-partner.json")
    create["headers"] |= {"authorization": f"Bearer {text}", "idempotency-key": "once"}

    # when
    answers = [api_handler.handler(create, Context()) for _ in range(2)]
    other = api_handler.handler(create | {"body": '{"name": "Other"}', "isBase64Encoded": False}, Context())

    # then
    assert answers[0]["statusCode"] == 201
    assert answers[0] == answers[1]
    assert other["statusCode"] == 422
    assert len(of.partners.partners().items) == 1
    (kept,) = boto3.client("dynamodb").query(
        TableName="slugline",
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": "IDEMPOTENCY"}},
    )["Items"]
    assert int(kept["expires"]["N"]) > SystemClock().now().timestamp()
    assert "Harbour Gazette" not in str(kept)


def test_the_new_routes_and_clock_work_together_over_the_table(of: bootstrap.Services) -> None:
    # given: a message failed
    with receiver(status(500)) as partner:
        add_endpoint(of, partner.url)
        archive_story(of)
        notify_handler.handler(sample("notify-story-rendered.json"), Context())
        deliver_handler.handler({"Records": queued(of)}, Context())
    row, text = new_key(tuple(Scope), SystemClock().now())
    of.partners.add_key(row)

    def call(method: str, path: str, body: object = None) -> tuple[int, Json]:
        event = sample("api-create-partner.json") | {"rawPath": path, "rawQueryString": "", "isBase64Encoded": False}
        event["headers"]["authorization"] = f"Bearer {text}"
        event["requestContext"]["http"] |= {"method": method, "path": path}
        event["body"] = json.dumps(body) if body is not None else None
        answer = api_handler.handler(event, Context())
        return answer["statusCode"], json.loads(answer["body"])

    # when
    since = rfc3339(SystemClock().now() - timedelta(days=13))
    _, started = call("POST", f"/v1/endpoints/{ENDPOINT}/recoveries", {"since": since})
    clock_handler.handler(sample("clock-each-minute.json"), Context())

    # then
    assert call("GET", f"/v1/recoveries/{started['id']}")[1]["sent"] == 1
    assert [json.loads(record["body"])["delivery_id"] for record in queued(of)]
    _, feed = call("GET", f"/v1/endpoints/{ENDPOINT}/events")
    assert len(feed["events"]) == 1
    assert call("POST", f"/v1/endpoints/{ENDPOINT}/reconciliation", {"held": [{"id": "x", "version": 1}]})[1] == {
        "differences": [{"id": "x", "difference": "unknown", "held": 1, **dict.fromkeys(MORE)}],
        "cursor": "s",
    }
    assert call("GET", "/v1/withdrawals")[1] == {"withdrawals": [], "cursor": None}
