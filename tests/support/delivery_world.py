"""Delivery with its surroundings in memory: a clock that stands still, rows, a queue that can be looked into."""

import socket
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from delivering.attempt import Attempter, Sending
from delivering.operations import Operations
from delivering.signer import Signer
from notifying.fan_out import FanOut
from slugline.deliveries import Attempt, Delivery, DeliveryState, Pointer
from slugline.desk import DeskSettings
from slugline.domain.circuit import EndpointHealth
from slugline.domain.delivery_schedule import Schedule
from slugline.domain.delivery_states import Answer, RetryPolicy, moved_out
from slugline.domain.webhook_signature import SharedSecret
from slugline.events import EventData, StoryRendered, StoryWithdrawn
from slugline.licensed_forms import LicensedForms
from slugline.outbound.gate import Gate
from slugline.partners import ApiKey, DeletedEndpoint, Endpoint, Partner, SealedSecret
from slugline.ports.deliveries import BadCursor, Page, Situation
from slugline.ports.objects import Head, ObjectMissing
from slugline.ports.resolver import Unresolvable
from slugline.story import Image, Rights, Story
from slugline.webhooks.sending import CurrentBodies
from ticking.clearance import Clearance
from ticking.held_too_long import HeldAlert
from ticking.release import HeldRelease
from ticking.sweep import RetrySweep

LINK_KEY = bytes(range(32))
API_URL = "https://api.example"
PAGE = "articles/flood.html"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
VISIBILITY = timedelta(minutes=6)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 - the specification's example, published


def offset(cursor: str | None) -> int:
    """Where a list in memory goes on."""
    if cursor is None:
        return 0
    if not cursor.isdecimal():
        raise BadCursor("this cursor is none that this list gave out")
    return int(cursor)


class StillClock:
    """Time that moves when told to."""

    def __init__(self, now: datetime = NOON) -> None:
        self.time = now

    def now(self) -> datetime:
        return self.time

    def forward(self, delay: timedelta) -> None:
        self.time += delay


class MemoryDeliveries:
    def __init__(self) -> None:
        self.rows: dict[str, Delivery] = {}
        self.told_by_story: dict[str, set[str]] = {}
        self.moved_out: dict[str, list[Attempt]] = defaultdict(list)

    def add(self, delivery: Delivery) -> bool:
        return self.rows.setdefault(delivery.id, delivery) is delivery

    def add_all(self, deliveries: Sequence[Delivery]) -> Sequence[bool | Exception]:
        return [self.add(delivery) for delivery in deliveries]

    def get(self, delivery_id: str) -> Delivery | None:
        return self.rows.get(delivery_id)

    def save(self, delivery: Delivery, before: Delivery) -> bool:
        known = self.rows.get(before.id)
        if known is None or known.fence != before.fence:
            return False
        self.moved_out[delivery.id] += moved_out(delivery, before)
        self.rows[delivery.id] = delivery
        return True

    def older_attempts(self, delivery_id: str, before: int, limit: int) -> Sequence[Attempt]:
        return [one for one in reversed(self.moved_out[delivery_id]) if one.number < before][:limit]

    def of_endpoint(self, endpoint_id: str, *, cursor: str | None = None, limit: int = 50) -> Page[Delivery]:
        start = offset(cursor)
        found = sorted(
            (row for row in self.rows.values() if row.endpoint_id == endpoint_id),
            key=lambda row: row.created_at,
            reverse=True,
        )
        more = str(start + limit) if start + limit < len(found) else None
        return Page(items=tuple(found[start : start + limit]), cursor=more)

    def withdrawals(self, *, cursor: str | None = None, limit: int = 50) -> Page[Delivery]:
        start = offset(cursor)
        found = sorted(
            (row for row in self.rows.values() if row.type == "story.withdrawn"),
            key=lambda row: (row.created_at, row.id),
        )
        more = str(start + limit) if start + limit < len(found) else None
        return Page(items=tuple(found[start : start + limit]), cursor=more)

    def of_story(self, endpoint_id: str, story_id: str) -> Sequence[Delivery]:
        found = [row for row in self.rows.values() if (row.endpoint_id, row.story_id) == (endpoint_id, story_id)]
        return sorted(found, key=lambda row: -row.version)

    def told(self, story_id: str, more: Collection[str] = ()) -> Collection[str]:
        self.told_by_story.setdefault(story_id, set()).update(more)
        return frozenset(self.told_by_story[story_id])

    def held(self, endpoint_id: str) -> Iterator[Delivery]:
        rows = list(self.rows.values())
        yield from [row for row in rows if row.endpoint_id == endpoint_id and row.state is DeliveryState.HELD]

    def due(self, now: datetime) -> Iterator[Delivery]:
        yield from [row for row in self.rows.values() if row.sweep_at and row.sweep_at <= now]


