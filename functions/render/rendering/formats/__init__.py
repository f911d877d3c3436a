"""The formats of a story that other machines read, in the order in which the page names them."""

from collections.abc import Callable
from dataclasses import dataclass

from rendering.edition import Edition
from rendering.formats import json_ld, ninjs3, story_json


@dataclass(frozen=True)
class Format:
    """One output of a story. `title` is what people call it."""

    name: str
    content_type: str
    title: str
    render: Callable[[Edition], bytes]


FORMATS = (
    Format("ninjs-3.1.json", "application/json", "ninjs 3.1", ninjs3.render),
    Format("story.jsonld", "application/ld+json", "JSON-LD", json_ld.render),
    Format("story.json", "application/json", "JSON", story_json.render),
)
