"""What a partner sees on its own server and in the API, over sockets of localhost, with time and DNS under control."""

import csv
import io
import json
import socket
import ssl
import struct
import threading
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from typing import Any

import pytest
import standardwebhooks
import svix
import trustme
from tests.support.partner_server import Headers, partner_server
from tests.support.receiver import Receiver, Speak, receiver, saying, silent, status
from tests.support.wire import Died, Message, Wire, wire

from slugline.deliveries import DeliveryState, Outcome
from slugline.events import AlertState, EndpointAlert


def arrived(partner: Receiver) -> list[Message]:
    return [Message.parse(request) for request in partner.requests]


def versions(partner: Receiver) -> list[tuple[str, int]]:
    """Type and sequence of each message, in order of arrival."""
    bodies = [json.loads(message.body) for message in arrived(partner)]
    return [(body["type"], body["data"]["sequence"]) for body in bodies]


def alerts(service: Wire) -> list[AlertState]:
    return [alert.state for alert in service.world.bus.published if isinstance(alert, EndpointAlert)]


# --- sending


def test_each_attempt_has_the_same_id_and_bytes_and_is_signed_anew_as_the_clients_verify() -> None:
    with wire() as service, receiver(status(500), status(503), status(200)) as partner:
        endpoint = service.endpoint(partner.url, asymmetric=True)
        service.world.publish()
        service.deliver()
        service.wait(seconds=6)
        service.wait(seconds=301)

    first, second, third = arrived(partner)
    assert {each.headers["webhook-id"] for each in (second, third)} == {first.headers["webhook-id"]}
    assert {each.body for each in (second, third)} == {first.body}
    times = [int(each.headers["webhook-timestamp"]) for each in (first, second, third)]
    assert [later - earlier for earlier, later in pairwise(times)] == [6, 301]
    assert len({each.headers["webhook-signature"] for each in (first, second, third)}) == 3
    for message in (first, second):  # the third is five minutes ahead of the clients' clock
        standardwebhooks.Webhook(endpoint["secret"]).verify(message.body, message.headers)
        svix.Webhook(endpoint["secret"]).verify(message.body, message.headers)
        v1, v1a = message.headers["webhook-signature"].split(" ")  # one space, and nothing else
        assert (v1[:3], v1a[:4]) == ("v1,", "v1a,")


def test_a_secret_that_is_rotated_signs_beside_the_new_one_until_its_overlap_ends() -> None:
    with wire() as service, receiver(status(200)) as partner:
        endpoint = service.endpoint(partner.url)
        path = f"/v1/endpoints/{endpoint['id']}/secret"
        _, new = service.caller.call(f"POST {path}", {"overlap_seconds": 3600})
        service.world.publish()
        service.deliver()
        service.world.clock.forward(timedelta(hours=1))
        service.world.publish(2, "updated")
        service.deliver()

    during, after = arrived(partner)
    for secret in (endpoint["secret"], new["secret"]):
        standardwebhooks.Webhook(secret).verify(during.body, during.headers)
    assert len(after.headers["webhook-signature"].split(" ")) == 1


def test_a_partners_own_headers_arrive_and_reserved_ones_are_refused() -> None:
    with wire() as service, receiver(status(200)) as partner:
        service.endpoint(partner.url, headers={"X-Api-Key": "k1"})
        route = f"POST /v1/partners/{service.partner}/endpoints"
        code, problem = service.caller.call(route, {"url": partner.url, "headers": {"Webhook-Id": "mine"}})
        service.world.publish()
        service.deliver()

    assert [message.headers["x-api-key"] for message in arrived(partner)] == ["k1"]
    assert (code, "Webhook-Id" in str(problem)) == (422, True)


# --- retrying


def asked(service: Wire, endpoint: Mapping[str, Any]) -> timedelta:
    """From the end of the last attempt to the next."""
    (delivery,) = service.deliveries(dict(endpoint))
    last = delivery["attempts"][-1]
    ended = datetime.fromisoformat(last["at"]) + timedelta(milliseconds=last["ms"])
    return datetime.fromisoformat(delivery["next_attempt_at"]) - ended


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("600", 600), ("0", 5), ("1.5", 5), ("soon", 5), ("-7", 5), ("99999999999", 86400), ("", 5)],
)
def test_retry_after_is_honoured_where_it_makes_sense_and_capped(header: str, seconds: int) -> None:
    with wire() as service, receiver(status(500, f"Retry-After: {header}")) as partner:
        endpoint = service.endpoint(partner.url)
        service.world.publish()
        service.deliver()

        assert asked(service, endpoint) == timedelta(seconds=seconds)