class MemoryPartners:
    def __init__(self) -> None:
        self.by_id: dict[str, Partner] = {}
        self.endpoints_by_id: dict[str, Endpoint] = {}
        self.deleted: dict[str, DeletedEndpoint] = {}
        self.keys_by_id: dict[str, ApiKey] = {}

    def add_partner(self, partner: Partner) -> None:
        self.by_id[partner.id] = partner

    def partner(self, partner_id: str) -> Partner | None:
        return self.by_id.get(partner_id)

    def save_partner(self, partner: Partner, before: Partner) -> bool:
        known = self.by_id.get(before.id)
        if known is None or known.revision != before.revision:
            return False
        self.by_id[partner.id] = partner
        return True

    def licences(self) -> dict[str, tuple[str, ...]]:
        return {one.id: one.licensed_agencies for one in self.by_id.values() if one.licensed_agencies}

    def partners(self, *, cursor: str | None = None, limit: int = 50) -> Page[Partner]:
        start = offset(cursor)
        found = sorted(self.by_id.values(), key=lambda partner: partner.name)
        more = str(start + limit) if start + limit < len(found) else None
        return Page(items=tuple(found[start : start + limit]), cursor=more)

    def delete_partner(self, partner_id: str) -> None:
        self.by_id.pop(partner_id, None)

    def add_endpoint(self, endpoint: Endpoint) -> None:
        self.endpoints_by_id[endpoint.id] = endpoint

    def endpoint(self, endpoint_id: str) -> Endpoint | None:
        return self.endpoints_by_id.get(endpoint_id)

    def endpoints(self, partner_id: str | None = None) -> Iterator[Endpoint]:
        yield from [each for each in self.endpoints_by_id.values() if partner_id in {None, each.partner_id}]

    def owed_endpoints(self) -> Iterator[Endpoint]:
        yield from [endpoint for endpoint in self.endpoints_by_id.values() if endpoint.owed_until]

    def save_endpoint(self, endpoint: Endpoint, before: Endpoint) -> bool:
        known = self.endpoints_by_id.get(before.id)
        if known is None or known.revision != before.revision:
            return False
        self.endpoints_by_id[endpoint.id] = endpoint
        return True

    def held_endpoints(self, until: datetime) -> Iterator[Endpoint]:
        yield from [each for each in self.endpoints_by_id.values() if each.held_since and each.held_since <= until]

    def delete_endpoint(self, endpoint_id: str, now: datetime = NOON) -> None:
        self.endpoints_by_id.pop(endpoint_id, None)
        self.deleted[endpoint_id] = DeletedEndpoint(id=endpoint_id, deleted_at=now)

    def deleted_endpoints(self) -> Iterator[DeletedEndpoint]:
        yield from list(self.deleted.values())

    def forget_endpoint(self, endpoint_id: str) -> None:
        self.deleted.pop(endpoint_id, None)

    def add_key(self, key: ApiKey) -> None:
        self.keys_by_id[key.id] = key

    def key(self, key_id: str) -> ApiKey | None:
        return self.keys_by_id.get(key_id)

    def api_keys(self) -> Iterator[ApiKey]:
        yield from list(self.keys_by_id.values())

    def delete_key(self, key_id: str) -> None:
        self.keys_by_id.pop(key_id, None)


