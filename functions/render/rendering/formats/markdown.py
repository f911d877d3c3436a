"""CommonMark with tables, under YAML front matter with the field names newsrooms use."""

import json
import re
from itertools import groupby
from typing import Any

from lxml import etree

from rendering.copy_tree import inline_tree, table_rows
from rendering.edition import Edition
from rendering.markup import absence
from rendering.pictures import Figure
from rendering.vocabulary import PLUS
from slugline.model import rfc3339
from slugline.story import Block, BlockType, NoticeKind

_SPACE = re.compile(r"[ \t\n]+")
_SPECIAL = re.compile(r"([\\`*_\[\]<>&|~])")
# What starts a heading, a list, a rule, a quote or a fence at the head of a line.
_OPENING = re.compile(r"^(\s*)(#|\+|-|=|:|(\d{1,9})(?=[.)]))")
_EMPHASIS = {"em": "*", "i": "*", "cite": "*", "strong": "**", "b": "**", "s": "~~", "del": "~~"}


def render(edition: Edition) -> bytes:
    parts = [_front_matter(edition), *_body(edition)]
    return ("\n\n".join(parts) + "\n").encode()


def _front_matter(edition: Edition) -> str:
    """JSON is YAML: every value is quoted, so none can be taken for a date, a number, an alias or a new field."""
    story = edition.story
    fields: dict[str, Any] = {
        "id": edition.links.uri,
        "version": story.version,
        "status": story.status.value,
        "headline": story.headline,
        "kicker": story.kicker,
        "standfirst": story.standfirst,
        "slug": story.slug,
        "byline": story.byline,
        "authors": [author.model_dump(exclude_none=True) for author in story.authors],
        "dateline": story.dateline and story.dateline.text,
        "language": edition.language,
        "published": rfc3339(edition.published),
        "updated": rfc3339(edition.updated),
        "embargo": story.embargo and rfc3339(story.embargo),
        "corrections": list(edition.corrections),
        "note": [item.text for item in story.notices if item.kind != NoticeKind.CORRECTION],
        "keywords": list(story.keywords),
        "subjects": [subject.name for subject in story.subjects],
        "images": [_image(figure, edition) for figure in edition.figures.values()],
        "url": edition.links.canonical,
        "copyright": edition.copyright_notice,
        "data_mining": PLUS + edition.desk.data_mining,
    }
    lines = (f"{name}: {_quoted(value)}" for name, value in fields.items() if value not in (None, "", []))
    return "\n".join(("---", *lines, "---"))


def _quoted(value: Any) -> str:
    """YAML breaks lines at these two, JSON does not."""
    return json.dumps(value, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _image(figure: Figure, edition: Edition) -> dict[str, str]:
    image = figure.image
    fields = {
        "file": edition.links.picture(figure.main.key) if figure.syndicable else None,
        "alt": image.alt,
        "caption": image.caption,
        "credit": image.credit,
        "copyright": image.copyright,
        "withheld": absence(figure),
    }
    return {name: value for name, value in fields.items() if value}


def _body(edition: Edition) -> list[str]:
    parts: list[str] = []
    for is_list, blocks in groupby(edition.story.body, lambda block: block.type == BlockType.LIST_ITEM):
        if is_list:
            parts.append("\n".join(f"- {_inline(block)}" for block in blocks))
        else:
            parts.extend(_block(block, edition) for block in blocks)
    return [part for part in parts if part]


def _block(block: Block, edition: Edition) -> str:
    if block.type == BlockType.IMAGE:
        figure = edition.figures.get(block.image or "")
        return _picture(figure, edition) if figure and figure.syndicable else ""
    if block.type == BlockType.TABLE and (rows := table_rows(block)):
        return _table([[_tree_text(cell) for cell in cells] for _, cells in rows])
    mark = {BlockType.SUBHEAD: "## ", BlockType.QUOTE: "> "}.get(block.type, "")
    return mark + _inline(block)


def _picture(figure: Figure, edition: Edition) -> str:
    title = f' "{_escape(figure.image.caption).replace(chr(34), chr(92) + chr(34))}"' if figure.image.caption else ""
    return f"![{_escape(figure.image.alt or '')}](<{edition.links.picture(figure.main.key)}>{title})"


def _table(rows: list[list[str]]) -> str:
    """The first row is the heading, as the syntax needs one; short rows are filled."""
    width = max(map(len, rows))
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
    return "\n".join((lines[0], "|" + " --- |" * width, *lines[1:]))


def _inline(block: Block) -> str:
    return _OPENING.sub(r"\1\\\2" if not block.text[:1].isdigit() else r"\1\2\\", _tree_text(inline_tree(block)))


def _tree_text(node: etree._Element) -> str:
    inside = _escape(node.text or "")
    for child in node:
        inside += _element(child) + _escape(child.tail or "")
    return inside.strip() if node.tag in ("div", "td", "th") else inside


def _element(node: etree._Element) -> str:
    text = _tree_text(node)
    if node.tag == "br":
        return " "
    if node.tag == "a" and node.get("href"):
        return f"[{text}](<{_address(node.get('href', ''))}>)"
    mark = _EMPHASIS.get(str(node.tag))
    # Emphasis that begins or ends with a space is none in CommonMark.
    return f"{mark}{text}{mark}" if mark and text and text == text.strip() else text


def _address(address: str) -> str:
    return _SPACE.sub("%20", address).replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")


def _escape(text: str | None) -> str:
    return _SPECIAL.sub(r"\\\1", _SPACE.sub(" ", text or ""))
