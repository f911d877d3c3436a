"""Picture groups in text: alt text, caption and credit on lines that follow one another.

Decided by blocks between blank lines: a short block that ends in a credit reads alt, caption, credit, whatever its
parts are missing. In a file without blank lines, or with one after every line, a credit's neighbours are judged.
"""

import re
from collections import Counter
from dataclasses import dataclass

from parsing.text.credits import Credit, credit_of, split_tail
from parsing.text.lines import Line

ALT_WORDS = 12
CAPTION_WORDS = 90
LONELY_CAPTION_WORDS = 45
"""Words of a caption that only its place before a credit betrays."""

_CUE = re.compile(
    r"(?i)\b(?:pictured|is seen|are seen|is shown|in this (?:\w+ ){0,4}(?:photo|image|picture|frame"
    r"|handout|illustration)"
    r"|(?:file )?photo:|looks on|poses? (?:for|with)|archivbild|symbolbild|file photo|screenshot|screen grab)\b"
    r"|\((?:left|right|centre|center|top|bottom|l|r|file|pictured|links|rechts|l\.|r\.)\)|, (?:left|right"
    r"|centre|center),"
)


@dataclass(frozen=True, slots=True)
class Picture:
    """The lines of one picture, by their index; a caption and credit may share a line."""

    lines: tuple[int, ...]
    alt: str | None = None
    caption: str | None = None
    credit: Credit | None = None


def pictures_of(lines: list[Line]) -> list[Picture]:
    """The pictures that the lines describe, in order. No line belongs to two."""
    page = _Page(lines, _repeated(lines), _is_spaced(lines))
    found: list[Picture] = []
    free_from = 1
    for index in range(1, len(lines)):
        if picture := page.picture_at(index, free_from):
            found.append(picture)
            free_from = picture.lines[-1] + 1
    return found


def normalised(text: str) -> str:
    """What makes two alt texts the same: their words, without case and punctuation."""
    return " ".join(re.findall(r"\w+", text.lower()))


def _is_spaced(lines: list[Line]) -> bool:
    """Whether blank lines say nothing about blocks: none anywhere, or one after every line."""
    gaps = [line.gap > 0 for line in lines[1:]]
    return all(gaps) or not any(gaps)


def _repeated(lines: list[Line]) -> frozenset[str]:
    counts = Counter(normalised(line.text) for line in lines if 0 < line.words <= ALT_WORDS)
    return frozenset(text for text, count in counts.items() if count > 1 and text)


@dataclass(frozen=True, slots=True)
class _Page:
    """The lines, the short texts that occur more than once, and whether blank lines say nothing."""

    lines: list[Line]
    repeated: frozenset[str]
    spaced: bool

    def picture_at(self, index: int, free_from: int) -> Picture | None:
        """The picture whose last line is at the index."""
        line = self.lines[index]
        if credit := credit_of(line.text):
            return self._grouped(index, free_from, credit)
        if line.words <= CAPTION_WORDS and (tail := split_tail(line.text)):
            alts = self._alts_before(index, free_from)
            return Picture((*alts, index), self._alt(alts), tail[0], tail[1])
        if _CUE.search(line.text) and line.words <= LONELY_CAPTION_WORDS:
            alts = self._alts_before(index, free_from)
            return Picture((*alts, index), self._alt(alts), line.text)
        return None

    def _grouped(self, index: int, free_from: int, credit: Credit) -> Picture:
        caption = index - 1
        if caption < free_from or not self._may_caption(caption):
            return Picture((index,), credit=credit)
        if self._is_repeated(caption):
            return Picture((caption, index), alt=self.lines[caption].text, credit=credit)
        alts = self._alts_before(caption, free_from)
        return Picture((*alts, caption, index), self._alt(alts), self.lines[caption].text, credit)

    def _may_caption(self, index: int) -> bool:
        words = self.lines[index].words
        if words > CAPTION_WORDS:
            return False
        if not self.spaced:
            return self.lines[index + 1].gap == 0
        return self._is_repeated(index - 1) or words <= LONELY_CAPTION_WORDS

    def _alts_before(self, index: int, free_from: int) -> tuple[int, ...]:
        before = index - 1
        if before < free_from or not self._is_alt(before):
            return ()
        tied = self._is_repeated(before) if self.spaced else self.lines[index].gap == 0
        return (before,) if tied else ()

    def _is_alt(self, index: int) -> bool:
        line = self.lines[index]
        whole = line.text.endswith((".", "!", "?", "。"))
        return line.words <= ALT_WORDS and (not whole or self._is_repeated(index))

    def _is_repeated(self, index: int) -> bool:
        return normalised(self.lines[index].text) in self.repeated

    def _alt(self, indexes: tuple[int, ...]) -> str | None:
        return "\n".join(self.lines[index].text for index in indexes) or None
