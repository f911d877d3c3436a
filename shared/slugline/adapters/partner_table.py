"""Partners, endpoints and API keys in the table; each row's JSON is in `data`.

What clock looks at is in the index `due`: endpoints that are owed something, those that take nothing, by since when,
and those that are deleted and for which something may still be held.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from botocore.exceptions import ClientError

from slugline.adapters.delivery_table import sortable
from slugline.adapters.paging import Listing
from slugline.model import Model, rfc3339
from slugline.partners import ApiKey, DeletedEndpoint, Endpoint, Partner
from slugline.ports.deliveries import Page

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

    Row = dict[str, AttributeValueTypeDef]

OWED = "ENDPOINT"
HELD = "ENDPOINT_HELD"
DELETED = "ENDPOINT_DELETED"
EVER = "~"
"""Behind every instant as text."""
KEYS_A_PAGE = 100
Kept = TypeVar("Kept", bound=Model)


class PartnerTable:
    """The port Partners on DynamoDB."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def add_partner(self, partner: Partner) -> None:
        self._put(_partner_item(partner), partner)

    def partner(self, partner_id: str) -> Partner | None:
        return self._get("PARTNER", partner_id, Partner)

    def partners(self, *, cursor: str | None = None, limit: int = 50) -> Page[Partner]:
        rows, following = Listing(self._client, self._table, "PARTNERS").page(cursor, limit)
        return Page(items=tuple(_read(row, Partner) for row in rows), cursor=following)

    def save_partner(self, partner: Partner, before: Partner) -> bool:
        return self._save(_partner_item(partner), partner, before.revision)

    def licences(self) -> dict[str, tuple[str, ...]]:
        everybody = self._all(
            Partner,
            IndexName="list",
            KeyConditionExpression="list_pk = :list",
            ExpressionAttributeValues={":list": {"S": "PARTNERS"}},
        )
        return {partner.id: partner.licensed_agencies for partner in everybody if partner.licensed_agencies}

    def delete_partner(self, partner_id: str) -> None:
        self._client.delete_item(TableName=self._table, Key=_key("PARTNER", partner_id))

    def add_endpoint(self, endpoint: Endpoint) -> None:
        self._put(_endpoint_item(endpoint), endpoint)

    def endpoint(self, endpoint_id: str) -> Endpoint | None:
        return self._get("ENDPOINT", endpoint_id, Endpoint)

    def endpoints(self, partner_id: str | None = None) -> Iterator[Endpoint]:
        return self._all(
            Endpoint,
            IndexName="list",
            KeyConditionExpression="list_pk = :list AND begins_with(list_sk, :partner)",
            ExpressionAttributeValues={
                ":list": {"S": "ENDPOINTS"},
                ":partner": {"S": f"PARTNER#{partner_id}#" if partner_id else "PARTNER#"},
            },
        )

    def owed_endpoints(self) -> Iterator[Endpoint]:
        return self._due(OWED, Endpoint)

    def held_endpoints(self, until: datetime) -> Iterator[Endpoint]:
        return self._due(HELD, Endpoint, until)

    def deleted_endpoints(self) -> Iterator[DeletedEndpoint]:
        return self._due(DELETED, DeletedEndpoint)

    def save_endpoint(self, endpoint: Endpoint, before: Endpoint) -> bool:
        return self._save(_endpoint_item(endpoint), endpoint, before.revision)

    def delete_endpoint(self, endpoint_id: str, now: datetime) -> None:
        deleted = DeletedEndpoint(id=endpoint_id, deleted_at=now)
        due: Row = {"due_shard": {"S": DELETED}, "due_at": {"S": sortable(now)}}
        noted = _deleted_key(endpoint_id) | due | _data(deleted)
        self._client.transact_write_items(
            TransactItems=[
                {"Delete": {"TableName": self._table, "Key": _key("ENDPOINT", endpoint_id)}},
                {"Put": {"TableName": self._table, "Item": noted}},
            ]
        )

    def forget_endpoint(self, endpoint_id: str) -> None:
        self._client.delete_item(TableName=self._table, Key=_deleted_key(endpoint_id))

    def add_key(self, key: ApiKey) -> None:
        listed: Row = {"list_pk": {"S": "APIKEYS"}, "list_sk": {"S": f"{rfc3339(key.created_at)}#{key.id}"}}
        self._put(_key("APIKEY", key.id) | listed, key)

    def key(self, key_id: str) -> ApiKey | None:
        return self._get("APIKEY", key_id, ApiKey)

    def api_keys(self) -> Iterator[ApiKey]:
        listing, cursor = Listing(self._client, self._table, "APIKEYS"), None
        while True:
            rows, cursor = listing.page(cursor, KEYS_A_PAGE)
            yield from (_read(row, ApiKey) for row in rows)
            if cursor is None:
                return

    def delete_key(self, key_id: str) -> None:
        self._client.delete_item(TableName=self._table, Key=_key("APIKEY", key_id))

    def _put(self, item: "Row", kept: Model) -> None:
        self._client.put_item(TableName=self._table, Item=item | _data(kept))

    def _due(self, shard: str, model: type[Kept], until: datetime | None = None) -> Iterator[Kept]:
        return self._all(
            model,
            IndexName="due",
            KeyConditionExpression="due_shard = :shard AND due_at <= :until",
            ExpressionAttributeValues={":shard": {"S": shard}, ":until": {"S": sortable(until) if until else EVER}},
        )

    def _save(self, item: "Row", kept: Model, before: int) -> bool:
        # A row that was never changed may be from before there were revisions; one that is gone stays so.
        never = "attribute_exists(pk) AND (attribute_not_exists(revision) OR revision = :before)"
        try:
            self._client.put_item(
                TableName=self._table,
                Item=item | _data(kept),
                ConditionExpression="revision = :before" if before else never,
                ExpressionAttributeValues={":before": {"N": str(before)}},
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
                return False
            raise
        return True

    def _all(self, model: type[Kept], **query: Any) -> Iterator[Kept]:
        for page in self._client.get_paginator("query").paginate(TableName=self._table, **query):
            yield from (_read(item, model) for item in page["Items"])

    def _get(self, kind: str, identifier: str, model: type[Kept]) -> Kept | None:
        answer = self._client.get_item(TableName=self._table, Key=_key(kind, identifier), ConsistentRead=True)
        return _read(answer["Item"], model) if "Item" in answer else None


def _key(kind: str, identifier: str) -> "Row":
    return {"pk": {"S": f"{kind}#{identifier}"}, "sk": {"S": kind}}


def _deleted_key(endpoint_id: str) -> "Row":
    return {"pk": {"S": f"ENDPOINT#{endpoint_id}"}, "sk": {"S": "DELETED"}}


def _partner_item(partner: Partner) -> "Row":
    return _key("PARTNER", partner.id) | {
        "list_pk": {"S": "PARTNERS"},
        "list_sk": {"S": f"{partner.name}#{partner.id}"},
        "revision": {"N": str(partner.revision)},
    }


def _endpoint_item(endpoint: Endpoint) -> "Row":
    item = _key("ENDPOINT", endpoint.id) | {
        "list_pk": {"S": "ENDPOINTS"},
        "list_sk": {"S": f"PARTNER#{endpoint.partner_id}#{endpoint.id}"},
        "revision": {"N": str(endpoint.revision)},
    }
    if endpoint.owed_until:
        item |= {"due_shard": {"S": OWED}, "due_at": {"S": sortable(endpoint.owed_until)}}
    elif endpoint.held_since:
        item |= {"due_shard": {"S": HELD}, "due_at": {"S": sortable(endpoint.held_since)}}
    return item


def _data(kept: Model) -> "Row":
    return {"data": {"S": kept.model_dump_json()}}


def _read(item: "Row", model: type[Kept]) -> Kept:
    return model.model_validate_json(item["data"]["S"])
