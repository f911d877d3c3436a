"""Apple News Format 1.9 (https://developer.apple.com/documentation/applenewsformat)."""

import re
from itertools import groupby
from typing import Any

import nh3

from rendering.edition import Edition
from rendering.formats.json_text import json_bytes
from rendering.markup import absence, element
from rendering.pictures import Figure
from slugline.model import rfc3339
from slugline.story import Block, BlockType

# The HTML that a text component may hold.
_TAGS = {"p", "strong", "b", "em", "i", "a", "ul", "ol", "li", "br", "sub", "sup", "del", "s", "code", "blockquote"}
_cleaner = nh3.Cleaner(
    tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel=None, url_relative="deny"
)
_TITLE_ROLES = {BlockType.SUBHEAD: "heading2", BlockType.QUOTE: "quote"}
MAX_KEYWORDS = 50
MAX_IDENTIFIER = 64


def render(edition: Edition) -> bytes:
    story = edition.story
    return json_bytes(
        _present(
            {
                "version": "1.9",
                "identifier": re.sub(r"[^A-Za-z0-9_-]+", "-", story.id or "story")[:MAX_IDENTIFIER],
                "language": edition.language,
                "title": story.headline or edition.desk.site_name,
                "subtitle": story.standfirst,
                "layout": {"columns": 7, "width": 1024, "margin": 70, "gutter": 40},
                "documentStyle": {"backgroundColor": "#FFFFFF"},
                "metadata": _metadata(edition),
                "components": _components(edition),
                "componentTextStyles": {
                    "default": {"fontName": "Georgia", "fontSize": 18, "lineHeight": 28, "textColor": "#17161A"},
                    "default-title": {"fontName": "Georgia-Bold", "fontSize": 36, "lineHeight": 42},
                    "default-caption": {"fontName": "HelveticaNeue", "fontSize": 14, "textColor": "#5B5963"},
                    "default-byline": {"fontName": "HelveticaNeue", "fontSize": 15, "textColor": "#5B5963"},
                },
                "componentLayouts": {"text": {"margin": {"top": 10, "bottom": 10}}},
            }
        )
    )


def _metadata(edition: Edition) -> dict[str, Any]:
    story = edition.story
    thumbnail = next((figure for figure in edition.figures.values() if figure.syndicable), None)
    return _present(
        {
            "authors": [author.name for author in story.authors],
            "canonicalURL": edition.links.canonical,
            "dateCreated": rfc3339(edition.published),
            "datePublished": rfc3339(edition.published),
            "dateModified": rfc3339(edition.updated),
            "excerpt": edition.description,
            "generatorName": "Slugline",
            "keywords": list(story.keywords[:MAX_KEYWORDS]),
            "thumbnailURL": thumbnail and edition.links.picture(thumbnail.main.key),
        }
    )


def _components(edition: Edition) -> list[dict[str, Any]]:
    story = edition.story
    byline = story.byline or ", ".join(author.name for author in story.authors)
    components = [
        _text("title", story.headline or edition.desk.site_name),
        _text("intro", story.standfirst),
        _text("byline", byline),
        *(_text("body", text) for text in edition.notices),
    ]
    for is_list, blocks in groupby(story.body, lambda block: block.type == BlockType.LIST_ITEM):
        if is_list:
            components.append(_markup("".join(map(str, map(element, blocks))), around="ul"))
        else:
            components.extend(_block(block, edition) for block in blocks)
    components.extend(_figure(figure, edition) for figure in edition.figures.unplaced)
    return [component for component in components if component]


def _block(block: Block, edition: Edition) -> dict[str, Any]:
    if block.type == BlockType.IMAGE:
        figure = edition.figures.get(block.image or "")
        return _figure(figure, edition) if figure else {}
    if block.type in _TITLE_ROLES:
        return _text(_TITLE_ROLES[block.type], block.text)
    if block.type == BlockType.TABLE:
        return _text("body", block.text)
    return _markup(str(element(block)))


def _figure(figure: Figure, edition: Edition) -> dict[str, Any]:
    image = figure.image
    words = " ".join(filter(None, (image.caption, image.credit)))
    if not figure.syndicable:
        return _text("caption", f"{words} [{absence(figure)}]".strip())
    photo = {"role": "photo", "URL": edition.links.picture(figure.main.key), "caption": words}
    return _present({**photo, "accessibilityCaption": image.alt})


def _text(role: str, text: str | None) -> dict[str, Any]:
    return {"role": role, "text": text, "layout": "text"} if text and text.strip() else {}


def _markup(html: str, *, around: str | None = None) -> dict[str, Any]:
    clean = _cleaner.clean(f"<{around}>{html}</{around}>" if around else html)
    return {"role": "body", "format": "html", "text": clean, "layout": "text"}


def _present(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value not in (None, "", [])}