class MemoryQueue:
    """Pointers with the time from which they are visible."""

    def __init__(self, clock: StillClock) -> None:
        self._clock = clock
        self.waiting: list[tuple[datetime, Pointer]] = []

    def send(self, deliveries: Iterable[tuple[Delivery, timedelta]]) -> None:
        for delivery, delay in deliveries:
            assert timedelta() <= delay <= timedelta(minutes=15), "SQS takes no other delay"
            self.waiting.append((self._clock.now() + delay, Pointer(delivery_id=delivery.id)))

    def announce(self, deliveries: Iterable[Delivery]) -> None:
        for delivery in deliveries:
            self.waiting.append((self._clock.now(), Pointer(delivery_id=delivery.id, delivery=delivery)))

    def give_back(self, pointer: Pointer) -> None:
        """The container died: the message is visible again after a while."""
        self.waiting.append((self._clock.now() + VISIBILITY, pointer))

    def receive(self) -> list[Pointer]:
        """The visible pointers, which are gone afterwards."""
        now = self._clock.now()
        visible = [pointer for moment, pointer in self.waiting if moment <= now]
        self.waiting = [entry for entry in self.waiting if entry[0] > now]
        return visible


@dataclass(frozen=True)
class CurrentOnly:
    """A story's head, as far as delivery looks at it."""

    current: int
    first_published: datetime | None = None
    last_withdrawal: int = 0


class MemoryHeads:
    def __init__(self) -> None:
        self.current: dict[str, int] = {}
        self.first_published: dict[str, datetime] = {}
        self.last_withdrawal: dict[str, int] = {}

    def head(self, story_id: str) -> CurrentOnly | None:
        if story_id not in self.current:
            return None
        return CurrentOnly(
            self.current[story_id], self.first_published.get(story_id), self.last_withdrawal.get(story_id, 0)
        )


class MemoryHealths:
    def __init__(self) -> None:
        self.healths: dict[str, EndpointHealth] = {}

    def health(self, endpoint_id: str) -> EndpointHealth:
        return self.healths.get(endpoint_id, EndpointHealth(endpoint_id=endpoint_id))

    def save_health(self, health: EndpointHealth, before: EndpointHealth) -> bool:
        if self.health(health.endpoint_id).revision != before.revision:
            return False
        self.healths[health.endpoint_id] = health
        return True


class MemorySituations(MemoryHealths):
    def __init__(self, deliveries: MemoryDeliveries, partners: MemoryPartners, heads: MemoryHeads) -> None:
        super().__init__()
        self._deliveries = deliveries
        self._partners = partners
        self._heads = heads

    def look(self, delivery_ids: Sequence[str], held: Mapping[str, Delivery]) -> Mapping[str, Situation]:
        rows = {identifier: held.get(identifier) or self._deliveries.get(identifier) for identifier in delivery_ids}
        return {identifier: self._around(row) for identifier, row in rows.items() if row}

    def _around(self, delivery: Delivery) -> Situation:
        head = self._heads.head(delivery.story_id)
        partner = self._partners.partner(delivery.partner_id)
        return Situation(
            delivery=delivery,
            endpoint=self._partners.endpoint(delivery.endpoint_id),
            health=self.health(delivery.endpoint_id),
            current_version=head.current if head else 0,
            licence=partner.licensed_agencies if partner else (),
        )


class MemoryBus:
    def __init__(self) -> None:
        self.published: list[EventData] = []

    def publish(self, data: EventData, correlation_id: str) -> None:
        assert correlation_id
        self.published.append(data)


