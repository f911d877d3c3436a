"""What attempts look at, in the table: three to five rows each, all in one BatchGetItem.

Whose licence a delivery depends on is in its row. Where that has to be read first, the partner's is read after it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from botocore.exceptions import ClientError

from slugline.adapters.packed import unpacked
from slugline.deliveries import Delivery, DeliveryKey, delivery_key
from slugline.domain.circuit import EndpointHealth
from slugline.model import Model
from slugline.partners import Endpoint, Partner
from slugline.ports.deliveries import Situation

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

    Row = dict[str, AttributeValueTypeDef]

READ = TypeVar("READ", bound=Model)
TRIES = 5
KEPT = timedelta(days=30)
"""How long a health row outlives what it says: those of hosts that a stranger named to the hub would stay for ever."""


class Throttled(Exception):  # noqa: N818 - reads as the outcome it is
    """The table did not give all rows; the caller's message is to be retried."""


class SituationTable:
    """The ports Situations and Healths on DynamoDB. A health row has pk `ENDPOINT#<id>` and sk `HEALTH`."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def look(self, delivery_ids: Sequence[str], held: Mapping[str, Delivery]) -> Mapping[str, Situation]:
        """Raises Throttled."""
        keys = {identifier: key for identifier in delivery_ids if (key := _key_of(identifier))}
        names = [name for key in keys.values() for name in _around(key)]
        names += [_row_of(key) for identifier, key in keys.items() if identifier not in held]
        names += _licensees(held.values())
        rows = self._rows(list(dict.fromkeys(names)))
        found: dict[str, Situation] = {}
        for identifier, key in keys.items():
            delivery = held.get(identifier) or _read(rows.get(_row_of(key)), Delivery)
            if delivery:
                found[identifier] = _situation(delivery, key, rows)
        licensees = _licensees(one.delivery for one in found.values())
        partners = rows | self._rows([name for name in licensees if name not in rows])
        return {identifier: _with_licence(one, partners) for identifier, one in found.items()}

    def health(self, endpoint_id: str) -> EndpointHealth:
        answer = self._client.get_item(TableName=self._table, Key=_key(endpoint_id), ConsistentRead=True)
        return _read(answer.get("Item"), EndpointHealth) or EndpointHealth(endpoint_id=endpoint_id)

    def save_health(self, health: EndpointHealth, before: EndpointHealth) -> bool:
        condition = "revision = :before" if before.revision else "attribute_not_exists(pk) OR revision = :before"
        item: Row = {"revision": {"N": str(health.revision)}, "data": {"S": health.model_dump_json()}}
        if last := health.last_moment:
            item["expires"] = {"N": str(int((last + KEPT).timestamp()))}
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
        if not names:
            return {}
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


def _key_of(identifier: str) -> DeliveryKey | None:
    try:
        return delivery_key(identifier)
    except ValueError:
        return None


def _row_of(key: DeliveryKey) -> tuple[str, str]:
    return f"ENDPOINT#{key.endpoint_id}", f"DELIVERY#{key.story_id}#{key.version:08d}"


def _around(key: DeliveryKey) -> tuple[tuple[str, str], tuple[str, str], tuple[str, str]]:
    """Endpoint, health, and head of the story."""
    partition = f"ENDPOINT#{key.endpoint_id}"
    return (partition, "ENDPOINT"), (partition, "HEALTH"), (f"STORY#{key.story_id}", "HEAD")


def _licensees(deliveries: Iterable[Delivery]) -> list[tuple[str, str]]:
    return list(dict.fromkeys(_partner_of(each) for each in deliveries if each.licensed))


def _partner_of(delivery: Delivery) -> tuple[str, str]:
    return f"PARTNER#{delivery.partner_id}", "PARTNER"


def _with_licence(situation: Situation, rows: "dict[tuple[str, str], Row]") -> Situation:
    if not situation.delivery.licensed:
        return situation
    partner = _read(rows.get(_partner_of(situation.delivery)), Partner)
    return replace(situation, licence=partner.licensed_agencies if partner else ())


def _situation(delivery: Delivery, key: DeliveryKey, rows: "dict[tuple[str, str], Row]") -> Situation:
    endpoint, health, head = _around(key)
    return Situation(
        delivery=delivery,
        endpoint=_read(rows.get(endpoint), Endpoint),
        health=_read(rows.get(health), EndpointHealth) or EndpointHealth(endpoint_id=key.endpoint_id),
        # The story table moves this attribute without the rest of the row.
        current_version=int(rows[head]["current"]["N"]) if head in rows else 0,
    )


def _key(endpoint_id: str) -> "Row":
    return {"pk": {"S": f"ENDPOINT#{endpoint_id}"}, "sk": {"S": "HEALTH"}}


def _read(row: "Row | None", model: type[READ]) -> READ | None:
    return model.model_validate_json(unpacked(row["data"])) if row else None
