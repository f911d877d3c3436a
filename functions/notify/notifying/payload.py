"""The body of a webhook: thin, so that it never goes stale on its way. Its bytes are made once and sent as signed."""

import json
from datetime import datetime

from slugline.events import StoryRendered, StoryWithdrawn
from slugline.model import rfc3339
from slugline.partners import EventType
from slugline.story import Status, Story


def rendered_body(event: StoryRendered, kind: EventType, story: Story, at: datetime) -> str:
    """The JSON of a story that was published, updated or corrected.

    `sequence` grows with each message about a story: a receiver drops what is not above the one it has.
    """
    data = {
        "id": event.story_id,
        "version": event.version,
        "sequence": event.version,
        "status": story.status,
        "headline": story.headline,
        "url": event.url,
        "outputs": event.outputs,
    }
    return _body(kind, at, data)


def withdrawn_body(event: StoryWithdrawn, site_url: str, at: datetime) -> str:
    """The JSON of a story's withdrawal; `url` is where its page was."""
    data = {
        "id": event.story_id,
        "version": event.version,
        "sequence": event.version,
        "status": Status.CANCELED,
        "reason": event.reason,
        "url": f"{site_url}/{event.path}" if event.path else None,
    }
    return _body(EventType.WITHDRAWN, at, data)


def _body(kind: EventType, at: datetime, data: dict[str, object]) -> str:
    return json.dumps({"type": kind, "timestamp": rfc3339(at), "data": data}, ensure_ascii=False, separators=(",", ":"))
