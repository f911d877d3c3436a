"""A callback's host that hangs or fails is left alone for a while; what is our own fault is not charged to it."""

import socket
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from tests.support.api_caller import Caller, http_event
from tests.support.hub_world import TOPIC, HubWorld

from partner_api.hub_desk import FORM
from slugline.deliveries import Outcome
from slugline.domain.delivery_states import Answer
from slugline.outbound.http_sender import HttpSender
from slugline.outbound.proxy import ProxyDown, proxy_of
from slugline.partners import Scope
from slugline.subscriptions import Subscription

HUNG = Answer(outcome=Outcome.TIMEOUT, ms=15_000)
TAKEN = Answer(outcome=Outcome.DELIVERED, ms=1, status=204)


def answered(status: int) -> Answer:
    return Answer(outcome=Outcome.STATUS, ms=1, status=status)


class ScriptedHttp:
    """Callbacks that confirm every subscription, and answer distributions as the test says: all alike, or by host."""

    def __init__(self) -> None:
        self.answer = TAKEN
        self.by_callback: dict[str, Answer] = {}
        self.down: str | None = None
        self.posted: list[tuple[str, bytes]] = []
        self.asked: list[str] = []

    def get(self, url: str, headers: Mapping[str, str]) -> Answer:  # noqa: ARG002 - the port's signature
        self._through_the_proxy()
        self.asked.append(url)
        (challenge,) = parse_qs(urlsplit(url).query)["hub.challenge"]
        return Answer(outcome=Outcome.DELIVERED, ms=1, status=200, text=challenge)

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:  # noqa: ARG002 - the port's signature
        self._through_the_proxy()
        self.posted.append((url, body))
        return self.by_callback.get(url, self.answer)

    def _through_the_proxy(self) -> None:
        if self.down:
            raise ProxyDown(self.down)


class Hub:
    """Subscribers at callbacks of two hosts, over a scripted way out."""

    def __init__(self) -> None:
        self.world = HubWorld()
        self.world.resolver.names |= {"one.example": ["93.184.215.14"], "two.example": ["93.184.215.15"]}
        self.http = ScriptedHttp()
        self.world.worker = self.world.speaking(self.http)
        self.caller = Caller(hub=self.world)

    def subscribe(self, *callbacks: str) -> None:
        for callback in callbacks:
            form = urlencode({"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.callback": callback})
            answer = self.caller.api.resolve(http_event("POST", "/hub", {"content-type": FORM}, form, ""), None)  # type: ignore[arg-type]  # no context is used
            assert answer["statusCode"] == 202
        self.world.work()

    def wait(self, seconds: float) -> None:
        """Clock and queue hand out what is due by then."""
        self.world.clock.forward(timedelta(seconds=seconds))
        self.world.sweep.run()
        self.world.work()

    def rows(self) -> list[Subscription]:
        return list(self.world.subscriptions.rows.values())


@pytest.fixture
def hub() -> Hub:
    return Hub()


MANY = [f"https://one.example/callback?n={number}" for number in range(10)]


def test_a_host_that_hangs_is_asked_once_and_not_for_each_subscription_and_feed_update(hub: Hub) -> None:
    # given
    hub.subscribe(*MANY)
    hub.http.answer = HUNG

    # when
    for number in range(5):
        hub.world.change(b"<rss>%d</rss>" % number)
        hub.world.work()

    # then
    assert len(hub.http.posted) == 1
    assert sum(row.tries for row in hub.rows()) == 1


def test_a_host_that_hangs_delays_no_other(hub: Hub) -> None:
    hub.subscribe(*MANY, "https://two.example/callback")
    hub.http.answer = HUNG
    hub.http.by_callback = {"https://two.example/callback": TAKEN}

    hub.world.change(b"<rss>2</rss>")
    hub.world.work()

    assert ("https://two.example/callback", b"<rss>2</rss>") in hub.http.posted


def test_one_request_probes_and_once_it_is_answered_all_get_the_newest_once(hub: Hub) -> None:
    # given
    hub.subscribe(*MANY)
    hub.http.answer = HUNG
    hub.world.change(b"<rss>2</rss>")
    hub.world.work()
    hub.wait(31)
    assert len(hub.http.posted) == 2
    hub.http.posted.clear()

    # when
    hub.http.answer = TAKEN
    hub.world.change(b"<rss>3</rss>")
    for _ in range(40):
        hub.wait(30)

    # then
    assert sorted(hub.http.posted) == sorted((callback, b"<rss>3</rss>") for callback in MANY)
    assert {(row.tries, row.next_attempt_at) for row in hub.rows()} == {(0, None)}


@pytest.mark.parametrize(("status", "posts"), [(404, 10), (500, 5), (503, 5), (429, 1), (504, 1)])
def test_refusals_are_the_callbacks_own_and_failures_of_the_server_are_its_hosts(
    hub: Hub, status: int, posts: int
) -> None:
    hub.subscribe(*MANY)
    hub.http.answer = answered(status)

    hub.world.change(b"<rss>2</rss>")
    hub.world.work()

    assert len(hub.http.posted) == posts


