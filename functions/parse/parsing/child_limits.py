"""What the process of one document may take, as the kernel holds it to."""

import os
from math import ceil
from pathlib import Path

from parsing.limits import Limits


def restrict(limits: Limits, used: int | None) -> None:
    """Bound the child from within. The CPU limit stops one that outlives a killed parent; no core is dumped."""
    import resource  # noqa: PLC0415 - not on every platform that can import this module

    if used is not None:
        _lower(resource.RLIMIT_AS, used + limits.memory_bytes)
    _lower(resource.RLIMIT_CPU, ceil(limits.seconds) + 1)
    _lower(resource.RLIMIT_CORE, 0)


def _lower(which: int, to: int) -> None:
    import resource  # noqa: PLC0415 - as above

    _, hard = resource.getrlimit(which)
    bound = to if hard == resource.RLIM_INFINITY else min(to, hard)
    resource.setrlimit(which, (bound, bound))


def address_space() -> int | None:
    """Bytes of address space in use, or None where the system does not tell (macOS, which enforces no limit either)."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except OSError:
        return None
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
