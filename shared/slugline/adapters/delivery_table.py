"""Deliveries in the table.

An endpoint's rows are one partition: pk `ENDPOINT#<id>`, sk `DELIVERY#<story>#<version>`. The index `list` gives them
by age, the index `due` those that clock must look at, the index `ledger` the withdrawals of all endpoints. pk
`STORY#<id>`, sk `TOLD` is the set of endpoints that were ever told of a story, and of their partners (400 kB, some
8,000 partners with one endpoint). pk `ATTEMPTS#<delivery>`, sk the number, is an attempt that its row has no room for.

A row's JSON is in `data`, deflated; beside it stands only what DynamoDB itself must read: the keys, `fence` for the
conditional writes, and `state` for what is held.
"""

import zlib
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from slugline.adapters.packed import packed, unpacked
from slugline.adapters.paging import Listing
from slugline.deliveries import RETENTION, Attempt, Delivery, DeliveryState, delivery_key
from slugline.domain.delivery_states import moved_out
from slugline.partners import EventType
from slugline.ports.deliveries import Page

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

    Row = dict[str, AttributeValueTypeDef]

DUE_SHARDS = 8
LEDGER = "WITHDRAWALS"
SIDE_BY_SIDE = 10


def sortable(moment: datetime) -> str:
    """The moment as text of one width, so that text order is time order."""
    return moment.astimezone(tz=UTC).isoformat(timespec="milliseconds")


