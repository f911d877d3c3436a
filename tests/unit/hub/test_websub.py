"""The WebSub hub by the W3C Recommendation (https://www.w3.org/TR/websub/), over real sockets of localhost."""

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext
from tests.support.api_caller import Caller, http_event
from tests.support.delivery_world import NOON
from tests.support.hub_world import HUB_URL, SITE_URL, TOPIC, HubWorld, Subscriber, subscriber

from feed_hub.line import Http
from partner_api.hub_desk import FORM, MOST_OF_HOST
from slugline.domain.delivery_schedule import Schedule
from slugline.domain.delivery_states import Answer
from slugline.domain.hub_request import LONGEST_LEASE, SHORTEST_LEASE, USUAL_LEASE

SECRET = "a secret between us"  # noqa: S105 - of this test
OLD_SECRET = "the one before"  # noqa: S105 - of this test


class Hub:
    """The API's route and the function behind it."""

    def __init__(self, schedule: Schedule | None = None) -> None:
        self.world = HubWorld(schedule)
        self.api = Caller(hub=self.world).api

    def post(self, form: dict[str, str] | str, content_type: str = FORM) -> tuple[int, str]:
        body = form if isinstance(form, str) else urlencode(form)
        answer = self.api.resolve(http_event("POST", "/hub", {"content-type": content_type}, body, ""), LambdaContext())
        assert answer["headers"]["Content-Type"].startswith("text/plain")
        return answer["statusCode"], answer["body"]

    def ask(self, peer: Subscriber, mode: str = "subscribe", **more: str) -> tuple[int, str]:
        """A subscriber that means it asks."""
        peer.expects.add((mode, TOPIC))
        parameters = {f"hub.{name}": value for name, value in more.items()}
        return self.post({"hub.mode": mode, "hub.topic": TOPIC, "hub.callback": peer.callback} | parameters)

    def subscribed(self, peer: Subscriber, **more: str) -> None:
        assert self.ask(peer, **more)[0] == 202
        self.world.work()
        row = self.world.row()
        assert row
        assert row.expires_at


@pytest.fixture
def peer() -> Iterator[Subscriber]:
    with subscriber() as found:
        yield found


@pytest.fixture
def hub() -> Hub:
    return Hub()


# Section 5.1: requests.


def test_a_request_is_accepted_before_anybody_is_asked(hub: Hub, peer: Subscriber) -> None:
    assert hub.ask(peer)[0] == 202
    assert peer.challenged == []


@pytest.mark.parametrize("missing", ["hub.mode", "hub.topic", "hub.callback"])
def test_a_request_without_a_required_parameter_is_refused_by_its_name(
    hub: Hub, peer: Subscriber, missing: str
) -> None:
    form = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.callback": peer.callback}
    del form[missing]

    assert hub.post(form) == (400, f"{missing} is missing.\n")


@pytest.mark.parametrize(
    ("parameters", "status", "reason"),
    [
        ({"hub.mode": "publish"}, 400, "hub.mode=publish"),
        ({"hub.mode": "listen"}, 400, "subscribe or unsubscribe"),
        ({"hub.topic": "https://elsewhere.example/feeds/rss.xml"}, 404, "the feeds of https://news.example"),
        ({"hub.topic": f"{SITE_URL}/feeds/none.xml"}, 404, "the feeds of"),
        ({"hub.topic": f"{SITE_URL}/index.html"}, 404, "the feeds of"),
        ({"hub.topic": f"{TOPIC}?page=2"}, 404, "the feeds of"),
        ({"hub.secret": "s" * 200}, 400, "less than 200 bytes"),
        ({"hub.secret": "é" * 100}, 400, "less than 200 bytes"),
        ({"hub.lease_seconds": "0"}, 400, "above 0"),
        ({"hub.lease_seconds": "-5"}, 400, "above 0"),
        ({"hub.lease_seconds": "soon"}, 400, "above 0"),
        ({"hub.callback": "https://inside.example/"}, 400, "not a public address"),
        ({"hub.callback": "http://169.254.169.254/"}, 400, "https://"),
        ({"hub.callback": "https://nowhere.example/"}, 400, "no address"),
        ({"hub.callback": "https://0x7f.1/"}, 400, "four decimal numbers"),
        ({"hub.callback": "ftp://127.0.0.1/"}, 400, "https://"),
        ({"hub.callback": "http://127.0.0.1/" + "x" * 1000}, 400, "longer than"),
    ],
)
def test_what_cannot_be_granted_is_refused_in_plain_words(
    hub: Hub, peer: Subscriber, parameters: dict[str, str], status: int, reason: str
) -> None:
    form = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.callback": peer.callback} | parameters

    code, text = hub.post(form)

    assert code == status
    assert reason in text
    assert hub.world.row() is None