@pytest.mark.parametrize(("ahead", "seconds"), [(900, 900), (-900, 5), (10**7, 86400)])
def test_retry_after_may_be_a_date_of_which_the_past_is_now(ahead: int, seconds: int) -> None:
    with wire() as service:
        now = service.world.clock.time = service.world.clock.time.replace(microsecond=0)
        date = format_datetime(now.astimezone(UTC) + timedelta(seconds=ahead), usegmt=True)
        with receiver(status(500, f"Retry-After: {date}")) as partner:
            endpoint = service.endpoint(partner.url)
            service.world.publish()
            service.deliver()

        assert asked(service, endpoint) == timedelta(seconds=seconds)


def test_410_ends_it_at_once_with_an_event_and_what_is_owed_comes_when_it_is_enabled() -> None:
    with wire() as service, receiver(status(410), status(200)) as partner:
        endpoint = service.endpoint(partner.url)
        service.world.publish()
        service.deliver()
        service.world.publish(2, "corrected")
        service.wait(hours=1)
        assert (len(partner.requests), alerts(service)) == (1, [AlertState.DISABLED])

        service.caller.call(f"PATCH /v1/endpoints/{endpoint['id']}", {"status": "enabled"})
        service.wait(minutes=1)

    assert versions(partner)[1:] == [("story.corrected", 2)]


@pytest.mark.parametrize("code", [429, 502, 504])
def test_an_endpoint_that_is_overloaded_is_left_alone_then_probed_by_one_message(code: int) -> None:
    with wire() as service, receiver(status(code), status(code), status(200)) as partner:
        endpoint = service.endpoint(partner.url)
        service.world.publish(story_id="s0")
        service.deliver()
        for number in range(1, 5):
            service.world.publish(story_id=f"s{number}")
        service.wait(seconds=10)
        assert len(partner.requests) == 1, "left alone"

        service.wait(seconds=21)
        assert len(partner.requests) == 2, "one probe, which fails"

        for _ in range(6):
            service.wait(seconds=61)

        assert {each["state"] for each in service.deliveries(endpoint)} == {DeliveryState.DELIVERED}
    assert len(partner.requests) == 7


def test_each_way_to_fail_is_named() -> None:
    def reset(sock: socket.socket, _over: threading.Event) -> None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    speaks: dict[Outcome, Speak] = {
        Outcome.STATUS: status(500, body=b"out of paper"),
        Outcome.TIMEOUT: silent,
        Outcome.RESET: reset,
        Outcome.PROTOCOL: saying(b"SSH-2.0-x\r\n\r\n"),
    }
    found = {}
    for outcome, speak in speaks.items():
        with receiver(speak) as partner:
            found[outcome] = first_attempt(partner.url)
    unknown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(unknown)
    with receiver(status(200), tls=unknown) as partner:
        found[Outcome.TLS] = first_attempt(partner.url.replace("http:", "https:"))
    found[Outcome.CONNECT] = first_attempt(partner.url)  # closed by now
    found[Outcome.DNS] = first_attempt("https://partner.example/", {"partner.example": ["93.184.215.14"]}, {})
    inside = {"partner.example": ["10.0.0.1"]}
    found[Outcome.ADDRESS] = first_attempt("https://partner.example/", {"partner.example": ["93.184.215.14"]}, inside)

    assert {outcome: attempt["outcome"] for outcome, attempt in found.items()} == {each: each for each in found}
    assert set(found) == set(Outcome) - {Outcome.DELIVERED}
    assert found[Outcome.STATUS]["answer"] == "out of paper"
    assert all(attempt["answer"] for attempt in found.values()), "in words"


def first_attempt(
    url: str, names: dict[str, list[str]] | None = None, later: dict[str, list[str]] | None = None
) -> dict[str, Any]:
    """As the API shows it. `later` is the DNS once the endpoint is there."""
    with wire(seconds=0.6, names=names) as service:
        endpoint = service.endpoint(url)
        if later is not None:
            service.names.clear()
            service.names.update(later)
        service.world.publish()
        service.deliver()
        (delivery,) = service.deliveries(endpoint)
    attempt: dict[str, Any] = delivery["attempts"][0]
    return attempt


