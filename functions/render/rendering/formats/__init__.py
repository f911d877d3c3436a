"""The formats of a story that other machines read, in the order in which the page names them."""

from collections.abc import Callable
from dataclasses import dataclass

from rendering.edition import Edition
from rendering.formats import (
    apple_news,
    json_ld,
    markdown,
    newsml_g2,
    ninjs1,
    ninjs2,
    ninjs3,
    nitf,
    story_json,
    wire_text,
)


@dataclass(frozen=True)
class Format:
    """One output of a story. `title` is what people call it."""

    name: str
    content_type: str
    title: str
    render: Callable[[Edition], bytes]


FORMATS = (
    Format("ninjs-3.1.json", "application/json", "ninjs 3.1", ninjs3.render),
    Format("ninjs-2.2.json", "application/json", "ninjs 2.2", ninjs2.render),
    Format("ninjs-1.6.json", "application/json", "ninjs 1.6", ninjs1.render),
    Format("newsml-g2.xml", "application/xml", "NewsML-G2", newsml_g2.render),
    Format("nitf.xml", "application/nitf+xml", "NITF", nitf.render),
    Format("story.jsonld", "application/ld+json", "JSON-LD", json_ld.render),
    Format("story.json", "application/json", "JSON", story_json.render),
    Format("story.md", "text/markdown; charset=utf-8", "Markdown", markdown.render),
    Format("story.txt", "text/plain; charset=utf-8", "Plain text", wire_text.render),
    Format("apple-news/article.json", "application/json", "Apple News", apple_news.render),
)
PARTNER_FORMATS = tuple(item for item in FORMATS if item.render is not apple_news.render)
"""Those that partners take; Apple News is a channel of the newsroom's own."""
