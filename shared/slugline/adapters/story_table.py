"""Rows about stories on Amazon DynamoDB.

| row             | pk                 | sk                         | list / due index                   |
|-----------------|--------------------|----------------------------|------------------------------------|
| story head      | STORY#<id>         | HEAD                       | list STORIES, by time of update    |
| story version   | STORY#<id>         | VERSION#<000001>           | due EMBARGO, by its end            |
| a drop's version| STORY#<id>         | DROP#<correlation id>      |                                    |
| key             | KEY#<key>          | KEY                        |                                    |
| drop            | KEY#<key>          | DROP#<sequencer>           | list DROPS#<outcome>, by time      |
| package member  | PACKAGE#<folder>   | STORY#<id>, PICTURE#<name> |                                    |
| feed entry      | FEED#<feed>        | <first published>#<id>     |                                    |

A row's model is in `data` as JSON; what conditions look at stands beside it as attributes of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from slugline.adapters.attributes import Item, plain, typed
from slugline.domain.sequencer import comparable
from slugline.drops import Drop
from slugline.feed import SITEMAP, FeedEntry
from slugline.model import rfc3339
from slugline.ports.stories import (
    HeadChanged,
    KeyRow,
    Package,
    PackagePicture,
    StoryHead,
    Superseded,
    VersionRow,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_EMBARGO = "EMBARGO"
_STORIES = "STORIES"
_CONDITION_FAILED = "ConditionalCheckFailed"
_NONE_NEWER = "attribute_not_exists(sequencer) OR sequencer <= :sequencer"
_SORTABLE = "%Y-%m-%dT%H:%M:%S.%fZ"
"""Instants as text whose order is theirs."""


class _Canceled(Exception):  # noqa: N818 - DynamoDB's own word
    """A transaction that other writers won; one reason for each of its writes, in order."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(", ".join(reasons))
        self.reasons = reasons


