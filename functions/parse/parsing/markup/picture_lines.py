"""Captions and credits that are lines of their own beside their picture, as Markdown, plain HTML and Word have them.

No element and no class says what they are: `![Aircraft](plane.jpg)`, below it `*A plane over Kabul. Photo: AFP*`. A
picture's rights hang on its credit, so a line that reads like one is the picture's rather than the copy's.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsing.markup.chunks import Chunk, tidy
from parsing.markup.figures import figure_of, is_caption, is_credit, split_credit
from parsing.markup.furniture import reason_by_wording
from parsing.text.bio import is_bio
from parsing.text.bylines import byline_of
from parsing.text.credits import Credit, is_agency_alone, parted, split_tail
from parsing.text.datelines import split_dateline
from parsing.text.notices import notice_of

EMPHASIS = re.compile(r"<(em|i|small|cite)>.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
LONGEST = 600
"""Characters of a caption that ends in a credit."""
LONGEST_UNSIGNED = 300
"""Characters of a caption that only its emphasis tells."""
HEADINGS = frozenset(("h1", "h2", "h3"))


@dataclass(frozen=True)
class Line:
    """A line of copy. `is_emphasised`: all of it is in italics or small print."""

    text: str
    is_emphasised: bool = False

    @property
    def credit(self) -> Credit | None:
        return parted(self.text)[1]

    @property
    def may_belong_to_picture(self) -> bool:
        text = self.text
        if not text or len(text) > LONGEST or notice_of(text) or byline_of(text) or split_dateline(text):
            return False
        # `© AFP` looks like the notice of a site.
        return not is_bio(text) and reason_by_wording(text) in (None, "notice of the site")

    def is_below_picture(self, known: Sequence[str], below: "Line | None", *, emphasis: bool = True) -> bool:
        """Whether it is the caption or credit of the picture above it.

        `known`: the picture's lines above this one; `below`: the next line of copy; `emphasis`: whether emphasis alone
        makes it a caption.
        """
        if any(Line(text).credit for text in known) or not self.may_belong_to_picture:
            return False
        credit = self.credit
        if credit:
            # `(AFP)` at the very end is the copy's own source rather than a caption's.
            return below is not None or self.is_emphasised or _is_of_picture(credit)
        if not (emphasis and self.is_emphasised) or below is None or known or len(self.text) > LONGEST_UNSIGNED:
            return False
        return not below.is_emphasised or below.credit is not None

    @property
    def is_above_picture(self) -> bool:
        """Whether it is that of the picture below it: emphasised or labelled, as copy may end in an agency's name."""
        credit = self.credit if self.may_belong_to_picture else None
        return credit is not None and (self.is_emphasised or (_is_of_picture(credit) and split_tail(self.text) is None))


def _is_of_picture(credit: Credit) -> bool:
    """Whether more than the bare name of an agency says that it is a credit."""
    return bool(credit.label or credit.copyright) or not is_agency_alone(credit.text)


def with_picture_lines(chunks: list[Chunk], *, emphasis: bool) -> list[Chunk]:
    """The chunks without the lines that belong to a picture, which its chunk has in `lines` instead.

    `emphasis`: whether a line in italics or small print is a caption though no credit ends it. Pages set standfirsts
    so, too; lines there whose class says what they are stay.
    """
    kept: list[Chunk] = []
    row: list[Chunk] = []
    last = max((index for index, chunk in enumerate(chunks) if chunk.text), default=0)
    for index, chunk in enumerate(chunks):
        below = chunks[index + 1] if index < last else None
        if chunk.figure:
            row.append(chunk)
        elif row and _is_below(row[-1], chunk, below, emphasis=emphasis):
            _give(row, chunk.text)
            continue
        elif below and below.figure and not row and _is_above(chunk, below):
            below.lines.append(chunk.text)
            continue
        else:
            row = []
        kept.append(chunk)
    return kept


def _give(row: Sequence[Chunk], line: str) -> None:
    """To the nearest picture. A credit below several is that of each which has no words."""
    *others, nearest = row
    nearest.lines.append(line)
    for other in others:
        if (credit := split_credit(line)[1]) and not other.lines and not tidy(other.element.text_content()):
            other.lines.append(credit)


def _is_below(picture: Chunk, chunk: Chunk, below: Chunk | None, *, emphasis: bool) -> bool:
    if not _is_plain(chunk) or (not emphasis and (is_caption(chunk.element) or is_credit(chunk.element))):
        return False
    next_line = _line(below) if below else None
    if not _line(chunk).is_below_picture(picture.lines, next_line, emphasis=emphasis):
        return False
    figure = figure_of(picture.element)
    return figure is not None and not figure.credit


def _is_above(chunk: Chunk, picture: Chunk) -> bool:
    if not _is_plain(chunk) or not _line(chunk).is_above_picture:
        return False
    return not tidy(picture.element.text_content()) and figure_of(picture.element) is not None


def _line(chunk: Chunk) -> Line:
    emphasised = "<" in chunk.markup and not any(map(str.isalnum, TAG.sub("", EMPHASIS.sub("", chunk.markup))))
    return Line(chunk.text, emphasised)


def _is_plain(chunk: Chunk) -> bool:
    return not (chunk.table or chunk.embed is not None or chunk.tag in HEADINGS or chunk.linked > len(chunk.text) / 2)
