"""What a webhook's URL may look like."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

HTTPS_PORT = 443
HTTP_PORT = 80
LONGEST = 2048
_CLEAN = re.compile(r"[!-\[\]-~]+")
_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")


class BadUrl(ValueError):  # noqa: N818 - reads as the finding it is
    """The URL is not one that webhooks go to; the message says what to change."""


@dataclass(frozen=True)
class Target:
    """Where a POST goes. `host` is ASCII (IDNA), without brackets; `path` carries the query."""

    tls: bool
    host: str
    port: int
    path: str

    @cached_property
    def origin(self) -> tuple[bool, str, int]:
        """What a connection belongs to."""
        return self.tls, self.host, self.port

    @cached_property
    def authority(self) -> str:
        """The Host header: the default port is left out (RFC 9110, section 7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (HTTPS_PORT if self.tls else HTTP_PORT) else f"{host}:{self.port}"


@lru_cache(maxsize=1024)
def target_of(url: str, *, allow_loopback: bool = False) -> Target:
    """The target that the URL names. Raises BadUrl.

    `allow_loopback` (the laptop) admits plain http and any port, for a host that names loopback itself.
    """
    if len(url) > LONGEST:
        raise BadUrl(f"The URL is longer than {LONGEST} characters.")
    host, port, tls, path = _parts(url)
    loopback = allow_loopback and _names_loopback(host)
    if not tls and not loopback:
        raise BadUrl("The URL must start with https://.")
    if port != HTTPS_PORT and not loopback:
        raise BadUrl("The port must be 443.")
    return Target(tls=tls, host=host, port=port, path=path)


def _parts(url: str) -> tuple[str, int, bool, str]:
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError as error:
        raise BadUrl(f"This is not a URL: {error}.") from error
    if split.scheme not in {"http", "https"} or not split.hostname:
        raise BadUrl("The URL must start with https:// and a host name.")
    if "@" in split.netloc or split.fragment or "#" in url:
        raise BadUrl("The URL must hold neither user name, password nor fragment.")
    path = (split.path or "/") + (f"?{split.query}" if split.query else "")
    if not _CLEAN.fullmatch(path) or url.strip() != url or any(ord(letter) <= ord(" ") for letter in url):
        raise BadUrl("Percent-encode spaces, backslashes and letters outside ASCII in the URL's path.")
    tls = split.scheme == "https"
    return _ascii_host(split.hostname), _port(port, tls=tls), tls, path


def _port(given: int | None, *, tls: bool) -> int:
    if given is not None:
        return given
    return HTTPS_PORT if tls else HTTP_PORT


def _ascii_host(host: str) -> str:
    if "%" in host:
        raise BadUrl(f"{host!r} holds an escape or a zone (%), which no public host does.")
    try:
        return str(ip_address(host))
    except ValueError:
        pass
    try:
        name = host.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError as error:
        raise BadUrl(f"{host!r} is not a host name: {error}.") from error
    labels = name.split(".")
    if not all(_NAME.fullmatch(label) for label in labels):
        raise BadUrl(f"{host!r} is not a host name.")
    # What ends in a number is an IPv4 address to one client and a name to another (WHATWG URL, "ends in a number").
    if labels[-1].isdigit() or labels[-1].startswith("0x"):
        raise BadUrl(f"Write the address {host!r} as four decimal numbers, or better, use a host name.")
    return name


def _names_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
