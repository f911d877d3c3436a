"""Sending through the operator's proxy, over sockets of localhost: the address stays vetted, an outage stays ours."""

import asyncio
import base64
import socket
import ssl
from contextlib import ExitStack
from datetime import datetime

import pytest
import trustme
from tests.support.connect_proxy import connect_proxy
from tests.support.delivery_world import FixedResolver, ScriptedSender, World
from tests.support.receiver import receiver, silent, status

from delivering.courier import Courier
from slugline.deliveries import DeliveryState, Outcome
from slugline.domain.circuit import EndpointHealth
from slugline.outbound.http_sender import HttpSender
from slugline.outbound.proxy import ProxyDown, proxy_of

REFUSED = b"HTTP/1.1 %s\r\n\r\n"


@pytest.fixture(autouse=True)
def a_short_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """At a proxy that may hang."""
    monkeypatch.setattr("slugline.outbound.proxy.PROBE_SECONDS", 0.3)


def sender(proxy_url: str, seconds: float = 20, tls: ssl.SSLContext | None = None) -> HttpSender:
    resolver = FixedResolver({"localhost": ["127.0.0.1"], "inside.example": ["10.0.0.1"]})
    return HttpSender(resolver, allow_loopback=True, seconds=seconds, tls=tls, proxy=proxy_of(proxy_url))


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def test_the_proxy_is_told_the_vetted_address_and_the_partner_sees_its_own_name() -> None:
    authority = trustme.CA()
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("localhost").configure_cert(server)
    authority.configure_trust(client)
    names = []
    server.sni_callback = lambda _sock, name, _context: names.append(name)

    with connect_proxy() as proxy, receiver(status(200), tls=server) as partner:
        answer = sender(proxy.url, tls=client).post(f"https://localhost:{partner.port}/", {}, b"{}")

    assert answer.outcome is Outcome.DELIVERED
    assert proxy.asked == [f"CONNECT 127.0.0.1:{partner.port} HTTP/1.1"]
    assert names == ["localhost"]
    assert f"Host: localhost:{partner.port}".encode() in partner.requests[0]


def test_an_address_inside_is_refused_before_the_proxy_is_asked() -> None:
    with connect_proxy() as proxy:
        answer = sender(proxy.url).post("https://inside.example/", {}, b"{}")

    assert (answer.outcome, proxy.asked) == (Outcome.ADDRESS, [])


def test_name_and_password_of_the_setting_reach_the_proxy_alone() -> None:
    with connect_proxy() as proxy, receiver(status(200)) as partner:
        url = proxy.url.replace("//", "//desk:p%40ss@")
        sender(url).post(partner.url, {}, b"{}")

    expected = b"Proxy-Authorization: Basic " + base64.b64encode(b"desk:p@ss")
    assert expected in proxy.heads[0]
    assert b"proxy-authorization" not in partner.requests[0].lower()
    assert "p@ss" not in repr(proxy_of(url))


@pytest.mark.parametrize("url", ["proxy:3128", "https://proxy:3128", "http://", "http://proxy/path", "http://proxy:x"])
def test_a_setting_that_is_no_proxy_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        proxy_of(url)


def test_a_partner_that_the_proxy_cannot_reach_is_charged() -> None:
    with connect_proxy() as proxy:
        answer = sender(proxy.url).post(f"http://127.0.0.1:{closed_port()}/", {}, b"{}")

    assert answer.outcome is Outcome.CONNECT
    assert "the proxy answered 502" in answer.text


@pytest.mark.parametrize(
    "refusal",
    [
        b"503 Service Unavailable\r\nServer: squid/5.7\r\nX-Squid-Error: ERR_CONNECT_FAIL 111",
        b"500 Unable to connect\r\nServer: tinyproxy/1.11.1\r\nConnection: close",
        b"503 X\r\nProxy-Status: proxy.example; error=connection_refused",
    ],
    ids=["Squid", "tinyproxy", "RFC 9209"],
)
def test_each_proxys_way_of_saying_so_is_understood(refusal: bytes) -> None:
    with connect_proxy(refuses=REFUSED % refusal) as proxy:
        assert sender(proxy.url).post("http://127.0.0.1:9/", {}, b"{}").outcome is Outcome.CONNECT