class MemoryOutputs:
    """The outputs of stories; what nobody put there is not there."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def read(self, key: str) -> bytes:
        return self.files[key]


class MemoryArchive:
    """The part of the archive with forms for partners that have a licence."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def read(self, key: str) -> bytes:
        if key not in self.files:
            raise ObjectMissing(key)
        return self.files[key]

    def head(self, key: str) -> Head:
        body = self.read(key)
        return Head(size=len(body), etag=f'"{len(body)}"')

    def served(self, key: str, seconds: int) -> str:
        return f"https://archive.example/{key}?seconds={seconds}"


class MirrorBox:
    """A SecretBox that turns secrets round, so that a test sees what was sealed, and for which context."""

    def seal(self, secret: bytes, context: str) -> str:
        return f"{context}:{secret[::-1].hex()}"

    def open(self, sealed: str, context: str) -> bytes:
        assert sealed.startswith(f"{context}:")
        return bytes.fromhex(sealed.removeprefix(f"{context}:"))[::-1]


class FixedResolver:
    """DNS under control. Addresses, however they are written, name themselves, as the machine's resolver has it."""

    def __init__(self, names: dict[str, list[str]] | None = None) -> None:
        self.names = names or {}
        self.asked: list[str] = []

    def resolve(self, host: str, timeout: float) -> tuple[str, ...]:  # noqa: ARG002 - the port's signature
        self.asked.append(host)
        if host in self.names:
            return tuple(self.names[host])
        try:
            found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        except OSError as error:
            raise Unresolvable(f"the name {host} has no address") from error
        return tuple(str(info[4][0]) for info in found)

    def known(self, host: str) -> tuple[str, ...] | None:  # noqa: ARG002 - the port's signature
        return None


@dataclass
class ScriptedSender:
    """A sender that gives prepared answers, the last one for ever, and remembers what it sent."""

    answers: list[Answer]
    sent: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def post(self, url: str, headers: dict[str, str], body: bytes) -> Answer:
        self.sent.append((url, headers, body))
        return self.answers[min(len(self.sent), len(self.answers)) - 1]


