"""The site bucket as a web site on loopback: what CloudFront does in AWS, for a browser on this machine.

Read only: a path is a key, with the object's own content type and cache headers.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_COPIED = {"CacheControl": "Cache-Control", "ContentEncoding": "Content-Encoding", "ETag": "ETag"}
_FROM_METADATA = ("content-security-policy", "link")
"""As the distribution sends them: MetadataHeadersFunction of template.yaml."""
_STATUS = {"304": 304, "NotModified": 304, "404": 404, "NoSuchKey": 404, "NoSuchBucket": 404}


@contextmanager
def site(s3: "S3Client", bucket: str, port: int) -> Iterator[None]:
    """Serves the bucket on 127.0.0.1:`port` as long as the block lasts."""

    class Handler(_Handler):
        client = s3
        name = bucket

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    client: "S3Client"
    name: str
    protocol_version = "HTTP/1.1"
    server_version = "Slugline"
    sys_version = ""

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's own name
        """Say nothing: the terminal belongs to the command."""

    def _answer(self, *, with_body: bool) -> None:
        key = unquote(urlsplit(self.path).path).lstrip("/") or "index.html"
        condition = self.headers.get("If-None-Match")
        try:
            extra = {"IfNoneMatch": condition} if condition else {}
            found = self.client.get_object(Bucket=self.name, Key=key, **extra)  # type: ignore[arg-type]  # all strings
        except ClientError as error:
            status = _STATUS.get(error.response["Error"]["Code"], 502)
            # A 304 repeats the ETag (https://www.rfc-editor.org/rfc/rfc9110#section-15.4.5).
            sent = error.response["ResponseMetadata"]["HTTPHeaders"]
            tag = {"ETag": sent["etag"]} if status == HTTPStatus.NOT_MODIFIED and "etag" in sent else {}
            self._send(status, b"", {"Content-Type": "text/plain"} | tag)
            return
        except BotoCoreError:
            self._send(502, b"", {"Content-Type": "text/plain"})
            return
        headers = {
            "Content-Type": found["ContentType"],
            "Last-Modified": formatdate(found["LastModified"].timestamp(), usegmt=True),
        }
        headers |= {name: str(found[field]) for field, name in _COPIED.items() if found.get(field)}  # type: ignore[literal-required]  # keys of _COPIED
        headers |= {name: found["Metadata"][name] for name in _FROM_METADATA if name in found["Metadata"]}
        self._send(200, found["Body"].read(), headers, with_body=with_body)

    def _send(self, status: int, body: bytes, headers: dict[str, str], *, with_body: bool = True) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)
