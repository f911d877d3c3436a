"""The feeds on the site equal the query over the table, however many renders write at once."""

from publishing.services import PublishServices
from rendering import FeedLinks, render_feeds
from slugline.events import FeedsUpdated, UpdatedFeed
from slugline.ports.objects import ObjectChanged, ObjectMissing, ObjectStore, Stored
from slugline.site import REVALIDATED, feed_metadata

FOLDER = "feeds/"
FRONT_PAGE = "index.html"
_RACES = 50
_EVENT_FEEDS = 200
"""Feeds named in one event, which with addresses of a kilobyte each stays under EventBridge's 256 KiB."""


def refresh_feeds(services: PublishServices, correlation_id: str) -> None:
    """Write every feed anew from the table, and tell of those that changed.

    The feeds are read before the table is, and written only over what was read: a write that loses the race to
    another render is repeated from a later query, so the last to write has seen every release. Raises ObjectChanged
    after many lost races, for the queue to try again.
    """
    changed: dict[str, UpdatedFeed] = {}
    try:
        for _ in range(_RACES):
            if _written(services, changed):
                return
        raise ObjectChanged(FOLDER)
    finally:
        _announce(services, tuple(changed.values()), correlation_id)


def _announce(services: PublishServices, changed: tuple[UpdatedFeed, ...], correlation_id: str) -> None:
    for start in range(0, len(changed), _EVENT_FEEDS):
        services.bus.publish(FeedsUpdated(feeds=changed[start : start + _EVENT_FEEDS]), correlation_id)


def _written(services: PublishServices, changed: dict[str, UpdatedFeed]) -> bool:
    """Write the feeds that differ, and add them to `changed`; False when another writer was first at one of them."""
    links = _links(services)
    names = [output.name for output in render_feeds([], services.desk, links=links)]
    seen = {name: _read(services.site, _key(name)) for name in names}
    entries = services.stories.feed(services.desk.feed_length)
    written = True
    for output in render_feeds(entries, services.desk, links=links):
        before = seen[output.name]
        if before and before.body == output.body:
            continue
        key = _key(output.name)
        url = links.home if output.name == FRONT_PAGE else links.output(output.name)
        try:
            services.site.put(
                key,
                output.body,
                content_type=output.content_type,
                cache_control=REVALIDATED,
                metadata=feed_metadata(services.desk.hub_url, url),
                if_match=before.etag if before else None,
                if_absent=before is None,
            )
        except ObjectChanged:
            written = False
            continue
        changed[key] = UpdatedFeed(key=key, url=url, content_type=output.content_type)
    return written


def _key(name: str) -> str:
    """The feed's page for people is the site's front page."""
    return name if name == FRONT_PAGE else FOLDER + name


def _read(site: ObjectStore, key: str) -> Stored | None:
    try:
        return site.get(key)
    except ObjectMissing:
        return None


def _links(services: PublishServices) -> FeedLinks:
    desk = services.desk
    return FeedLinks(
        title=desk.site_name,
        description=f"Latest stories from {desk.site_name}",
        home=f"{desk.site_url}/",
        base=f"{desk.site_url}/{FOLDER}",
        language=desk.language,
    )
