"""A caller of the API over its real resolver, with delivery in memory behind it: requests as API Gateway sends them."""

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from aws_lambda_powertools.utilities.idempotency import BasePersistenceLayer
from aws_lambda_powertools.utilities.idempotency.exceptions import (
    IdempotencyItemAlreadyExistsError,
    IdempotencyItemNotFoundError,
)
from aws_lambda_powertools.utilities.idempotency.persistence.datarecord import DataRecord
from aws_lambda_powertools.utilities.typing import LambdaContext
from tests.support.delivery_world import FixedResolver, MemoryDeliveries, ScriptedSender, World, offset
from tests.support.hub_world import SITE_URL, HubWorld
from tests.support.memory_store import MemoryStore

from partner_api.resources import Surroundings, api_over
from slugline.deliveries import Outcome
from slugline.domain.api_keys import new_key
from slugline.domain.delivery_states import Answer
from slugline.partners import Endpoint, EventType, Scope
from slugline.ports.catalogue import StoryState
from slugline.ports.deliveries import Page
from slugline.ports.messages import Placed
from slugline.ports.objects import ObjectMissing
from slugline.recovery import Recovery, RecoveryState
from slugline.story import Story
from slugline.webhooks.telling import Message
from ticking.recover import RecoveryRun

TAKEN = Answer(outcome=Outcome.DELIVERED, ms=1, status=200)
ALL = tuple(Scope)


class MemoryIdempotency(BasePersistenceLayer):
    """Powertools' idempotency over a dict, with the conditions that its DynamoDB layer puts."""

    def __init__(self) -> None:
        super().__init__()
        self.records: dict[str, DataRecord] = {}

    def _get_record(self, idempotency_key: str) -> DataRecord:
        if idempotency_key not in self.records:
            raise IdempotencyItemNotFoundError
        return self.records[idempotency_key]

    def _put_record(self, data_record: DataRecord) -> None:
        known = self.records.get(data_record.idempotency_key)
        if known and not known.is_expired:
            self._validate_payload(data_payload=data_record, stored_data_record=known)
            raise IdempotencyItemAlreadyExistsError(old_data_record=known)
        self.records[data_record.idempotency_key] = data_record

    def _update_record(self, data_record: DataRecord) -> None:
        self.records[data_record.idempotency_key] = data_record

    def _delete_record(self, data_record: DataRecord) -> None:
        del self.records[data_record.idempotency_key]


class MemoryMessages:
    """The deliveries of an endpoint by their creation."""

    def __init__(self, deliveries: MemoryDeliveries) -> None:
        self._deliveries = deliveries

    def page(self, endpoint_id: str, *, cursor: str | None, limit: int, until: datetime | None = None) -> Page[Placed]:
        rows = (row for row in self._deliveries.rows.values() if row.endpoint_id == endpoint_id)
        placed = sorted(
            (Placed(cursor=f"{_in_a_query(row.created_at)}_{row.id}", delivery=row) for row in rows),
            key=lambda one: one.cursor,
        )
        behind = [
            one for one in placed if one.cursor > (cursor or "") and not (until and one.delivery.created_at >= until)
        ]
        items = tuple(behind[:limit])
        return Page[Placed](items=items, cursor=items[-1].cursor if len(behind) > limit else None)

    def since(self, endpoint_id: str, moment: datetime) -> str:  # noqa: ARG002 - the port's signature
        return _in_a_query(moment)


def _in_a_query(moment: datetime) -> str:
    """In the order of time, and nothing to escape: the plus sign of a zone would be read as a space."""
    return moment.strftime("%Y%m%dT%H%M%S.%f")


class MemoryRecoveries:
    def __init__(self) -> None:
        self.rows: dict[str, Recovery] = {}

    def add_recovery(self, recovery: Recovery) -> None:
        self.rows[recovery.id] = recovery

    def recovery(self, recovery_id: str) -> Recovery | None:
        return self.rows.get(recovery_id)

    def running(self) -> list[Recovery]:
        return [recovery for recovery in self.rows.values() if recovery.state is RecoveryState.RUNNING]

    def save_recovery(self, recovery: Recovery, before: Recovery) -> bool:
        if self.rows[before.id].revision != before.revision:
            return False
        self.rows[recovery.id] = recovery
        return True


