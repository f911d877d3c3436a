"""The machine's resolver."""

import socket
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotInTime

from slugline.ports.resolver import Unresolvable

THREADS = 16


class SystemResolver:
    """The port Resolver. `getaddrinfo` knows no timeout, so it runs in a thread that is left behind when it is late."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="dns")

    def resolve(self, host: str, timeout: float) -> list[str]:
        looked_up = self._threads.submit(socket.getaddrinfo, host, None, type=socket.SOCK_STREAM)
        try:
            found = looked_up.result(timeout)
        except NotInTime as error:
            raise TimeoutError(f"the name {host} was not resolved in time") from error
        except OSError as error:
            raise Unresolvable(f"the name {host} has no address: {error.strerror or error}") from error
        return list(dict.fromkeys(str(info[4][0]).partition("%")[0] for info in found))
