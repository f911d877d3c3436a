"""A versioned bucket in memory, as far as S3's contract goes that the port states."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from slugline.ports.objects import Head, ObjectChanged, ObjectMissing, Stored


class MemoryStore:
    """Objects by key, the newest version last."""

    bucket = "memory"

    def __init__(self) -> None:
        self.objects: dict[str, list[Stored]] = {}
        self.reads = 0
        self.lists = 0
        self.puts: list[str] = []

    def get(self, key: str, version_id: str | None = None) -> Stored:
        self.reads += 1
        if not self.objects.get(key):
            raise ObjectMissing(key)
        return self.objects[key][-1 if version_id is None else int(version_id)]

    def head(self, key: str, version_id: str | None = None) -> Head:
        stored = self.get(key, version_id)
        return Head(size=len(stored.body), etag=stored.etag, metadata=stored.metadata)

    def put(self, key: str, body: bytes, *, content_type: str, **options: Any) -> None:
        there = self.etags("").get(key)
        if (options.get("if_match") or there) != there or (options.get("if_absent") and there):
            raise ObjectChanged(key)
        etag = f'"{hashlib.md5(body).hexdigest()}"'  # noqa: S324 - as S3 makes ETags
        self.puts.append(key)
        self.objects.setdefault(key, []).append(Stored(body, etag, content_type, options.get("metadata") or {}))

    def etags(self, prefix: str) -> dict[str, str]:
        self.lists += 1
        return {key: kept[-1].etag for key, kept in sorted(self.objects.items()) if key.startswith(prefix)}

    def keys(self, prefix: str) -> Iterator[str]:
        return iter(self.etags(prefix))

    def versions(self, key: str) -> Iterator[str]:
        return iter([str(number) for number in reversed(range(len(self.objects.get(key, []))))])

    def delete(self, keys: Iterable[str]) -> None:
        for key in keys:
            self.objects.pop(key, None)
