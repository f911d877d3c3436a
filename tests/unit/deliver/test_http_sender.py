"""One POST, over real sockets of localhost."""

import asyncio
import socket
import ssl
import struct
import threading

import pytest
import trustme
from tests.support.delivery_world import FixedResolver
from tests.support.receiver import Speak, receiver, saying, silent, status, trickling

from slugline.deliveries import Outcome
from slugline.domain.delivery_states import Answer
from slugline.outbound.http_sender import HttpSender

HEADERS = {"webhook-id": "msg_1", "Content-Type": "application/json"}
PATIENCE = 0.5


def sender(**options: object) -> HttpSender:
    names = {"127.0.0.1": ["127.0.0.1"], "localhost": ["127.0.0.1"]}
    given = {"allow_loopback": True, "seconds": 20.0} | options
    return HttpSender(FixedResolver(names), **given)  # type: ignore[arg-type]  # options of each test


def post(url: str, **options: object) -> Answer:
    return sender(**options).post(url, HEADERS, b'{"a":1}')


def test_the_request_is_the_given_bytes_with_host_and_length() -> None:
    with receiver(status(204)) as partner:
        post(partner.url)

    head, _, body = partner.requests[0].partition(b"\r\n\r\n")
    assert body == b'{"a":1}'
    assert head.split(b"\r\n") == [
        b"POST /hook?desk=city HTTP/1.1",
        f"Host: 127.0.0.1:{partner.port}".encode(),
        b"webhook-id: msg_1",
        b"Content-Type: application/json",
        b"Content-Length: 7",
    ]


@pytest.mark.parametrize("code", [200, 201, 202, 204, 299])
def test_any_2xx_is_delivered(code: int) -> None:
    with receiver(status(code)) as partner:
        answer = post(partner.url)

    assert (answer.outcome, answer.status) == (Outcome.DELIVERED, code)


@pytest.mark.parametrize("code", [400, 401, 404, 410, 429, 500, 502, 503, 504])
def test_any_other_status_is_a_failure_that_keeps_the_start_of_the_answer(code: int) -> None:
    with receiver(status(code, "Retry-After: 120", body=b"busy" * 1000)) as partner:
        answer = post(partner.url)

    assert (answer.outcome, answer.status, answer.retry_after) == (Outcome.STATUS, code, "120")
    assert answer.text == "busy" * 125


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_the_target_of_a_redirect_is_never_contacted(code: int) -> None:
    with receiver(status(200)) as elsewhere, receiver(status(code, f"Location: {elsewhere.url}")) as partner:
        answer = post(partner.url)

    assert (answer.outcome, answer.status) == (Outcome.STATUS, code)
    assert elsewhere.requests == []


