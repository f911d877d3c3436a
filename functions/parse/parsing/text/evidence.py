"""What can be seen of a line without understanding it: length, typography, lexicon, repetition, place, neighbours.

Each observation is a name, true of the line or not; `judge` weighs them. None depends on a language: what counts as
an everyday word is learned from the text's own long lines.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from parsing.text import bio
from parsing.text.bylines import byline_of, is_person_with_role
from parsing.text.credits import credit_of, names_agency, split_tail
from parsing.text.cues import has_cue, normalised
from parsing.text.furniture import furniture_of
from parsing.text.lines import BULLET, CLOSERS, STOPS, Line, ends_sentence, is_cjk
from parsing.text.names import is_person
from parsing.text.prompts import prompt_words
from parsing.text.results import results_in

LONG_WORDS = 18
SENTENCE_WORDS = 8
CAPTION_WORDS = 90
EVERYDAY = 40
"""How many of the text's most frequent words count as everyday ones."""
NEAR = 3
LONGEST_RUN = 16
SHORT_COST = 5
"""What a short line costs the run of prose it interrupts, in words."""
MOST_PROSE = 45
FEWEST_ROWS = 4
ROW_WORDS = 12
ECHOED_WORDS = 4
ECHOED_LETTERS = 20

_TOKEN = re.compile(r"[^\W_]+")
_INNER_STOP = re.compile(r"[.!?。！？؟।][\"'”’»)]*\s+\S|[。！？]\S")
_QUOTED = re.compile(r"[\"“„«「『‘”][^\"”“»」』’]{8,}[\"”“»」』’]")
_READER = frozenset((
    "you", "your", "yours", "we", "our", "us", "sie", "ihr", "ihre", "ihrer", "ihren", "ihrem", "ihrn", "ihrm", "vous",
    "votre", "vos", "nos", "tu", "tus", "tuo", "tua", "je", "jouw", "uw", "du", "din", "ditt", "deg", "dere", "ni",
    "siz", "sizi", "sizin", "sizn", "вы", "вас",
))  # fmt: skip
_READER_STEMS = ("dein", "usted", "nuestr", "vostr", "ваш")
"""Words that speak to the reader, or of those who write."""
_TIMED = re.compile(r"\d{1,2}[.:h]\d{2}(?:\s?(?i:uhr|h|[ap]\.?m\.?))?\s*[:|–—-]?\s+[^\W\d_]\w*\s+\w")
"""A clock time and at least two words. `2.50 euros each` looks the same, so `_is_timed_title` asks for more."""
_MONEY = re.compile(r"[$€£¥₹]\s?\d|\d\s?[€£$₹]|\d\s?(?:EUR|USD|Euro)\b")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the lexicons say of one line; costly, so asked once."""

    strength: int
    furniture: str | None
    credit: bool
    tail: bool
    cue: bool
    byline: bool
    bio: bool
    prompts: int
    ending: str

    @property
    def marked(self) -> bool:
        """Whether a lexicon says that the line is something else than copy; words that prompt are counted apart."""
        return bool(self.furniture or self.credit or self.tail or self.cue or self.bio or self.byline)


@dataclass(slots=True)
class Page:
    """The lines of a text and what is true of all of them."""

    lines: list[Line]
    tokens: list[list[str]] = field(init=False)
    keys: list[str] = field(init=False)
    strengths: list[int] = field(init=False)
    facts: list[Facts] = field(init=False)
    counts: Counter[str] = field(init=False)
    first_at: dict[str, int] = field(init=False)
    everyday: frozenset[str] = field(init=False)
    vocabulary: Counter[str] = field(init=False)
    first_key: frozenset[str] = field(init=False)
    span: tuple[int, int] = field(init=False)
    prose: list[int] = field(init=False)
    prose_words: list[int] = field(init=False)
    results: frozenset[int] = field(init=False)
    rows: frozenset[int] = field(init=False)
    signatures: frozenset[int] = field(init=False)
    timed_titles: frozenset[int] = field(init=False)
    echoes: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        self.tokens = [tokens_of(line.text) for line in self.lines]
        self.keys = [normalised(line.text) for line in self.lines]
        self.counts = Counter(self.keys)
        self.first_at = {key: at for at, key in reversed(list(enumerate(self.keys)))}
        self.facts = [_facts(line) for line in self.lines]
        self.strengths = [facts.strength for facts in self.facts]
        long = [at for at, value in enumerate(self.strengths) if value == 3]  # noqa: PLR2004 - the strongest
        used = Counter(token for at in long for token in self.tokens[at])
        self.everyday = frozenset(token for token, count in used.most_common(EVERYDAY) if count > 1)
        self.vocabulary = Counter(token for at in long for token in set(self.tokens[at]) if len(token) > 1)
        self.first_key = frozenset(token for token in (self.tokens[0] if self.tokens else []) if len(token) > 3)  # noqa: PLR2004 - letters of a word that says something
        self.span = _span(self)
        self.prose = [at for at, value in enumerate(self.strengths) if value >= 2]  # noqa: PLR2004 - the scale of `strengths`
        self.prose_words = [0, *accumulate(self.lines[at].words for at in self.prose)]
        self.results = results_in(self.lines)
        self.rows = _rows(self) | self.results
        self.signatures = _series(self, _is_signature)
        self.timed_titles = _series(self, _is_timed_title)
        self.echoes = _echoes(self)


def tokens_of(text: str) -> list[str]:
    """Words in lower case; in Chinese and Japanese, characters."""
    if text.isascii():
        return _TOKEN.findall(text.lower())
    tokens: list[str] = []
    for token in _TOKEN.findall(text.lower()):
        tokens += token if is_cjk(token[0]) else [token]
    return tokens


def strength(line: Line) -> int:
    """0 a label, 1 a phrase or short sentence, 2 a sentence, 3 a paragraph."""
    if ends_sentence(line.text):
        return 3 if line.words >= LONG_WORDS else 2 if line.words >= SENTENCE_WORDS else 1
    return 2 if line.words > 2 * LONG_WORDS else 1 if line.words >= SENTENCE_WORDS else 0


def _facts(line: Line) -> Facts:
    text = line.text
    credit = credit_of(text) is not None
    return Facts(
        strength=strength(line),
        furniture=furniture_of(text),
        credit=credit,
        tail=not credit and line.words <= CAPTION_WORDS and split_tail(text) is not None,
        cue=has_cue(text),
        byline=byline_of(text) is not None,
        bio=bio.is_bio(text),
        prompts=prompt_words(text),
        ending=_ending(text),
    )


def observations(page: Page, at: int) -> list[str]:
    """The names of all that is seen at the line."""
    return [
        *_own(page, at),
        *_lexical(page, at),
        *_repetition(page, at),
        *_topic(page, at),
        *_place(page, at),
        *_neighbours(page, at),
    ]


def bucket(value: float, *bounds: float) -> int:
    """How many of the bounds the value reaches."""
    return bisect_right(bounds, value)


def _own(page: Page, at: int) -> Iterator[str]:
    line = page.lines[at]
    text = line.text
    size = bucket(line.words, 2, 3, 4, 6, 9, 13, 19, 28, 45, 70)
    end = page.facts[at].ending
    stops = min(len(_INNER_STOP.findall(text[:600])), 3)
    yield "always"
    yield f"size {size}"
    yield f"end {end}"
    yield f"size {size} end {end}"
    yield f"stops {stops}"
    yield f"start {_beginning(text)}"
    yield f"capitals {_capitals(text)} size {min(size // 3, 2)}"
    digits = sum(map(str.isdigit, text))
    yield f"digits {bucket(digits / len(text), 0.001, 0.05, 0.15, 0.4)}"
    if ":" in text[:40]:
        yield f"early colon {min(size // 3, 2)}"
    for mark in "|›»•/@©#–→":
        if mark in text:
            yield f"mark {mark}"
    if "http" in text or "www." in text:
        yield "address"
    if _QUOTED.search(text):
        yield "quoted"
    elif any(token in _READER or token.startswith(_READER_STEMS) for token in page.tokens[at]):
        yield f"to the reader {min(size // 3, 2)}"
    if _MONEY.search(text):
        yield f"money {min(size // 3, 2)}"


def _ending(text: str) -> str:
    last = text[-1]
    if ends_sentence(text):
        return "question" if "?" in text[-3:] else "cut" if text.endswith(("…", "...")) else "stop"
    return last if last in ':,;)”"»' else "digit" if last.isdigit() else "word" if last.isalpha() else "sign"


def _beginning(text: str) -> str:
    first = text[0]
    if BULLET.match(text):
        return "bullet"
    if first.isdigit():
        return "digit"
    if first in "\"“”'‘„«»「『":
        return "quote"
    if first.isalpha():
        return "lower" if first.islower() else "upper"
    return "bracket" if first in "([（【" else "sign"


def _capitals(text: str) -> str:
    words = [word for word in text.split() if word[0].isalpha()]
    if not words or not any(word[0].isupper() or word[0].islower() for word in words):
        return "none"
    if text.isupper():
        return "all"
    return str(bucket(sum(word[0].isupper() for word in words) / len(words), 0.2, 0.45, 0.7, 0.99))


def _lexical(page: Page, at: int) -> Iterator[str]:
    facts, line = page.facts[at], page.lines[at]
    if facts.furniture:
        yield "furniture"
        yield f"furniture {facts.furniture}"
    yield f"prompts {min(facts.prompts, 3)}"
    if facts.prompts and line.words < 2 * LONG_WORDS:
        yield f"prompts in short {min(facts.prompts, 2)}"
    if facts.credit:
        yield "credit"
    elif facts.tail:
        yield "credit tail"
    elif line.words < LONG_WORDS and names_agency(line.text):
        yield "agency"
    if facts.cue:
        yield f"caption cue {facts.strength}"
    if facts.byline:
        yield "byline"
    if facts.bio:
        yield "bio"


def _repetition(page: Page, at: int) -> Iterator[str]:
    key = page.keys[at]
    if page.counts[key] > 1:
        yield f"repeated {min(strength(page.lines[at]), 2)}"
        if page.first_at[key] < at:
            yield "seen before"
    if at in page.echoes:
        yield f"within another own {min(page.strengths[at], 2)}"
    for name, other in (("before", at - 1), ("after", at + 1)):
        if 0 <= other < len(page.keys) and key and page.keys[other]:
            if page.keys[other].startswith(key) or key.startswith(page.keys[other]):
                yield f"begins alike {name}"
            elif _overlap(page, at, other) > 0.6:  # noqa: PLR2004 - most of the words
                yield f"words alike {name}"


def _overlap(page: Page, one: int, other: int) -> float:
    first, second = set(page.tokens[one]), set(page.tokens[other])
    return len(first & second) / max(1, min(len(first), len(second)))


def _topic(page: Page, at: int) -> Iterator[str]:
    tokens = page.tokens[at]
    own = 1 if page.strengths[at] == 3 else 0  # noqa: PLR2004 - the scale of `strengths`
    everyday = sum(token in page.everyday for token in tokens) / max(1, len(tokens))
    content = [token for token in set(tokens) if len(token) > 3 or is_cjk(token[0])]  # noqa: PLR2004 - letters of a word that says something
    known = sum(page.vocabulary[token] > own for token in content) / max(1, len(content))
    short = min(bucket(len(tokens), 4, 9, 19), 3)
    yield f"everyday {bucket(everyday, 0.001, 0.1, 0.2, 0.3, 0.4)} {short}"
    yield f"known {bucket(known, 0.001, 0.2, 0.35, 0.5, 0.75)} {short}"
    headline = sum(token in page.first_key for token in set(tokens))
    yield f"of first line {min(headline, 3)}"


def _place(page: Page, at: int) -> Iterator[str]:
    first, last = page.span
    strong = min(page.strengths[at], 2)
    if first <= at <= last:
        where = "in"
    else:
        distance = bucket(first - at if at < first else at - last, 2, 3, 5, 9, 20)
        where = f"{'ahead' if at < first else 'past'} {distance}"
    yield f"run {where}"
    yield f"run {where} strength {strong}"
    passed = bisect_left(page.prose, at)
    share = page.prose_words[passed] / max(1, page.prose_words[-1])
    yield f"read {bucket(share, 0.001, 0.1, 0.5, 0.9, 0.999)} strength {strong}"
    yield f"from top {bucket(at, 1, 2, 3, 6, 12, 25)}"
    yield f"to end {bucket(len(page.lines) - 1 - at, 1, 2, 4, 8, 16)}"


def _neighbours(page: Page, at: int) -> Iterator[str]:
    values = page.strengths
    own = values[at]
    around = {step: values[at + step] if 0 <= at + step < len(values) else -1 for step in (-2, -1, 1, 2)}
    for step, value in around.items():
        yield f"at {step} strength {value} own {own}"
    yield f"between {around[-1]} {around[1]} own {own}"
    shape = "".join(str(min(around[step], 2)) if around[step] >= 0 else "e" for step in (-2, -1, 1, 2))
    yield f"shape {shape} own {min(own, 2)}"
    yield f"run of labels {bucket(_labels_around(values, at), 1, 2, 3, 5, 9, 15)} own {min(own, 2)}"
    near = [page.lines[other].words for other in _near(values, at) if values[other] >= 2]  # noqa: PLR2004 - the scale of `strengths`
    yield f"prose near {bucket(sum(near), 1, 20, 60, 120)} own {min(own, 2)}"
    gap = min(page.lines[at].gap, 2)
    after = min(page.lines[at + 1].gap, 2) if at + 1 < len(values) else 2
    yield f"gaps {gap} {after} own {min(own, 2)}"
    for name, other in (("before", at - 1), ("after", at + 1)):
        if 0 <= other < len(values):
            facts = page.facts[other]
            if facts.credit:
                yield f"credit {name} own {min(own, 2)}"
            if facts.furniture:
                yield f"furniture {name} own {min(own, 2)}"
            yield f"size {name} {bucket(page.lines[other].words, 3, 9, 19, 45)}"
            yield f"end {name} {facts.ending}"


def _near(values: list[int], at: int) -> list[int]:
    return [other for other in range(max(0, at - NEAR), min(len(values), at + NEAR + 1)) if other != at]


def _labels_around(values: list[int], at: int) -> int:
    """How many labels and phrases stand in a row about the line: lists of links are long."""
    first = last = at
    while first > max(0, at - LONGEST_RUN) and values[first - 1] < 2:  # noqa: PLR2004 - the scale of `strengths`
        first -= 1
    while last + 1 < min(len(values), at + LONGEST_RUN) and values[last + 1] < 2:  # noqa: PLR2004 - the scale of `strengths`
        last += 1
    return last - first


def _rows(page: Page) -> frozenset[int]:
    """The lines of blocks within the article that are set line by line: verse, tables, lists without bullets.

    Such a block is of four or more short lines, since alternative text, caption and credit are three, and none of them
    is repeated or known to be something else. Below a label such as `Read more` a block is a list of links, and so may
    be one that ends the text, but for verse.
    """
    starts = [*(at for at, line in enumerate(page.lines) if line.gap), len(page.lines)]
    first, last = (page.prose[0], page.prose[-1]) if page.prose else (0, 0)
    found: set[int] = set()
    for start, end in pairwise(starts):
        inside = first < start and end - start >= FEWEST_ROWS and (end <= last or _is_verse(page, start, end))
        if inside and not page.facts[start - 1].furniture and all(_may_be_row(page, at) for at in range(start, end)):
            found.update(range(start, end))
    return frozenset(found)


def _is_verse(page: Page, start: int, end: int) -> bool:
    """Whether half of the lines above the last end in a stop or a comma, as titles of links do not."""
    stopped = sum(line.text.rstrip(CLOSERS).endswith(STOPS) for line in page.lines[start : end - 1])
    return stopped >= (end - start - 1) / 2


def _may_be_row(page: Page, at: int) -> bool:
    facts = page.facts[at]
    known = facts.marked or facts.prompts
    return not known and page.lines[at].words <= ROW_WORDS and page.counts[page.keys[at]] == 1


def _echoes(page: Page) -> frozenset[int]:
    """The lines that a longer line says too: pull quotes, headlines in breadcrumbs and titles, alternative texts."""
    joined = "\n".join(page.counts)
    return frozenset(
        at
        for at, key in enumerate(page.keys)
        if page.lines[at].words >= ECHOED_WORDS and len(key) >= ECHOED_LETTERS and joined.count(key) > 1
    )


def _series(page: Page, of_kind: Callable[[Page, int], bool]) -> frozenset[int]:
    """The lines of a kind that only its recurrence makes sure of: one alone may be anything."""
    found = [at for at in range(1, len(page.lines)) if of_kind(page, at)]
    return frozenset(found) if len(found) > 1 else frozenset()


def _is_signature(page: Page, at: int) -> bool:
    """Whether the line is a name and a place (`Ada Byron, Marsh Lane`) alone below a paragraph, as under letters."""
    line, facts = page.lines[at], page.facts[at]
    if facts.strength or facts.furniture or facts.credit or facts.byline or not page.strengths[at - 1] > 1:
        return False
    name, comma, place = line.text.partition(", ")
    placed = bool(comma) and place[:1].isupper() and not is_person_with_role(line.text)
    return placed and " " in name and is_person(name) and page.counts[page.keys[at]] == 1


def _is_timed_title(page: Page, at: int) -> bool:
    """Whether the line is a title that a clock time opens, alone above a paragraph, as in live blogs."""
    line, after = page.lines[at], at + 1
    alone = line.gap > 0 and after < len(page.lines) and page.strengths[after] > 1
    return alone and not page.facts[at].furniture and page.strengths[at] < 2 and _TIMED.match(line.text) is not None  # noqa: PLR2004 - the scale of `strengths`


def _span(page: Page) -> tuple[int, int]:
    """The run of lines with the most prose for the fewest interruptions (the maximum-sum run)."""
    best, total, start, span = 0, 0, 0, (0, -1)
    for at, line in enumerate(page.lines):
        total += min(line.words, MOST_PROSE) if page.strengths[at] >= 2 else -SHORT_COST  # noqa: PLR2004 - the scale of `strengths`
        if total <= 0:
            total, start = 0, at + 1
        elif total > best:
            best, span = total, (start, at)
    return span
