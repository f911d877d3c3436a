"""Files that many writers keep equal to what they are made of."""

import hashlib
from collections.abc import Callable, Iterable
from typing import TypeVar

from publishing.feed_links import file_url
from rendering import Output, render_empty_sitemap
from slugline.desk import DeskSettings
from slugline.ports.objects import ObjectChanged, ObjectMissing, ObjectStore
from slugline.site import REVALIDATED, feed_metadata, page_metadata

_RACES = 50
Seen = TypeVar("Seen")


class FeedFiles:
    """Files of a bucket, mostly the site; `told_all` has `settle` give those that needed no writing too."""

    def __init__(self, site: ObjectStore, desk: DeskSettings, *, told_all: bool) -> None:
        self._site = site
        self._desk = desk
        self.told_all = told_all

    def settle(
        self, there: Callable[[], dict[str, str]], look: Callable[[], Seen], render: Callable[[Seen], dict[str, Output]]
    ) -> dict[str, Output]:
        """Write the files that `render` makes of what `look` sees, until it still sees the same; gives the written.

        The files' ETags (`there`) are read before anything else, and files are written only over those, so a writer
        that is overtaken starts anew. A file may be back at an ETag that it had before, and a late write go through
        (A-B-A): its writer then sees something else than before, and writes again. A file that has the right bytes is
        left alone, so that its Last-Modified is true. Raises ObjectChanged after many lost races.
        """
        written: dict[str, Output] = {}
        for _ in range(_RACES):
            etags = there()
            seen = look()
            outputs = render(seen) | {}
            outputs |= {key: render_empty_sitemap(key) for key in etags if _is_spare(key, outputs)}
            wanted = {key: output for key, output in outputs.items() if etags.get(key) != _etag(output.body)}
            lost = {key for key, output in wanted.items() if not self._put(key, output, etags.get(key))}
            told = outputs if self.told_all else wanted
            written |= {key: output for key, output in told.items() if key not in lost}
            if not lost and (not wanted or look() == seen):
                return written
        raise ObjectChanged(next(iter(written), ""))

    def _put(self, key: str, output: Output, etag: str | None) -> bool:
        """False when another writer was first."""
        try:
            self._site.put(
                key,
                output.body,
                content_type=output.content_type,
                cache_control=REVALIDATED,
                metadata=feed_metadata(self._desk.hub_url, file_url(key, self._desk)) | page_metadata(output.policy),
                if_match=etag,
                if_absent=etag is None,
            )
        except ObjectChanged:
            return False
        return True


def etags_of(site: ObjectStore, keys: Iterable[str]) -> dict[str, str]:
    """The ETags of those of the files that are there."""
    found = {}
    for key in keys:
        try:
            found[key] = site.head(key).etag
        except ObjectMissing:
            continue
    return found


def _is_spare(key: str, outputs: dict[str, Output]) -> bool:
    """A numbered part of a sitemap that is needed no more: emptied, as a withdrawn story must not stay in it."""
    return key not in outputs and key.rpartition("/")[2].startswith("sitemap")


def _etag(body: bytes) -> str:
    """As S3 makes it of an object put whole and not encrypted by KMS; were it another, files would be put too often.

    https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
    """
    return f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'
