"""Which feeds have a story, and what each keeps of it."""

import hashlib
import re
import unicodedata

from rendering import StoryLinks, feed_entry
from rendering.characters import clean_story
from slugline.desk import DeskSettings, Product
from slugline.domain.event_pattern import explain
from slugline.domain.filter_event import filter_event
from slugline.feed import MOST_AUTHORS, MOST_SUBJECTS, SITE, SITEMAP, FeedEntry
from slugline.partners import EventType
from slugline.pictures import PictureManifest
from slugline.story import Story

_SLUG_LENGTH = 60
_NAME_LENGTH = 100


def entries_of(  # noqa: PLR0913 - all that a feed entry depends on
    story: Story, pictures: PictureManifest, links: StoryLinks, desk: DeskSettings, *, kind: EventType, key: str
) -> dict[str, FeedEntry]:
    """The story's entry in each feed that has it, by the feed's id. `key` is where its file was dropped."""
    entry = feed_entry(story, pictures, links)
    feeds = {SITE: entry}
    if name := desk.desk_of(key):
        feeds[f"desks/{name}"] = entry
    feeds |= _named(entry, clean_story(story))
    seen = filter_event(kind, story, desk)
    for name, product in desk.products.items():
        if explain(product.filter, seen).matches:
            licensed = _licensed(story, product)
            feeds[f"products/{name}"] = entry if licensed is story else feed_entry(licensed, pictures, links)
    feeds[f"{SITEMAP}{links.first_released:%Y-%m-%d}"] = _for_sitemap(entry)
    return feeds


def feed_slug(name: str) -> str:
    """A name for an address: readable, and never the same for two names that differ in more than case and blanks."""
    plain = " ".join(name.casefold().split())
    letters = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    slug = re.sub("[^a-z0-9]+", "-", letters).strip("-")
    if slug == plain.replace(" ", "-") and len(slug) <= _SLUG_LENGTH:
        return slug
    digest = hashlib.sha256(plain.encode()).hexdigest()[:8]
    return f"{slug[:_SLUG_LENGTH].strip('-')}-{digest}".lstrip("-")


def _named(entry: FeedEntry, story: Story) -> dict[str, FeedEntry]:
    subjects = [("subjects", subject.name) for subject in story.subjects[:MOST_SUBJECTS]]
    authors = [("authors", author.name) for author in story.authors[:MOST_AUTHORS]]
    return {
        f"{family}/{feed_slug(name)}": entry.model_copy(update={"feed_name": " ".join(name.split())[:_NAME_LENGTH]})
        for family, name in subjects + authors
        if name.strip()
    }


def _licensed(story: Story, product: Product) -> Story:
    """The story with the pictures that the product's licence covers free to be passed on."""

    def covered(agency: str | None) -> bool:
        names = product.licensed_agencies
        return agency is not None and ("*" in names or agency in names)

    freed = tuple(
        image.model_copy(update={"rights": image.rights.model_copy(update={"syndicate": True})})
        if not image.rights.syndicate and covered(image.rights.agency)
        else image
        for image in story.images
    )
    return story if freed == story.images else story.model_copy(update={"images": freed})


def _for_sitemap(entry: FeedEntry) -> FeedEntry:
    """What a sitemap says of a story, and no more: its day is read whole."""
    keep = ("id", "story_id", "version", "url", "headline", "language", "published", "updated", "released")
    return FeedEntry(**{name: getattr(entry, name) for name in keep})
