"""AWS requests of a first-time delivery, and their list price, counted from a run.

    .venv/bin/python bench/delivery_cost.py

One story to one partner, and one to ten, each through notify's and deliver's own handlers on moto up to a receiver on
localhost. Each request that botocore sends is counted, and so are those that Lambda's poller makes (here: we make them
for it). DynamoDB's units come from the sizes of what was written and read, by the rules of its documentation: moto does
not count them. An index costs what its entry costs, by the projection that the template gives it; beside it stands what
it would cost if it held keys only. Requests for the event itself (reading the story, the desk settings, the endpoints,
the head), which all endpoints share, are shown apart. Prices: us-east-1, on demand, without free tier, November 2025.
"""

# ruff: noqa: E402, I001, PLC0415, S101, T201 - paths and environment come first; checks and prints are a benchmark's own

import json
import math
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import boto3
from moto import mock_aws
from tests.support.delivery_tables import create_table
from tests.support.receiver import receiver, status
from tests.support.template import sam_template

SQS_REQUEST = 0.40 + 0.10  # a fair queue's, per million
WRITE_UNIT, READ_UNIT = 0.625, 0.125  # per million, on demand
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "eu-west-1",
    "ARCHIVE_BUCKET": "archive", "SITE_BUCKET": "site", "TABLE_NAME": "slugline", "BUS_NAME": "news",
    "SITE_URL": "https://site.example", "SITE_NAME": "Site", "ALLOW_LOOPBACK_ENDPOINTS": "true",
    "POWERTOOLS_METRICS_DISABLED": "true", "POWERTOOLS_LOG_LEVEL": "ERROR",
}  # fmt: skip


# Prose, as long as a long article; repeated or random text would deflate too well, or not at all.
PROSE = b"".join((ROOT / "docs" / f"{guide}.md").read_bytes() for guide in ("operator", "newsroom", "desk"))
NITF = b"<nitf>" + PROSE[:15_000] + b"</nitf>"
Item = dict[str, dict[str, Any]]


class Context:
    function_name, memory_limit_in_mb, aws_request_id = "slugline", 512, "r1"
    invoked_function_arn = "arn:aws:lambda:eu-west-1:123456789012:function:slugline"


class Bill:
    """Counts requests as botocore sends them, and DynamoDB's units by what is in them."""

    def __init__(self) -> None:
        self.requests: Counter[str] = Counter()
        self.reads = 0.0
        self.puts: list[tuple[Item, Item]] = []
        self._asked = 0
        self._before: dict[str, Item] = {}

    def watch(self, events: Any) -> None:
        events.register("provide-client-params.*.*", self._sent)
        events.register("after-call.dynamodb.BatchGetItem", self._read)

    def _sent(self, params: dict[str, Any], model: Any, **_: Any) -> None:
        self.requests[f"{model.service_model.service_name} {model.name}"] += 1
        if model.name == "BatchGetItem":
            self._asked = sum(len(asked["Keys"]) for asked in params["RequestItems"].values())
        if model.name == "PutItem":
            item = params["Item"]
            key = item["pk"]["S"] + item["sk"]["S"]
            self.puts.append((self._before.get(key, {}), item))
            self._before[key] = item

    def _read(self, parsed: dict[str, Any], **_: Any) -> None:
        # Strongly consistent: one unit for each 4 KB of each item, and one for an item that is not there.
        found = [row for rows in parsed["Responses"].values() for row in rows]
        self.reads += sum(math.ceil(size(row) / 4096) for row in found) + self._asked - len(found)

    def writes(self, *, keys_only: bool = False) -> int:
        """Write units, as the template has it, or if no index held more than keys."""
        return sum(written(before, item, keys_only=keys_only) for before, item in self.puts)


def written(before: Item, item: Item, *, keys_only: bool) -> int:
    """Write units of a row and of its entries in the indexes.

    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.ThroughputConsiderations.Writes
    """
    units = max(kilobytes(before), kilobytes(item))
    for index in sam_template()["Resources"]["Table"]["Properties"]["GlobalSecondaryIndexes"]:
        keys = [key["AttributeName"] for key in index["KeySchema"]]
        held = ["pk", "sk", *keys] if keys_only or index["Projection"]["ProjectionType"] == "KEYS_ONLY" else None
        old, new = entry(before, keys, held), entry(item, keys, held)
        if old and new and [old[key] for key in keys] == [new[key] for key in keys]:
            units += max(kilobytes(old), kilobytes(new)) if old != new else 0
        else:  # An entry is put, deleted, or moved, which is both.
            units += kilobytes(old) + kilobytes(new)
    return units


def entry(item: Item, keys: list[str], held: list[str] | None) -> Item:
    """What an index holds of an item; nothing if the item lacks a key of it."""
    if not all(key in item for key in keys):
        return {}
    return {name: value for name, value in item.items() if held is None or name in held}


def kilobytes(item: Item) -> int:
    return math.ceil(size(item) / 1024)


def size(item: Item) -> int:
    """Bytes of an item, near enough: names, and values as text or as they are."""
    return sum(len(name) + _length(next(iter(value.values()))) for name, value in item.items())


def _length(value: object) -> int:
    return len(value) if isinstance(value, bytes) else len(str(value).encode())


