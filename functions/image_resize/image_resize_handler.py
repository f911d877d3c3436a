"""Lambda `image_resize`: the web renditions of a story's pictures."""

from typing import Any

from decoder import DECODER

DECODER.start()  # loads libvips on one core while the imports below keep the other busy

# ruff: noqa: E402 - as said
from resizing import Resizer
from slugline.events import StoryParsed
from slugline.runtime.bootstrap import services
from slugline.runtime.consumer import consumer, data_of


def handle(body: dict[str, Any]) -> None:
    DECODER.start()  # were it stopped with the last picture, it gets ready while AWS is asked for this one
    Resizer(services()).resize(*data_of(body, StoryParsed))


handler = consumer(handle)
