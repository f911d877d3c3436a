"""The body of a webhook.

Thin, it says where the story is. Full, it embeds one of the story's outputs as the partner may have it, so that a
picture that is not its own is withheld here as there; above `MOST_BYTES` the address of that output stands in its
place. Addresses are the site's own, which serve any retry, however late, until the story is withdrawn; those of forms
that are not public are put in when the message is sent (`webhooks.sending`).
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


def rendered_body(  # noqa: PLR0913, PLR0917 - what the message says, and what it may carry
    event: StoryRendered,
    kind: EventType,
    story: Story,
    at: datetime,
    licensed_agencies: tuple[str, ...] = (),
    content: dict[str, Any] | None = None,
) -> str:
    """The JSON of a story that was published, updated or corrected; with `content`, of a full payload.

    `licensed_agencies` are those whose pictures the partner may have in it. `sequence` grows with each message about a
    story: a receiver drops what is not above the one it has.
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
    if licensed_agencies:
        data["licensed_agencies"] = licensed_agencies
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
    return as_json({"type": kind, "timestamp": rfc3339(at), "data": data})


def as_json(message: dict[str, Any]) -> str:
    """The text of a message."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))
