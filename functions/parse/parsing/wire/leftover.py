"""The net under the readers of XML: words of a document's content that ended in no field are kept with the reason.

Each reader knows where its format has copy. Systems also put copy where the standard has none: in elements of their
own, between elements, in a second element where one is allowed. What is in doubt is no copy, and is not lost either.
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import pairwise

from lxml import etree

from parsing.markup.chunks import tidy
from parsing.markup.figures import LABEL
from parsing.unsaid import texts_in
from slugline.story import Removed, Story

REASON = "further words of the document"
WORD = re.compile(r"\w+")
SPELT = re.compile(r"(?<![\w:./@-])[^\W\d_]{2,}(?![\w:./@-])")
MARKUP = re.compile(r"<[a-z!/][^<>]*>|&(?:#\d+|#x[\da-f]+|[a-z]+\d*);", re.IGNORECASE)
TAG = re.compile(r"<[a-z!/][^<>]*>", re.IGNORECASE)
TORN = 2
"""Pairs of neighbouring words that a reader may tear: where a dateline ends, where a credit begins."""
BETWEEN = 10
"""Words that a paragraph has at least, where one run of text is several."""
ENCODED = re.compile(r"(?:[A-Za-z0-9+/=]{60,} ?)+[A-Za-z0-9+/=]*")
"""Bytes in base64, in one line or in many."""


def runs_of(elements: Iterable[etree._Element], without: frozenset[str] = frozenset()) -> list[str]:
    """The lines of text in the elements, to be taken before a reader changes the tree. `without`: what is no words."""
    texts = (text for element in elements for text in _texts(element, without | {"script", "style"}))
    lines = (tidy(line) for text in texts for line in _plain(text).split("\n"))
    return [line for line in lines if any(map(str.isalnum, line)) and not ENCODED.fullmatch(line)]


def phrases(runs: Iterable[str]) -> list[str]:
    """Those of the runs that are more than codes, numbers and single names."""
    return [run for run in runs if len(SPELT.findall(run)) > 1]


def with_leftover(story: Story, runs: Iterable[str]) -> Story:
    """The story with those of the document's runs of text that it does not say."""
    said = _Said(texts_in(story))
    lost = (text for text in runs if said.lacks(LABEL.sub("", text)))
    removed = tuple(Removed(text=text, reason=REASON) for text in dict.fromkeys(lost))
    return story.model_copy(update={"removed": (*story.removed, *removed)}) if removed else story


class _Said:
    """The words of the texts, and which of them stand side by side."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.words: set[str] = set()
        self.pairs: set[tuple[str, str]] = set()
        for text in texts:
            words = _words(text)
            self.words.update(words)
            self.pairs.update(pairwise(words))

    def lacks(self, text: str) -> bool:
        words = _words(text)
        torn = sum(pair not in self.pairs for pair in pairwise(words))
        allowed = max(min(TORN, len(words) - 2), len(words) // BETWEEN)
        return not self.words.issuperset(words) or torn > max(0, allowed)


def _texts(element: etree._Element, without: frozenset[str]) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in without:
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child, without)
        yield child.tail or ""


def _plain(text: str) -> str:
    """Text without the markup that was escaped into it."""
    return unescape(unescape(TAG.sub("\n", unescape(text)))) if MARKUP.search(text) else text


def _words(text: str) -> list[str]:
    return WORD.findall(text)
