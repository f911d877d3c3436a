"""A desk or product that is new in the settings has its feeds before its first story, for partners to be given."""

from publishing.feed_links import FOLDER, licence_of
from publishing.feeds import refresh_feeds
from publishing.services import PublishServices
from slugline.licensed_forms import PRODUCTS, feed_folder


class NewFeeds:
    """Remembers, for the container's life, which feeds have files, and where: one listing for each desk and product.

    A product whose licence changes moves with the next story that is published.
    """

    def __init__(self, services: PublishServices) -> None:
        self._services = services
        self._known: set[tuple[str, tuple[str, ...]]] = set()

    def write(self, correlation_id: str) -> None:
        """Write the files of those that have none. Raises ObjectChanged after many lost races."""
        desk = self._services.desk
        named = {f"desks/{name}" for name in desk.desks} | {f"products/{name}" for name in desk.products}
        placed = {(feed, licence_of(feed, desk)) for feed in named}
        new = [feed for feed, licence in sorted(placed - self._known) if self._is_misplaced(feed, licence)]
        if new:
            refresh_feeds(self._services, new, correlation_id, resumed=False)
        self._known |= placed

    def _is_misplaced(self, feed: str, licence: tuple[str, ...]) -> bool:
        """Whether its files are not there, or are still on the site although it needs a licence now."""
        public = bool(self._services.site.etags(f"{FOLDER}{feed}/"))
        if not licence:
            return not public
        return public or not self._services.archive.etags(feed_folder(feed.removeprefix(PRODUCTS), licence))