class DeliveryTable:
    """The port Deliveries on DynamoDB. Rows go `retention` after their last attempt, or else their creation.

    Those of withdrawals stay, and those of deliveries that are still under way or owed (held). An attempt that its row
    has no room for goes `retention` after it was made, or stays with its withdrawal.
    """

    def __init__(self, client: "DynamoDBClient", table: str, retention: timedelta = RETENTION) -> None:
        self._client = client
        self._table = table
        self._retention = retention
        self._threads = ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="rows")  # starts none until asked

    def add(self, delivery: Delivery) -> bool:
        return self._put(delivery, "attribute_not_exists(pk)", {})

    def add_all(self, deliveries: Sequence[Delivery]) -> Sequence[bool | Exception]:
        if len(deliveries) == 1:
            return [self._added(deliveries[0])]
        return list(self._threads.map(self._added, deliveries))

    def save(self, delivery: Delivery, before: Delivery) -> bool:
        # First, so that none is lost on the way; whoever loses the race below has written what was true anyway.
        for attempt in moved_out(delivery, before):
            self._client.put_item(TableName=self._table, Item=self._attempt_item(delivery, attempt))
        return self._put(delivery, "fence = :before", {":before": {"N": str(before.fence)}})

    def older_attempts(self, delivery_id: str, before: int, limit: int) -> Sequence[Attempt]:
        answer = self._client.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk < :before",
            ExpressionAttributeValues={":pk": {"S": _attempts_name(delivery_id)}, ":before": {"S": _number(before)}},
            ConsistentRead=True,
            ScanIndexForward=False,
            Limit=limit,
        )
        return [Attempt.model_validate_json(item["data"]["S"]) for item in answer["Items"]]

    def get(self, delivery_id: str) -> Delivery | None:
        try:
            key = delivery_key(delivery_id)
        except ValueError:
            return None
        answer = self._client.get_item(
            TableName=self._table, Key=_key(key.endpoint_id, key.story_id, key.version), ConsistentRead=True
        )
        return _delivery(answer["Item"]) if "Item" in answer else None

    def of_endpoint(self, endpoint_id: str, *, cursor: str | None = None, limit: int = 50) -> Page[Delivery]:
        listing = Listing(self._client, self._table, _list_name(endpoint_id))
        rows, following = listing.page(cursor, limit, newest_first=True)
        return Page(items=tuple(map(_delivery, rows)), cursor=following)

    def withdrawals(self, *, cursor: str | None = None, limit: int = 50) -> Page[Delivery]:
        rows, following = Listing(self._client, self._table, LEDGER, "ledger").page(cursor, limit)
        return Page(items=tuple(map(_delivery, rows)), cursor=following)

    def of_story(self, endpoint_id: str, story_id: str) -> Sequence[Delivery]:
        answer = self._client.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :story)",
            ExpressionAttributeValues={
                ":pk": {"S": f"ENDPOINT#{endpoint_id}"},
                ":story": {"S": f"DELIVERY#{story_id}#"},
            },
            ConsistentRead=True,
            ScanIndexForward=False,
        )
        return [_delivery(item) for item in answer["Items"]]

    def told(self, story_id: str, more: Collection[str] = ()) -> Collection[str]:
        key: Row = {"pk": {"S": f"STORY#{story_id}"}, "sk": {"S": "TOLD"}}
        if more:
            row = self._client.update_item(
                TableName=self._table,
                Key=key,
                UpdateExpression="ADD endpoints :more",
                ExpressionAttributeValues={":more": {"SS": sorted(more)}},
                ReturnValues="ALL_NEW",
            )["Attributes"]
        else:
            row = self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True).get("Item", {})
        return frozenset(row["endpoints"]["SS"]) if row else frozenset()

    def held(self, endpoint_id: str) -> Iterator[Delivery]:
        pages = self._client.get_paginator("query")
        for page in pages.paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :deliveries)",
            FilterExpression="#state = :held",
            ExpressionAttributeNames={"#state": "state"},
            ExpressionAttributeValues={
                ":pk": {"S": f"ENDPOINT#{endpoint_id}"},
                ":deliveries": {"S": "DELIVERY#"},
                ":held": {"S": DeliveryState.HELD},
            },
            ConsistentRead=True,
        ):
            yield from (_delivery(item) for item in page["Items"])

    def due(self, now: datetime) -> Iterator[Delivery]:
        pages = self._client.get_paginator("query")
        for shard in range(DUE_SHARDS):
            for page in pages.paginate(
                TableName=self._table,
                IndexName="due",
                KeyConditionExpression="due_shard = :shard AND due_at <= :now",
                ExpressionAttributeValues={":shard": {"S": _shard_name(shard)}, ":now": {"S": sortable(now)}},
            ):
                yield from (_delivery(item) for item in page["Items"])

    def _added(self, delivery: Delivery) -> bool | Exception:
        try:
            return self.add(delivery)
        except Exception as error:  # this row's fault, which the caller reports as such
            return error

    def _put(self, delivery: Delivery, condition: str, values: "Row") -> bool:
        # DynamoDB refuses an empty map of values.
        given = {"ExpressionAttributeValues": values} if values else {}
        try:
            self._client.put_item(
                TableName=self._table,
                Item=self._item(delivery),
                ConditionExpression=condition,
                **given,  # type: ignore[arg-type]  # one optional argument, which the stubs cannot see through **
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
                return False
            raise
        return True

    def _item(self, delivery: Delivery) -> "Row":
        item: Row = {
            **_key(delivery.endpoint_id, delivery.story_id, delivery.version),
            "list_pk": {"S": _list_name(delivery.endpoint_id)},
            "list_sk": {"S": f"{sortable(delivery.created_at)}#{delivery.id}"},
            "fence": {"N": str(delivery.fence)},
            "state": {"S": delivery.state},
            "data": packed(delivery.model_dump_json()),
        }
        if delivery.type is EventType.WITHDRAWN:
            item |= {"ledger_pk": {"S": LEDGER}, "ledger_sk": item["list_sk"]}
        elif delivery.state not in {DeliveryState.PENDING, DeliveryState.HELD}:
            last = delivery.attempts[-1].at if delivery.attempts else delivery.created_at
            item["expires"] = self._expiry(max(last, delivery.created_at))
        if delivery.sweep_at:
            item["due_shard"] = {"S": _shard_name(zlib.crc32(delivery.id.encode()) % DUE_SHARDS)}
            item["due_at"] = {"S": sortable(delivery.sweep_at)}
        return item

    def _attempt_item(self, delivery: Delivery, attempt: Attempt) -> "Row":
        item: Row = {
            "pk": {"S": _attempts_name(delivery.id)},
            "sk": {"S": _number(attempt.number)},
            "data": {"S": attempt.model_dump_json()},
        }
        if delivery.type is not EventType.WITHDRAWN:
            item["expires"] = self._expiry(attempt.at)
        return item

    def _expiry(self, last: datetime) -> "AttributeValueTypeDef":
        return {"N": str(int((last + self._retention).timestamp()))}


def _key(endpoint_id: str, story_id: str, version: int) -> "Row":
    return {"pk": {"S": f"ENDPOINT#{endpoint_id}"}, "sk": {"S": f"DELIVERY#{story_id}#{version:08d}"}}


def _attempts_name(delivery_id: str) -> str:
    return f"ATTEMPTS#{delivery_id}"


def _number(number: int) -> str:
    return f"{number:08d}"


def _list_name(endpoint_id: str) -> str:
    return f"DELIVERIES#{endpoint_id}"


def _shard_name(shard: int) -> str:
    return f"DELIVERY#{shard}"


def _delivery(item: "Row") -> Delivery:
    return Delivery.model_validate_json(unpacked(item["data"]))
