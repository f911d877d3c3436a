"""Subscriptions in the table.

A topic's rows are one partition: pk `TOPIC#<key>`, sk `SUBSCRIPTION#<id>`. The index `list` gives them by the
callback's host, in partitions enough to write all subscribers of a feed at once; the index `due` gives those that clock
must look at. The row's JSON is in `data`.
"""

import re
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from slugline.adapters.delivery_table import sortable
from slugline.adapters.paging import Listing
from slugline.domain.subscription_states import WISH_KEPT
from slugline.ports.deliveries import BadCursor, Page
from slugline.subscriptions import Subscription

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

    Row = dict[str, AttributeValueTypeDef]

DUE_SHARDS = 4
LIST_SHARDS = 8
CURSOR = re.compile(rf"([0-{LIST_SHARDS - 1}])\.(.*)", re.ASCII)
# DynamoDB removes what has expired within days; until then the lease itself says that it is over.
KEPT_AFTER_LEASE = timedelta(days=1)


class SubscriptionTable:
    """The port Subscriptions on DynamoDB."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def get(self, key: str, subscription_id: str) -> Subscription | None:
        answer = self._client.get_item(TableName=self._table, Key=_key(key, subscription_id), ConsistentRead=True)
        return _read(answer["Item"]) if "Item" in answer else None

    def save(self, subscription: Subscription, before: Subscription | None) -> bool:
        given = {"ExpressionAttributeValues": _fence(before)} if before else {}
        try:
            self._client.put_item(
                TableName=self._table,
                Item=_item(subscription),
                ConditionExpression="fence = :before" if before else "attribute_not_exists(pk)",
                **given,  # type: ignore[arg-type]  # one optional argument, which the stubs cannot see through **
            )
        except ClientError as error:
            return _lost(error)
        return True

    def remove(self, before: Subscription) -> bool:
        try:
            self._client.delete_item(
                TableName=self._table,
                Key=_key(before.key, before.id),
                ConditionExpression="fence = :before",
                ExpressionAttributeValues=_fence(before),
            )
        except ClientError as error:
            return _lost(error)
        return True

    def of_topic(self, key: str) -> Iterator[Subscription]:
        pages = self._client.get_paginator("query")
        for page in pages.paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": f"TOPIC#{key}"}},
            ConsistentRead=True,
        ):
            yield from map(_read, page["Items"])

    def of_host(self, host: str, limit: int) -> int:
        answer = self._client.query(
            TableName=self._table,
            IndexName="list",
            KeyConditionExpression="list_pk = :list AND begins_with(list_sk, :host)",
            ExpressionAttributeValues={":list": {"S": _list_name(_list_shard(host))}, ":host": {"S": f"{host}#"}},
            Select="COUNT",
            Limit=limit,
        )
        return answer["Count"]

    def page(self, *, cursor: str | None, limit: int) -> Page[Subscription]:
        place = CURSOR.fullmatch(cursor) if cursor else None
        if cursor and not place:
            raise BadCursor("this cursor is none that this list gave out")
        shard, position = (int(place[1]), place[2] or None) if place else (0, None)
        found: list[Subscription] = []
        while shard < LIST_SHARDS and len(found) < limit:
            listing = Listing(self._client, self._table, _list_name(shard))
            rows, position = listing.page(position, limit - len(found))
            found += map(_read, rows)
            shard += position is None
        following = f"{shard}.{position or ''}" if shard < LIST_SHARDS else None
        return Page[Subscription](items=tuple(found), cursor=following)

    def due(self, now: datetime) -> Iterator[Subscription]:
        pages = self._client.get_paginator("query")
        for shard in range(DUE_SHARDS):
            for page in pages.paginate(
                TableName=self._table,
                IndexName="due",
                KeyConditionExpression="due_shard = :shard AND due_at <= :now",
                ExpressionAttributeValues={":shard": {"S": _shard_name(shard)}, ":now": {"S": sortable(now)}},
            ):
                yield from map(_read, page["Items"])


def _key(key: str, subscription_id: str) -> "Row":
    return {"pk": {"S": f"TOPIC#{key}"}, "sk": {"S": f"SUBSCRIPTION#{subscription_id}"}}


def _list_shard(host: str) -> int:
    return zlib.crc32(host.encode()) % LIST_SHARDS


def _list_name(shard: int) -> str:
    return f"SUBSCRIPTIONS#{shard}"


def _shard_name(shard: int) -> str:
    return f"SUBSCRIPTION#{shard}"


def _fence(before: Subscription) -> "Row":
    return {":before": {"N": str(before.fence)}}


def _lost(error: ClientError) -> bool:
    """False when another writer was first. Raises what else went wrong."""
    if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
        return False
    raise error


def _item(subscription: Subscription) -> "Row":
    until = (subscription.expires_at or subscription.created_at) + KEPT_AFTER_LEASE
    if subscription.wish and subscription.next_attempt_at:
        until = max(until, subscription.next_attempt_at + WISH_KEPT)
    item: Row = {
        **_key(subscription.key, subscription.id),
        "list_pk": {"S": _list_name(_list_shard(subscription.host))},
        "list_sk": {"S": f"{subscription.host}#{subscription.id}"},
        "fence": {"N": str(subscription.fence)},
        "expires": {"N": str(int(until.timestamp()))},
        "data": {"S": subscription.model_dump_json()},
    }
    if subscription.sweep_at:
        item["due_shard"] = {"S": _shard_name(zlib.crc32(subscription.id.encode()) % DUE_SHARDS)}
        item["due_at"] = {"S": sortable(subscription.sweep_at)}
    return item


def _read(item: "Row") -> Subscription:
    return Subscription.model_validate_json(item["data"]["S"])