# --- state


def test_a_message_that_the_queue_gives_three_times_is_one_post() -> None:
    with wire() as service, receiver(status(200)) as partner:
        service.endpoint(partner.url)
        service.world.publish()
        service.world.queue.waiting *= 3
        service.deliver()

    assert len(partner.requests) == 1


def test_a_crash_after_the_post_sends_the_same_id_again() -> None:
    with wire() as service, receiver(status(200)) as partner:
        endpoint = service.endpoint(partner.url)
        service.world.publish()
        service.sender.dies = True
        with pytest.raises(Died):
            service.deliver()
        service.wait(seconds=10)
        assert len(partner.requests) == 1, "leased"

        service.wait(minutes=5)

        (delivery,) = service.deliveries(endpoint)
    first, second = arrived(partner)
    assert (first.headers["webhook-id"], first.body) == (second.headers["webhook-id"], second.body)
    assert delivery["state"] == DeliveryState.DELIVERED


# --- isolation


def test_no_more_messages_than_agreed_are_with_a_partner_at_once_nor_in_a_second() -> None:
    at_once, most, lock = 0, 0, threading.Lock()
    let_go = threading.Event()
    waiting = threading.Semaphore(0)

    def judge(_headers: Headers, _body: bytes) -> int:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        waiting.release()
        let_go.wait(timeout=5)
        with lock:
            at_once -= 1
        return 200

    with wire() as service, partner_server(judge) as url:
        endpoint = service.endpoint(url, at_once=2)
        for number in range(6):
            service.world.publish(story_id=f"s{number}")
        delivering = threading.Thread(target=service.deliver)
        delivering.start()
        for _ in range(2):
            assert waiting.acquire(timeout=5)
        let_go.set()
        delivering.join(timeout=10)
        for _ in range(6):
            service.wait(seconds=1)

        assert most == 2
        assert [each["state"] for each in service.deliveries(endpoint)] == [DeliveryState.DELIVERED] * 6


def test_a_rate_is_kept_to_second_by_second() -> None:
    with wire() as service, receiver(status(200)) as partner:
        service.endpoint(partner.url, per_second=2)
        for number in range(7):
            service.world.publish(story_id=f"s{number}")
        counts = []
        for _ in range(5):
            service.deliver()
            counts.append(len(partner.requests))
            service.world.clock.forward(timedelta(seconds=1))

    assert counts[-1] == 7
    assert all(later - earlier <= 2 for earlier, later in pairwise([0, *counts]))


def test_a_withdrawal_goes_past_an_open_circuit_and_a_used_up_rate() -> None:
    with wire() as service, receiver(status(200), status(429), status(200)) as partner:
        service.endpoint(partner.url, per_second=0.01)
        service.world.publish(story_id="killed")
        service.deliver()
        service.world.clock.forward(timedelta(seconds=200))
        service.world.publish(story_id="other")
        service.deliver()
        service.world.withdraw(2, story_id="killed")
        service.deliver()

    assert [kind for kind, _ in versions(partner)] == ["story.published", "story.published", "story.withdrawn"]


# --- endpoint life


def test_a_paused_endpoint_gets_nothing_until_it_is_enabled_and_then_what_is_true_by_then() -> None:
    with wire() as service, receiver(status(200)) as partner:
        path = f"PATCH /v1/endpoints/{service.endpoint(partner.url)['id']}"
        service.world.publish(story_id="killed")
        service.deliver()
        service.caller.call(path, {"status": "paused"})
        service.world.publish(story_id="other")
        service.world.publish(2, "updated", story_id="other")
        service.world.withdraw(2, story_id="killed")
        service.wait(days=100)
        assert len(partner.requests) == 1

        service.caller.call(path, {"status": "enabled"})
        service.wait(minutes=1)

    assert sorted(versions(partner)[1:]) == [("story.updated", 2), ("story.withdrawn", 2)]


