"""Pages of an index. A cursor is the order of the last row read: it stays good whatever is added or deleted."""

import base64
import binascii
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from slugline.ports.deliveries import BadCursor

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

    Row = dict[str, AttributeValueTypeDef]

LONGEST_KEY = 1024
"""Bytes of a sort key: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html"""


@dataclass(frozen=True)
class Listing:
    """One partition of an index, whose keys are `<index>_pk` and `<index>_sk`."""

    client: "DynamoDBClient"
    table: str
    partition: str
    index: str = "list"

    def page(self, cursor: str | None, limit: int, *, newest_first: bool = False) -> "tuple[list[Row], str | None]":
        """Rows by their order, and the cursor of the rest; None at the end. Raises BadCursor."""
        condition, values = f"{self.index}_pk = :partition", {":partition": {"S": self.partition}}
        if cursor is not None:
            condition += f" AND {self.index}_sk {'<' if newest_first else '>'} :position"
            values[":position"] = {"S": position_of(cursor, self.partition)}
        answer = self.client.query(
            TableName=self.table,
            IndexName=self.index,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=values,
            ScanIndexForward=not newest_first,
            Limit=limit,
        )
        rows = answer["Items"]
        more = "LastEvaluatedKey" in answer
        return rows, cursor_at(rows[-1][f"{self.index}_sk"]["S"], self.partition) if more else None


def cursor_at(position: str, partition: str) -> str:
    """The cursor that continues behind a row of this order."""
    return base64.urlsafe_b64encode((_mark(partition) + position).encode()).decode().rstrip("=")


def position_of(cursor: str, partition: str) -> str:
    """What `cursor_at` was given. Raises BadCursor, also for another partition's."""
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError) as error:
        raise BadCursor("this cursor is none that this list gave out") from error
    position = text.removeprefix(_mark(partition))
    if position == text or not 0 < len(position.encode()) <= LONGEST_KEY:
        raise BadCursor("this cursor is none that this list gave out")
    return position


def _mark(partition: str) -> str:
    return f"{zlib.crc32(partition.encode()):08x}"
