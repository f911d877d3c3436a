"""A desk or product that is new in the settings has its feeds before its first story, for partners to be given."""

from publishing.feed_links import FOLDER
from publishing.feeds import refresh_feeds
from publishing.services import PublishServices


class NewFeeds:
    """Remembers, for the container's life, which feeds have files: one listing for each desk and product, once."""

    def __init__(self, services: PublishServices) -> None:
        self._services = services
        self._known: set[str] = set()

    def write(self, correlation_id: str) -> None:
        """Write the files of those that have none. Raises ObjectChanged after many lost races."""
        desk = self._services.desk
        named = {f"desks/{name}" for name in desk.desks} | {f"products/{name}" for name in desk.products}
        unknown = sorted(named - self._known)
        if new := [feed for feed in unknown if not self._services.site.etags(f"{FOLDER}{feed}/")]:
            refresh_feeds(self._services, new, correlation_id, resumed=False)
        self._known |= named
