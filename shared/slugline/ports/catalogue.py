"""All stories there are, as whoever compares with them reads them."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from slugline.model import Model
from slugline.ports.deliveries import Page
from slugline.story import Story


class StoryState(Model):
    """What readers see of a story. `version` is the one they see (0: none yet)."""

    story_id: str
    version: int
    withdrawn: bool
    headline: str = ""


class Catalogue(Protocol):
    """The stories. What no reader sees yet, as under embargo, has version 0 and is nobody's business."""

    def states(self, story_ids: Collection[str]) -> dict[str, StoryState]:
        """Those of the stories that there are (consistent)."""

    def page(self, *, cursor: str | None, since: datetime | None, limit: int) -> Page[StoryState]:
        """The stories by their last change, newest first. Raises BadCursor."""

    def story(self, story_id: str, version: int) -> Story | None:
        """The story as it was parsed."""
