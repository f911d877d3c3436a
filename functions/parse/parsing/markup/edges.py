"""What stands around the copy of a page or a Markdown file and is none, by the rules that plain text is read with.

Notices to editors and readers, the dateline, the desk's sign-off, the authors' biographies.
"""

import re
from dataclasses import dataclass, field

from parsing.text.bio import bio_author, is_bio
from parsing.text.bylines import byline_of, sign_off_people
from parsing.text.datelines import split_dateline
from parsing.text.notices import notice_of
from slugline.story import Author, Block, BlockType, Dateline, Notice, Removed

HEAD_NOTICES, TAIL_NOTICES = 10, 6
"""Blocks at either end that may be a notice: its words are common in copy, too."""
PROSE = 60
SAYS = frozenset((BlockType.PARAGRAPH, BlockType.QUOTE, BlockType.SUBHEAD))
TOKEN = re.compile(r"<[^>]*>|&[#\w]+;|.", re.DOTALL)
EMPTY = re.compile(r"<(\w+)(?: [^>]*)?>\s*</\1>")


@dataclass(slots=True)
class Edges:
    """The body without them, and what they say."""

    body: list[Block]
    notices: list[Notice] = field(default_factory=list)
    dateline: Dateline | None = None
    bios: list[str] = field(default_factory=list)
    reporters: tuple[Author, ...] = ()
    removed: list[Removed] = field(default_factory=list)


def edges_of(body: list[Block], names: tuple[str, ...] = ()) -> Edges:
    """The edges of an article's blocks. `names`: the authors that are known."""
    edges = Edges(list(body))
    _take_notices(edges)
    _take_tail(edges, names)
    _take_dateline(edges)
    return edges


def detailed(author: Author, byline: str | None, bios: list[str]) -> Author:
    """The author with role, place and address as byline and biography tell them; what is known already stays."""
    printed = byline_of(byline) if byline else None
    told = [*(printed.authors if printed else ()), *filter(None, map(bio_author, bios))]
    for person in told:
        if person.name.casefold() == author.name.casefold():
            missing = {name: value for name, value in person if value and getattr(author, name) is None}
            author = author.model_copy(update=missing)
    return author


def _take_notices(edges: Edges) -> None:
    kept: list[Block] = []
    count = len(edges.body)
    for index, block in enumerate(edges.body):
        at_edge = index < HEAD_NOTICES or index >= count - TAIL_NOTICES
        kind = notice_of(block.text) if at_edge and block.type in SAYS else None
        if kind:
            edges.notices.append(Notice(kind=kind, text=block.text))
        else:
            kept.append(block)
    edges.body = kept


def _take_tail(edges: Edges, names: tuple[str, ...]) -> None:
    """Sign-offs and biographies, from the end up to the last paragraph of copy. A story is never all of them."""
    first = next((index for index, block in enumerate(edges.body) if block.text), 0)
    for index in range(len(edges.body) - 1, max(first, len(edges.body) // 3), -1):
        block = edges.body[index]
        if block.type is not BlockType.PARAGRAPH:
            continue
        reporters = sign_off_people(block.text)
        if reporters is not None:
            edges.reporters = edges.reporters or reporters
            edges.removed.append(Removed(text=edges.body.pop(index).text, reason="sign-off"))
        elif is_bio(block.text, names):
            bio = edges.body.pop(index).text
            if bio in edges.bios:
                edges.removed.append(Removed(text=bio, reason="bio repeated"))
            else:
                edges.bios.insert(0, bio)
        elif len(block.text) >= PROSE:
            return


def _take_dateline(edges: Edges) -> None:
    at = next((index for index, block in enumerate(edges.body) if block.type is BlockType.PARAGRAPH), None)
    split = split_dateline(edges.body[at].text) if at is not None else None
    if at is not None and split and edges.body[at].text.endswith(split.rest):
        edges.dateline = split.dateline
        block = edges.body[at]
        html = without_start(block.html, len(block.text) - len(split.rest)) if block.html else None
        edges.body[at] = block.model_copy(update={"text": split.rest, "html": html})


def without_start(html: str, characters: int) -> str | None:
    """Clean inline markup without so many characters of its text; None when no markup is left."""
    kept: list[str] = []
    for token in TOKEN.findall(html):
        if token.startswith("<"):
            kept.append(token)
        elif characters > 0:
            characters -= 1
        else:
            kept.append(token)
    text = "".join(kept)
    while (shorter := EMPTY.sub("", text)) != text:
        text = shorter
    return text.strip() if "<" in text else None
