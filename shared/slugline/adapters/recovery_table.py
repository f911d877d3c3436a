"""Recoveries in the table: pk `RECOVERY#<id>`, sk `RECOVERY`; those that run are in the index `due`."""

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from slugline.model import rfc3339
from slugline.recovery import KEPT, Recovery, RecoveryState

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

    Row = dict[str, AttributeValueTypeDef]

RUNNING = "RECOVERY"


class RecoveryTable:
    """The port Recoveries on DynamoDB."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def add_recovery(self, recovery: Recovery) -> None:
        self._client.put_item(TableName=self._table, Item=_item(recovery))

    def recovery(self, recovery_id: str) -> Recovery | None:
        answer = self._client.get_item(TableName=self._table, Key=_key(recovery_id), ConsistentRead=True)
        return _read(answer["Item"]) if "Item" in answer else None

    def running(self) -> list[Recovery]:
        answer = self._client.query(
            TableName=self._table,
            IndexName="due",
            KeyConditionExpression="due_shard = :running",
            ExpressionAttributeValues={":running": {"S": RUNNING}},
        )
        return [_read(row) for row in answer["Items"]]

    def save_recovery(self, recovery: Recovery, before: Recovery) -> bool:
        try:
            self._client.put_item(
                TableName=self._table,
                Item=_item(recovery),
                ConditionExpression="revision = :before",
                ExpressionAttributeValues={":before": {"N": str(before.revision)}},
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
                return False
            raise
        return True


def _key(recovery_id: str) -> "Row":
    return {"pk": {"S": f"RECOVERY#{recovery_id}"}, "sk": {"S": "RECOVERY"}}


def _item(recovery: Recovery) -> "Row":
    item = _key(recovery.id) | {
        "revision": {"N": str(recovery.revision)},
        "expires": {"N": str(int((recovery.created_at + KEPT).timestamp()))},
        "data": {"S": recovery.model_dump_json()},
    }
    if recovery.state is RecoveryState.RUNNING:
        item |= {"due_shard": {"S": RUNNING}, "due_at": {"S": rfc3339(recovery.created_at)}}
    return item


def _read(row: "Row") -> Recovery:
    return Recovery.model_validate_json(row["data"]["S"])
