"""Server-side request forgery: no way of writing an address inside leads there, at creation and at each send.

Black boxes: the API on one side, the sender on the other, and an eye on every connection.
"""

import gzip
import socket
import threading
import tracemalloc
from datetime import timedelta
from typing import Any

import pytest
from tests.support.api_caller import Caller
from tests.support.delivery_world import FixedResolver
from tests.support.receiver import Speak, receiver, status

from slugline.deliveries import Outcome
from slugline.domain.delivery_states import Answer
from slugline.outbound.http_sender import HttpSender

PUBLIC, PUBLIC_6 = "93.184.215.14", "2606:4700::1111"
WRITTEN = {
    "literal": ["127.0.0.1", "0.0.0.0", "10.0.0.1", "169.254.169.254", "[::1]", "[::]"],  # noqa: S104 - to be refused
    "decimal": ["2130706433", "2852039166", "0"],
    "octal": ["0177.0.0.1", "017700000001", "0251.0376.0251.0376"],
    "hex": ["0x7f000001", "0x7f.0.0.1", "0xA9.0xFE.0xA9.0xFE", "127.0.0.0x1"],
    "short": ["127.1", "127.0.1", "10.1"],
    "full-width": ["１２７.０.０.１", "１２７。０。０。１", "①②⑦.⓪.⓪.①", "127．0．0．1"],  # noqa: RUF001 - on purpose
    "escaped": ["%31%32%37.0.0.1", "127.0.0.1%00.partner.example", "127.0.0.1%2f"],
    "dotted": ["127.0.0.1.", "localhost", "localhost.", "LOCALHOST"],
    "mapped": ["[::ffff:127.0.0.1]", "[::ffff:a9fe:a9fe]", "[::ffff:0:127.0.0.1]", "[::127.0.0.1]"],
    "NAT64": ["[64:ff9b::7f00:1]", "[64:ff9b::169.254.169.254]", "[64:ff9b:1::10.0.0.1]"],
    "tunnels": ["[2002:7f00:1::]", "[2001:0:4136:e378:8000:63bf:80ff:fffe]"],
    "inside": ["[fe80::1]", "[fe80::1%25eth0]", "[fec0::1]", "[fd00:ec2::254]", "[ff02::1]"],
}
HOSTS = [pytest.param(host, id=f"{form} {host.encode('ascii', 'backslashreplace').decode()}")
         for form, hosts in WRITTEN.items() for host in hosts]  # fmt: skip
INSIDE = [
    "127.0.0.1", "10.0.0.1", "100.100.100.200", "169.254.169.254", "172.16.0.1", "192.168.0.1", "::1",
    "::ffff:127.0.0.1", "64:ff9b::a9fe:a9fe", "2002:a00:1::", "fd00:ec2::254", "fe80::1",
]  # fmt: skip
ANSWERS = [
    [address, *others] for address in INSIDE for others in ([], [PUBLIC], [PUBLIC, PUBLIC_6])
] + [[PUBLIC, address] for address in INSIDE]  # fmt: skip
NAMES = {"localhost": ["127.0.0.1", "::1"]}


