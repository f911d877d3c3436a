"""One HTTP/1.1 connection: a request, then its answer."""

import asyncio
from asyncio import Future
from typing import cast

import httptools

LONGEST_ANSWER = 64 * 1024
"""Bytes of a body that are read; a longer answer counts by its status, and its connection is given up."""
LONGEST_HEAD = 64 * 1024

_NO_BODY = frozenset({204, 304})
_FIRST_FINAL_STATUS = 200
_SWITCHING = 101


class NotHttp(Exception):  # noqa: N818 - reads as the outcome it is
    """What came back is no HTTP/1.1 answer."""


class Response:
    """The start of an answer. `headers` holds the names in lower case, the last of each; `complete` unless cut."""

    __slots__ = ("body", "complete", "headers", "status")

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[bytes, bytes] = {}
        self.body = b""
        self.complete = True


class Connection(asyncio.Protocol):
    """An open connection. Bytes come from the event loop, and go through llhttp, the parser of Node."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport
        self.heard = False
        """Whether any byte of the present answer has come."""
        self.reusable = True
        self._waiter: Future[Response] | None = None
        self._response = Response()
        self._parser = httptools.HttpResponseParser(self)
        self._received = 0
        self._has_head = False
        self._ends_with_connection = False

    def ask(self, request: bytes) -> "Future[Response]":
        """Send the request. The future raises NotHttp, or OSError when the connection ends before the answer does.

        Raises ConnectionResetError if it has ended already.
        """
        self.heard = False
        if self.transport.is_closing():
            raise ConnectionResetError("it was closed, or talked before it was asked")
        self._waiter = asyncio.get_running_loop().create_future()
        self._response = Response()
        self._parser = httptools.HttpResponseParser(self)
        self._received = 0
        self._has_head = self._ends_with_connection = False
        self.transport.write(request)
        return self._waiter

    def close(self) -> None:
        """Give the connection up, whatever is still on its way."""
        self.reusable = False
        self.transport.abort()

    # --- what the event loop calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        if self._waiter is None:
            self.close()  # It talks out of turn.
            return
        self.heard = True
        self._received += len(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._finish(complete=False)
        except httptools.HttpParserError as error:
            if self._waiter is None:
                self.close()  # Behind the answer came what is none.
            self._fail(NotHttp(str(error)))
        # Chunk sizes and headers are no body, and would be read without end.
        if self._waiter and self._received > LONGEST_ANSWER + LONGEST_HEAD:
            if self._has_head:
                self._finish(complete=False)
            else:
                self._fail(NotHttp(f"the headers are longer than {LONGEST_HEAD} bytes"))

    def connection_lost(self, error: Exception | None) -> None:
        self.reusable = False
        if self._has_head and self._ends_with_connection and error is None:
            self._finish(complete=True)
        elif isinstance(error, OSError):
            self._fail(error)
        else:
            self._fail(ConnectionResetError("it was closed"))

    # --- what the parser calls

    def on_message_begin(self) -> None:
        if self._waiter is None:
            self.close()  # A second answer behind the first, which nobody asked for.

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._waiter:
            self._response.headers[name.lower()] = value

    def on_headers_complete(self) -> None:
        if self._waiter is None:
            return
        headers, self._response.status = self._response.headers, self._parser.get_status_code()
        # A body whose last coding is not "chunked" ends with its connection (RFC 9112, section 6.3).
        chunked = headers.get(b"transfer-encoding", b"").lower().endswith(b"chunked")
        framed = b"content-length" in headers or chunked
        self._has_head = self._response.status >= _FIRST_FINAL_STATUS
        self._ends_with_connection = not framed and self._response.status not in _NO_BODY
        if self._ends_with_connection or not self._parser.should_keep_alive():
            self.reusable = False

    def on_body(self, data: bytes) -> None:
        if self._waiter is None:
            return
        self._response.body += data
        if len(self._response.body) >= LONGEST_ANSWER:
            self._finish(complete=False)

    def on_message_complete(self) -> None:
        if self._waiter is None:
            return
        if self._response.status < _FIRST_FINAL_STATUS and self._response.status != _SWITCHING:
            self._response = Response()  # An interim answer, such as 100 or 103: the final one follows.
            self.reusable = True
            return
        self._finish(complete=True)

    def _finish(self, *, complete: bool) -> None:
        if self._waiter is None:
            return
        waiter, self._waiter = self._waiter, None
        self._response.complete = complete
        if not complete or not self.reusable or self.transport.get_write_buffer_size():
            self.close()
        if not waiter.done():
            waiter.set_result(self._response)

    def _fail(self, error: Exception) -> None:
        if self._waiter is None:
            return
        waiter, self._waiter = self._waiter, None
        self.close()
        if not waiter.done():
            waiter.set_exception(error)
