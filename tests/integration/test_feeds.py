"""Feeds of desks, subjects, authors and products; each equal to its query, whoever writes at once."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import etree
from tests.support.newsroom import Newsroom

from publishing.feed_files import FeedFiles
from publishing.feed_links import feed_links
from publishing.feeds import refresh_feeds
from rendering import Output, render_feeds
from slugline.desk import DeskSettings
from slugline.feed import SITE
from slugline.licensed_forms import feed_folder

WIRE = feed_folder("wire", ["AFP"])
MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
SETTINGS = {
    "desks": {"sport": {"name": "Sport desk", "folders": ["sport"]}},
    "products": {
        "football": {"name": "Football", "filter": {"keywords": ["football"]}, "msn": True},
        "wire": {"name": "Wire", "filter": {"language": ["en"]}, "licensed_agencies": ["AFP"]},
    },
}


def story(headline: str, *, author: str = "Ann Lee", keywords: str = "football", more: str = "") -> bytes:
    head = f"---\nid: one\nauthor: {author}\nkeywords: [{keywords}]\nlang: en\n---\n"
    return f"{head}# {headline}\n\nThe match was played on Monday in the rain. {more}\n".encode()


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    newsroom.s3.put_object(
        Bucket=newsroom.outputs["ArchiveBucket"], Key="desk/settings.json", Body=json.dumps(SETTINGS).encode()
    )
    newsroom.clock.advance(minutes=1)
    return newsroom


def titles(room: Newsroom, key: str) -> list[str]:
    return [str(title) for title in etree.fromstring(room.site(key)).xpath("//item/title/text()")]


def test_a_story_is_in_the_feeds_of_its_desk_author_and_products(room: Newsroom) -> None:
    room.drop("sport/a.md", story("Match won"))
    room.settle()

    for feed in ("", "desks/sport/", "authors/ann-lee/", "products/football/"):
        assert titles(room, f"feeds/{feed}rss.xml") == ["Match won"], feed
        assert "Match won" in room.site(f"feeds/{feed}index.html" if feed else "index.html").decode()
        assert json.loads(room.site(f"feeds/{feed}feed.json"))["items"][0]["title"] == "Match won"
        assert b"Match won" in room.site(f"feeds/{feed}atom.xml")
    assert b"<title>Sport desk | Slugline</title>" in room.site("feeds/desks/sport/rss.xml")
    assert b"<title>Ann Lee | Slugline</title>" in room.site("feeds/authors/ann-lee/rss.xml")


def test_a_desk_or_product_that_is_new_has_its_feeds_before_it_has_a_story(room: Newsroom) -> None:
    room.drop("culture/a.md", story("Play opens", keywords="theatre"))
    room.settle()

    for feed in ("desks/sport/", "products/football/"):
        assert titles(room, f"feeds/{feed}rss.xml") == []
        assert "Play opens" not in room.site(f"feeds/{feed}index.html").decode()
    assert b"<title>Sport desk | Slugline</title>" in room.site("feeds/desks/sport/rss.xml")


def test_a_desk_that_is_taken_out_of_the_settings_keeps_its_address_until_its_stories_change(room: Newsroom) -> None:
    room.drop("sport/a.md", story("Match won"))
    room.settle()
    room.s3.put_object(Bucket=room.outputs["ArchiveBucket"], Key="desk/settings.json", Body=b"{}")
    room.clock.advance(minutes=1)
    assert titles(room, "feeds/desks/sport/rss.xml") == ["Match won"]

    room.drop("sport/a.md", story("Match won after all"))
    room.settle()

    assert titles(room, "feeds/desks/sport/rss.xml") == []


def test_only_the_product_that_asks_for_it_has_microsoft_s_extensions(room: Newsroom) -> None:
    room.drop("a.md", story("Match won"))
    room.settle()

    assert b"dcterms:modified" in room.site("feeds/products/football/rss.xml")
    assert b"dcterms:modified" not in room.site("feeds/rss.xml")


def test_a_new_version_leaves_the_feeds_that_it_is_no_longer_about(room: Newsroom) -> None:
    room.drop("a.md", story("Match won"))
    room.settle()
    room.clock.advance(minutes=1)

    room.drop("a.md", story("Match won by Ulla", author="Ulla Berg", keywords="skiing"))
    room.settle()

    assert titles(room, "feeds/authors/ann-lee/rss.xml") == []
    assert titles(room, "feeds/products/football/rss.xml") == []
    assert titles(room, "feeds/authors/ulla-berg/rss.xml") == ["Match won by Ulla"]
    assert titles(room, "feeds/rss.xml") == ["Match won by Ulla"]


def test_a_withdrawal_is_a_tombstone_in_each_feed_and_gone_from_the_sitemaps(room: Newsroom) -> None:
    room.drop("sport/a.md", story("Match won"))
    room.settle()
    assert b"match-won" in room.site("feeds/sitemap-2026-11-23.xml")

    room.delete("sport/a.md")
    room.settle()

    for feed in ("", "desks/sport/", "authors/ann-lee/"):
        atom = room.site(f"feeds/{feed}atom.xml").decode()
        assert "deleted-entry" in atom, feed
        assert "Match won" not in atom
    for sitemap in ("sitemap-2026-11-23.xml", "sitemap-news.xml"):
        assert b"match-won" not in room.site(f"feeds/{sitemap}")


def test_a_story_published_again_is_back_in_its_feeds_without_a_tombstone(room: Newsroom) -> None:
    room.drop("sport/a.md", story("Match won"))
    room.settle()
    room.delete("sport/a.md")
    room.settle()
    room.clock.advance(minutes=1)

    room.drop("sport/a.md", story("Match won after all", author="Ulla Berg"))
    room.settle()

    assert titles(room, "feeds/desks/sport/rss.xml") == ["Match won after all"]
    assert b"deleted-entry" not in room.site("feeds/authors/ann-lee/atom.xml")


def drop_picture(room: Newsroom) -> None:
    """A story with a picture of AFP, as the photo itself says."""
    photo = Path(__file__).parents[1] / "samples" / "photo" / "airplane.jpg"
    room.drop("flight/plane.jpg", photo.read_bytes())
    room.drop("flight/a.md", story("Plane lands", more="\n\n![A plane](plane.jpg)\n*A plane. Photo: AFP*"))
    room.settle()


def test_a_product_s_licence_gives_it_a_picture_that_others_and_the_site_do_not_get(room: Newsroom) -> None:
    drop_picture(room)

    table, archive = room.services["render"].stories, room.services["render"].archive
    (public,), (licensed,) = table.feed(SITE, 5), table.feed("products/wire", 5)
    assert public.picture is None
    assert licensed.picture is not None
    assert b"media:content" in archive.read(f"{WIRE}rss.xml")
    assert b"media:content" not in room.site("feeds/rss.xml")
    assert room.site_keys("feeds/products/wire/") == []
    assert room.site_keys("feeds/products/football/")
    assert not any("products/wire" in entry["Detail"] for entry in room.calls.bus_events)


def test_a_feed_that_only_partners_get_names_no_address_of_its_own_and_no_hub(room: Newsroom) -> None:
    drop_picture(room)

    archive = room.services["render"].archive
    for name in ("rss.xml", "atom.xml", "feed.json"):
        text = archive.read(f"{WIRE}{name}").decode()
        assert "hub" not in text
        assert not re.search(r'rel="self"|feed_url', text)


def test_a_withdrawn_story_is_gone_from_the_product_s_feed(room: Newsroom) -> None:
    drop_picture(room)

    room.delete("flight/a.md")
    room.settle()

    assert b"Plane lands" not in room.services["render"].archive.read(f"{WIRE}rss.xml")


def test_a_product_s_feed_moves_when_its_licence_changes_and_shows_no_picture_beyond_it(room: Newsroom) -> None:
    def change(*agencies: str) -> None:
        wire = SETTINGS["products"]["wire"] | {"licensed_agencies": agencies}
        settings = SETTINGS | {"products": SETTINGS["products"] | {"wire": wire}}
        bucket = room.outputs["ArchiveBucket"]
        room.s3.put_object(Bucket=bucket, Key="desk/settings.json", Body=json.dumps(settings).encode())
        room.clock.advance(minutes=1)
        room.drop(f"b{room.clock.now():%H%M}.md", b"---\nlang: fr\n---\n# Pluie\n\nIl pleut sur la ville.\n")
        room.settle()

    drop_picture(room)
    change()
    on_the_site = room.site("feeds/products/wire/rss.xml")
    assert b"media:content" not in on_the_site
    assert b"Plane lands" not in on_the_site, "its row has the picture until the story's next version"

    change("AFP", "Reuters")
    assert room.site_keys("feeds/products/wire/") == []
    change("Reuters")
    archive = room.services["render"].archive
    keys = list(archive.keys("licensed/products/wire/"))
    assert {key.rpartition("/")[0] + "/" for key in keys} == {feed_folder("wire", ["Reuters"])}
    assert not any(b"Plane lands" in archive.read(key) for key in keys)


def test_dates_and_guids_stay_over_versions_and_feeds_untouched_keep_their_last_modified(room: Newsroom) -> None:
    room.drop("a.md", story("Match won"))
    room.settle()
    bucket = room.outputs["SiteBucket"]
    other = room.s3.head_object(Bucket=bucket, Key="feeds/authors/ann-lee/rss.xml")["LastModified"]
    before = etree.fromstring(room.site("feeds/rss.xml"))
    room.clock.advance(minutes=5)

    room.drop("b.md", b"---\nauthor: Ulla Berg\n---\n# Rain\n\nIt rained on Tuesday.\n")
    room.drop("a.md", story("Match won, corrected"))
    room.repeat_everything()
    room.settle()

    after = etree.fromstring(room.site("feeds/rss.xml"))
    for field in ("guid", "pubDate"):
        assert before.findtext(f"channel/item/{field}") in [item.findtext(field) for item in after.iter("item")]
    seen = room.site("feeds/authors/ulla-berg/rss.xml"), room.site("feeds/rss.xml")
    room.repeat_everything()
    room.settle()
    assert seen == (room.site("feeds/authors/ulla-berg/rss.xml"), room.site("feeds/rss.xml"))
    assert room.s3.head_object(Bucket=bucket, Key="feeds/authors/ann-lee/rss.xml")["LastModified"] >= other


def test_a_repeat_puts_no_feed_again(room: Newsroom) -> None:
    room.drop("sport/a.md", story("Match won"))
    room.settle()
    assert "feeds/rss.xml" in room.calls.put
    room.calls.restart()

    room.repeat_everything()
    room.settle()

    assert [key for key in room.calls.put if key.startswith("feeds/") or key == "index.html"] == []


def test_the_sitemap_index_names_every_day_and_a_day_its_stories(room: Newsroom) -> None:
    for day in range(4):
        room.drop(f"{day}.md", f"# Day {day}\n\nIt was a day.\n".encode())
        room.settle()
        room.clock.advance(days=1)

    index = etree.fromstring(room.site("feeds/sitemap.xml")).xpath("//s:loc/text()", namespaces=MAP)
    assert [str(address).rpartition("/")[2] for address in index] == [
        f"sitemap-2026-11-{day}.xml" for day in (23, 24, 25, 26)
    ]
    (story_of_day,) = etree.fromstring(room.site("feeds/sitemap-2026-11-24.xml")).xpath("//s:loc", namespaces=MAP)
    assert "day-1" in story_of_day.text
    news = etree.fromstring(room.site("feeds/sitemap-news.xml")).xpath("//s:loc/text()", namespaces=MAP)
    assert len(news) == 3, "the two days that end with the newest story"


def calls_of_a_publication(room: Newsroom, key: str) -> tuple[int, list[int]]:
    """The calls that render makes for one more story, and how many rows each query gave."""
    room.calls.restart()
    room.drop(key, f"# {key}\n\nIt was a day.\n".encode())
    room.settle()
    return room.calls.made["render"], list(room.calls.queried)


def test_a_feed_update_makes_as_many_calls_and_reads_as_many_rows_in_a_larger_archive(room: Newsroom) -> None:
    settings = SETTINGS | {"feed_length": 3}
    room.s3.put_object(
        Bucket=room.outputs["ArchiveBucket"], Key="desk/settings.json", Body=json.dumps(settings).encode()
    )
    for number in range(4):
        room.drop(f"old-{number}.md", f"# Old {number}\n\nIt was a day.\n".encode())
    room.settle()
    room.clock.advance(days=10)
    small, _ = calls_of_a_publication(room, "small.md")
    for number in range(8):
        room.drop(f"more-{number}.md", f"# More {number}\n\nIt was a day.\n".encode())
    room.settle()
    room.clock.advance(days=10)

    large, rows = calls_of_a_publication(room, "large.md")

    assert large == small
    assert max(rows) <= 3


def site_feed(room: Newsroom) -> bytes:
    """What the site's RSS has to be by the table."""
    services = room.services["render"]
    entries = services.stories.feed(SITE, services.desk.feed_length)
    links = feed_links(SITE, services.desk, entries)
    return next(o.body for o in render_feeds(entries, services.desk, links=links) if o.name == "rss.xml")