def add_endpoint(of: Any, name: str, url: str, payload: str) -> None:
    from slugline.domain.webhook_signature import SharedSecret
    from slugline.partners import Endpoint, Payload, PayloadFormat, SealedSecret
    from slugline.ports.clock import SystemClock

    now = SystemClock().now()
    sealed = SealedSecret(sealed=of.secret_box.seal(SharedSecret.new().sealable, name), created_at=now)
    of.partners.add_endpoint(
        Endpoint(
            id=name,
            partner_id="ptn_1",
            url=url,
            host=f"{name}.example",
            secrets=(sealed,),
            link_key=of.secret_box.seal(bytes(32), name),
            payload=Payload(payload),
            format=PayloadFormat.NITF,
            created_at=now,
        )
    )


def deliver(partners: int, batch: int, payload: str = "thin", *, licensed: bool = False) -> Bill:
    import deliver_handler
    import notify_handler

    from slugline.licensed_forms import LicensedForms, seal_forms
    from slugline.partners import Partner
    from slugline.ports.clock import SystemClock
    from slugline.runtime import bootstrap
    from slugline.site import folder
    from slugline.story import Image, Rights, Story

    sample = json.loads((ROOT / "events" / "notify-story-rendered.json").read_text())
    template = json.loads((ROOT / "events" / "deliver-pointer.json").read_text())["Records"][0]
    with mock_aws(), receiver(status(200)) as partner:
        create_table(boto3.client("dynamodb"))
        place = {"LocationConstraint": "eu-west-1"}
        for bucket in ("archive", "site"):
            boto3.client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration=place)  # type: ignore[arg-type]  # any region
        os.environ["DELIVER_QUEUE_URL"] = boto3.client("sqs").create_queue(QueueName="deliver")["QueueUrl"]
        os.environ["SECRETS_KEY"] = boto3.client("kms").create_key()["KeyMetadata"]["KeyId"]
        for cache in (bootstrap.from_environment, notify_handler.fan_out, deliver_handler.courier):
            cache.cache_clear()
        of, now = bootstrap.services(), SystemClock().now()
        bill = Bill()
        bill.watch(of.session.get_component("event_emitter"))
        for number in range(partners):
            add_endpoint(of, f"ep_{number:020}", partner.url, payload)
        data = json.loads(sample["Records"][0]["body"])["detail"]["data"]
        story = Story(id=data["story_id"], version=data["version"], headline="Flood reaches the harbour")
        if licensed:
            rights = Rights(syndicate=False, agency="AFP", ground="credit names AFP")
            story = story.model_copy(update={"images": (Image(id="i1", credit="AFP", rights=rights),)})
            of.partners.add_partner(Partner(id="ptn_1", name="P", licensed_agencies=("AFP",), created_at=now))
            seal_forms(
                of.archive,
                LicensedForms(
                    story_id=story.id, version=story.version, agencies=("AFP",), names=tuple(data["outputs"])
                ),
            )
        of.archive.put(data["story_key"], story.model_dump_json().encode(), content_type="application/json")
        of.site.put(f"{folder(data['story_id'], data['version'])}nitf.xml", NITF, content_type="application/nitf+xml")
        bill.requests.clear()
        bill.puts.clear()
        bill.reads = 0
        assert notify_handler.handler(sample, Context()) == {"batchItemFailures": []}  # type: ignore[arg-type]  # the part of a context that is used
        sqs = of.session.create_client("sqs")
        left = partners
        while left:
            url = os.environ["DELIVER_QUEUE_URL"]
            messages = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=batch)["Messages"]
            records = [template | {"messageId": one["MessageId"], "body": one["Body"]} for one in messages]
            assert deliver_handler.handler({"Records": records}, Context()) == {"batchItemFailures": []}  # type: ignore[arg-type]  # the part of a context that is used
            entries = [{"Id": str(i), "ReceiptHandle": one["ReceiptHandle"]} for i, one in enumerate(messages)]
            sqs.delete_message_batch(QueueUrl=url, Entries=entries)
            left -= len(messages)
        assert len(partner.requests) == partners
        assert all((b"/v1/files/" in request) is licensed for request in partner.requests)
        deliver_handler.courier().close()
    return bill


SHARED = ("s3 GetObject", "s3 ListObjectsV2", "dynamodb GetItem", "dynamodb Query", "dynamodb UpdateItem")
RARE = ("kms Decrypt",)


def show(title: str, bill: Bill, partners: int) -> None:
    print(title)
    each = {name: number / partners for name, number in bill.requests.items() if name not in SHARED + RARE}
    for name, number in sorted(each.items()):
        print(f"  {name:28} {number:5.2f}")
    queue = sum(number for name, number in each.items() if name.startswith("sqs"))
    print(f"  {'requests per delivery':28} {sum(each.values()):5.2f}")
    print(f"  beside: {', '.join(f'{n} {c}' for n, c in sorted(bill.requests.items()) if n in SHARED)} for the story;")
    print(f"  KMS once in five minutes for each secret and container ({bill.requests['kms Decrypt']} here)")
    writes, narrow = (bill.writes(keys_only=keys_only) / partners for keys_only in (False, True))
    reads = bill.reads / partners
    price = queue * SQS_REQUEST + writes * WRITE_UNIT + reads * READ_UNIT
    print(f"  {writes:.1f} write units, {reads:.1f} read units; list price ${price:.2f} per million deliveries")
    print(f"  indexes of keys only would make it {narrow:.1f} write units, ${(writes - narrow) * WRITE_UNIT:.2f} less")


def main() -> None:
    os.environ.update(ENVIRONMENT)
    show("every batch holds one message", deliver(1, 1), 1)
    show("full batches: ten partners, five messages a batch", deliver(10, 5), 10)
    show("a licence for the story's pictures, one message a batch", deliver(1, 1, licensed=True), 1)
    show("full batches, with 15 kB of the story in each message", deliver(10, 5, "full"), 10)


if __name__ == "__main__":
    main()
