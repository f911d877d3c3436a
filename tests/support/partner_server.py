"""A partner's web server on localhost, as its developer wrote it: well, or with one fault."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from standardwebhooks import Webhook, WebhookVerificationError

LONGEST = 65_536
Headers = dict[str, str]
Judge = Callable[[Headers, bytes], int]
"""The status for a request; header names are in lower case."""


def good(secret: str) -> Judge:
    """Verifies with the official library, takes what it knows and ignores the rest, drops the stale."""
    seen: set[str] = set()
    sequences: dict[str, int] = {}

    def judge(headers: Headers, body: bytes) -> int:
        if len(body) > LONGEST:
            return 413
        try:
            message = Webhook(secret).verify(body, headers)
        except WebhookVerificationError:
            return 401
        except json.JSONDecodeError:
            return 400
        if headers["webhook-id"] not in seen and message["data"]["sequence"] > sequences.get(message["data"]["id"], 0):
            sequences[message["data"]["id"]] = message["data"]["sequence"]
        seen.add(headers["webhook-id"])
        return 204

    return judge


@contextmanager
def partner_server(
    judge: Judge,
    *answer_headers: tuple[str, str],
    says: Callable[[int], tuple[int, str]] = lambda status: (status, ""),
    takes_seconds: float = 0,
) -> Iterator[str]:
    """The URL of a server that answers with what `judge` says, or with status and body that `says` makes of that."""
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, text = says(judge({name.lower(): value for name, value in self.headers.items()}, body))
            over.wait(takes_seconds)
            self.send_response(status)
            for name, value in answer_headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's own name
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook"
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
