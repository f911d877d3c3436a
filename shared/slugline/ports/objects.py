"""Object storage, as one bucket."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol


class ObjectMissing(Exception):  # noqa: N818 - a state of the store, expected by callers
    """There is no such object (any more)."""


class ObjectChanged(Exception):  # noqa: N818 - a state of the store, expected by callers
    """A conditional write lost to another writer: read again and decide anew."""


@dataclass(frozen=True)
class Stored:
    """An object as read. `metadata` is the user metadata (`x-amz-meta-*`)."""

    body: bytes
    etag: str
    content_type: str = "application/octet-stream"
    metadata: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Head:
    """An object's facts without its body."""

    size: int
    etag: str
    metadata: dict[str, str] = field(default_factory=dict)


class ObjectStore(Protocol):
    """One bucket."""

    @property
    def bucket(self) -> str: ...

    def get(self, key: str, version_id: str | None = None) -> Stored:
        """Raises ObjectMissing."""
        ...

    def head(self, key: str, version_id: str | None = None) -> Head:
        """Raises ObjectMissing."""
        ...

    def put(  # noqa: PLR0913 - S3's own parameters, all but two optional and by keyword
        self,
        key: str,
        body: bytes,
        *,
        content_type: str,
        cache_control: str | None = None,
        metadata: dict[str, str] | None = None,
        if_match: str | None = None,
        if_absent: bool = False,
    ) -> None:
        """Raises ObjectChanged when `if_match` names another ETag than the object's, or `if_absent` and it exists."""
        ...

    def copy_in(self, source: "ObjectStore", source_key: str, key: str) -> None:
        """Copy an object of another bucket, with its type and headers. Raises ObjectMissing."""
        ...

    def keys(self, prefix: str) -> Iterator[str]:
        """All keys below the prefix, in order."""
        ...

    def etags(self, prefix: str) -> dict[str, str]:
        """The ETag of each object below the prefix, by its key, as S3 writes them: in quotes."""
        ...

    def versions(self, key: str) -> Iterator[str]:
        """The ids of the object's versions, newest first; deletions are none."""
        ...

    def delete(self, keys: Iterable[str]) -> None:
        """Deletes what is there of them."""
        ...
