"""Lambda `render`: the outputs of a story version, and their release; or their removal."""

from functools import cache
from typing import Any

from publishing import Publisher
from publishing.template_alarm import raise_alarm_for_templates
from slugline.events import ImagesResized, StoryParsed, StoryWithdrawn
from slugline.runtime.bootstrap import services
from slugline.runtime.consumer import consumer, data_of


@cache
def publisher() -> Publisher:
    """The use case of this container."""
    return Publisher(services())


def handle(body: dict[str, Any]) -> None:
    match body["detail-type"]:
        case "StoryParsed":
            publisher().publish(*data_of(body, StoryParsed))
        case "ImagesResized":
            publisher().publish(*data_of(body, ImagesResized))
        case "StoryWithdrawn":
            publisher().withdraw(*data_of(body, StoryWithdrawn))
        case other:
            raise ValueError(f"render's rules let through an event that it does not know: {other}")


raise_alarm_for_templates()
handler = consumer(handle)
