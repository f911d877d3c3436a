"""The WebSub hub with its surroundings in memory, and subscribers that are real servers on localhost."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from tests.support.delivery_world import NOON, FixedResolver, MemoryHealths, StillClock, offset

from feed_hub.announce import Announcer
from feed_hub.line import Http, Line
from feed_hub.work import Done, Worker
from slugline.domain.delivery_schedule import Schedule
from slugline.domain.delivery_states import RetryPolicy
from slugline.events import FeedsUpdated, UpdatedFeed
from slugline.outbound.gate import Gate
from slugline.outbound.http_sender import HttpSender
from slugline.ports.deliveries import Page
from slugline.ports.objects import Head, ObjectMissing, Stored
from slugline.subscriptions import Subscription, SubscriptionPointer
from ticking.subscriptions import SubscriptionSweep

SITE_URL = "https://news.example"
FEED_KEY = "feeds/rss.xml"
TOPIC = f"{SITE_URL}/{FEED_KEY}"
HUB_URL = "https://api.news.example/hub"


class MemorySubscriptions:
    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], Subscription] = {}

    def get(self, key: str, subscription_id: str) -> Subscription | None:
        return self.rows.get((key, subscription_id))

    def save(self, subscription: Subscription, before: Subscription | None) -> bool:
        if not self._is(subscription, before):
            return False
        # As a table keeps it: through JSON, which cuts times to milliseconds.
        kept = Subscription.model_validate_json(subscription.model_dump_json())
        self.rows[subscription.key, subscription.id] = kept
        return True

    def remove(self, before: Subscription) -> bool:
        if not self._is(before, before):
            return False
        del self.rows[before.key, before.id]
        return True

    def of_topic(self, key: str) -> Iterator[Subscription]:
        yield from [row for row in self.rows.values() if row.key == key]

    def of_host(self, host: str, limit: int) -> int:
        return min(limit, sum(row.host == host for row in self.rows.values()))

    def page(self, *, cursor: str | None, limit: int) -> Page[Subscription]:
        start = offset(cursor)
        found = sorted(self.rows.values(), key=lambda row: (row.host, row.id))
        more = str(start + limit) if start + limit < len(found) else None
        return Page(items=tuple(found[start : start + limit]), cursor=more)

    def due(self, now: datetime) -> Iterator[Subscription]:
        yield from [row for row in self.rows.values() if row.sweep_at and row.sweep_at <= now]

    def _is(self, row: Subscription, before: Subscription | None) -> bool:
        known = self.rows.get((row.key, row.id))
        return (known and known.fence) == (before and before.fence)


class MemorySubscriptionQueue:
    def __init__(self, clock: StillClock) -> None:
        self.clock = clock
        self.waiting: list[tuple[datetime, SubscriptionPointer]] = []

    def send(self, subscriptions: Iterable[tuple[Subscription, timedelta]]) -> None:
        for row, delay in subscriptions:
            assert timedelta() <= delay <= timedelta(minutes=15)
            pointer = SubscriptionPointer(subscription_key=row.key, subscription_id=row.id)
            self.waiting.append((self.clock.now() + delay, pointer))

    def receive(self) -> list[SubscriptionPointer]:
        now = self.clock.now()
        due = [pointer for when, pointer in self.waiting if when <= now]
        self.waiting = [(when, pointer) for when, pointer in self.waiting if when > now]
        return due


class MemorySite:
    """As much of the site bucket as the hub reads."""

    bucket = "site"

    def __init__(self, objects: dict[str, bytes]) -> None:
        self.objects = objects

    def get(self, key: str, version_id: str | None = None) -> Stored:
        assert version_id is None
        if key not in self.objects:
            raise ObjectMissing(key)
        return Stored(self.objects[key], "etag", "application/rss+xml")

    def head(self, key: str, version_id: str | None = None) -> Head:
        return Head(len(self.get(key, version_id).body), "etag")


class OpenBox:
    """A SecretBox whose seal shows what is inside to a test, bound to its context."""

    def seal(self, secret: bytes, context: str) -> str:
        return f"{context}:{secret.hex()}"

    def open(self, sealed: str, context: str) -> bytes:
        bound, _, secret = sealed.partition(":")
        assert bound == context
        return bytes.fromhex(secret)


@dataclass
class Received:
    """A content distribution."""

    headers: dict[str, str]
    body: bytes


@dataclass
class Subscriber:
    """A server that keeps the rules of section 5.3: it echoes the challenge of what it asked for, else answers 404.

    `answers` are the statuses given to distributions, the last one for ever; `during` happens while one is answered.
    """

    port: int = 0
    expects: set[tuple[str, str]] = field(default_factory=set)
    challenged: list[dict[str, str]] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    answers: list[int] = field(default_factory=lambda: [204])
    echo: Callable[[str], tuple[int, str]] = lambda challenge: (200, challenge)
    during: Callable[[], None] = lambda: None

    @property
    def callback(self) -> str:
        return f"http://127.0.0.1:{self.port}/news?desk=city"


@contextmanager
def subscriber() -> Iterator[Subscriber]:
    """A subscriber on localhost."""
    found = Subscriber()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = dict(parse_qsl(urlsplit(self.path).query))
            found.challenged.append(asked)
            if (asked["hub.mode"], asked["hub.topic"]) in found.expects:
                self._answer(*found.echo(asked.get("hub.challenge", "")))
            else:
                self._answer(404, "")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.received.append(Received({name.lower(): value for name, value in self.headers.items()}, body))
            found.during()
            self._answer(found.answers[min(len(found.received), len(found.answers)) - 1], "")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's own name
            """Say nothing."""

        def _answer(self, status: int, text: str) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


class HubWorld:
    """The hub: rows, queue, clock, site. `schedule` is of the retries."""

    def __init__(self, schedule: Schedule | None = None) -> None:
        self.clock = StillClock(NOON)
        self.subscriptions = MemorySubscriptions()
        self.queue = MemorySubscriptionQueue(self.clock)
        self.site = MemorySite({FEED_KEY: b"<rss>1</rss>"})
        self.secrets = OpenBox()
        self.resolver = FixedResolver({"127.0.0.1": ["127.0.0.1"], "inside.example": ["10.0.0.1"]})
        self.healths = MemoryHealths()
        self.announcer = Announcer(self.subscriptions, self.queue, self.clock)
        self.sweep = SubscriptionSweep(self.subscriptions, self.queue, self.clock)
        self.worker = Worker(
            subscriptions=self.subscriptions,
            queue=self.queue,
            site=self.site,  # type: ignore[arg-type]  # the part of a bucket that the hub reads
            secrets=self.secrets,
            line=Line(
                http=HttpSender(self.resolver, allow_loopback=True, seconds=2),
                gate=Gate(self.healths),
                clock=self.clock,
                random=lambda: 0.5,
            ),
            policy=RetryPolicy(schedule=schedule or Schedule(delays=(0, 5, 5)), random=lambda: 0.5),
            clock=self.clock,
            hub_url=HUB_URL,
        )

    def speaking(self, http: Http) -> Worker:
        """The worker with another way out."""
        return replace(self.worker, line=replace(self.worker.line, http=http))

    def change(self, body: bytes) -> int:
        """The feed is written anew, and the bus says so."""
        self.site.objects[FEED_KEY] = body
        feed = UpdatedFeed(key=FEED_KEY, url=TOPIC, content_type="application/rss+xml")
        return self.announcer.announce(FeedsUpdated(feeds=(feed,)), "drop-1")

    def work(self) -> list[Done]:
        """hub takes what is visible in the queue, until nothing is."""
        done: list[Done] = []
        while pointers := self.queue.receive():
            done += [each for each in map(self.worker.work, pointers) if each]
        return done

    def row(self) -> Subscription | None:
        """The one subscription there is."""
        return next(iter(self.subscriptions.rows.values()), None)
