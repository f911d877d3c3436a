"""Dead letters in the table.

| row                 | pk                   | sk      | list index                        |
|---------------------|----------------------|---------|-----------------------------------|
| dead letter         | DEAD_LETTER#<id>     | LETTER  | DEAD_LETTERS, by its last failure |
| a message's failure | DEAD_LETTER#<message>| FAILURE |                                   |

A letter's JSON is in `letter`, a failure's in `data`. `messages` are the ids under which the message has failed: each
time that it is sent back it gets another. A row that is closed is out of the list, and stays a while, so that a repeat
does not open it again.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from slugline.adapters.attributes import plain, typed
from slugline.adapters.delivery_table import sortable
from slugline.dead_letters import DeadLetter, Failure, KeptLetter
from slugline.model import rfc3339

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from slugline.adapters.attributes import Item

OPEN = "DEAD_LETTERS"
NOTED_FOR = timedelta(days=15)
"""A day longer than a message lives."""
CLOSED_FOR = timedelta(days=90)


class DeadLetterTable:
    """The port DeadLetters on DynamoDB."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def note(self, message_id: str, failure: Failure, now: datetime) -> None:
        row = _key(message_id, "FAILURE") | {"data": failure.model_dump_json(), "expires": _epoch(now + NOTED_FOR)}
        self._client.put_item(TableName=self._table, Item=typed(row))

    def noted(self, message_id: str) -> Failure | None:
        answer = self._client.get_item(
            TableName=self._table, Key=typed(_key(message_id, "FAILURE")), ConsistentRead=True
        )
        return Failure.model_validate_json(answer["Item"]["data"]["S"]) if "Item" in answer else None

    def record(self, letter: DeadLetter, message_id: str, now: datetime) -> None:
        self._update(
            letter.id,
            "SET letter = :letter, list_pk = :open, list_sk = :order, last_at = :now, "
            "first_at = if_not_exists(first_at, :now) "
            "ADD messages :messages REMOVE redriven_at, closed_at, expires",
            "NOT contains(messages, :message)",
            {
                ":letter": letter.model_dump_json(),
                ":open": OPEN,
                ":order": f"{sortable(now)}#{letter.id}",
                ":now": rfc3339(now),
                ":messages": {message_id},
                ":message": message_id,
            },
        )

    def open(self) -> Iterator[KeptLetter]:
        pages = self._client.get_paginator("query").paginate(
            TableName=self._table,
            IndexName="list",
            KeyConditionExpression="list_pk = :open",
            ExpressionAttributeValues={":open": {"S": OPEN}},
            ScanIndexForward=False,
        )
        return (_kept(plain(item)) for page in pages for item in page["Items"])

    def redriven(self, letter_id: str, now: datetime) -> None:
        self._update(letter_id, "SET redriven_at = :now", "attribute_exists(pk)", {":now": rfc3339(now)})

    def close(self, letter_id: str, now: datetime) -> None:
        self._update(
            letter_id,
            "SET closed_at = :now, expires = :expires REMOVE list_pk, list_sk",
            "attribute_exists(pk)",
            {":now": rfc3339(now), ":expires": _epoch(now + CLOSED_FOR)},
        )

    def _update(self, letter_id: str, update: str, condition: str, values: "Item") -> None:
        """Update the row if the condition holds, and leave it alone if not."""
        with suppress(self._client.exceptions.ConditionalCheckFailedException):
            self._client.update_item(
                TableName=self._table,
                Key=typed(_key(letter_id, "LETTER")),
                UpdateExpression=update,
                ConditionExpression=condition,
                ExpressionAttributeValues=typed(values),
            )


def _key(identifier: str, kind: str) -> "Item":
    return {"pk": f"DEAD_LETTER#{identifier}", "sk": kind}


def _epoch(moment: datetime) -> int:
    return int(moment.timestamp())


def _kept(item: "Item") -> KeptLetter:
    letter = DeadLetter.model_validate_json(item["letter"])
    history = {"first_at": item["first_at"], "last_at": item["last_at"], "redriven_at": item.get("redriven_at")}
    return KeptLetter.model_validate(letter.model_dump() | history | {"times": len(item["messages"])})
