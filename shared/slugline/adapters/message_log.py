"""An endpoint's deliveries by their creation: the rows of the delivery table, over its index `list`."""

from datetime import datetime
from typing import TYPE_CHECKING

from slugline.adapters.delivery_table import sortable
from slugline.adapters.packed import unpacked
from slugline.adapters.paging import cursor_at, position_of
from slugline.deliveries import Delivery
from slugline.ports.deliveries import Page
from slugline.ports.messages import Placed

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

FIRST, LAST = "0", "~"
"""Before and behind every instant as text."""


class MessageLog:
    """The port Messages on DynamoDB."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def page(self, endpoint_id: str, *, cursor: str | None, limit: int, until: datetime | None = None) -> Page[Placed]:
        partition = f"DELIVERIES#{endpoint_id}"
        # NUL makes the next text in order, so the row at the cursor itself is left out.
        first = f"{position_of(cursor, partition)}\0" if cursor else FIRST
        last = sortable(until) if until else LAST
        if first > last:
            return Page[Placed](items=())
        answer = self._client.query(
            TableName=self._table,
            IndexName="list",
            KeyConditionExpression="list_pk = :list AND list_sk BETWEEN :first AND :last",
            ExpressionAttributeValues={":list": {"S": partition}, ":first": {"S": first}, ":last": {"S": last}},
            Limit=limit,
        )
        items = tuple(
            Placed(
                cursor=cursor_at(row["list_sk"]["S"], partition),
                delivery=Delivery.model_validate_json(unpacked(row["data"])),
            )
            for row in answer["Items"]
        )
        return Page[Placed](items=items, cursor=items[-1].cursor if "LastEvaluatedKey" in answer else None)

    def since(self, endpoint_id: str, moment: datetime) -> str:
        return cursor_at(sortable(moment), f"DELIVERIES#{endpoint_id}")
