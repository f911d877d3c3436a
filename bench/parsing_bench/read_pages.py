"""Public pages that we read line by line and named the kind of each line, to learn from beside fundus' pages.

`read_pages.jsonl` has one page a line: its repository and path, where its text begins among the lines of the whole
page, and a letter for each of its lines (`7o` is seven times `o`). Whoever trains fetches the pages.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import lxml.html

from parsing.text.evidence import Page
from parsing.text.lines import clean, logical_lines
from parsing_bench.dumping import lines_of, squeezed

LABELS = Path(__file__).with_name("read_pages.jsonl")
KINDS = {
    "h": "headline",
    "s": "standfirst",
    "b": "body",  # paragraph
    "k": "body",  # subhead
    "l": "body",  # item of a list
    "c": "caption",
    "x": "caption",  # with its credit
    "r": "credit",
    "a": "alt",
    "t": None,  # row of a table: copy in some stories, not in others
    "q": "other",  # pull quote
    "f": "other",  # fact box
    "n": "other",  # note about the text
    "y": "other",  # byline
    "d": "other",  # dateline, time stamp
    "i": "other",  # biography
    "m": "other",  # reader's comment
    "e": "other",  # embedded post
    "o": "other",
    "?": None,
}
SURE = 0.9
"""The share of a line's letters and digits that has to be of one kind, where the parser joins lines."""


@dataclass(frozen=True)
class ReadLine:
    text: str
    gap: bool
    """Whether a blank line stands before it."""
    letter: str


def read_pages(folder: Path) -> Iterator[list[ReadLine]]:
    """The pages found below the folder (`<owner>/<repository>/<path>`) that still have the text that was read."""
    for entry in map(json.loads, LABELS.read_text(encoding="utf-8").splitlines()):
        file = folder / entry["page"]
        if file.exists():
            lines = _named(file.read_bytes(), entry["first"], _spelled(entry["labels"]))
            if _digest(lines) == entry["digest"]:
                yield lines


def labelled(lines: list[ReadLine], *, spaced: bool = True) -> tuple[Page, list[str | None]]:
    """The page's logical lines, with or without blank lines between them, and the kind of each (`judge.KINDS`)."""
    text = "\n".join(f"\n{line.text}" if spaced and line.gap else line.text for line in lines)
    page = Page(logical_lines(clean(text)))
    letters = "".join(line.letter * len(squeezed(line.text)) for line in lines)
    kinds: list[str | None] = []
    at = 0
    for logical in page.lines:
        length = len(squeezed(logical.text))
        letter, count = (Counter(letters[at : at + length]).most_common(1) or [("?", 0)])[0]
        kinds.append(KINDS[letter] if count >= SURE * length else None)
        at += length
    return page, kinds


def _named(data: bytes, first: int, letters: str) -> list[ReadLine]:
    page = data.decode("utf-8", errors="replace").encode("utf-8")
    lines: list[ReadLine] = []
    gap = True
    at = 0
    for text in lines_of(lxml.html.fromstring(page, parser=lxml.html.HTMLParser(encoding="utf-8"))):
        if text:
            if first <= at < first + len(letters):
                lines.append(ReadLine(text, gap, letters[at - first]))
            at += 1
        gap = not text
    return lines


def _spelled(runs: str) -> str:
    return "".join(letter * int(count or 1) for count, letter in re.findall(r"(\d*)(\D)", runs))


def _digest(lines: list[ReadLine]) -> str:
    return sha256("\n".join(squeezed(line.text) for line in lines).encode()).hexdigest()[:8]
