"""The table as the template declares it, for tests of single adapters."""

from typing import Any

ATTRIBUTES = ("pk", "sk", "due_shard", "due_at", "list_pk", "list_sk", "ledger_pk", "ledger_sk")
INDEXES = (("due", "due_shard", "due_at"), ("list", "list_pk", "list_sk"), ("ledger", "ledger_pk", "ledger_sk"))


def create_table(client: Any, name: str = "slugline") -> None:
    client.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": attribute, "AttributeType": "S"} for attribute in ATTRIBUTES],
        KeySchema=_keys("pk", "sk"),
        GlobalSecondaryIndexes=[
            {
                "IndexName": name,
                "KeySchema": _keys(partition, order),
                "Projection": {"ProjectionType": "ALL"},
            }
            for name, partition, order in INDEXES
        ],
    )


def _keys(partition: str, order: str) -> list[dict[str, str]]:
    return [{"AttributeName": partition, "KeyType": "HASH"}, {"AttributeName": order, "KeyType": "RANGE"}]