class MemoryCatalogue:
    """What the world's readers see; stories in `withdrawn` are withdrawn."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.withdrawn: set[str] = set()

    def states(self, story_ids: Collection[str]) -> dict[str, StoryState]:
        current = self._world.heads.current
        return {one: self._state(one, current[one]) for one in story_ids if one in current}

    def page(self, *, cursor: str | None, since: datetime | None, limit: int) -> Page[StoryState]:  # noqa: ARG002 - the port's signature
        start = offset(cursor)
        found = [self._state(*one) for one in self._world.heads.current.items()]
        more = str(start + limit) if start + limit < len(found) else None
        return Page[StoryState](items=tuple(found[start : start + limit]), cursor=more)

    def story(self, story_id: str, version: int) -> Story | None:
        return self._world.story.model_copy(update={"id": story_id, "version": version})

    def _state(self, story_id: str, version: int) -> StoryState:
        return StoryState(story_id=story_id, version=version, withdrawn=story_id in self.withdrawn)


class MemoryPastMessages:
    """Messages about what the world's readers see.

    `gone` are stories withdrawn since somebody looked, `swept` those whose outputs are gone when they are read.
    """

    def __init__(self, catalogue: MemoryCatalogue) -> None:
        self._catalogue = catalogue
        self.gone: set[str] = set()
        self.swept: set[str] = set()

    def publication(self, story_id: str, version: int, *, first: bool) -> Message | None:
        kind = EventType.PUBLISHED if first else EventType.UPDATED
        return self._message(story_id, version, kind, withdrawn=False)

    def withdrawal(self, story_id: str, version: int) -> Message | None:
        return self._message(story_id, version, EventType.WITHDRAWN, withdrawn=True)

    def _message(self, story_id: str, version: int, kind: EventType, *, withdrawn: bool) -> Message | None:
        state = self._catalogue.states([story_id]).get(story_id)
        if state is None or (state.version, state.withdrawn) != (version, withdrawn) or story_id in self.gone:
            return None
        body = json.dumps({"type": kind, "data": {"id": story_id, "version": version, "reason": "killed"}})

        def body_of(_endpoint: Endpoint) -> str:
            if story_id in self.swept:
                raise ObjectMissing(story_id)
            return body

        return Message(story_id, version, kind, body_of, "drop-of-long-ago")


class Context(LambdaContext):
    """A function that has half a minute left."""

    @staticmethod
    def get_remaining_time_in_millis() -> int:
        return 30_000


class Caller:
    """A caller of the API, with a key of all scopes unless told otherwise."""

    def __init__(
        self,
        scopes: tuple[Scope, ...] = ALL,
        hub: HubWorld | None = None,
        site: MemoryStore | None = None,
        names: dict[str, list[str]] | None = None,
        allow_loopback: bool = False,
    ) -> None:
        self.world = World(ScriptedSender([TAKEN]))
        self.idempotency = MemoryIdempotency()
        self.catalogue = MemoryCatalogue(self.world)
        self.past_messages = MemoryPastMessages(self.catalogue)
        known = {"partner.example": ["93.184.215.14"], "inside.example": ["10.0.0.1"]}
        world = self.world
        messages = MemoryMessages(world.deliveries)
        self.recoveries = MemoryRecoveries()
        self.recovery_run = RecoveryRun(self.recoveries, messages, world.deliveries, world.queue, world.clock)
        self.hub = hub or HubWorld()
        surroundings = Surroundings(
            partners=world.partners,
            deliveries=world.deliveries,
            queue=world.queue,
            secrets=world.secrets,
            resolver=FixedResolver(known if names is None else names),
            subscriptions=self.hub.subscriptions,
            subscription_queue=self.hub.queue,
            site=site or self.hub.site,  # type: ignore[arg-type]  # the part of a bucket that the hub reads
            site_url=SITE_URL,
            archive=world.archive,
            stories=world.heads,
            clock=world.clock,
            messages=messages,
            past_messages=self.past_messages,
            recoveries=self.recoveries,
            catalogue=self.catalogue,
            settings=lambda: world.desk,
            idempotency=lambda: self.idempotency,
            allow_loopback=allow_loopback,
        )
        if hub:  # one clock and one box for what the API notes and the hub works on, whose callbacks are on loopback
            surroundings = replace(
                surroundings, clock=hub.clock, secrets=hub.secrets, resolver=hub.resolver, allow_loopback=True
            )
        self.api = api_over(surroundings)
        self.key = self.new_key(scopes)

    def new_key(self, scopes: tuple[Scope, ...], partner_id: str | None = None) -> str:
        row, text = new_key(scopes, self.world.clock.now(), partner_id)
        self.world.partners.add_key(row)
        return text

    def answer(
        self, route: str, body: object = None, *, query: str = "", key: str | None = None, **headers: str
    ) -> dict[str, Any]:
        """What API Gateway is given. `key` empty sends none; a header's name is written with underscores."""
        method, path = route.split(" ")
        sent = {"content-type": "application/json"} | {name.replace("_", "-"): text for name, text in headers.items()}
        if key is None or key:
            sent["Authorization"] = f"Bearer {key or self.key}"
        return self.api.resolve(http_event(method, path, sent, body, query), Context())

    def call(
        self, route: str, body: object = None, *, query: str = "", key: str | None = None, **headers: str
    ) -> tuple[int, Any]:
        """The answer's status and JSON."""
        answer = self.answer(route, body, query=query, key=key, **headers)
        return answer["statusCode"], json.loads(answer["body"]) if answer.get("body") else None

    def partner(self, name: str = "The Partner") -> str:
        _, partner = self.call("POST /v1/partners", {"name": name})
        return str(partner["id"])

    def endpoint(self, partner_id: str, **fields: object) -> dict[str, Any]:
        route = f"POST /v1/partners/{partner_id}/endpoints"
        status, endpoint = self.call(route, {"url": "https://partner.example/hook", **fields})
        assert status == 201
        assert isinstance(endpoint, dict)
        return endpoint


def http_event(method: str, path: str, headers: dict[str, str], body: object, query: str) -> dict[str, Any]:
    """API Gateway's payload format 2.0."""
    http = {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "test"}
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": "ANY /{proxy+}",
        "rawPath": path,
        "rawQueryString": query,
        "headers": headers,
        "requestContext": {"http": http, "domainName": "api.example", "requestId": "r1", "stage": "$default"},
        "isBase64Encoded": False,
    }
    if query:
        event["queryStringParameters"] = dict(parse_qsl(query, keep_blank_values=True))
    if body is not None:
        event["body"] = body if isinstance(body, str) else json.dumps(body)
    return event
