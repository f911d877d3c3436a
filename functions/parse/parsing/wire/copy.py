"""Copy in markup: the document says that all of it is the article, so each chunk is a block of the body."""

import re
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from parsing.limits import Limits
from parsing.markup.chunks import Chunk, chunks_of
from parsing.markup.drawings import DRAWN, drawn_texts
from parsing.markup.figures import figure_of
from parsing.markup.picture_lines import with_picture_lines
from parsing.markup.readings import READING, take_readings
from parsing.markup.sanitise import inline_html, table_html
from parsing.markup.tree import page_tree
from parsing.wire.fields import paragraphs
from slugline.story import Block, BlockType, Image, Removed

PLACED = "data-wire-image"
"""Attribute of an `img` that stands for a picture the caller has read already."""
PAGE = re.compile(r"<body[\s>]", re.IGNORECASE)
TYPED = re.compile(r"\S[^\S\n]*\n[^\S\n]*\n\s*\S|\S {3,}\S[^\n]*\n[^\n]*\S {3,}\S")
"""Blank lines, or columns set with blanks: HTML would collapse them, so a typewriter's copy was put in unchanged."""
TYPES = {
    "li": BlockType.LIST_ITEM,
    "dt": BlockType.LIST_ITEM,
    "dd": BlockType.LIST_ITEM,
    "blockquote": BlockType.QUOTE,
} | {f"h{level}": BlockType.SUBHEAD for level in range(1, 7)}


@dataclass
class Copy:
    """The blocks in order, the pictures that the markup shows, and what is no copy. Ids are of this copy alone."""

    blocks: list[Block] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)


def copy_of(markup: str, limits: Limits) -> Copy:
    """The copy of an HTML fragment or page. Raises Rejected when it is larger or deeper than the limits."""
    copy = Copy()
    if not markup.strip():
        return copy
    root = page_tree(markup if PAGE.search(markup) else f"<body>{markup}</body>", limits)
    body = root.find("body")
    _set_paragraphs(root)
    copy.removed += [Removed(text=text, reason=READING) for text in take_readings(root)]
    copy.removed += [Removed(text=text, reason=DRAWN) for text in drawn_texts(root)]
    for chunk in with_picture_lines(chunks_of(root if body is None else body), emphasis=True):
        if chunk.figure:
            _figure(copy, chunk)
        elif _is_label(chunk):
            copy.removed.append(Removed(text=chunk.text, reason="label above the story"))
        elif chunk.table:
            table = etree.tostring(chunk.element, encoding="unicode", method="html", with_tail=False)
            copy.blocks.append(Block(type=BlockType.TABLE, text=chunk.text, html=table_html(table)))
        else:
            copy.blocks.append(Block(type=_type(chunk), text=chunk.text, html=inline_html(chunk.markup)))
    return copy


def _set_paragraphs(root: HtmlElement) -> None:
    """Typewritten copy, as agencies send results in a `pre` or in a single `p`: its lines, with hard wraps undone."""
    for typed in list(root.iter("pre", "p")):
        if len(typed) or not (typed.tag == "pre" or TYPED.search(typed.text or "")):
            continue
        text, typed.text, typed.tag = typed.text or "", None, "div"
        for paragraph in paragraphs(text):
            etree.SubElement(typed, "p").text = paragraph.text


def _is_label(chunk: Chunk) -> bool:
    """Lists of subjects, the genre and the time of sending, which dpa prints in a `header` over the copy."""
    if chunk.tag != "header" and next(chunk.element.iterancestors("header"), None) is None:
        return False
    timed = chunk.markup.startswith("<time") and chunk.markup.endswith("</time>")
    genre = chunk.tag == "p" and "genre" in (chunk.element.get("class") or "").split()
    return timed or genre or chunk.tag == "li"


def joined(copy: Copy, stated: list[Image]) -> Copy:
    """The copy with the pictures that the document states beside it; one that it shows too keeps its place there."""
    twins = {shown.id: twin.id for shown in copy.images for twin in stated if _same(shown, twin)}
    blocks = [block.model_copy(update={"image": twins.get(block.image or "", block.image)}) for block in copy.blocks]
    return Copy(blocks, [*(image for image in copy.images if image.id not in twins), *stated], copy.removed)


def _same(shown: Image, stated: Image) -> bool:
    return bool(shown.caption and shown.caption == stated.caption) or bool(shown.file and shown.file == stated.file)


def _type(chunk: Chunk) -> BlockType:
    """That of the nearest block which says one: a paragraph in a quote is a quote."""
    around = (chunk.element, *chunk.element.iterancestors())
    return next((TYPES[tag] for element in around if (tag := str(element.tag)) in TYPES), BlockType.PARAGRAPH)


def _figure(copy: Copy, chunk: Chunk) -> None:
    placed = chunk.element.get(PLACED)
    if placed:
        copy.blocks.append(Block(type=BlockType.IMAGE, image=placed))
        return
    figure = figure_of(chunk.element, chunk.lines)
    if figure is None:
        return
    image = Image(
        id=f"copy-{len(copy.images) + 1}",
        alt=figure.alt,
        caption=figure.caption,
        credit=figure.credit,
        copyright=figure.copyright,
        file=figure.file,
    )
    copy.images.append(image)
    copy.blocks.append(Block(type=BlockType.IMAGE, image=image.id))
    said = (image.caption, image.credit, image.copyright)
    copy.removed += [Removed(text=line, reason="label at a picture") for line in chunk.lines if line not in said]
