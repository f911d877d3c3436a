"""The machine's resolver."""

import socket
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotInTime
from time import monotonic

from slugline.ports.resolver import Unresolvable

THREADS = 16
FRESH_SECONDS = 5.0
MOST_KNOWN = 10_000


class SystemResolver:
    """The port Resolver.

    `getaddrinfo` knows no timeout, so it runs in a thread that is left behind when it is late. An answer serves for
    `FRESH_SECONDS`: less than the life of any name's addresses, enough for a burst to one partner. It is no way round
    the vetting, which looks at the very addresses that are connected to.
    """

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="dns")
        self._known: dict[str, tuple[float, tuple[str, ...]]] = {}

    def resolve(self, host: str, timeout: float) -> tuple[str, ...]:
        if known := self.known(host):
            return known
        addresses = self._look_up(host, timeout)
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known[host] = (monotonic(), addresses)
        return addresses

    def known(self, host: str) -> tuple[str, ...] | None:
        known = self._known.get(host)
        return known[1] if known and monotonic() - known[0] < FRESH_SECONDS else None

    def _look_up(self, host: str, timeout: float) -> tuple[str, ...]:
        looked_up = self._threads.submit(socket.getaddrinfo, host, None, type=socket.SOCK_STREAM)
        try:
            found = looked_up.result(timeout)
        except NotInTime as error:
            raise TimeoutError(f"the name {host} was not resolved in time") from error
        except OSError as error:
            raise Unresolvable(f"the name {host} has no address: {error.strerror or error}") from error
        return tuple(dict.fromkeys(str(info[4][0]).partition("%")[0] for info in found))