class DynamoStoryTable:
    """The story side of the one table."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    # --- drops

    def drop(self, key: str, sequencer: str) -> Drop | None:
        item = self._get(f"KEY#{key}", f"DROP#{comparable(sequencer)}")
        return Drop.model_validate_json(item["data"]) if item else None

    def record_drop(self, drop: Drop) -> None:
        self._put(
            {
                "pk": f"KEY#{drop.key}",
                "sk": f"DROP#{comparable(drop.sequencer)}",
                "list_pk": f"DROPS#{drop.outcome}",
                "list_sk": drop.at.strftime(_SORTABLE),
                "data": drop.model_dump_json(),
            }
        )

    def recent_drops(self, outcomes: Sequence[str], limit: int) -> list[Drop]:
        drops = [
            Drop.model_validate_json(item["data"])
            for outcome in outcomes
            for item in self._newest(f"DROPS#{outcome}", limit)
        ]
        return sorted(drops, key=lambda drop: drop.at, reverse=True)[:limit]

    def key_row(self, key: str) -> KeyRow | None:
        item = self._get(f"KEY#{key}", "KEY")
        if not item:
            return None
        return KeyRow(key=key, sequencer=item["sequencer"], stories=tuple(sorted(item.get("stories", ()))))

    def advance_key(self, key: str, sequencer: str) -> None:
        update = {
            "Key": {"pk": f"KEY#{key}", "sk": "KEY"},
            "UpdateExpression": "SET sequencer = :sequencer",
            "ConditionExpression": _NONE_NEWER,
            "ExpressionAttributeValues": {":sequencer": comparable(sequencer)},
        }
        try:
            self._client.update_item(**self._request(update))
        except self._client.exceptions.ConditionalCheckFailedException as error:
            raise Superseded(key) from error

    # --- stories

    def head(self, story_id: str) -> StoryHead | None:
        item = self._get(f"STORY#{story_id}", "HEAD")
        return self._head(item) if item else None

    def recent_stories(self, limit: int) -> list[StoryHead]:
        return [self._head(item) for item in self._newest(_STORIES, limit)]

    def version(self, story_id: str, version: int) -> VersionRow | None:
        item = self._get(f"STORY#{story_id}", f"VERSION#{version:06d}")
        return VersionRow.model_validate_json(item["data"]) if item else None

    def version_of_drop(self, story_id: str, correlation_id: str) -> int | None:
        item = self._get(f"STORY#{story_id}", f"DROP#{correlation_id}")
        return int(item["version"]) if item else None

    def add_version(self, seen: StoryHead | None, head: StoryHead, *rows: VersionRow) -> None:
        """Write a drop's new versions in one transaction. Raises Superseded or HeadChanged."""
        row = rows[0]
        story = f"STORY#{row.story_id}"
        key_update = {
            "Key": {"pk": f"KEY#{row.source_key}", "sk": "KEY"},
            "UpdateExpression": "SET sequencer = :sequencer ADD stories :story",
            "ConditionExpression": _NONE_NEWER,
            "ExpressionAttributeValues": {":sequencer": comparable(row.sequencer), ":story": {row.story_id}},
        }
        writes = [
            self._update(key_update),
            self._put_head(seen, head),
            self._transact_put({"pk": story, "sk": f"DROP#{row.correlation_id}", "version": row.version}),
            *(
                self._transact_put(self._version_item(one) | {"pk": story, "sk": f"VERSION#{one.version:06d}"})
                for one in rows
            ),
        ]
        if head.withdrawn and seen:
            writes.extend(self._transact_delete(f"FEED#{feed}", _feed_sk(seen)) for feed in seen.feeds)
        try:
            self._transact(writes)
        except _Canceled as canceled:
            if canceled.reasons[0] == _CONDITION_FAILED:
                raise Superseded(row.source_key) from canceled
            raise HeadChanged(row.story_id) from canceled

    def release(self, seen: StoryHead, head: StoryHead, entries: Mapping[str, FeedEntry]) -> StoryHead:
        """Make `head.current` what readers see, in these feeds. Raises Superseded or HeadChanged."""
        if head.first_published is None:
            raise ValueError("a released story has a first_published")
        released = head.model_copy(
            update={"feeds": tuple(entries), "pending": tuple(dict.fromkeys((*seen.pending, *seen.feeds, *entries)))}
        )
        update = {
            "Key": {"pk": f"STORY#{head.story_id}", "sk": "HEAD"},
            "UpdateExpression": "SET #current = :version, feeds = :feeds, pending = :pending,"
            " first_published = if_not_exists(first_published, :published)",
            # The feed entry's key has the first date: another one would be a second entry.
            "ConditionExpression": "#current <= :version AND feeds = :seen_feeds AND pending = :seen_pending"
            " AND (attribute_not_exists(first_published) OR first_published = :published)",
            "ExpressionAttributeNames": {"#current": "current"},
            "ExpressionAttributeValues": {
                ":version": head.current,
                ":published": rfc3339(head.first_published),
                ":feeds": _joined(released.feeds),
                ":pending": _joined(released.pending),
                ":seen_feeds": _joined(seen.feeds),
                ":seen_pending": _joined(seen.pending),
            },
        }
        writes = [self._update(update)]
        sk = _feed_sk(head)
        for feed, entry in entries.items():
            writes.append(self._transact_put({"pk": f"FEED#{feed}", "sk": sk, "data": entry.model_dump_json()}))
        writes.extend(self._transact_delete(f"FEED#{feed}", sk) for feed in seen.feeds if feed not in entries)
        try:
            self._transact(writes)
        except _Canceled as canceled:
            stored = self.head(head.story_id)
            if stored and stored.current > head.current:
                raise Superseded(head.story_id) from canceled
            raise HeadChanged(head.story_id) from canceled
        return released

    def put_tombstone(self, head: StoryHead, entry: FeedEntry) -> None:
        unchanged = {
            "Key": {"pk": f"STORY#{head.story_id}", "sk": "HEAD"},
            "ConditionExpression": "#current = :version",
            "ExpressionAttributeNames": {"#current": "current"},
            "ExpressionAttributeValues": {":version": entry.version},
        }
        row = {"sk": _feed_sk(head), "data": entry.model_dump_json()}
        tombstones = [
            self._transact_put({"pk": f"FEED#{feed}"} | row) for feed in head.feeds if not feed.startswith(SITEMAP)
        ]
        # A cancelled transaction: the story is published again, and its feed entries with it.
        with suppress(_Canceled):
            self._transact([{"ConditionCheck": self._request(unchanged)}, *tombstones])

    def feeds_settled(self, head: StoryHead) -> None:
        if not head.pending:
            return
        update = {
            "Key": {"pk": f"STORY#{head.story_id}", "sk": "HEAD"},
            "UpdateExpression": "SET pending = :none",
            "ConditionExpression": "pending = :pending",
            "ExpressionAttributeValues": {":none": "", ":pending": _joined(head.pending)},
        }
        with suppress(self._client.exceptions.ConditionalCheckFailedException):
            self._client.update_item(**self._request(update))

    def feed(self, feed: str, limit: int) -> list[FeedEntry]:
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": f"FEED#{feed}"}},
            ConsistentRead=True,
            ScanIndexForward=False,
            PaginationConfig={"MaxItems": limit, "PageSize": limit},
        )
        return [FeedEntry.model_validate_json(plain(item)["data"]) for page in pages for item in page["Items"]]

    # --- embargoes

    def embargoes_due(self, until: datetime) -> list[VersionRow]:
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            IndexName="due",
            KeyConditionExpression="due_shard = :shard AND due_at <= :until",
            ExpressionAttributeValues={":shard": {"S": _EMBARGO}, ":until": {"S": until.strftime(_SORTABLE)}},
        )
        return [VersionRow.model_validate_json(plain(item)["data"]) for page in pages for item in page["Items"]]

    def embargo_released(self, row: VersionRow) -> None:
        self._client.update_item(
            TableName=self._table,
            Key={"pk": {"S": f"STORY#{row.story_id}"}, "sk": {"S": f"VERSION#{row.version:06d}"}},
            UpdateExpression="REMOVE due_shard, due_at",
        )

    # --- packages

    def put_package_story(self, folder: str, story_id: str) -> None:
        self._put({"pk": f"PACKAGE#{folder}", "sk": f"STORY#{story_id}"})

    def put_package_picture(self, folder: str, picture: PackagePicture) -> None:
        self._put({"pk": f"PACKAGE#{folder}", "sk": f"PICTURE#{picture.name}", "data": picture.model_dump_json()})

    def take_package_picture(self, folder: str, name: str) -> PackagePicture | None:
        update = {
            "Key": {"pk": f"PACKAGE#{folder}", "sk": f"PICTURE#{name}"},
            "UpdateExpression": "SET leaving = :yes",
            "ConditionExpression": "attribute_exists(pk)",
            "ExpressionAttributeValues": {":yes": True},
            "ReturnValues": "ALL_NEW",
        }
        try:
            answer = self._client.update_item(**self._request(update))
        except self._client.exceptions.ConditionalCheckFailedException:
            return None
        return PackagePicture.model_validate_json(plain(answer["Attributes"])["data"])

    def forget_package_picture(self, folder: str, name: str) -> None:
        delete = {
            "Key": {"pk": f"PACKAGE#{folder}", "sk": f"PICTURE#{name}"},
            "ConditionExpression": "attribute_exists(leaving)",
        }
        with suppress(self._client.exceptions.ConditionalCheckFailedException):
            self._client.delete_item(**self._request(delete))

    def package(self, folder: str) -> Package:
        items = list(self._partition(f"PACKAGE#{folder}"))
        return Package(
            stories=tuple(item["sk"].removeprefix("STORY#") for item in items if item["sk"].startswith("STORY#")),
            pictures=tuple(
                PackagePicture.model_validate_json(item["data"])
                for item in items
                if item["sk"].startswith("PICTURE#") and "leaving" not in item
            ),
        )

    # --- plumbing

    def _head(self, item: Item) -> StoryHead:
        stored = StoryHead.model_validate_json(item["data"])
        # These move without the rest of the row, so they are read from their attributes.
        changes = {
            "current": int(item["current"]),
            "first_published": item.get("first_published"),
            "feeds": tuple(item["feeds"].split()),
            "pending": tuple(item["pending"].split()),
        }
        return StoryHead.model_validate(stored.model_dump() | changes)

    def _put_head(self, seen: StoryHead | None, head: StoryHead) -> Item:
        item: Item = {
            "pk": f"STORY#{head.story_id}",
            "sk": "HEAD",
            "latest": head.latest,
            "current": head.current,
            "feeds": _joined(head.feeds),
            "pending": _joined(tuple(dict.fromkeys((*head.pending, *head.feeds))) if head.withdrawn else head.pending),
            "list_pk": _STORIES,
            "list_sk": head.updated.strftime(_SORTABLE),
            "data": head.model_dump_json(),
        }
        if head.first_published:
            item["first_published"] = rfc3339(head.first_published)
        put: Item = {"Item": item, "ConditionExpression": "attribute_not_exists(pk)"}
        if seen is not None:
            # `current` and the feeds too, or a release in between would be undone by this put.
            put["ConditionExpression"] = (
                "latest = :latest AND #current = :current AND feeds = :feeds AND pending = :pending"
            )
            put["ExpressionAttributeNames"] = {"#current": "current"}
            put["ExpressionAttributeValues"] = {
                ":latest": seen.latest,
                ":current": seen.current,
                ":feeds": _joined(seen.feeds),
                ":pending": _joined(seen.pending),
            }
        return {"Put": self._request(put)}

    def _version_item(self, row: VersionRow) -> Item:
        item: Item = {"data": row.model_dump_json()}
        if row.embargo:
            item |= {"due_shard": _EMBARGO, "due_at": row.embargo.strftime(_SORTABLE)}
        return item

    def _transact(self, writes: list[Item]) -> None:
        try:
            self._client.transact_write_items(TransactItems=writes)  # type: ignore[arg-type]  # built by _request
        except ClientError as error:
            reasons = [str(reason.get("Code")) for reason in error.response.get("CancellationReasons", [])]
            if {_CONDITION_FAILED, "TransactionConflict"} & set(reasons):
                raise _Canceled(reasons) from error
            raise

    def _request(self, request: Item) -> Item:
        """The request's plain values as DynamoDB's typed ones, its table added."""
        ready = dict(request, TableName=self._table)
        for field in ("Key", "Item", "ExpressionAttributeValues"):
            if field in ready:
                ready[field] = typed(ready[field])
        return ready

    def _update(self, update: Item) -> Item:
        return {"Update": self._request(update)}

    def _transact_put(self, item: Item) -> Item:
        return {"Put": self._request({"Item": item})}

    def _transact_delete(self, pk: str, sk: str) -> Item:
        return {"Delete": self._request({"Key": {"pk": pk, "sk": sk}})}

    def _put(self, item: Item) -> None:
        self._client.put_item(**self._request({"Item": item}))

    def _get(self, pk: str, sk: str) -> Item | None:
        request = self._request({"Key": {"pk": pk, "sk": sk}, "ConsistentRead": True})
        answer = self._client.get_item(**request)
        return plain(answer["Item"]) if "Item" in answer else None

    def _newest(self, list_pk: str, limit: int) -> Iterator[Item]:
        answer = self._client.query(
            TableName=self._table,
            IndexName="list",
            KeyConditionExpression="list_pk = :pk",
            ExpressionAttributeValues={":pk": {"S": list_pk}},
            ScanIndexForward=False,
            Limit=limit,
        )
        return (plain(item) for item in answer["Items"])

    def _partition(self, pk: str) -> Iterator[Item]:
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": pk}},
            ConsistentRead=True,
        )
        return (plain(item) for page in pages for item in page["Items"])


def _joined(feeds: Sequence[str]) -> str:
    """As one text, for conditions to compare; a feed's id has no blank."""
    return " ".join(feeds)


def _feed_sk(head: StoryHead) -> str:
    if head.first_published is None:
        raise ValueError("a story in the feed has a first_published")
    return f"{head.first_published.strftime(_SORTABLE)}#{head.story_id}"