def test_unknown_parameters_are_ignored(hub: Hub, peer: Subscriber) -> None:
    assert hub.ask(peer, colour="blue")[0] == 202


def test_a_body_that_is_no_form_is_refused(hub: Hub) -> None:
    assert hub.post("{}", "application/json")[0] == 415
    assert hub.post("hub.mode=%ff")[0] == 400
    assert hub.post("&".join(f"a{number}=1" for number in range(60)))[0] == 400
    assert hub.post("hub.mode=subscribe&hub.mode=unsubscribe")[0] == 400


def test_subscriptions_of_one_callback_host_are_bounded_but_renewing_is_not(hub: Hub, peer: Subscriber) -> None:
    form = {"hub.mode": "subscribe", "hub.topic": TOPIC}
    for number in range(MOST_OF_HOST):
        assert hub.post(form | {"hub.callback": f"{peer.callback}&n={number}"})[0] == 202

    assert hub.post(form | {"hub.callback": peer.callback})[0] == 429
    assert hub.post(form | {"hub.callback": f"{peer.callback}&n=0"})[0] == 202


# Section 5.3: verification of intent.


def test_the_callback_is_asked_with_its_own_query_and_echoes_the_challenge(hub: Hub, peer: Subscriber) -> None:
    hub.subscribed(peer)

    (asked,) = peer.challenged
    assert asked["desk"] == "city"
    assert (asked["hub.mode"], asked["hub.topic"]) == ("subscribe", TOPIC)
    assert asked["hub.lease_seconds"] == str(USUAL_LEASE)
    assert len(asked["hub.challenge"]) >= 32


@pytest.mark.parametrize(
    ("asked", "given"), [("3600", 3600), ("1", SHORTEST_LEASE), ("99999999999999999999", LONGEST_LEASE)]
)
def test_a_lease_is_as_asked_within_bounds_and_never_for_ever(
    hub: Hub, peer: Subscriber, asked: str, given: int
) -> None:
    hub.subscribed(peer, lease_seconds=asked)

    row = hub.world.row()
    assert row
    assert peer.challenged[0]["hub.lease_seconds"] == str(given)
    assert row.expires_at == NOON + timedelta(seconds=given)


@pytest.mark.parametrize(
    "answer",
    [(404, ""), (200, "another challenge"), (200, ""), (302, ""), (500, "")],
    ids=["404", "wrong echo", "empty", "redirect", "500"],
)
def test_whoever_does_not_echo_the_challenge_is_not_subscribed(
    hub: Hub, peer: Subscriber, answer: tuple[int, str]
) -> None:
    peer.echo = lambda _challenge: answer
    hub.ask(peer)

    hub.world.work()

    assert hub.world.row() is None
    assert hub.world.change(b"<rss>2</rss>") == 0


def test_an_echo_with_something_after_it_is_no_echo(hub: Hub, peer: Subscriber) -> None:
    peer.echo = lambda challenge: (200, challenge + "\n")
    hub.ask(peer)

    hub.world.work()

    assert hub.world.row() is None


def test_a_callback_that_cannot_be_reached_is_asked_three_times(hub: Hub) -> None:
    form = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.callback": "http://127.0.0.1:9/"}
    assert hub.post(form)[0] == 202

    done = []
    for _ in range(10):
        done += hub.world.work()
        hub.world.clock.forward(timedelta(seconds=6))

    assert [each.what for each in done] == ["subscribe not confirmed"] * 3
    assert hub.world.row() is None


def test_a_stranger_cannot_end_a_subscription(hub: Hub, peer: Subscriber) -> None:
    hub.subscribed(peer)
    form = {"hub.mode": "unsubscribe", "hub.topic": TOPIC, "hub.callback": peer.callback}
    assert hub.post(form)[0] == 202  # the subscriber never asked for this

    hub.world.work()

    assert peer.challenged[-1]["hub.mode"] == "unsubscribe"
    hub.world.change(b"<rss>2</rss>")
    hub.world.work()
    assert [each.body for each in peer.received] == [b"<rss>2</rss>"]


