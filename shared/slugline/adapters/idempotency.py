"""Where answers to idempotent requests are kept: Powertools' layer over the one table.

| row             | pk          | sk                       | goes       |
|-----------------|-------------|--------------------------|------------|
| answer          | IDEMPOTENCY | <function>#<hash of key> | `expires`  |
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.idempotency import BasePersistenceLayer


def idempotency_store(client: Any, table: str) -> "BasePersistenceLayer":
    """The layer, loaded when it is needed."""
    from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer  # noqa: PLC0415 - lean cold start

    return DynamoDBPersistenceLayer(
        table_name=table,
        key_attr="pk",
        sort_key_attr="sk",
        static_pk_value="IDEMPOTENCY",
        expiry_attr="expires",
        in_progress_expiry_attr="in_progress_until",
        status_attr="state",
        boto3_client=client,
    )
