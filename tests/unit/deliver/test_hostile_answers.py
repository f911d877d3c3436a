"""Partners' servers that lie, stall, flood and talk out of turn, over sockets of localhost.

Whatever they do ends in time, costs bounded memory, is named for what it is, and touches no other message.
"""

import asyncio
import socket
import ssl
import struct
import threading

import pytest
import trustme
from tests.support.delivery_world import FixedResolver
from tests.support.receiver import receiver, saying, silent, status, trickling

from slugline.adapters.dns import SystemResolver
from slugline.deliveries import Outcome
from slugline.domain.delivery_states import Answer
from slugline.outbound.http_sender import HttpSender

PATIENCE = 0.4
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def posted(url: str, times: int = 1, seconds: float = 10.0, tls: ssl.SSLContext | None = None) -> list[Answer]:
    """One after the other, in one event loop, as the messages of one container are."""

    async def run() -> list[Answer]:
        names = {"127.0.0.1": ["127.0.0.1"], "localhost": ["127.0.0.1"]}
        client = HttpSender(FixedResolver(names), allow_loopback=True, seconds=seconds, tls=tls)
        answers = [await client.ask("POST", url, {"webhook-id": f"m{number}"}, b"{}") for number in range(times)]
        await client.close()
        return answers

    return asyncio.run(run())


def post(url: str, seconds: float = 10.0) -> Answer:
    (answer,) = posted(url, seconds=seconds)
    return answer


# --- stalling


@pytest.mark.parametrize(
    ("start", "drop"),
    [
        (b"", b"\r\n"),
        (b"HTTP/1.1 200 ", b"O"),
        (OK + b"X-", b"A"),
        (OK + b"X: ", b"b"),
        (OK + b"Content-Length: 9999\r\n\r\n", b"x"),
        (OK + b"\r\n", b"x"),
        (CHUNKED, b"0"),
        (CHUNKED + b"1;note=", b"y"),
        (CHUNKED + b"0\r\nTrailer: ", b"z"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"", b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"),
    ],
    ids=[
        "before the status line", "status line", "header name", "header value", "body", "body without length",
        "size of a chunk", "chunk extension", "trailer", "100 again and again", "103 again and again",
    ],
)  # fmt: skip
def test_no_way_of_stalling_outlasts_the_deadline(start: bytes, drop: bytes) -> None:
    with receiver(trickling(start, drop, pause=0.05)) as partner:
        answer = post(partner.url, seconds=PATIENCE)

    assert answer.outcome is Outcome.TIMEOUT


def test_a_handshake_that_never_ends_times_out() -> None:
    with receiver(silent) as plain:  # waits for the end of a request that is a TLS hello
        (answer,) = posted(plain.url.replace("http:", "https:"), seconds=PATIENCE)

    assert answer.outcome is Outcome.TIMEOUT


# --- flooding


@pytest.mark.parametrize(
    "flood",
    [
        b"HTTP/1.1 100 Continue\r\n\r\n",
        OK + b"".join(b"X-%d: y\r\n" % number for number in range(20_000)) + b"\r\n",
        OK + b"X: " + b"y" * 200_000 + b"\r\n\r\n",
        OK + b"X: y\r\n" + b" folded\r\n" * 20_000 + b"\r\n",
        CHUNKED + b"1;" + b"e" * 200_000 + b"\r\nx\r\n0\r\n\r\n",
        CHUNKED + b"0\r\n" + b"T: z\r\n" * 40_000 + b"\r\n",
    ],
    ids=["100 without end", "20,000 headers", "one long header", "folded lines", "chunk extension", "trailers"],
)
def test_no_flood_is_read_further_than_128_kib(flood: bytes) -> None:
    # given
    sent = 0

    def pour(sock: socket.socket, over: threading.Event) -> None:
        nonlocal sent
        while not over.is_set() and sent < 50_000_000:
            sent += sock.send(flood)

    # when
    with receiver(pour) as partner:
        answer = post(partner.url)

    # then: what was sent is in the buffers of the sockets, not with us
    assert answer.outcome in {Outcome.PROTOCOL, Outcome.DELIVERED}
    assert sent < 20_000_000


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "gzip, gzip"])
def test_packed_bodies_stay_packed(coding: str) -> None:
    with receiver(status(200, f"Content-Encoding: {coding}", body=b"\x1f\x8b\x08" + bytes(1000))) as partner:
        assert post(partner.url).outcome is Outcome.DELIVERED