def test_a_stranger_cannot_change_a_subscriptions_secret(hub: Hub, peer: Subscriber) -> None:
    hub.subscribed(peer, secret=SECRET)
    peer.expects.clear()
    form = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.callback": peer.callback, "hub.secret": "mine"}
    hub.post(form)

    hub.world.work()
    hub.world.change(b"<rss>2</rss>")
    hub.world.work()

    assert peer.received[0].headers["x-hub-signature"] == signature(SECRET, b"<rss>2</rss>")


def test_unsubscribing_ends_it_once_the_subscriber_confirms(hub: Hub, peer: Subscriber) -> None:
    hub.subscribed(peer)
    assert hub.ask(peer, "unsubscribe")[0] == 202

    hub.world.work()

    assert hub.world.row() is None
    assert hub.world.change(b"<rss>2</rss>") == 0


def test_what_was_never_subscribed_cannot_be_unsubscribed(hub: Hub, peer: Subscriber) -> None:
    assert hub.ask(peer, "unsubscribe")[0] == 404


def test_renewing_extends_the_lease_and_replaces_the_secret(hub: Hub, peer: Subscriber) -> None:
    hub.subscribed(peer, lease_seconds="3600", secret=OLD_SECRET)
    hub.world.clock.forward(timedelta(minutes=50))
    hub.subscribed(peer, lease_seconds="3600", secret=SECRET)
    hub.world.clock.forward(timedelta(minutes=50))

    assert hub.world.change(b"<rss>2</rss>") == 1
    hub.world.work()

    assert len(hub.world.subscriptions.rows) == 1
    assert peer.received[0].headers["x-hub-signature"] == signature(SECRET, b"<rss>2</rss>")


def test_a_lease_that_is_not_renewed_ends(hub: Hub, peer: Subscriber) -> None:
    hub.subscribed(peer, lease_seconds="3600")
    hub.world.clock.forward(timedelta(hours=1))

    assert hub.world.change(b"<rss>2</rss>") == 0
    hub.world.work()

    assert peer.received == []
    assert hub.world.row() is None


# Section 7: content distribution.


def signature(secret: str, body: bytes) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def test_content_is_the_topics_exact_bytes_with_its_type_and_links(hub: Hub, peer: Subscriber) -> None:
    hub.subscribed(peer)

    assert hub.world.change(b"<rss>\xc3\xa9\r\n</rss>") == 1
    hub.world.work()

    (got,) = peer.received
    assert got.body == b"<rss>\xc3\xa9\r\n</rss>"
    assert got.headers["content-type"] == "application/rss+xml"
    assert got.headers["link"] == f'<{HUB_URL}>; rel="hub", <{TOPIC}>; rel="self"'
    assert "x-hub-signature" not in got.headers


def test_with_a_secret_the_exact_bytes_are_signed(hub: Hub, peer: Subscriber) -> None:
    hub.subscribed(peer, secret=SECRET)

    hub.world.change(b"<rss>2</rss>")
    hub.world.work()

    (got,) = peer.received
    assert got.headers["x-hub-signature"] == signature(SECRET, got.body)


def test_an_event_that_comes_twice_sends_nothing_twice(hub: Hub, peer: Subscriber) -> None:
    hub.subscribed(peer)

    for _ in range(3):
        hub.world.change(b"<rss>2</rss>")
        hub.world.work()

    assert len(peer.received) == 1


def test_a_retry_carries_the_newest_content(peer: Subscriber) -> None:
    hub = Hub(Schedule(delays=(0, 5, 5)))
    hub.subscribed(peer)
    peer.answers = [500, 204]
    hub.world.change(b"<rss>2</rss>")
    hub.world.work()

    # given: the feed changes once more before the retry is due
    hub.world.change(b"<rss>3</rss>")
    hub.world.work()
    assert len(peer.received) == 1
    hub.world.clock.forward(timedelta(seconds=6))
    hub.world.work()

    assert [each.body for each in peer.received] == [b"<rss>2</rss>", b"<rss>3</rss>"]


