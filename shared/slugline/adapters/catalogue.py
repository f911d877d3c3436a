"""The catalogue of stories: rows of the story table, by hundreds, and the archive."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from slugline.adapters.paging import cursor_at, position_of
from slugline.ports.catalogue import StoryState
from slugline.ports.deliveries import BadCursor, Page
from slugline.ports.objects import ObjectMissing, ObjectStore
from slugline.ports.stories import StoryHead, VersionRow
from slugline.story import Story

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

    Row = dict[str, AttributeValueTypeDef]

BATCH = 100
TRIES = 5
STORIES = "STORIES"
LONGEST_ID = 1024


class Throttled(Exception):  # noqa: N818 - reads as the outcome it is
    """The table did not give all rows; the request is to be repeated."""


class Versions(Protocol):
    """The part of StoryTable that says where a version lies."""

    def version(self, story_id: str, version: int) -> VersionRow | None: ...


class TableCatalogue:
    """The port Catalogue on DynamoDB and S3."""

    def __init__(self, client: "DynamoDBClient", table: str, versions: Versions, archive: ObjectStore) -> None:
        self._client = client
        self._table = table
        self._versions = versions
        self._archive = archive

    def states(self, story_ids: Collection[str]) -> dict[str, StoryState]:
        """Raises Throttled."""
        # Nothing of ours has an empty id, or one that is no key for the table.
        wanted = (one for one in set(story_ids) if 0 < len(one.encode()) <= LONGEST_ID)
        found: dict[str, StoryState] = {}
        while batch := list(islice(wanted, BATCH)):
            found |= {state.story_id: state for state in map(_state, self._rows(batch))}
        return found

    def page(self, *, cursor: str | None, since: datetime | None, limit: int) -> Page[StoryState]:
        oldest = since.astimezone(UTC).isoformat(timespec="seconds")[:19] if since else "0"
        start = _start(cursor) if cursor else None
        if start and start["list_sk"]["S"] < oldest:
            return Page[StoryState](items=())
        answer = self._client.query(
            TableName=self._table,
            IndexName="list",
            KeyConditionExpression="list_pk = :stories AND list_sk >= :oldest",
            ExpressionAttributeValues={":stories": {"S": STORIES}, ":oldest": {"S": oldest}},
            ScanIndexForward=False,
            Limit=limit,
            **({"ExclusiveStartKey": start} if start else {}),  # type: ignore[arg-type]  # an optional argument
        )
        states = tuple(map(_state, answer["Items"]))
        last = answer.get("LastEvaluatedKey")
        more = cursor_at(f"{last['list_sk']['S']}#{states[-1].story_id}", STORIES) if last else None
        return Page[StoryState](items=states, cursor=more)

    def story(self, story_id: str, version: int) -> Story | None:
        row = self._versions.version(story_id, version)
        try:
            return Story.model_validate_json(self._archive.get(row.story_key).body) if row else None
        except ObjectMissing:
            return None

    def _rows(self, story_ids: Iterable[str]) -> "Iterable[Row]":
        keys: list[Row] = [{"pk": {"S": f"STORY#{one}"}, "sk": {"S": "HEAD"}} for one in story_ids]
        for _ in range(TRIES):
            answer = self._client.batch_get_item(RequestItems={self._table: {"Keys": keys, "ConsistentRead": True}})
            yield from answer["Responses"].get(self._table, [])
            left = answer["UnprocessedKeys"].get(self._table)
            if not left:
                return
            keys = [dict(key) for key in left["Keys"]]
        raise Throttled(f"{len(keys)} rows were not given")


def _state(row: "Row") -> StoryState:
    head = StoryHead.model_validate_json(row["data"]["S"])
    # The story table moves these attributes without the rest of the row. What was withdrawn before anybody saw it was
    # never there.
    current = int(row["current"]["N"])
    return StoryState(
        story_id=head.story_id,
        version=current if "first_published" in row else 0,
        withdrawn=head.model_copy(update={"current": current}).withdrawn,
        # The headline is the latest version's, which may be under embargo.
        headline=head.headline if head.latest == current else "",
    )


def _start(cursor: str) -> "Row":
    """Stories changed at the same instant are told apart by their keys, so the start has to name both."""
    order, separator, story_id = position_of(cursor, STORIES).partition("#")
    if not separator or not order or not story_id:
        raise BadCursor("this cursor is none that this list gave out")
    return {
        "list_pk": {"S": STORIES},
        "list_sk": {"S": order},
        "pk": {"S": f"STORY#{story_id}"},
        "sk": {"S": "HEAD"},
    }
