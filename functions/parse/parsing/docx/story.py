"""A Word document to its story.

What a line of copy is, Word's styles say in some newsrooms and nothing says in most. So the paragraphs are read as
plain text is, which finds headline, byline, captions and the like by evidence; what the document says itself (styles,
lists, tables, links, pictures and where they stand) goes before that.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from pathlib import PurePosixPath

from parsing.document import ParsedStory, PictureFile, Rejected
from parsing.docx.beside import Beside, beside_pictures
from parsing.docx.parts import REMEDY, Parts
from parsing.docx.pieces import Piece, pieces_of
from parsing.limits import Limits
from parsing.markup.figures import plain_credit, split_credit
from parsing.text.article import read
from parsing.text.story import DERIVED
from parsing.text.story import story_of as story_of_text
from parsing.wire.fields import file_name, unique
from parsing.wire.refine import authors_of
from slugline.story import Block, BlockType, Image, Removed, Story

TITLES = ("title", "headline", "head", "hed")
STANDFIRSTS = ("subtitle", "standfirst", "deck", "dek", "abstract", "intro")
BYLINES = ("author", "authors", "byline", "by-line", "by line", "autor", "autorenzeile")
CAPTIONS = ("caption", "cutline", "picture caption")
APART = (("comments", "comment", "comment"), ("footnotes", "footnote", "footnote"), ("endnotes", "endnote", "endnote"),
         ("header", ".", "page header"), ("footer", ".", "page footer"),
         ("diagramData", "ptLst/pt", "text in a diagram"), ("chart", "chart/title", "title of a chart"))  # fmt: skip
"""Parts that are not of the copy: relation, path of their texts, and the reason given."""
NEAR = 2
"""Paragraphs between a picture and the caption that is known by its words."""
LONGEST_START = 140
"""Characters of a dateline or list sign that the reading may take off a paragraph."""


@dataclass
class _Draft:
    body: list[Block] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    pictures: dict[str, PictureFile] = field(default_factory=dict)


def story_of(data: bytes, limits: Limits, time_zone: str) -> ParsedStory:
    """The document's one story with its pictures. Raises Rejected when it has no words."""
    parts = Parts(data, limits)
    pieces = pieces_of(parts)
    title = _styled(pieces.found, TITLES) or _first_heading(pieces.found)
    standfirst = _styled(pieces.found, STANDFIRSTS)
    captions = [piece for piece in pieces.found if piece.style in CAPTIONS and piece.text]
    bylines = [piece for piece in pieces.found if piece.style in BYLINES and piece.text]
    apart = [piece for piece in (standfirst, *bylines, *captions) if piece]
    rows = beside_pictures(pieces.found, [title, *apart] if title else apart)
    apart += [line for row in rows for line in row.lines]
    told = _reading(title, [piece for piece in pieces.found if piece not in apart], time_zone)
    if standfirst and told.standfirst:
        told = told.model_copy(update={"body": (Block(text=told.standfirst), *told.body)})
    draft = _draft(parts, pieces.found, told, [one for one in (title, *apart) if one])
    labels = _words(draft, rows)
    _caption(draft, pieces.found, captions, told)
    story = told.model_copy(
        update={
            "headline": title.text if title else told.headline,
            "standfirst": standfirst.text if standfirst else told.standfirst,
            **_signed(bylines, told),
            "body": tuple(draft.body),
            "images": tuple(draft.images),
            "keywords": unique(word.strip() for word in parts.property("keywords").replace(";", ",").split(",")),
            "removed": (*told.removed, *pieces.removed, *labels, *_displaced(bylines, told), *_apart(parts)),
        }
    )
    if story.standfirst and not (story.headline or story.body):
        story = story.model_copy(update={"standfirst": None, "body": (Block(text=story.standfirst),)})
    if not (story.headline or story.body or story.images or story.notices):
        if any(map(str.isalnum, "".join(entry.text for entry in story.removed))):
            raise Rejected("Nothing in the Word document reads like an article.", remedy=REMEDY)
        raise Rejected("The Word document has no words.", remedy=REMEDY)
    return ParsedStory(story, parts.property("identifier") or None, tuple(draft.pictures.values()))


def _reading(title: Piece | None, pieces: list[Piece], time_zone: str) -> Story:
    """The paragraphs as plain text is read, the title first; what the document says the kind of is no part of it."""
    texts = [piece.text for piece in pieces if piece.kind is BlockType.PARAGRAPH and piece is not title]
    story = story_of_text(read("\n\n".join([title.text, *texts] if title else texts)), time_zone)
    if not title or story.headline == title.text:
        return story
    body = [block for block in story.body if block.text != title.text]
    derived = [one for one in story.warnings if one.startswith(DERIVED)]
    if story.headline and not derived:
        body.insert(0, Block(text=story.headline))
    warnings = tuple(one for one in story.warnings if one not in derived)
    return story.model_copy(update={"headline": title.text, "body": tuple(body), "warnings": warnings})


def _signed(bylines: list[Piece], told: Story) -> dict[str, object]:
    """Byline and authors as their style says, where there is one."""
    texts = list(dict.fromkeys(piece.text for piece in bylines))
    authors = tuple(person for text in texts for person in authors_of(text))
    return {"byline": ", ".join(texts), "authors": authors or told.authors} if texts else {}


