"""Rendering: every output of one story, its parts, the feeds, and the cold start, beside feedgen and Jinja alone.

    python bench/render.py [--runs 200] [--only feed-update]

The story has 1,000 words and three pictures in nine renditions each. Times are medians of wall time in milliseconds;
those of a feed update are of processor time, as it writes several feeds side by side.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent))

from feedgen.feed import FeedGenerator
from jinja2 import Environment, FileSystemLoader
from render_bench.feed_update import feed_update
from tests.support import render_sample

from rendering import feed_entry, render_feeds, render_story
from rendering.article import article_page
from rendering.edition import Edition
from rendering.environment import TEMPLATES
from rendering.feeds import atom, json_feed, rss
from rendering.formats import FORMATS
from slugline.feed import FeedEntry
from slugline.story import Block, BlockType, Image, Story

WORDS = (
    "The harbour reopened on Sunday after the storm, and officials said that two of its berths would stay shut for a "
    "week or more while the ferries return to the main pier. "
)
FEED = 500
ARCHIVES = (600, 6_000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--only", choices=["feed-update"])
    asked = parser.parse_args()
    if asked.only is None:
        stories_and_feeds(asked.runs)
    feed_updates()


def stories_and_feeds(runs: int) -> None:
    story, pictures = long_story(), render_sample.sample_pictures()
    desk, links, feed_links = (
        render_sample.sample_desk(),
        render_sample.sample_links(),
        render_sample.sample_feed_links(),
    )
    edition = Edition(story, pictures, desk, links)
    show("All outputs of a story", timed(lambda: render_story(story, pictures, desk, links=links), runs))
    show("  page", timed(lambda: article_page(edition), runs))
    show("  page's template in Jinja alone, of the same size", timed(jinja_alone(article_page(edition).body), runs))
    for made in FORMATS:
        show(f"  {made.name}", timed(lambda made=made: made.render(edition), runs))
    entry = feed_entry(story, pictures, links)
    entries = [entry.model_copy(update={"id": f"{entry.id}/{number}"}) for number in range(FEED)]
    few = max(3, runs // 20)
    show(f"A feed of {FEED}, every form", timed(lambda: render_feeds(entries, desk, links=feed_links), few))
    show("  RSS", timed(lambda: rss.render(entries, desk, feed_links), few))
    show("  Atom", timed(lambda: atom.render(entries, desk, feed_links), few))
    show("  JSON Feed", timed(lambda: json_feed.render(entries, desk, feed_links), few))
    show("  feedgen, RSS", timed(lambda: feedgen(entries).rss_str(pretty=True), 3))
    show("  feedgen, Atom", timed(lambda: feedgen(entries).atom_str(pretty=True), 3))
    show("Cold: import of rendering", cold("import rendering"))
    show("Cold: import to first story", cold(FIRST_STORY))
    show("Cold: pydantic alone", cold("import pydantic; pydantic.BaseModel"))


def feed_updates() -> None:
    """One story more in the site's and a desk's feed of 500 entries, and in the sitemaps, by the archive's size."""
    story, pictures, links = long_story(), render_sample.sample_pictures(), render_sample.sample_links()
    entry = feed_entry(story, pictures, links)
    desk = render_sample.sample_desk().model_copy(update={"feed_length": FEED})
    for archive in ARCHIVES:
        made = feed_update(entry, desk, archive, runs=5)
        show(
            f"Feed update, archive of {archive:,} stories",
            made.milliseconds,
            f"CPU; {made.calls} requests, {made.rows} "
            f"rows read, {made.files} files of {made.size / 1e6:.1f} MB written",
        )
    entries = [entry.model_copy(update={"id": f"{entry.id}/{number}"}) for number in range(FEED)]
    alone = timed(lambda: (feedgen(entries).rss_str(), feedgen(entries).atom_str()), 3, time.process_time)
    show("  feedgen, RSS and Atom of one such feed", alone, "CPU")


def long_story() -> Story:
    sample = render_sample.sample_story()
    block = Block(text=WORDS * 2)
    marked = Block(text=WORDS * 2, html=f'{WORDS}<a href="https://port.example/">{WORDS}</a>')
    body = [marked if number % 3 == 0 else block for number in range(16)]
    for place, image in ((3, "ferry"), (8, "storm"), (13, "lost")):
        body.insert(place, Block(type=BlockType.IMAGE, image=image))
    third = Image(id="lost", alt="A closed berth", caption="Berth 4, closed.", credit="Courier")
    return sample.model_copy(update={"body": tuple(body), "images": (*sample.images[:2], third)})


def timed(call: Callable[[], object], runs: int, clock: Callable[[], float] = time.perf_counter) -> float:
    call()
    samples = []
    for _ in range(runs):
        start = clock()
        call()
        samples.append(clock() - start)
    return statistics.median(samples) * 1000


FIRST_STORY = """

from rendering import render_story
from slugline.pictures import PictureManifest
from slugline.story import Block, Story
from rendering import StoryLinks
from slugline.desk import DeskSettings
from datetime import UTC, datetime
now = datetime(2026, 1, 1, tzinfo=UTC)
links = StoryLinks(uri="urn:x:1", canonical="https://a.example/1", outputs="https://a.example/", first_released=now,
                   pictures="https://a.example/", released=now)
render_story(Story(id="1", headline="One", body=(Block(text="Word " * 1000),)),
             PictureManifest(story_id="1", version=1), DeskSettings(), links=links)
"""


def cold(code: str) -> float:
    """Milliseconds within a fresh interpreter, from its first statement on: median of seven."""
    program = f"import time; start = time.perf_counter()\n{code}\nprint((time.perf_counter() - start) * 1000)"
    root = Path(__file__).parent.parent
    results = (
        subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)  # noqa: S603 - our own program
        for _ in range(7)
    )
    return statistics.median(float(result.stdout) for result in results)


def jinja_alone(page: bytes) -> Callable[[], object]:
    """The least a template engine does for such a page: one loop over ready strings, each escaped."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    template = environment.from_string("{% for line in lines %}{{ line }}\n{% endfor %}")
    lines = page.decode().splitlines()
    return lambda: template.render(lines=lines).encode()


def feedgen(entries: list[FeedEntry]) -> FeedGenerator:
    feed = FeedGenerator()
    feed.load_extension("media")
    feed.id("https://news.example/feeds/all/atom.xml")
    feed.title("All stories")
    feed.description("All stories")
    feed.link(href="https://news.example/", rel="alternate")
    for entry in entries:
        item = feed.add_entry(order="append")
        item.id(entry.id)
        item.title(entry.headline)
        item.link(href=entry.url)
        item.published(entry.published)
        item.updated(entry.updated)
        item.summary(entry.standfirst)
        item.content(entry.html, type="CDATA")
        for author in entry.authors:
            item.author(name=author.name)
        for keyword in entry.keywords:
            item.category(term=keyword)
        if entry.picture:
            full = entry.picture.full
            size = {"width": str(full.width), "height": str(full.height)}
            item.media.content({"url": full.url, "type": full.content_type, "medium": "image", **size})
    return feed


def show(what: str, milliseconds: float, more: str = "") -> None:
    print(f"{what:<52} {milliseconds:9.2f} ms {more}".rstrip())  # noqa: T201 - a bench prints its results


if __name__ == "__main__":
    main()
