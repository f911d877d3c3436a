"""One name for one content."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

_NOT_SOURCE = {"__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache"}


def source_files(folder: Path) -> list[Path]:
    """The files of a folder that belong to its source, in a stable order."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not _NOT_SOURCE.intersection(path.relative_to(folder).parts)
    )


def digest(files: Iterable[Path], base: Path, *more: str) -> str:
    """Hash of the files' names below `base` and of their bytes, and of `more`; 16 hexadecimal digits."""
    total = hashlib.sha256()
    for text in more:
        total.update(text.encode() + b"\0")
    for path in files:
        data = path.read_bytes()
        total.update(f"{path.relative_to(base).as_posix()}\0{len(data)}\0".encode())
        total.update(data)
    return total.hexdigest()[:16]