@pytest.mark.parametrize("overtaken_after", range(1, 16, 2))
def test_a_writer_overtaken_at_any_call_leaves_the_feeds_as_the_table_says(
    newsroom: Newsroom, overtaken_after: int
) -> None:
    room = newsroom
    room.drop("a.md", story("Match won"))
    room.settle()
    services = room.services["render"]

    def overtake() -> None:
        room.clock.advance(minutes=1)
        room.drop("b.md", b"# Rain\n\nIt rained on Tuesday.\n")
        room.settle()
        room.delete("b.md")
        room.settle()

    room.s3.delete_object(Bucket=room.outputs["SiteBucket"], Key="feeds/rss.xml")  # so that there is something to do
    room.calls.restart()
    room.calls.after("render", overtaken_after, overtake)
    with room.running("render"):
        refresh_feeds(services, [SITE], "late", resumed=False)

    assert room.site("feeds/rss.xml") == site_feed(room)


@pytest.mark.parametrize("order", [("B", "A"), ("A", "B"), ("B", "A", "B", "A")])
def test_a_file_that_is_back_at_an_etag_it_had_before_does_not_fool_a_late_writer(
    newsroom: Newsroom, order: tuple[str, ...]
) -> None:
    # given: the table says B when the late writer looks; then others write each of `order`, the table with them
    site = newsroom.services["render"].site
    table = {"now": "A"}
    files = FeedFiles(site, DeskSettings(), told_all=False)

    def render(seen: str) -> dict[str, Output]:
        return {"feed": Output("feed", "text/plain", seen.encode())}

    def there() -> dict[str, str]:
        return site.etags("feed")

    def settle_as(seen: str) -> None:
        table["now"] = seen
        files.settle(there, lambda: table["now"], render)

    settle_as("A")
    looked = False

    def look_late() -> str:
        nonlocal looked
        if looked:
            return table["now"]
        looked = True
        for value in order:
            settle_as(value)
        return "B"

    # when
    files.settle(there, look_late, render)

    # then
    assert site.get("feed").body.decode() == table["now"]


def test_twelve_stories_at_once_are_all_in_every_feed(room: Newsroom) -> None:
    room.calls.restart()
    pending = [f"sport/{number}.md" for number in range(12)]

    def another() -> None:
        if pending:
            room.calls.after("render", room.calls.made.get("render", 0) + 25, another)
            room.clock.moment += timedelta(seconds=1)
            key = pending.pop()
            room.drop(key, f"---\nauthor: Ann Lee\n---\n# Match {key[6:-3]}\n\nIt was played.\n".encode())
            room.settle()

    another()
    while pending:
        another()
    room.settle()

    for feed in ("", "desks/sport/", "authors/ann-lee/"):
        assert len(titles(room, f"feeds/{feed}rss.xml")) == 12, feed
    assert room.site("feeds/rss.xml") == site_feed(room)
