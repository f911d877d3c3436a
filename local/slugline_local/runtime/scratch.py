"""Where function processes unpack their code: thousands of small files, each time one starts."""

import os
import shutil
import tempfile
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it, with a name nobody knows before
_ROOM_BYTES = 2_000_000_000
"""About twenty processes of 100 MB."""
_AVAILABLE_KB = 6_000_000
"""Memory that a machine must have to spare before files are kept in it."""


def scratch_folder(otherwise: Path) -> Path:
    """A new folder in memory where the machine has plenty, which is several times faster; else below `otherwise`."""
    return Path(tempfile.mkdtemp(prefix="slugline-", dir=_MEMORY if _has_plenty() else otherwise))


def _has_plenty() -> bool:
    try:
        available = _available_kb(Path("/proc/meminfo").read_text(encoding="ascii"))
        return (
            available > _AVAILABLE_KB and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM_BYTES
        )
    except OSError:
        return False  # no Linux


def _available_kb(meminfo: str) -> int:
    values = dict(line.split(":", 1) for line in meminfo.splitlines() if ":" in line)
    return int(values.get("MemAvailable", "0 kB").split()[0])
