"""A story with every kind of part, its pictures and its addresses, as render gets them."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from rendering import FeedLinks, FeedPage, StoryLinks
from slugline.desk import DeskSettings
from slugline.pictures import Picture, PictureManifest, Rendition
from slugline.story import (
    Author,
    Block,
    BlockType,
    Dateline,
    Image,
    Notice,
    NoticeKind,
    Rights,
    Status,
    Story,
    Subject,
)

SITE = "https://news.example"


def renditions(name: str, width: int = 1600, height: int = 900) -> tuple[Rendition, ...]:
    kinds = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
    return tuple(
        Rendition(
            key=f"pictures/{name}-{size}.{suffix}",
            content_type=kind,
            width=size,
            height=size * height // width,
            bytes=size * 40,
        )
        for size in (320, 640, 1280)
        for suffix, kind in kinds.items()
    )


def sample_desk() -> DeskSettings:
    return DeskSettings(
        site_name="The Example Courier",
        site_url=SITE,
        time_zone="Europe/London",
        copyright_holder="Example Courier Ltd",
        licensing_url=f"{SITE}/licensing",
        rights_policy_url=f"{SITE}/rights",
    )


def sample_links() -> StoryLinks:
    return StoryLinks(
        uri=f"{SITE}/stories/harbour-1",
        canonical=f"{SITE}/articles/harbour-reopens-1.html",
        outputs=f"{SITE}/stories/harbour-1/v2/",
        pictures=f"{SITE}/stories/harbour-1/",
        page_outputs="/stories/harbour-1/v2/",
        page_pictures="/stories/harbour-1/",
        page_feeds="/feeds/",
        feeds=(
            FeedPage(feed="desks/coast", name="Coast"),
            FeedPage(feed="subjects/disaster", name="disaster"),
            FeedPage(feed="authors/ana-ruiz", name="Ana Ruiz"),
        ),
        first_released=datetime(2026, 3, 1, 9, 0, tzinfo=UTC),
        released=datetime(2026, 3, 1, 12, 0, tzinfo=UTC),
    )


def sample_feed_links() -> FeedLinks:
    return FeedLinks(
        title="The Example Courier",
        description="All stories",
        home=f"{SITE}/",
        base=f"{SITE}/feeds/all/",
        language="en",
    )


def sample_story() -> Story:
    """A story with every kind of part: its second picture may not go to partners, its third was not made."""
    return Story(
        id="harbour-1",
        version=2,
        headline="Harbour reopens after storm & flood",
        kicker="Coast",
        standfirst="Ferries return to the pier, though “two berths” stay shut.",
        slug="harbour-reopens",
        byline="By Ana Ruiz and Tom Lee",
        authors=(
            Author(name="Ana Ruiz", role="Reporter", bio="Ana Ruiz reports from the coast.", email="ana@news.example"),
            Author(name="Tom Lee"),
        ),
        dateline=Dateline(place="PORT ELLEN", date="March 1", source="Courier", text="PORT ELLEN, March 1 (Courier)"),
        language="en",
        published=datetime(2026, 3, 1, 10, 0, tzinfo=UTC),
        updated=datetime(2026, 3, 1, 11, 30, tzinfo=UTC),
        notices=(
            Notice(kind=NoticeKind.CORRECTION, text="An earlier version misstated the number of berths."),
            Notice(kind=NoticeKind.NOTE, text="Editors: adds quote in paragraph 3."),
        ),
        body=(
            Block(text="The harbour reopened on Sunday, officials said."),
            Block(type=BlockType.IMAGE, image="ferry"),
            Block(type=BlockType.SUBHEAD, text="What is open"),
            Block(type=BlockType.LIST_ITEM, text="The main pier"),
            Block(type=BlockType.LIST_ITEM, text="The fish market"),
            Block(text="Read the notice.", html='Read <a href="https://port.example/notice">the notice</a>.'),
            Block(type=BlockType.QUOTE, text="We are glad to be back."),
            Block(type=BlockType.IMAGE, image="storm"),
            Block(
                type=BlockType.TABLE,
                text="Berth Open\n1 yes",
                html="<table><thead><tr><th>Berth</th><th>Open</th></tr></thead>"
                "<tbody><tr><td>1</td><td>yes</td></tr></tbody></table>",
            ),
            Block(type=BlockType.IMAGE, image="lost"),
            Block(text="Two berths stay shut."),
        ),
        images=(
            Image(
                id="ferry",
                alt="A white ferry at a stone pier",
                caption="The first ferry arrives.",
                credit="Ana Ruiz / Courier",
                file="ferry.jpg",
                copyright="Example Courier Ltd",
                digital_source_type="digitalCapture",
            ),
            Image(
                id="storm",
                alt="Waves break over a wall",
                caption="The storm on Friday.",
                credit="John Doe / Getty Images",
                file="storm.jpg",
                rights=Rights(syndicate=False, agency="Getty Images", ground="credit names Getty Images"),
            ),
            Image(id="lost", alt="A closed berth", caption="Berth 4, closed.", credit="Handout", file="lost.jpg"),
        ),
        keywords=("harbour", "storm"),
        subjects=(Subject(name="disaster", uri="http://cv.iptc.org/newscodes/mediatopic/03000000"),),
    )


def sample_pictures() -> PictureManifest:
    return PictureManifest(
        story_id="harbour-1",
        version=2,
        pictures=(
            Picture(
                image="ferry", renditions=renditions("ferry"), placeholder="data:image/webp;base64,UklGRhoAAABXRUJQ"
            ),
            Picture(image="storm", renditions=renditions("storm", 1200, 1200)),
        ),
    )


def any_stories() -> st.SearchStrategy[Story]:
    """Stories of any text whatever in every field."""
    text = st.text(max_size=30) | st.sampled_from(
        ["]]>", "<script>alert(1)</script>", "'\"><b>", "{{ 7*7 }}", "\x00\x1b"]
    )
    maybe = st.none() | text
    moment = st.none() | st.datetimes(timezones=st.just(UTC), min_value=datetime(1970, 1, 1))  # noqa: DTZ001 - hypothesis adds the zone
    image = st.builds(
        Image,
        id=text,
        alt=maybe,
        caption=maybe,
        credit=maybe,
        copyright=maybe,
        byline=maybe,
        source=maybe,
        headline=maybe,
        usage_terms=maybe,
        digital_source_type=st.none() | st.just("digitalCapture"),
    )
    return st.builds(
        Story,
        id=text,
        version=st.integers(1, 9),
        status=st.sampled_from(Status),
        headline=text,
        kicker=maybe,
        standfirst=maybe,
        slug=text,
        byline=maybe,
        authors=st.lists(st.builds(Author, name=text, role=maybe, bio=maybe, email=maybe), max_size=3).map(tuple),
        dateline=st.none() | st.builds(Dateline, place=text, text=text, source=maybe),
        language=st.sampled_from(["en", "ar", "zh-Hant", "und", "de-CH", "", "x", "no language", "en_US"]),
        published=moment,
        updated=moment,
        embargo=moment,
        notices=st.lists(st.builds(Notice, kind=st.sampled_from(NoticeKind), text=text), max_size=3).map(tuple),
        body=st.lists(
            st.builds(Block, type=st.sampled_from(BlockType), text=text, html=maybe, image=maybe), max_size=5
        ).map(tuple),
        images=st.lists(image, max_size=3, unique_by=lambda made: made.id).map(tuple),
        keywords=st.lists(text, max_size=3).map(tuple),
        subjects=st.lists(st.builds(Subject, name=text, uri=maybe), max_size=3).map(tuple),
    )
