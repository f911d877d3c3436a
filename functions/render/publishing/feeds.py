"""The feeds on the site equal the query over the table, however many renders write at once."""

from publishing.services import PublishServices
from rendering import FeedLinks, render_feeds
from slugline.ports.objects import ObjectChanged, ObjectMissing, ObjectStore, Stored
from slugline.site import REVALIDATED

FOLDER = "feeds/"
FRONT_PAGE = "index.html"
_RACES = 50


def refresh_feeds(services: PublishServices) -> None:
    """Write every feed anew from the table.

    The feeds are read before the table is, and written only over what was read: a write that loses the race to
    another render is repeated from a later query, so the last to write has seen every release. Raises ObjectChanged
    after many lost races, for the queue to try again.
    """
    for _ in range(_RACES):
        if _written(services):
            return
    raise ObjectChanged(FOLDER)


def _written(services: PublishServices) -> bool:
    links = _links(services)
    names = [output.name for output in render_feeds([], services.desk, links=links)]
    seen = {name: _read(services.site, _key(name)) for name in names}
    entries = services.stories.feed(services.desk.feed_length)
    written = True
    for output in render_feeds(entries, services.desk, links=links):
        before = seen[output.name]
        if before and before.body == output.body:
            continue
        try:
            services.site.put(
                _key(output.name),
                output.body,
                content_type=output.content_type,
                cache_control=REVALIDATED,
                if_match=before.etag if before else None,
                if_absent=before is None,
            )
        except ObjectChanged:
            written = False
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