def test_what_changes_while_content_is_on_its_way_is_sent_after_it(hub: Hub, peer: Subscriber) -> None:
    hub.subscribed(peer)
    newest = iter([b"<rss>3</rss>"])

    def change_once() -> None:
        if (body := next(newest, None)) is not None:
            hub.world.change(body)

    peer.during = change_once
    hub.world.change(b"<rss>2</rss>")
    hub.world.work()

    assert [each.body for each in peer.received] == [b"<rss>2</rss>", b"<rss>3</rss>"]


def test_failures_end_with_the_schedule_and_the_next_change_starts_anew(peer: Subscriber) -> None:
    hub = Hub(Schedule(delays=(0, 5)))
    hub.subscribed(peer)
    peer.answers = [503, 503, 204]
    hub.world.change(b"<rss>2</rss>")
    for _ in range(5):
        hub.world.work()
        hub.world.clock.forward(timedelta(seconds=6))
    assert len(peer.received) == 2

    hub.world.change(b"<rss>3</rss>")
    hub.world.work()

    assert peer.received[-1].body == b"<rss>3</rss>"


@pytest.mark.parametrize("status", [301, 307, 404, 500])
def test_an_answer_other_than_2xx_is_a_failure_that_is_tried_again(hub: Hub, peer: Subscriber, status: int) -> None:
    hub.subscribed(peer)
    peer.answers = [status, 200]

    hub.world.change(b"<rss>2</rss>")
    hub.world.work()
    hub.world.clock.forward(timedelta(seconds=6))
    hub.world.work()

    assert len(peer.received) == 2


def test_410_ends_the_subscription(hub: Hub, peer: Subscriber) -> None:
    hub.subscribed(peer)
    peer.answers = [410]

    hub.world.change(b"<rss>2</rss>")
    hub.world.work()

    assert hub.world.row() is None


def test_a_feed_that_has_ended_denies_its_subscribers(hub: Hub, peer: Subscriber) -> None:
    hub.subscribed(peer)
    hub.world.change(b"<rss>2</rss>")
    hub.world.site.objects.clear()

    hub.world.work()

    denied = peer.challenged[-1]
    assert (denied["hub.mode"], denied["hub.topic"]) == ("denied", TOPIC)
    assert denied["hub.reason"]
    assert "hub.challenge" not in denied
    assert hub.world.row() is None


# What can go wrong on our side.


def test_a_pointer_that_comes_twice_makes_one_request(hub: Hub, peer: Subscriber) -> None:
    hub.subscribed(peer)
    hub.world.change(b"<rss>2</rss>")
    hub.world.queue.waiting *= 2

    hub.world.work()

    assert len(peer.received) == 1


def test_a_pointer_that_is_lost_is_made_good_by_clock(hub: Hub, peer: Subscriber) -> None:
    hub.subscribed(peer)
    hub.world.change(b"<rss>2</rss>")
    hub.world.queue.waiting.clear()

    hub.world.clock.forward(timedelta(minutes=3))
    assert hub.world.sweep.run() == 1
    hub.world.work()

    assert len(peer.received) == 1


class Killed(BaseException):
    """What a kill -9 is to the code."""


class DyingHttp:
    """The process ends right after the POST."""

    def __init__(self, http: Http) -> None:
        self.get = http.get
        self._post = http.post

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        self._post(url, headers, body)
        raise Killed


def test_a_worker_that_died_after_the_post_is_followed_by_another_when_its_lease_is_over(
    hub: Hub, peer: Subscriber
) -> None:
    # given
    hub.subscribed(peer)
    hub.world.change(b"<rss>2</rss>")
    (pointer,) = hub.world.queue.receive()
    with pytest.raises(Killed):
        hub.world.speaking(DyingHttp(hub.world.worker.line.http)).work(pointer)
    assert hub.world.worker.work(pointer) is None  # leased

    # when
    hub.world.clock.forward(timedelta(minutes=3))
    hub.world.sweep.run()
    hub.world.work()

    # then: at least once
    assert [each.body for each in peer.received] == [b"<rss>2</rss>"] * 2
    assert hub.world.sweep.run() == 0


def test_secrets_are_kept_sealed(hub: Hub, peer: Subscriber) -> None:
    hub.subscribed(peer, secret=SECRET)

    row = hub.world.row()
    assert row
    assert SECRET not in row.model_dump_json()
    assert hub.world.secrets.open(str(row.secret), row.id) == SECRET.encode()
