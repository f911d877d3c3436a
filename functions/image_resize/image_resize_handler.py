"""Lambda `image_resize`: the web renditions of a story's pictures."""

from functools import cache
from typing import Any

from resizing import Resizer
from slugline.events import StoryParsed
from slugline.runtime.bootstrap import services
from slugline.runtime.consumer import consumer, data_of


@cache
def resizer() -> Resizer:
    return Resizer(services())


def handle(body: dict[str, Any]) -> None:
    resizer().resize(*data_of(body, StoryParsed))


handler = consumer(handle)
