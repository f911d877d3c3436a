"""Where things lie in the site bucket.

articles/<slug>-<id>.html        the article page: the pointer that says which version readers see
stories/<id>/v<version>/…        the other outputs of a version; never changed once written
stories/<id>/v<version>/pictures the pictures of all versions from this one, the first or the first after a withdrawal
feeds/…                          the feeds
"""

import re

from slugline.ports.objects import ObjectChanged, ObjectMissing, ObjectStore

IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATED = "public, max-age=30, must-revalidate"
PICTURES = "pictures/"
"""The folder of pictures, below the one of a version."""
_VERSION = re.compile(r"^[a-z]+/[^/]+/v(\d+)/")
_RACES = 50


def feed_metadata(hub_url: str | None, url: str) -> dict[str, str]:
    """The metadata of a feed's object: the Link header that WebSub asks for, which the distribution sends from it."""
    hub = f'<{hub_url}>; rel="hub", ' if hub_url else ""
    return {"link": f'{hub}<{url}>; rel="self"'}


def page_metadata(policy: str | None) -> dict[str, str]:
    """The metadata of a page's object: its Content-Security-Policy, which the distribution sends as a header.

    A page cannot forbid by its meta element to be framed, so that is added here.
    """
    return {"content-security-policy": f"{policy}; frame-ancestors 'self'"} if policy else {}


def folder(story_id: str, version: int) -> str:
    """The folder of a story version, with its slash."""
    return f"stories/{story_id}/v{version}/"


def sweep(bucket: ObjectStore, story_id: str, up_to: int, *, below: str = "stories") -> None:
    """Delete the outputs of all versions up to this one."""
    keys = bucket.keys(f"{below}/{story_id}/")
    bucket.delete([key for key in keys if (found := _VERSION.match(key)) and int(found[1]) <= up_to])


def switch(  # noqa: PLR0913 - what the page is, and of which version
    site: ObjectStore, path: str, page: bytes, story_id: str, version: int, *, policy: str | None = None
) -> bool:
    """Make the article page show this version; False when it shows a newer one already.

    Compare-and-set on the page's own version, so that it never goes backwards whoever comes last.
    """
    for _ in range(_RACES):
        try:
            seen = site.head(path)
        except ObjectMissing:
            seen = None
        if seen and int(seen.metadata.get("version", "0")) > version:
            return False
        try:
            site.put(
                path,
                page,
                content_type="text/html; charset=utf-8",
                cache_control=REVALIDATED,
                metadata={"story": story_id, "version": str(version)} | page_metadata(policy),
                if_match=seen.etag if seen else None,
                if_absent=seen is None,
            )
        except ObjectChanged:
            continue
        return True
    raise ObjectChanged(path)