# --- lying about the length


@pytest.mark.parametrize(
    "answer",
    [
        OK + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        OK + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        OK + b"Content-Length: -1\r\n\r\n",
        OK + b"Content-Length: 5, 5\r\n\r\nabcde",
        OK + b"Content-Length: 99999999999999999999999\r\n\r\nabc",
        CHUNKED + b"ffffffffffffffffffff\r\nx",
        CHUNKED + b"-1\r\nx\r\n",
        CHUNKED + b"zz\r\nx\r\n",
        OK + b"X\x00Y: z\r\n\r\n",
        b"HTTP/1.1 99999 OK\r\n\r\n",
        b"ICY 200 OK\r\n\r\n",
    ],
    ids=lambda answer: answer.decode("latin-1").replace("\r\n", " ")[:60],
)
def test_what_frames_itself_wrongly_is_no_answer(answer: bytes) -> None:
    with receiver(saying(answer)) as partner:
        assert post(partner.url).outcome is Outcome.PROTOCOL


@pytest.mark.parametrize(
    "answer",
    [
        OK + b"Content-Length: 10\r\n\r\nabc",
        CHUNKED + b"a\r\nabc",
        CHUNKED + b"3\r\nabc\r\n",
        OK + b"X: y\r\n",
    ],
    ids=["length", "chunk", "no last chunk", "headers"],
)
def test_an_answer_that_ends_before_its_length_is_not_delivered(answer: bytes) -> None:
    with receiver(saying(answer)) as partner:
        assert post(partner.url).outcome is Outcome.RESET


def test_a_body_whose_coding_is_not_chunked_ends_with_the_connection() -> None:
    with receiver(saying(OK + b"Transfer-Encoding: gzip\r\n\r\nabc")) as partner:
        assert post(partner.url).outcome is Outcome.DELIVERED


@pytest.mark.parametrize("after", [b"", OK, OK + b"Content-Length: 9\r\n\r\nabc"], ids=["nothing", "a line", "half"])
def test_a_reset_in_the_midst_is_a_reset(after: bytes) -> None:
    def reset(sock: socket.socket, _over: threading.Event) -> None:
        sock.sendall(after)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    with receiver(reset) as partner:
        assert post(partner.url).outcome is Outcome.RESET


# --- talking out of turn


@pytest.mark.parametrize(
    "more",
    [
        status_line + b"Content-Length: 6\r\n\r\nforged"
        for status_line in (b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 410 Gone\r\n", b"HTTP/1.1 100 Continue\r\n\r\n" + OK)
    ]
    + [OK, OK + b"Content-Length: 100\r\n\r\nhalf", b"junk", b"\x00" * 100],
    ids=["an answer", "a 410", "after 100", "half a head", "half a body", "junk", "zeros"],
)
def test_no_byte_behind_an_answer_is_read_as_an_answer(more: bytes) -> None:
    # given: a second answer on the heels of the first, on a connection that stays open
    true = b"HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\ntrue"
    with receiver(saying(true + more), status(500, body=b"own"), keeps_open=True) as partner:
        first, second = posted(partner.url, times=2)

    assert (first.status, first.text) == (503, "true")
    assert (second.status, second.text) == (500, "own")
    assert partner.connections == 2, "who talks out of turn is not listened to again"


def test_an_answer_that_comes_before_the_request_is_none() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_answer_at_once, args=(server,), daemon=True)
        thread.start()
        answers = posted(f"http://127.0.0.1:{server.getsockname()[1]}/", times=4, seconds=2)
        server.shutdown(socket.SHUT_RDWR)
        thread.join(timeout=5)

    # Where it comes just after the request, nobody can tell it from an answer; it never costs the deadline.
    assert {answer.outcome for answer in answers} <= {Outcome.RESET, Outcome.DELIVERED}


