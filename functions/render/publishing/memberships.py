"""Which feeds have a story, and what each keeps of it."""

from publishing.feed_names import feed_slug, shown
from rendering import FeedPage, StoryLinks, feed_entry
from slugline.desk import DeskSettings
from slugline.domain.event_pattern import explain
from slugline.domain.filter_event import filter_event
from slugline.domain.licence import freed_agencies, licensed
from slugline.feed import MOST_AUTHORS, MOST_SUBJECTS, SITE, SITEMAP, FeedEntry
from slugline.partners import EventType
from slugline.pictures import PictureManifest
from slugline.story import Story


def entries_of(
    story: Story, pictures: PictureManifest, links: StoryLinks, desk: DeskSettings, *, kind: EventType
) -> dict[str, FeedEntry]:
    """The story's entry in each feed that has it, by the feed's id: those that the page links to, and products."""
    entry = feed_entry(story, pictures, links)
    feeds = {SITE: entry} | {page.feed: entry.model_copy(update={"feed_name": page.name}) for page in links.feeds}
    seen = filter_event(kind, story, desk)
    for name, product in desk.products.items():
        if explain(product.filter, seen).matches:
            agencies = tuple(sorted(freed_agencies(story, product.licensed_agencies)))
            own = feed_entry(licensed(story, agencies), pictures, links) if agencies else entry
            feeds[f"products/{name}"] = own.model_copy(update={"licensed_agencies": agencies})
    feeds[f"{SITEMAP}{links.first_released:%Y-%m-%d}"] = _for_sitemap(entry)
    return feeds


def feed_pages(story: Story, desk: DeskSettings, key: str) -> tuple[FeedPage, ...]:
    """The feeds of the story's desk, subjects and authors. `key` is where its file was dropped."""
    own = desk.desk_of(key)
    desks = [FeedPage(feed=f"desks/{own}", name=shown(desk.desks[own].name))] if own else []
    subjects = (("subjects", subject.name) for subject in story.subjects[:MOST_SUBJECTS])
    authors = (("authors", author.name) for author in story.authors[:MOST_AUTHORS])
    named = (
        FeedPage(feed=f"{family}/{slug}", name=shown(name))
        for family, name in (*subjects, *authors)
        if (slug := feed_slug(name))
    )
    return (*desks, *{page.feed: page for page in named}.values())


def _for_sitemap(entry: FeedEntry) -> FeedEntry:
    """What a sitemap says of a story, and no more: its day is read whole."""
    keep = ("id", "story_id", "version", "url", "headline", "language", "published", "updated", "released")
    return FeedEntry(**{name: getattr(entry, name) for name in keep})
