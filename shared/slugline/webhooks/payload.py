"""The body of a webhook. Its bytes are made once and sent as signed.

Thin, it says where the story is. Full, it embeds one of the story's outputs as partners may have it, so that a picture
that is not theirs is withheld here as there; above `MOST_BYTES` the address of that output stands in its place. It is
the site's own, which serves any retry, however late, until the story is withdrawn; a signed one would end before that.
"""

import json
from datetime import datetime
from typing import Any

from slugline.events import StoryRendered, StoryWithdrawn
from slugline.model import rfc3339
from slugline.partners import EventType, PayloadFormat
from slugline.story import Status, Story

MOST_BYTES = 20_000
OUTPUTS = {
    PayloadFormat.STORY: ("story.json", "application/json"),
    PayloadFormat.NINJS: ("ninjs-3.1.json", "application/json"),
    PayloadFormat.NEWSML_G2: ("newsml-g2.xml", "application/xml"),
    PayloadFormat.NITF: ("nitf.xml", "application/nitf+xml"),
}
"""The output that each format embeds, and its media type."""


def embedded(kind: PayloadFormat, output: bytes) -> dict[str, Any]:
    """The output as `content` of a full payload: JSON as a value, XML as text."""
    _, content_type = OUTPUTS[kind]
    text = output.decode()
    value = json.loads(text) if content_type == "application/json" else text
    return {"format": kind, "content_type": content_type, "value": value}


def linked(kind: PayloadFormat, url: str) -> dict[str, Any]:
    """What stands in place of an output that is too long."""
    _, content_type = OUTPUTS[kind]
    return {"format": kind, "content_type": content_type, "url": url}


def rendered_body(
    event: StoryRendered, kind: EventType, story: Story, at: datetime, content: dict[str, Any] | None = None
) -> str:
    """The JSON of a story that was published, updated or corrected; with `content`, of a full payload.

    `sequence` grows with each message about a story: a receiver drops what is not above the one it has.
    """
    data: dict[str, object] = {
        "id": event.story_id,
        "version": event.version,
        "sequence": event.version,
        "status": story.status,
        "headline": story.headline,
        "url": event.url,
        "outputs": event.outputs,
    }
    return _body(kind, at, data | ({"content": content} if content else {}))


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