def _answer_at_once(server: socket.socket) -> None:
    while True:
        try:
            accepted, _ = server.accept()
        except OSError:
            return
        with accepted:
            accepted.sendall(OK + b"Content-Length: 0\r\n\r\n")
            accepted.recv(65536)


def test_an_answer_left_half_read_ends_its_connection() -> None:
    long = status(200, body=b"a" * 100_000)
    with receiver(long, status(500, body=b"own"), keeps_open=True) as partner:
        first, second = posted(partner.url, times=2)

    assert (first.outcome, second.status, second.text) == (Outcome.DELIVERED, 500, "own")
    assert partner.connections == 2


def test_an_attempt_that_timed_out_leaves_no_late_answer_to_the_next() -> None:
    # given: an answer that comes just after we have hung up
    def late(sock: socket.socket, over: threading.Event) -> None:
        over.wait(PATIENCE + 0.1)
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate")

    with receiver(late, status(500, body=b"own"), keeps_open=True) as partner:
        first, second = posted(partner.url, times=2, seconds=PATIENCE)

    assert first.outcome is Outcome.TIMEOUT
    assert second.text != "late"


def test_switching_protocols_is_a_failure() -> None:
    switch = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
    with receiver(saying(switch), status(200), keeps_open=True) as partner:
        first, _ = posted(partner.url, times=2)

    assert (first.outcome, first.status) == (Outcome.STATUS, 101)
    assert partner.connections == 2


# --- names and certificates


@pytest.mark.parametrize("name", ["other.example", "*.localhost", "127.0.0.1"])
def test_a_certificate_for_another_name_gets_no_byte_of_the_message(name: str) -> None:
    authority = trustme.CA()
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert(name).configure_cert(server)
    authority.configure_trust(client)

    with receiver(status(200), tls=server) as partner:
        (answer,) = posted(f"https://localhost:{partner.port}/", tls=client)

    assert (answer.outcome, partner.requests) == (Outcome.TLS, [])


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/latest/meta-data/", "http://[::1]/", "//10.0.0.1/", "file:///"]
)
def test_a_redirect_inside_leads_nowhere(target: str) -> None:
    with receiver(status(307, f"Location: {target}")) as partner:
        answer = post(partner.url)

    assert (answer.outcome, answer.status, len(partner.requests)) == (Outcome.STATUS, 307, 1)


def test_of_hundreds_of_addresses_eight_are_tried() -> None:
    names = {"localhost": [f"127.1.0.{number}" for number in range(1, 251)]}
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    sender = HttpSender(FixedResolver(names), allow_loopback=True, seconds=5)
    answer = sender.post(f"http://localhost:{port}/", {}, b"")

    assert answer.outcome is Outcome.CONNECT
    assert f"127.1.0.8 port {port}" in answer.text, "the last that was tried"


@pytest.mark.parametrize(
    "found",
    [
        [(socket.AF_INET, ("10.0.0.1", 0))],
        [(socket.AF_INET, ("93.184.215.14", 0)), (socket.AF_INET6, ("fe80::1%eth0", 0, 0, 2))],
        [(socket.AF_INET6, ("::ffff:10.0.0.1", 0, 0, 0))],
    ],
    ids=["an alias (CNAME) of a name inside", "a scope id", "mapped"],
)
def test_what_the_machines_resolver_says_is_judged_by_its_addresses(
    found: list[tuple[int, tuple[object, ...]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [(family, socket.SOCK_STREAM, 6, "inside.example", address) for family, address in found]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_named: entries)

    answer = HttpSender(SystemResolver(), seconds=5).post("https://partner.example/", {}, b"{}")

    assert answer.outcome is Outcome.ADDRESS