@pytest.fixture
def contacted(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The addresses that any socket of this process was to be connected to."""
    asked: list[Any] = []

    def connect(_sock: socket.socket, address: Any) -> None:
        asked.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    return asked


@pytest.mark.parametrize("host", HOSTS)
def test_no_endpoint_is_made_for_an_address_inside_however_it_is_written(host: str) -> None:
    caller = Caller(names=NAMES)
    partner = caller.partner()

    code, problem = caller.call(f"POST /v1/partners/{partner}/endpoints", {"url": f"https://{host}/hook"})

    assert (code, list(caller.world.partners.endpoints())) == (422, [])
    assert "url" in str(problem)


@pytest.mark.parametrize("host", HOSTS)
def test_nothing_is_sent_to_an_address_inside_however_it_is_written(host: str, contacted: list[Any]) -> None:
    answer = HttpSender(FixedResolver(NAMES), seconds=5).post(f"https://{host}/hook", {}, b"{}")

    assert answer.outcome is Outcome.ADDRESS
    assert contacted == []


@pytest.mark.parametrize("addresses", ANSWERS, ids=" ".join)
def test_a_name_of_which_one_address_is_inside_is_refused_whole_by_both(
    addresses: list[str], contacted: list[Any]
) -> None:
    # given
    names = {"partner.example": addresses}
    caller = Caller(names=names)

    # when
    made, _ = caller.call(f"POST /v1/partners/{caller.partner()}/endpoints", {"url": "https://partner.example/"})
    answer = HttpSender(FixedResolver(names), seconds=5).post("https://partner.example/", {}, b"{}")

    # then
    assert (made, answer.outcome) == (422, Outcome.ADDRESS)
    assert contacted == []


def test_the_eye_on_connections_sees_one_to_a_public_address(contacted: list[Any]) -> None:
    HttpSender(FixedResolver({"partner.example": [PUBLIC]}), seconds=5).post("https://partner.example/", {}, b"{}")

    assert contacted == [(PUBLIC, 443)]


def test_an_endpoint_whose_name_leads_inside_later_gets_nothing_and_is_tried_again(contacted: list[Any]) -> None:
    # given: made while the name was public
    names = {"partner.example": [PUBLIC]}
    caller = Caller(names=names)
    caller.endpoint(caller.partner())
    names["partner.example"] = ["169.254.169.254"]
    caller.world.sender = Straight(HttpSender(FixedResolver(names), seconds=5))  # type: ignore[assignment]  # as deliver

    # when
    caller.world.publish()
    caller.world.deliver()

    # then
    (row,) = caller.world.rows()
    assert [attempt.outcome for attempt in row.attempts] == [Outcome.ADDRESS]
    assert row.next_attempt_at == caller.world.clock.now() + timedelta(seconds=5, milliseconds=row.attempts[0].ms)
    assert contacted == []


class Straight:
    """The world's sender that sends."""

    def __init__(self, sender: HttpSender) -> None:
        self._sender = sender

    def post(self, url: str, headers: dict[str, str], body: bytes) -> Answer:
        return self._sender.post(url, headers, body)


# --- what an answer may cost

GIGABYTE = 1_000_000_000
MOST_BYTES_HELD = 2_000_000


def pouring(start: bytes, drop: bytes) -> Speak:
    """A gigabyte, as fast as it is taken."""

    def speak(sock: socket.socket, over: threading.Event) -> None:
        sock.sendall(start)
        for _ in range(GIGABYTE // len(drop)):
            if over.is_set():
                return
            sock.sendall(drop)

    return speak


BOMB = gzip.compress(bytes(100_000_000), 1)


@pytest.mark.parametrize(
    ("speak", "outcome"),
    [
        (pouring(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % GIGABYTE, bytes(65536)), Outcome.DELIVERED),
        (pouring(b"HTTP/1.1 200 OK\r\n\r\n", bytes(65536)), Outcome.DELIVERED),
        (
            pouring(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3b9aca00\r\n", bytes(65536)),
            Outcome.DELIVERED,
        ),
        (pouring(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 9000), Outcome.DELIVERED),
        (pouring(b"HTTP/1.1 200 OK\r\nX: ", b"y" * 65536), Outcome.PROTOCOL),
        (status(200, "Content-Encoding: gzip", body=BOMB), Outcome.DELIVERED),
    ],
    ids=["with its length", "without", "one chunk", "tiny chunks", "one header", "gzip of 100 MB"],
)
def test_an_answer_of_any_size_costs_two_megabytes_at_most(speak: Speak, outcome: Outcome) -> None:
    sender = HttpSender(FixedResolver(), allow_loopback=True, seconds=60)
    with receiver(speak) as partner:
        sender.post(partner.url, {}, b"{}")  # what is imported and cached at the first call
        tracemalloc.start()
        try:
            answer = sender.post(partner.url, {}, b"{}")
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()

    assert (answer.outcome, len(answer.text) <= 500) == (outcome, True)
    assert peak < MOST_BYTES_HELD