@pytest.mark.parametrize("name", ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"])
def test_a_proxy_of_the_environment_is_ignored(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with receiver(status(502)) as proxy, receiver(status(200)) as partner:
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        answer = post(partner.url)

    assert answer.outcome is Outcome.DELIVERED
    assert proxy.requests == []


def test_a_server_that_takes_the_request_and_says_nothing_times_out() -> None:
    with receiver(silent) as partner:
        answer = post(partner.url, seconds=PATIENCE)

    assert answer.outcome is Outcome.TIMEOUT
    assert "0.5 s" in answer.text


@pytest.mark.parametrize(
    ("start", "drop"),
    [
        (b"HTTP/1.1 200 ", b"O"),
        (b"HTTP/1.1 200 OK\r\n", b"X-A: 1\r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    ],
    ids=["in the status line", "in the headers", "in the body", "in chunks"],
)
def test_the_deadline_holds_against_one_byte_at_a_time(start: bytes, drop: bytes) -> None:
    with receiver(trickling(start, drop, pause=0.05)) as partner:
        answer = post(partner.url, seconds=PATIENCE)

    assert answer.outcome is Outcome.TIMEOUT
    assert answer.ms >= PATIENCE * 1000


def test_a_name_that_is_not_resolved_in_time_times_out() -> None:
    class SlowResolver(FixedResolver):
        def resolve(self, host: str, timeout: float) -> tuple[str, ...]:
            raise TimeoutError(f"the name {host} was not resolved in time ({timeout <= PATIENCE})")

    answer = HttpSender(SlowResolver(), seconds=PATIENCE).post("https://partner.example/", HEADERS, b"")

    assert (answer.outcome, answer.text) == (
        Outcome.TIMEOUT,
        "the name partner.example was not resolved in time (True)",
    )


def test_an_endless_answer_is_read_to_64_kib_and_no_further() -> None:
    # given: more than all buffers on the way hold
    sent = []

    def pour(sock: socket.socket, over: threading.Event) -> None:
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
        while not over.is_set():
            sent.append(sock.send(bytes(65536)))

    # when
    with receiver(pour) as partner:
        answer = post(partner.url, seconds=10)

    # then
    assert answer.outcome is Outcome.DELIVERED
    assert sum(sent) < 100_000_000


def test_a_compressed_answer_is_not_unpacked() -> None:
    with receiver(status(200, "Content-Encoding: gzip", body=b"\x1f\x8b\x08")) as partner:
        answer = post(partner.url)

    assert answer.outcome is Outcome.DELIVERED
    assert b"accept-encoding" not in partner.requests[0].lower()


def test_a_connection_that_ends_before_the_answer_is_a_reset() -> None:
    with receiver(saying(b"")) as partner:
        answer = post(partner.url)

    assert answer.outcome is Outcome.RESET


def test_a_body_cut_short_is_not_delivered() -> None:
    def reset(sock: socket.socket, _over: threading.Event) -> None:
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    with receiver(reset) as partner:
        answer = post(partner.url)

    assert answer.outcome is Outcome.RESET


@pytest.mark.parametrize("nonsense", [b"SSH-2.0-OpenSSH_9.2\r\n\r\n", b"HTTP/1.1 twohundred OK\r\n\r\n"])
def test_an_answer_that_is_not_http_says_so(nonsense: bytes) -> None:
    with receiver(saying(nonsense)) as partner:
        answer = post(partner.url)

    assert answer.outcome is Outcome.PROTOCOL


def test_a_closed_port_is_a_refused_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    answer = post(f"http://127.0.0.1:{port}/")

    assert answer.outcome is Outcome.CONNECT
    assert f"127.0.0.1 port {port}" in answer.text


def test_a_name_without_address_is_a_dns_failure() -> None:
    assert post("https://nowhere.example/").outcome is Outcome.DNS


@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.169.254", "10.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_a_name_that_leads_inside_is_never_connected_to(address: str) -> None:
    resolver = FixedResolver({"partner.example": ["93.184.215.14", address]})

    answer = HttpSender(resolver, seconds=PATIENCE).post("https://partner.example/", HEADERS, b"")

    assert answer.outcome is Outcome.ADDRESS
    assert "not a public address" in answer.text


def test_the_name_is_resolved_once_so_that_it_cannot_be_rebound_between_check_and_connection() -> None:
    # given: the second answer would lead elsewhere
    class Rebinding(FixedResolver):
        def resolve(self, host: str, timeout: float) -> tuple[str, ...]:
            super().resolve(host, timeout)
            return ("127.0.0.1",) if len(self.asked) == 1 else ("169.254.169.254",)

    resolver = Rebinding({"localhost": []})
    with receiver(status(200)) as partner:
        answer = HttpSender(resolver, allow_loopback=True).post(f"http://localhost:{partner.port}/", HEADERS, b"")

    assert answer.outcome is Outcome.DELIVERED
    assert resolver.asked == ["localhost"]


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def server_context(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def client_context(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def test_tls_goes_to_the_vetted_address_under_the_original_name(authority: trustme.CA) -> None:
    # given
    asked = []
    context = server_context(authority, "localhost")
    context.sni_callback = lambda _sock, name, _context: asked.append(name)

    # when
    with receiver(status(200), tls=context) as partner:
        answer = post(f"https://localhost:{partner.port}/", tls=client_context(authority))

    # then
    assert answer.outcome is Outcome.DELIVERED
    assert asked == ["localhost"]
    assert f"Host: localhost:{partner.port}".encode() in partner.requests[0]


def test_a_certificate_for_another_name_is_refused(authority: trustme.CA) -> None:
    with receiver(status(200), tls=server_context(authority, "other.example")) as partner:
        answer = post(f"https://localhost:{partner.port}/", tls=client_context(authority))

    assert answer.outcome is Outcome.TLS
    assert "certificate" in answer.text
    assert partner.requests == []


def test_a_certificate_of_an_unknown_authority_is_refused(authority: trustme.CA) -> None:
    with receiver(status(200), tls=server_context(authority, "localhost")) as partner:
        answer = post(f"https://localhost:{partner.port}/")

    assert answer.outcome is Outcome.TLS
    assert partner.requests == []


def posted(times: int, url: str, client: HttpSender | None = None) -> list[Answer]:
    """One after the other, in one event loop."""

    async def run() -> list[Answer]:
        of = client or sender()
        answers = [await of.ask("POST", url, HEADERS, b"{}") for _ in range(times)]
        await of.close()
        return answers

    return asyncio.run(run())


def test_a_connection_serves_the_next_delivery_too() -> None:
    with receiver(status(200), keeps_open=True) as partner:
        answers = posted(3, partner.url)

    assert [answer.outcome for answer in answers] == [Outcome.DELIVERED] * 3
    assert (partner.connections, len(partner.requests)) == (1, 3)


def test_a_connection_that_the_partner_closed_meanwhile_is_replaced() -> None:
    with receiver(status(200)) as partner:
        answers = posted(3, partner.url)

    assert [answer.outcome for answer in answers] == [Outcome.DELIVERED] * 3
    assert partner.connections == 3


@pytest.mark.parametrize(
    "answer",
    [
        status(200, "Connection: close"),
        saying(b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"),
        status(200, body=bytes(100_000)),
    ],
    ids=["asked to close", "HTTP/1.0", "an answer not read to its end"],
)
def test_a_connection_that_cannot_be_used_again_is_not(answer: Speak) -> None:
    with receiver(answer, keeps_open=True) as partner:
        posted(2, partner.url)

    assert partner.connections == 2


def test_an_idle_connection_is_not_used_for_an_address_that_is_no_longer_vetted() -> None:
    # given: an open connection, and a name that leads inside the second time
    class Rebinding(FixedResolver):
        def resolve(self, host: str, timeout: float) -> tuple[str, ...]:
            super().resolve(host, timeout)
            return ("127.0.0.1",) if len(self.asked) == 1 else ("10.0.0.1",)

    client = HttpSender(Rebinding({"localhost": []}), allow_loopback=True, seconds=PATIENCE)

    # when
    with receiver(status(200), keeps_open=True) as partner:
        answers = posted(2, f"http://localhost:{partner.port}/", client)

    # then
    assert [answer.outcome for answer in answers] == [Outcome.DELIVERED, Outcome.ADDRESS]
    assert len(partner.requests) == 1


def test_an_interim_answer_is_not_the_answer() -> None:
    with receiver(saying(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n")) as partner:
        assert post(partner.url).status == 200


def test_headers_without_end_are_given_up() -> None:
    with receiver(trickling(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 4000, pause=0.0001)) as partner:
        answer = post(partner.url, seconds=10)

    assert answer.outcome is Outcome.PROTOCOL


def test_an_answer_without_length_ends_with_its_connection() -> None:
    with receiver(saying(b"HTTP/1.1 200 OK\r\n\r\nthanks")) as partner:
        answer = post(partner.url)

    assert (answer.outcome, answer.text) == (Outcome.DELIVERED, "thanks")


def test_a_get_has_no_body_and_no_length() -> None:
    with receiver(status(200, body=b"echo")) as partner:
        answer = sender().get(partner.url, {"Accept": "*/*"})

    assert partner.requests[0].split(b"\r\n")[0] == b"GET /hook?desk=city HTTP/1.1"
    assert b"content-length" not in partner.requests[0].lower()
    assert (answer.outcome, answer.text) == (Outcome.DELIVERED, "echo")


def test_the_answer_names_where_a_redirect_leads() -> None:
    with receiver(status(301, "Location: https://elsewhere.example/")) as partner:
        assert post(partner.url).location == "https://elsewhere.example/"