def test_a_stranger_who_asks_in_vain_does_not_close_the_host(hub: Hub) -> None:
    hub.subscribe(MANY[0])
    refusing = ScriptedHttp()
    refusing.get = lambda url, headers: answered(404)  # type: ignore[method-assign]  # noqa: ARG005 - the port's signature
    hub.world.worker = hub.world.speaking(refusing)
    hub.subscribe(*MANY[1:])

    hub.world.worker = hub.world.speaking(hub.http)
    hub.world.change(b"<rss>2</rss>")
    hub.world.work()

    assert hub.http.posted == [(MANY[0], b"<rss>2</rss>")]


def test_a_proxy_that_is_down_is_no_attempt_and_charges_no_subscriber(hub: Hub) -> None:
    # given
    hub.subscribe(*MANY)
    hub.http.down = "the proxy takes no connection"
    hub.world.change(b"<rss>2</rss>")

    # when
    done = hub.world.work()

    # then
    assert {(each.what, each.fault) for each in done} == {("postponed", "the proxy takes no connection")}
    assert {(row.tries, row.last_result) for row in hub.rows()} == {(0, "subscribe: 200")}
    assert all(health.well for health in hub.world.healths.healths.values())

    # when: it is up again
    hub.http.down = None
    hub.wait(59)
    assert hub.http.posted == []
    hub.wait(60)

    # then
    assert len(hub.http.posted) == 10


def test_a_subscription_is_not_refused_for_a_proxy_that_is_down(hub: Hub) -> None:
    hub.http.down = "the proxy takes no connection"
    hub.subscribe(MANY[0])
    for _ in range(5):
        hub.wait(120)

    hub.http.down = None
    hub.wait(120)

    (row,) = hub.rows()
    assert row.expires_at


def test_a_proxy_that_gives_back_the_circuits_probe_lets_another_probe(hub: Hub) -> None:
    # given: the host hung, and the proxy is down when it is to be probed
    hub.subscribe(*MANY[:2])
    hub.http.answer = HUNG
    hub.world.change(b"<rss>2</rss>")
    hub.world.work()
    hub.http.down = "the proxy takes no connection"
    hub.wait(31)
    (health,) = hub.world.healths.healths.values()
    assert (health.probe_until, health.failures) == (None, 1)
    hub.http.down, hub.http.answer = None, TAKEN

    # when
    for _ in range(10):
        hub.wait(60)

    # then
    assert {(row.tries, row.next_attempt_at) for row in hub.rows()} == {(0, None)}


def test_a_real_proxy_that_is_not_there_is_our_fault() -> None:
    # given
    hub = Hub()
    hub.subscribe(MANY[0])
    with socket.create_server(("127.0.0.1", 0)) as free:
        closed = int(free.getsockname()[1])
    proxied = HttpSender(hub.world.resolver, proxy=proxy_of(f"http://127.0.0.1:{closed}"))
    hub.world.worker = hub.world.speaking(proxied)

    # when
    hub.world.change(b"<rss>2</rss>")
    (done,) = hub.world.work()

    # then
    assert done.fault
    assert "takes no connection" in done.fault
    assert hub.rows()[0].tries == 0


# Who subscribed, and how that goes.


def test_operators_see_who_subscribed_and_what_came_of_it(hub: Hub) -> None:
    # given
    hub.subscribe("https://one.example/callback", "https://two.example/callback")
    hub.http.by_callback = {"https://two.example/callback": answered(500)}
    hub.world.change(b"<rss>2</rss>")
    hub.world.work()

    # when
    status, page = hub.caller.call("GET /v1/subscriptions")

    # then
    assert status == 200
    one, two = page["subscriptions"]
    assert (one["topic"], one["callback"], one["state"]) == (TOPIC, "https://one.example/callback", "active")
    assert (one["last_result"], one["owed"], one["tries"]) == ("content: 204", 0, 0)
    assert one["expires_at"] > one["last_at"]
    assert (two["state"], two["last_result"], two["owed"], two["tries"]) == ("failing", "content: 500", 1, 1)
    assert "secret" not in one


def test_a_subscription_that_nobody_confirmed_and_one_that_is_over_say_so(hub: Hub) -> None:
    hub.subscribe("https://one.example/callback")
    hub.http.down = "down"
    hub.subscribe("https://two.example/callback")
    hub.world.clock.forward(timedelta(days=40))

    _, page = hub.caller.call("GET /v1/subscriptions")

    assert [one["state"] for one in page["subscriptions"]] == ["over", "unconfirmed"]


def test_subscriptions_come_in_pages(hub: Hub) -> None:
    hub.subscribe(*MANY)

    found, cursor = list[str](), ""
    while cursor is not None:
        _, page = hub.caller.call("GET /v1/subscriptions", query=f"limit=3&cursor={cursor}" if cursor else "limit=3")
        found += [one["callback"] for one in page["subscriptions"]]
        cursor = page["cursor"]

    assert sorted(found) == MANY


def test_a_key_of_one_partner_sees_no_subscribers(hub: Hub) -> None:
    key = hub.caller.new_key(tuple(Scope), hub.caller.partner())

    assert hub.caller.call("GET /v1/subscriptions", key=key)[0] == 403
