"""Uploads what is put into a folder, once it is complete."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import Change, watch

from slugline_local.explain import AWS_ERRORS

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_QUIET_MS = 500


@contextmanager
def watching(folder: Path, s3: "S3Client", bucket: str, tell: Callable[[str], None]) -> Iterator[None]:
    """As long as the block lasts, a file written below `folder` is uploaded under its path in it.

    A file is complete when it has not changed for half a second. Hidden files are left alone.
    """
    stop = threading.Event()
    thread = threading.Thread(target=_upload_changes, args=(folder, s3, bucket, tell, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=5)


def _upload_changes(
    folder: Path, s3: "S3Client", bucket: str, tell: Callable[[str], None], stop: threading.Event
) -> None:
    growing: set[Path] = set()
    base = folder.resolve()
    for changes in watch(
        base, stop_event=stop, step=_QUIET_MS, debounce=_QUIET_MS, rust_timeout=_QUIET_MS, yield_on_timeout=True
    ):
        changed = {Path(name) for kind, name in changes if kind != Change.deleted}
        complete = growing - changed
        growing = changed
        for path in sorted(complete):
            key = path.relative_to(base)
            if path.is_file() and not any(part.startswith(".") for part in key.parts):
                tell(_uploaded(path, key.as_posix(), s3, bucket))


def _uploaded(path: Path, key: str, s3: "S3Client", bucket: str) -> str:
    """What became of the file, in words: one that fails must not end the watch over the others."""
    try:
        s3.upload_file(str(path), bucket, key)
    except (OSError, *AWS_ERRORS) as error:
        return f"{key} could not be dropped: {error}"
    return f"dropped {key}"