def test_a_deleted_endpoint_gets_nothing_more_whatever_waits() -> None:
    with wire() as service, receiver(status(500)) as partner:
        endpoint = service.endpoint(partner.url)
        service.world.publish(story_id="s1")
        service.deliver()
        service.world.publish(story_id="s2")
        service.caller.call(f"DELETE /v1/endpoints/{endpoint['id']}")
        for _ in range(5):
            service.wait(hours=1)

    assert len(partner.requests) == 1


def test_a_test_event_arrives_and_verifies() -> None:
    with wire() as service, receiver(status(200)) as partner:
        endpoint = service.endpoint(partner.url)
        service.caller.call(f"POST /v1/endpoints/{endpoint['id']}/test")
        service.deliver()

    (message,) = arrived(partner)
    standardwebhooks.Webhook(endpoint["secret"]).verify(message.body, message.headers)
    assert json.loads(message.body)["type"] == "endpoint.test"


def test_four_failures_alert_and_the_first_success_says_that_it_is_over() -> None:
    with wire() as service, receiver(*[status(500)] * 4, status(200)) as partner:
        service.endpoint(partner.url)
        service.world.publish()
        service.deliver()
        seen = [alerts(service)]
        for _ in range(4):
            service.wait(hours=3)
            seen.append(alerts(service))

    failing = [AlertState.FAILING]
    assert seen == [[], [], [], failing, [*failing, AlertState.RECOVERED]]


def test_five_days_of_failures_disable_it_and_the_partners_other_endpoint_hears_of_it() -> None:
    with wire() as service, receiver(status(500)) as broken, receiver(status(200)) as well:
        endpoint = service.endpoint(broken.url)
        service.endpoint(well.url, event_types=["endpoint.disabled"])
        for day in range(7):
            service.world.publish(story_id=f"s{day}")
            for _ in range(4):
                service.wait(hours=6)
        _, now = service.caller.call(f"GET /v1/endpoints/{endpoint['id']}")
        tried = len(broken.requests)
        service.wait(days=3)

    assert now["status"] == "disabled"
    assert len(broken.requests) == tried
    (message,) = arrived(well)
    assert json.loads(message.body)["data"]["endpoint"] == endpoint["id"]


# --- truth over order


def test_a_retry_carries_the_newest_version() -> None:
    with wire() as service, receiver(status(500), status(200)) as partner:
        service.endpoint(partner.url)
        service.world.publish(1)
        service.deliver()
        service.world.publish(2, "corrected")
        for _ in range(3):
            service.wait(minutes=10)

    assert versions(partner) == [("story.published", 1), ("story.corrected", 2)]


def test_a_withdrawal_cancels_what_waits_and_is_chased_until_it_is_acknowledged() -> None:
    answers = [status(200), *[status(500)] * 6, status(204)]
    with wire() as service, receiver(*answers) as partner:
        service.endpoint(partner.url)
        service.world.publish(1)
        service.deliver()
        service.world.publish(2, "updated")
        service.deliver()
        service.world.withdraw(3)
        service.deliver()
        for _ in range(9):
            service.wait(hours=11)
        _, ledger = service.caller.call("GET /v1/withdrawals")
        as_csv = service.caller.answer("GET /v1/withdrawals.csv")["body"]

    assert [kind for kind, _ in versions(partner)] == ["story.published", "story.updated"] + ["story.withdrawn"] * 6
    (entry,) = ledger["withdrawals"]
    assert (entry["attempts"], entry["confirmed"], entry["confirmed_by"]) == (6, True, "answer")
    (row,) = csv.DictReader(io.StringIO(as_csv, newline=""))
    assert (row["attempts"], row["confirmed_at"]) == ("6", entry["confirmed_at"])


# --- DNS


def test_a_name_that_moves_is_followed_and_one_that_moves_inside_is_not() -> None:
    with wire() as service, receiver(status(500)) as partner:
        url = partner.url.replace("127.0.0.1", "localhost")
        endpoint = service.endpoint(url)
        service.world.publish()
        service.deliver()
        service.names["localhost"] = ["127.0.0.1", "10.0.0.1"]  # one of two inside
        service.wait(seconds=6)
        service.names["localhost"] = ["127.0.0.1"]
        service.wait(minutes=6)

        (delivery,) = service.deliveries(endpoint)
    outcomes = [attempt["outcome"] for attempt in delivery["attempts"]]
    assert outcomes == [Outcome.STATUS, Outcome.ADDRESS, Outcome.STATUS]
    assert len(partner.requests) == 2
