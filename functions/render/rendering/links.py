"""Where a story and a feed live: the caller decides, rendering only writes it down."""

from urllib.parse import urljoin

from slugline.model import Instant, Model


class FeedPage(Model):
    """A feed that has a story: its id, which is its folder below `feeds/`, and what people call it."""

    feed: str
    name: str

    @property
    def family(self) -> str:
        """`desks`, `subjects` or `authors`."""
        return self.feed.partition("/")[0]


class StoryLinks(Model):
    """Addresses of one story version, and its dates where the copy gives none: when the story and the version went out.

    `uri` names the story whatever its version or headline. `outputs` and `pictures` are absolute bases ending in `/`,
    for whoever holds an output elsewhere; the `page_` ones are what the page itself uses and may be relative: the
    default lets a folder with everything in it open from disk. `feeds` are those that the page links to.
    """

    uri: str
    canonical: str
    outputs: str
    pictures: str
    first_released: Instant
    released: Instant
    page_outputs: str = ""
    page_pictures: str = ""
    page_feeds: str = "feeds/"
    feeds: tuple[FeedPage, ...] = ()

    def of(self, family: str) -> tuple[FeedPage, ...]:
        """The feeds of one family."""
        return tuple(page for page in self.feeds if page.family == family)

    def page_of(self, feed: FeedPage) -> str:
        """The feed's index page, as the article page links to it."""
        return f"{self.page_feeds}{feed.feed}/index.html"

    def output(self, name: str) -> str:
        return urljoin(self.outputs, name)

    def picture(self, key: str) -> str:
        return urljoin(self.pictures, key)


class FeedLinks(Model):
    """What a feed says of itself. `home` is the page for people; `base`, ending in `/`, holds the feed's files.

    `msn` adds Microsoft's extensions to RSS, for a partner that asks for them. A feed that is not `public` names no
    address of its own, since each partner has another.
    """

    title: str
    description: str
    home: str
    base: str
    language: str
    msn: bool = False
    public: bool = True

    def output(self, name: str) -> str:
        return urljoin(self.base, name)

    def own(self, name: str) -> str | None:
        """Where this form of the feed is polled, if everybody may."""
        return self.output(name) if self.public else None