class World:
    """Everything between an event about a story and a POST."""

    def __init__(self, sender: ScriptedSender, schedule: Schedule | None = None) -> None:
        self.sender = sender
        self.clock = StillClock()
        self.deliveries = MemoryDeliveries()
        self.partners = MemoryPartners()
        self.queue = MemoryQueue(self.clock)
        self.heads = MemoryHeads()
        self.secrets = MirrorBox()
        self.outputs = MemoryOutputs()
        self.archive = MemoryArchive()
        self.story = Story(id="s1", headline="Flood reaches the harbour")
        self.desk = DeskSettings()
        self.fan_out = FanOut(
            deliveries=self.deliveries,
            partners=self.partners,
            stories=self.heads,
            queue=self.queue,
            clock=self.clock,
            read_story=lambda _key: self.story,
            settings=lambda: self.desk,
            outputs=self.outputs,
            archive=self.archive,
            site_url="https://site.example",
        )
        # random() of one half is no jitter at all.
        policy = RetryPolicy(schedule=schedule or Schedule(), random=lambda: 0.5)
        self.situations = MemorySituations(self.deliveries, self.partners, self.heads)
        self.bus = MemoryBus()
        operations = Operations(self.partners, self.deliveries, self.queue, self.bus, self.clock)
        self.attempter = Attempter(
            situations=self.situations,
            deliveries=self.deliveries,
            gate=Gate(self.situations),
            operations=operations,
            queue=self.queue,
            signer=Signer(self.secrets),
            bodies=CurrentBodies(self.secrets, API_URL),
            policy=policy,
            clock=self.clock,
        )
        self.sweep = RetrySweep(self.deliveries, self.queue, self.clock)
        self.release = HeldRelease(self.deliveries, self.partners, self.queue, self.clock)
        self.clearance = Clearance(self.deliveries, self.partners, self.clock)
        self.held_alert = HeldAlert(self.deliveries, self.partners, self.bus, self.clock, timedelta(days=1))

    def endpoint(
        self, identifier: str = "ep_1", url: str = "https://partner.example/hook", **fields: object
    ) -> Endpoint:
        """An endpoint that is there, with SECRET as its secret."""
        secret = SealedSecret(
            sealed=self.secrets.seal(SharedSecret.parse(SECRET).sealable, identifier), created_at=NOON
        )
        endpoint = Endpoint(
            id=identifier,
            partner_id="ptn_1",
            url=url,
            host="partner.example",
            secrets=(secret,),
            link_key=self.secrets.seal(LINK_KEY, identifier),
            created_at=NOON,
        ).model_copy(update=fields)
        self.partners.add_endpoint(endpoint)
        return endpoint

    def license_partner(self, *agencies: str, partner_id: str = "ptn_1") -> None:
        """The partner has a licence for these from now on, and for no others."""
        self.partners.add_partner(
            Partner(id=partner_id, name="The Partner", created_at=NOON, licensed_agencies=agencies)
        )

    def render_forms(self, *agencies: str, version: int = 1, forms: dict[str, bytes] | None = None) -> None:
        """The story has a picture of each agency, and render has made its forms for whoever may have them all."""
        pictures = (
            Image(id=f"i-{agency}", rights=Rights(syndicate=False, agency=agency, ground="credit"))
            for agency in agencies
        )
        self.story = self.story.model_copy(update={"version": version, "images": tuple(pictures)})
        made = forms or {"ninjs-3.1.json": b'{"with": "picture"}'}
        index = LicensedForms(
            story_id=self.story.id, version=version, agencies=tuple(sorted(agencies)), names=tuple(made)
        )
        self.archive.files |= {index.key(name): body for name, body in made.items()}
        self.archive.files[index.key("forms.json")] = index.model_dump_json().encode()

    def publish(self, version: int = 1, kind: str = "published", story_id: str = "s1") -> int:
        """A version becomes current, and notify hears of it."""
        self.heads.current[story_id] = version
        self.heads.first_published.setdefault(story_id, self.clock.now())
        return self.fan_out.rendered(rendered(version, kind, story_id), "drop-1")

    def withdraw(self, version: int, story_id: str = "s1") -> int:
        self.heads.current[story_id] = self.heads.last_withdrawal[story_id] = version
        return self.fan_out.withdrawn(
            StoryWithdrawn(story_id=story_id, version=version, reason="killed", path=PAGE), "drop-2"
        )

    def deliver(self) -> None:
        """deliver takes what is visible in the queue, until nothing is."""
        while pointers := self.queue.receive():
            for pointer in pointers:
                self.attempt(pointer)

    def attempt(self, pointer: Pointer) -> Delivery | None:
        """One message, as deliver takes it: the row afterwards, None where there was nothing to do."""
        (prepared,) = self.attempter.prepare([pointer])
        if isinstance(prepared, Exception):
            raise prepared
        if not isinstance(prepared, Sending):
            return prepared
        answer = self.sender.post(prepared.endpoint.url, prepared.headers, prepared.body)
        return self.attempter.finish(prepared, answer)

    def told(self) -> list[Delivery]:
        """Every delivery there is: those with a row, and those that are in the queue and have none yet."""
        announced = {pointer.delivery_id: pointer.delivery for _, pointer in self.queue.waiting if pointer.delivery}
        return list((announced | self.deliveries.rows).values())

    def rows(self) -> list[Delivery]:
        return list(self.deliveries.rows.values())


def rendered(version: int = 1, kind: str = "published", story_id: str = "s1") -> StoryRendered:
    """The event of a version that readers see."""
    return StoryRendered(
        story_id=story_id,
        version=version,
        story_key=f"stories/{story_id}/v{version}.json",
        kind=kind,
        url=f"https://site.example/{PAGE}",
        outputs={"ninjs-3.1.json": f"https://site.example/stories/{story_id}/v{version}/ninjs-3.1.json"},
    )
