"""A story as the feeds need it: one row of the table per released story."""

from slugline.model import Instant, Model


class FeedEntry(Model):
    """What feeds say of a story."""

    story_id: str
    version: int
    url: str
    headline: str
    published: Instant
    updated: Instant