def _displaced(bylines: list[Piece], told: Story) -> Iterable[Removed]:
    if bylines and told.byline:
        yield Removed(text=told.byline, reason="byline in the text, another by its style")


def _styled(pieces: list[Piece], names: tuple[str, ...]) -> Piece | None:
    return next((piece for piece in pieces if piece.style in names and piece.text), None)


def _first_heading(pieces: list[Piece]) -> Piece | None:
    """A heading that opens the document, as where no title style is used."""
    first = next((piece for piece in pieces if piece.text), None)
    return first if first and first.style.startswith("heading ") else None


def _draft(parts: Parts, pieces: list[Piece], told: Story, known: list[Piece]) -> _Draft:
    """The pieces that the reading left in the body, in their order, with what only the document knows of them."""
    draft = _Draft()
    left = [block for block in told.body if block.type is not BlockType.IMAGE]
    for position, piece in enumerate(pieces):
        if piece.kind is BlockType.IMAGE:
            _picture(draft, parts, piece, position)
        elif any(piece is one for one in known):
            continue
        elif piece.kind is not BlockType.PARAGRAPH:
            draft.body.append(Block(type=piece.kind, text=piece.text, html=piece.html))
        else:
            block = next((block for block in left if _is_of(block, piece)), None)
            if block:
                left.remove(block)
                draft.body.append(_richer(block, piece))
    draft.body += left
    return draft


def _is_of(block: Block, piece: Piece) -> bool:
    return piece.text.endswith(block.text) and len(piece.text) - len(block.text) <= LONGEST_START


def _richer(block: Block, piece: Piece) -> Block:
    """The block with the paragraph's markup, if none of that opens in what the reading took off."""
    start = escape(piece.text.removesuffix(block.text), quote=False)
    html = piece.html.removeprefix(start) if piece.html and piece.html.startswith(start) else None
    return block.model_copy(update={"html": html})


def _picture(draft: _Draft, parts: Parts, piece: Piece, position: int) -> None:
    related = parts.related.get(piece.relation)
    if related is None:
        return
    name = file_name(related.target) if related.external else PurePosixPath(related.target).name
    data = None if related.external else parts.read(related.target)
    if data is None and not related.external:
        return
    if data is not None and name:
        draft.pictures.setdefault(name, PictureFile(name, data))
    image = Image(id=f"word-{len(draft.images) + 1}", alt=piece.alt or None, file=name)
    draft.images.append(image)
    draft.positions.append(position)
    draft.body.append(Block(type=BlockType.IMAGE, image=image.id))


def _words(draft: _Draft, rows: list[Beside]) -> list[Removed]:
    """Give pictures the lines below them, and their credit to each of a row. Returns what is left: credits' labels."""
    removed = []
    for row in rows:
        credit = row.credit
        told = {"credit": credit.text, "copyright": credit.copyright} if credit else {}
        _give(draft, Image(id="", caption=row.caption, **told), row.places[-1], reach=0)
        for index, position in enumerate(draft.positions):
            if position in row.places[:-1]:
                draft.images[index] = draft.images[index].model_copy(update=told)
        if credit and credit.label:
            removed.append(Removed(text=credit.label.strip(), reason="label of a picture credit"))
    return removed


def _caption(draft: _Draft, pieces: list[Piece], captions: list[Piece], told: Story) -> None:
    """Give each picture its words: from a paragraph of a caption style, or from one that reads like a caption."""
    for piece in captions:
        caption, credit = split_credit(piece.text)
        worded = Image(id="", caption=caption, credit=plain_credit(credit) if credit else None)
        _give(draft, worded, _position(pieces, [piece.text]), len(pieces))
    for image in told.images:
        texts = [text for text in (image.caption, image.credit, image.alt) if text]
        _give(draft, image, _position(pieces, texts), NEAR)


def _position(pieces: list[Piece], texts: list[str]) -> int:
    found = (i for i, piece in enumerate(pieces) if piece.text and any(text in piece.text for text in texts))
    return next(found, len(pieces))


def _give(draft: _Draft, worded: Image, position: int, reach: int) -> None:
    """To the nearest picture without a caption, one before the words first; an image of its own if there is none."""
    free = [
        (abs(at - position), at > position, index)
        for index, (at, image) in enumerate(zip(draft.positions, draft.images, strict=True))
        if not image.caption and not image.credit and abs(at - position) <= reach
    ]
    if not free:
        image = worded.model_copy(update={"id": f"word-{len(draft.images) + 1}"})
        draft.images.append(image)
        draft.positions.append(position)
        draft.body.append(Block(type=BlockType.IMAGE, image=image.id))
        return
    index = min(free)[2]
    update = {name: value for name in ("caption", "credit", "copyright") if (value := getattr(worded, name))}
    image = draft.images[index]
    draft.images[index] = image.model_copy(update=update | {"alt": image.alt or worded.alt})


def _apart(parts: Parts) -> Iterable[Removed]:
    for kind, path, reason in APART:
        yield from (Removed(text=text, reason=reason) for text in unique(parts.texts(kind, path)))
