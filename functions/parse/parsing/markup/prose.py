"""What tells running copy from the words around it."""

import re

from parsing.markup.chunks import Chunk

LONG = 60
"""Characters from which a chunk counts as prose; a third of it where a character is a word."""
MOSTLY_LINKS = 0.5
SOME_LINKS = 0.3
FULL = 200
"""Characters from which a paragraph counts in full."""
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
TEASER = 250
CUT_OFF = re.compile("(?:\\.\\.\\.|\u2026|\\[\u2026\\])$")
"""How the text of a teaser ends, which is shorter than this; copy seldom does."""
IDEOGRAPHS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
SENTENCE_END = re.compile("[.!?:;\u2026\u3002\uff01\uff1f\u0964][\"'\u201d\u2019\u00bb)\u300d\\]]*$")


def weight_of(chunk: Chunk) -> int:
    """Characters that speak for an article."""
    size = len(chunk.text)
    if chunk.table or chunk.tag in HEADINGS or chunk.linked > MOSTLY_LINKS * size:
        return 0
    if size < TEASER and CUT_OFF.search(chunk.text):
        return 0
    if size < LONG and not (size >= LONG // 3 and IDEOGRAPHS.search(chunk.text)):
        return 0
    return size


def strength_of(chunk: Chunk) -> float:
    """The same, long paragraphs counted more than teasers of a sentence."""
    weight = weight_of(chunk)
    return weight * min(1.0, weight / FULL)


def is_prose(chunk: Chunk) -> bool:
    return weight_of(chunk) > 0


def is_sentence(chunk: Chunk) -> bool:
    """Prose that ends as a sentence does and is hardly linked."""
    return is_prose(chunk) and ends_sentence(chunk.text) and chunk.linked <= SOME_LINKS * len(chunk.text)


def ends_sentence(text: str) -> bool:
    return SENTENCE_END.search(text) is not None


def key_of(text: str) -> str:
    """What makes two texts the same: letters and digits."""
    return "".join(char for char in text.casefold() if char.isalnum())
