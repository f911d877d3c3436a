"""A partner on localhost: takes webhooks and verifies them with the Standard Webhooks library."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

_HOST = "127.0.0.1"


@dataclass(frozen=True)
class Received:
    """A webhook whose signature was right: its headers and its JSON."""

    headers: dict[str, str]
    payload: dict[str, Any]


@dataclass
class Receiver:
    """What came in so far. `secret` is the endpoint's, known once the endpoint is made."""

    url: str
    secret: str = ""
    verified: list[Received] = field(default_factory=list)
    refused: int = 0

    def take(self, headers: dict[str, str], body: bytes) -> int:
        """The status to answer with: 204 for a right signature, 401 for a wrong one."""
        try:
            payload = Webhook(self.secret).verify(body, headers)
        except WebhookVerificationError:
            self.refused += 1
            return 401
        self.verified.append(Received(headers, payload))
        return 204


@contextmanager
def receiver() -> Iterator[Receiver]:
    """A receiver on a free loopback port, as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(partner.take({name.lower(): value for name, value in self.headers.items()}, body))
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's own name
            """Say nothing: the terminal belongs to the demo."""

    with ThreadingHTTPServer((_HOST, 0), Handler) as server:
        partner = Receiver(url=f"http://{_HOST}:{server.server_port}/webhooks")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        thread.start()
        try:
            yield partner
        finally:
            server.shutdown()
