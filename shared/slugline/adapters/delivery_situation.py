"""What an attempt looks at, in the table: four rows in one BatchGetItem."""

from typing import TYPE_CHECKING, TypeVar

from botocore.exceptions import ClientError

from slugline.deliveries import Delivery, delivery_key
from slugline.domain.circuit import EndpointHealth
from slugline.model import Model
from slugline.partners import Endpoint
from slugline.ports.deliveries import Situation

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

    Row = dict[str, AttributeValueTypeDef]

READ = TypeVar("READ", bound=Model)
TRIES = 5


class Throttled(Exception):  # noqa: N818 - reads as the outcome it is
    """The table did not give all rows; the caller's message is to be retried."""


class SituationTable:
    """The ports Situations and Healths on DynamoDB. A health row has pk `ENDPOINT#<id>` and sk `HEALTH`."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def look(self, delivery_id: str) -> Situation | None:
        """Raises Throttled."""
        try:
            key = delivery_key(delivery_id)
        except ValueError:
            return None
        partition = f"ENDPOINT#{key.endpoint_id}"
        delivery = (partition, f"DELIVERY#{key.story_id}#{key.version:08d}")
        endpoint, health, head = (partition, "ENDPOINT"), (partition, "HEALTH"), (f"STORY#{key.story_id}", "HEAD")
        rows = self._rows([delivery, endpoint, health, head])
        if delivery not in rows:
            return None
        return Situation(
            delivery=Delivery.model_validate_json(rows[delivery]["data"]["S"]),
            endpoint=_read(rows.get(endpoint), Endpoint),
            health=_read(rows.get(health), EndpointHealth) or EndpointHealth(endpoint_id=key.endpoint_id),
            # The story table moves this attribute without the rest of the row.
            current_version=int(rows[head]["current"]["N"]) if head in rows else 0,
        )

    def health(self, endpoint_id: str) -> EndpointHealth:
        answer = self._client.get_item(TableName=self._table, Key=_key(endpoint_id), ConsistentRead=True)
        return _read(answer.get("Item"), EndpointHealth) or EndpointHealth(endpoint_id=endpoint_id)

    def save_health(self, health: EndpointHealth, before: EndpointHealth) -> bool:
        condition = "revision = :before" if before.revision else "attribute_not_exists(pk) OR revision = :before"
        item: Row = {"revision": {"N": str(health.revision)}, "data": {"S": health.model_dump_json()}}
        try:
            self._client.put_item(
                TableName=self._table,
                Item=_key(health.endpoint_id) | item,
                ConditionExpression=condition,
                ExpressionAttributeValues={":before": {"N": str(before.revision)}},
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
                return False
            raise
        return True

    def _rows(self, names: list[tuple[str, str]]) -> "dict[tuple[str, str], Row]":
        keys = [{"pk": {"S": pk}, "sk": {"S": sk}} for pk, sk in names]
        found: dict[tuple[str, str], Row] = {}
        for _ in range(TRIES):
            answer = self._client.batch_get_item(RequestItems={self._table: {"Keys": keys, "ConsistentRead": True}})
            rows = answer["Responses"].get(self._table, [])
            found |= {(row["pk"]["S"], row["sk"]["S"]): row for row in rows}
            left = answer["UnprocessedKeys"].get(self._table)
            if not left:
                return found
            keys = [dict(key) for key in left["Keys"]]  # type: ignore[arg-type]  # the stubs leave values open
        raise Throttled(f"{len(keys)} rows were not given")


def _key(endpoint_id: str) -> "Row":
    return {"pk": {"S": f"ENDPOINT#{endpoint_id}"}, "sk": {"S": "HEALTH"}}


def _read(row: "Row | None", model: type[READ]) -> READ | None:
    return model.model_validate_json(row["data"]["S"]) if row else None
