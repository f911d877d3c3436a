"""What a feed says of itself."""

from collections.abc import Sequence

from publishing.feed_names import shown
from rendering import PAGE, FeedLinks
from slugline.desk import DeskSettings
from slugline.feed import SITE, FeedEntry

FOLDER = "feeds/"
FRONT_PAGE = PAGE
"""The site's front page is the page of the feed of everything, at the root."""


def file_url(key: str, desk: DeskSettings) -> str:
    """The address of a feed's file, by its key."""
    return f"{desk.site_url}/{'' if key == FRONT_PAGE else key}"


def licence_of(feed: str, desk: DeskSettings) -> tuple[str, ...]:
    """The agencies whose pictures the feed shows; with any, the site must not have it."""
    family, _, name = feed.partition("/")
    return desk.products[name].licensed_agencies if family == "products" and name in desk.products else ()


def feed_links(feed: str, desk: DeskSettings, entries: Sequence[FeedEntry]) -> FeedLinks:
    """A feed's title and addresses. A subject or author is called as its newest story spells it."""
    family, _, name = feed.partition("/")
    own = desk.desks.get(name) if family == "desks" else None
    product = desk.products.get(name) if family == "products" else None
    spelled = next((entry.feed_name for entry in entries if entry.feed_name), name)
    called = shown(own.name if own else product.name if product else spelled) or name
    base = f"{desk.site_url}/{FOLDER}" if feed == SITE else f"{desk.site_url}/{FOLDER}{feed}/"
    return FeedLinks(
        title=desk.site_name if feed == SITE else f"{called} | {desk.site_name}",
        description=f"Latest stories from {desk.site_name}" + ("" if feed == SITE else f": {called}"),
        home=f"{desk.site_url}/" if feed == SITE else f"{base}{FRONT_PAGE}",
        base=base,
        language=(own.language if own else None) or desk.language,
        msn=bool(product and product.msn),
    )