def test_a_partner_that_hangs_behind_a_proxy_that_answers_is_charged() -> None:
    with connect_proxy() as proxy, receiver(silent) as partner:
        answer = sender(proxy.url, seconds=0.5).post(partner.url, {}, b"{}")

    assert answer.outcome is Outcome.TIMEOUT
    assert proxy.asked[1:] == ["OPTIONS * HTTP/1.1"]


@pytest.mark.parametrize(
    "fault",
    [
        {"refuses": REFUSED % b"407 Proxy Authentication Required"},
        {"refuses": REFUSED % b"403 Forbidden\r\nX-Squid-Error: ERR_ACCESS_DENIED 0"},
        {"refuses": REFUSED % b"500 Oops"},
        {"refuses": REFUSED % b"503 Service Unavailable"},
        {"refuses": b"SSH-2.0\r\n\r\n"},
        {"hangs": True},
        {"stalls": True},
    ],
    ids=["wants a password", "forbids", "is broken", "is overloaded", "is none", "hangs", "stalls in the tunnel"],
)
def test_a_proxy_that_does_not_serve_us_is_no_answer_of_the_partners(fault: dict[str, object]) -> None:
    with connect_proxy(**fault) as proxy, receiver(status(200)) as partner, pytest.raises(ProxyDown):
        sender(proxy.url, seconds=0.5).post(partner.url, {}, b"{}")

    assert partner.requests == []


def test_an_outage_of_the_proxy_postpones_the_delivery_and_charges_nobody() -> None:
    # given: a partner that is well, a proxy that is not there
    world = World(ScriptedSender([]))
    faults: list[ProxyDown] = []
    with receiver(status(200)) as partner:
        world.endpoint(url=partner.url, at_once=1)
        world.publish()
        down = Courier(world.attempter, sender(f"http://127.0.0.1:{closed_port()}"), report=faults.append)

        # when
        results = [down.deliver(world.queue.receive())]
        for _ in range(20):
            world.clock.time = waiting_until(world)
            results.append(down.deliver(world.queue.receive()))
        down.close()

        # then: no batch failure, no attempt, no failure of the endpoint, no slot held
        assert all(not isinstance(result, Exception) for (result,) in results)
        (row,) = world.rows()
        assert (row.state, row.tries, row.attempts) == (DeliveryState.PENDING, 0, ())
        health = world.situations.health("ep_1")
        assert (health.well, health.in_flight) == (True, ())
        assert world.bus.published == []
        assert len(faults) == 21
        assert "takes no connection" in str(faults[0])

        # when the proxy is back
        with connect_proxy() as proxy:
            up = Courier(world.attempter, sender(proxy.url))
            world.clock.time = waiting_until(world)
            up.deliver(world.queue.receive())
            up.close()

    # then
    assert [row.state for row in world.rows()] == [DeliveryState.DELIVERED]
    assert len(partner.requests) == 1


def waiting_until(world: World) -> datetime:
    (row,) = world.rows()
    assert row.next_attempt_at
    return row.next_attempt_at


def test_a_circuit_that_a_hanging_proxy_made_suspect_is_closed_again() -> None:
    world = World(ScriptedSender([]))
    with connect_proxy(hangs=True) as proxy, receiver(status(200)) as partner:
        world.endpoint(url=partner.url)
        world.publish()
        courier = Courier(world.attempter, sender(proxy.url, seconds=0.5), slow_seconds=0.1)
        courier.deliver(world.queue.receive())
        courier.close()

    health = world.situations.health("ep_1")
    assert health.well
    assert health != EndpointHealth(endpoint_id="ep_1")  # it was suspect


def test_a_proxy_that_ends_between_two_deliveries_is_no_failure_of_the_partners() -> None:
    async def twice(client: HttpSender, url: str) -> None:
        await client.ask("POST", url, {}, b"{}")
        ended.close()
        with pytest.raises(ProxyDown):
            await client.ask("POST", url, {}, b"{}")
        await client.close()

    with receiver(status(200), keeps_open=True) as partner, ExitStack() as ended:
        proxy = ended.enter_context(connect_proxy())
        asyncio.run(twice(sender(proxy.url), partner.url))


def test_connections_through_the_proxy_are_used_again() -> None:
    async def twice(client: HttpSender, url: str) -> None:
        for _ in range(2):
            await client.ask("POST", url, {}, b"{}")
        await client.close()

    with connect_proxy() as proxy, receiver(status(200), keeps_open=True) as partner:
        asyncio.run(twice(sender(proxy.url), partner.url))

    assert (len(proxy.asked), len(partner.requests)) == (1, 2)
