"""Dates of a story and how people read them."""

import logging
from datetime import UTC, datetime, tzinfo
from email.utils import format_datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rendering.labels import Labels
from rendering.links import StoryLinks
from slugline.model import rfc3339
from slugline.story import Story

_log = logging.getLogger(__name__)
__all__ = ["first_published", "for_people", "last_updated", "rfc822", "rfc3339"]


def first_published(story: Story, links: StoryLinks) -> datetime:
    """The copy's own date, else when the story first went out."""
    return story.published or links.first_released


def last_updated(story: Story, links: StoryLinks) -> datetime:
    """The copy's own date, else when this version went out; never before the first publication."""
    published = first_published(story, links)
    updated = story.updated or (links.released if story.version > 1 else published)
    return max(updated, published)


def for_people(moment: datetime, labels: Labels, time_zone: str) -> str:
    """Such as `23 November 2026, 14:05 GMT`, in the newsroom's zone."""
    local = moment.astimezone(_zone(time_zone))
    date = labels.date.format(d=local.day, m=local.month, y=local.year, month=labels.months[local.month - 1])
    return f"{date}{labels.comma} {local:%H:%M} {local.tzname()}"


@lru_cache(maxsize=32)
def _zone(name: str) -> tzinfo:
    """UTC, with a warning, for a name that is no zone: a page with other hours is better than none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        _log.warning("The desk's time zone %s is not known, UTC is used.", name)
        return UTC


def rfc822(moment: datetime) -> str:
    """RSS 2.0's date, in GMT: equal instants give equal text."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)
