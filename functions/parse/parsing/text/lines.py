"""Text to logical lines: one per paragraph, heading, caption or credit, whatever the line breaks of the file were."""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import quantiles

UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")
BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
SPACES = re.compile(r"[ \t]+")
BULLET = re.compile(r"(?:[•◦▪●‣*·–—-]|\d{1,2}[.)]|[a-z]\))\s+")

TERMINALS = tuple(".!?…。！？؟।۔።။។")
CLOSERS = "\"'”’»)]›』」）"
QUOTES = '"“„«「『”'
OPENERS = "\"'“‘„«(["

_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]")

_UNSTOPPED = re.compile("[\u0e00-\u0eff]")
"""Thai and Lao: no stop ends a sentence."""
_UNSPACED = re.compile("[\u0e01-\u0e30\u0e40-\u0e45\u0e81-\u0eb0\u0ec0-\u0ec4\u1000-\u102a\u1780-\u17b3]")
"""Letters, without the signs above and below them, of Thai, Lao, Burmese and Khmer: no space ends a word."""
LETTERS_A_WORD = 3
SHORTEST_UNSTOPPED = 70
"""Characters; a title is shorter."""

UNWRAPPED_SHARE = 0.4
"""Of the text's characters: with so many in lines that nobody wraps, the short lines are as their author ended them."""
WIDEST_WRAP = 130
"""Mail, wire and terminal copy wraps at 60 to 100; a paragraph on one line is longer."""
NARROWEST_WRAP = 30
FEWEST_BREAKS = 2
MOST_PIECES = 4
SURE_BREAKS = 4
"""Of fewer breaks the lines after them have to begin in lower case too; two captions can be equally long by chance."""
FORCED_SHARE = 0.55
STANZA = 4
STOPPED_SHARE = 0.5
"""Of a stanza's lines but the last: those that end in a stop or comma, as few lines of wrapped prose do."""
STOPS = (*TERMINALS, *",;:—–")


@dataclass(frozen=True, slots=True)
class Line:
    """One logical line. `gap`: blank lines before it; `words` is counted once, as everything asks for it."""

    text: str
    gap: int
    words: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", word_count(self.text))


@dataclass(frozen=True, slots=True)
class _Raw:
    text: str
    gap: int
    indent: int

    @property
    def width(self) -> int:
        return self.indent + len(self.text)


def clean(text: str) -> str:
    """The text with one kind of line break and without characters that XML and JSON readers choke on."""
    return UNPRINTABLE.sub("", BREAKS.sub("\n", text))


def word_count(text: str) -> int:
    """Words; in scripts that set no spaces between them, two characters count as one, of alphabets three letters."""
    spaced = len(text.split())
    if text.isascii():
        return spaced
    wide = len(_CJK.findall(text))
    if wide * 2 > len(text):
        return spaced + wide // 2
    unspaced = len(_UNSPACED.findall(text))
    return max(spaced, unspaced // LETTERS_A_WORD) if unspaced * 3 > len(text) else spaced


def ends_sentence(text: str) -> bool:
    """Whether the text ends as sentences do, quotation marks and brackets aside."""
    end = text.rstrip(CLOSERS + " ")
    return end.endswith(TERMINALS) or (len(end) >= SHORTEST_UNSTOPPED and _UNSTOPPED.match(end[-1]) is not None)


def is_cjk(character: str) -> bool:
    """Whether the character is of a script that Chinese or Japanese writes without spaces."""
    return _CJK.match(character) is not None


def logical_lines(text: str) -> list[Line]:
    """The lines of cleaned text, with hard wraps undone. No word is lost or changed."""
    raw = _raw_lines(text)
    verse = _verse(raw)
    width = _wrap_width([line for index, line in enumerate(raw) if index not in verse])
    lines: list[Line] = []
    parts: list[str] = []
    gap = 0
    for index, line in enumerate(raw):
        wrapped = index not in verse and index > 0 and _continues(raw[index - 1], line, width)
        if index and not wrapped and not _is_open(parts):
            lines.append(Line(_join(parts), gap))
            parts = []
        if not parts:
            gap = line.gap
        parts.append(line.text)
    return [*lines, Line(_join(parts), gap)] if parts else lines


def _raw_lines(text: str) -> list[_Raw]:
    found: list[_Raw] = []
    gap = 0
    for line in text.split("\n"):
        stripped = SPACES.sub(" ", line).strip()
        if not stripped:
            gap += 1
            continue
        found.append(_Raw(stripped, gap, len(line) - len(line.lstrip())))
        gap = 0
    return found


def _verse(raw: list[_Raw]) -> frozenset[int]:
    """The lines of stanzas: each begins with a capital, most end in a stop or comma, which no machine sees to."""
    starts = [index for index, line in enumerate(raw) if index == 0 or line.gap]
    found: set[int] = set()
    for start, end in pairwise([*starts, len(raw)]):
        texts = [line.text for line in raw[start:end]]
        stopped = sum(text.rstrip(CLOSERS).endswith(STOPS) for text in texts[:-1])
        capital = all(text.lstrip(OPENERS)[:1].isupper() and not text.isupper() for text in texts)
        if len(texts) >= STANZA and capital and stopped >= STOPPED_SHARE * (len(texts) - 1):
            found.update(range(start, end))
    return frozenset(found)


def _wrap_width(raw: list[_Raw]) -> float | None:
    """The column at which the writer's tool wrapped; None when lines end where their author ended them."""
    pairs = [(line, after) for line, after in pairwise(raw) if after.gap == 0]
    if len(pairs) < FEWEST_BREAKS or _is_unwrapped(raw):
        return None
    width = quantiles([line.width for line, _ in pairs], n=10, method="inclusive")[-1]
    if not NARROWEST_WRAP <= width <= WIDEST_WRAP:
        return None
    forced = sum(_is_forced(line, after, width) for line, after in pairs)
    if len(pairs) < SURE_BREAKS and not all(after.text[0].islower() for _, after in pairs):
        return None
    return width if forced >= len(pairs) * FORCED_SHARE else None


def _is_unwrapped(raw: list[_Raw]) -> bool:
    """Whether the paragraphs stand on one line each: then short lines below each other are rows, verse or titles."""
    long = sum(line.width for line in raw if line.width > WIDEST_WRAP)
    return long >= UNWRAPPED_SHARE * sum(line.width for line in raw)


def _is_forced(line: _Raw, after: _Raw, width: float) -> bool:
    """Whether the next line's first word had no room on this one: a break made by a machine."""
    first = 1 if is_cjk(after.text[0]) else len(after.text.split(" ", 1)[0])
    return line.width + 1 + first > width


def _continues(line: _Raw, after: _Raw, width: float | None) -> bool:
    if width is None or after.gap or after.indent > line.indent or BULLET.match(after.text):
        return False
    return _is_forced(line, after, width)


def _is_open(parts: list[str]) -> bool:
    """Whether a bracket was opened at the end of a line just now: a link or label was on a line of its own."""
    if not parts or len(parts) > MOST_PIECES:
        return False
    opened = next((at for at in range(len(parts) - 1, -1, -1) if parts[at].endswith(("(", "["))), None)
    return opened is not None and not any(piece.endswith((")", "]")) for piece in parts[opened + 1 :])


def _join(parts: list[str]) -> str:
    joined = parts[0]
    for part in parts[1:]:
        tight = is_cjk(joined[-1]) and is_cjk(part[0])
        hyphen = joined[-1] == "-" and joined[-2:-1].isalpha() and part[0].isalpha()
        bracket = joined[-1] in "([" or part[0] in ")]"
        joined += part if tight or hyphen or bracket else f" {part}"
    return joined
