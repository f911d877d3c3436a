"""The article in a text: each logical line gets one role, then the roles are put together as a story."""

import re
from dataclasses import dataclass, field
from enum import Enum, auto

from parsing.text import bio, furniture
from parsing.text.bylines import byline_of, sign_off_people
from parsing.text.captions import Picture, normalised, pictures_of
from parsing.text.lines import BULLET, Line, clean, logical_lines
from parsing.text.notices import notice_of
from slugline.story import NoticeKind

HEAD_LINES = 12
"""Lines in which headline, byline, time stamp and notices of the top are looked for."""
HEAD_NOTICES = 10
TAIL_NOTICES = 6
HEADLINE_WORDS = 40
SENTENCE_HEADLINE_WORDS = 25
"""A headline that ends in a full stop is shorter than a first paragraph."""
KICKER_WORDS = 3
STANDFIRST_WORDS = 4
PROSE_WORDS = 8
RELATED_WORDS = 4
TERMINALS = tuple(".!?…。！？؟।۔")
CLOSERS = "\"'”’»)]›』」）"


class Role(Enum):
    HEADLINE = auto()
    KICKER = auto()
    STANDFIRST = auto()
    BYLINE = auto()
    SIGN_OFF = auto()
    NOTICE = auto()
    PICTURE = auto()
    BIO = auto()
    REMOVED = auto()
    BODY = auto()


@dataclass
class Reading:
    """What is known of a text so far: its lines, and of each its role and why."""

    lines: list[Line]
    roles: dict[int, Role] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    kinds: dict[int, NoticeKind] = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)

    def free(self, index: int) -> bool:
        return index not in self.roles

    def take(self, index: int, role: Role, reason: str = "") -> None:
        self.roles[index] = role
        if reason:
            self.reasons[index] = reason


def read(text: str) -> Reading:
    """Every line of the text with its role."""
    reading = Reading(logical_lines(clean(text)))
    for step in (_mark_notices, _mark_pictures, _mark_furniture, _mark_head, _mark_tail):
        step(reading)
    for index in range(len(reading.lines)):
        if reading.free(index):
            reading.take(index, Role.BODY)
    return reading


def is_prose(line: Line) -> bool:
    """Whether the line is of whole sentences, as paragraphs and few other things are."""
    return line.words >= PROSE_WORDS and ends_sentence(line.text)


def ends_sentence(text: str) -> bool:
    return text.rstrip(CLOSERS + " ").endswith(TERMINALS)


def _mark_notices(reading: Reading) -> None:
    count = len(reading.lines)
    for index, line in enumerate(reading.lines):
        near_edge = index < HEAD_NOTICES or index >= count - TAIL_NOTICES
        if near_edge and (kind := notice_of(line.text)):
            reading.take(index, Role.NOTICE)
            reading.kinds[index] = kind


def _mark_pictures(reading: Reading) -> None:
    for picture in pictures_of(reading.lines):
        if all(reading.free(index) and not byline_of(reading.lines[index].text) for index in picture.lines):
            reading.pictures.append(picture)
            for index in picture.lines:
                reading.take(index, Role.PICTURE)


def _mark_furniture(reading: Reading) -> None:
    related = False
    for index, line in enumerate(reading.lines):
        if is_prose(line) or not reading.free(index):
            related = False
        reason = furniture.furniture_of(line.text) if reading.free(index) else None
        if reason or related:
            reading.take(index, Role.REMOVED, reason or furniture.RELATED)
        related = related or (reason == furniture.RELATED and line.words <= RELATED_WORDS and _is_late(reading, index))


def _is_late(reading: Reading, index: int) -> bool:
    """Whether no prose follows: titles under `Related` then are links, not subheads."""
    return not any(is_prose(line) for line in reading.lines[index + 1 :])


def _mark_head(reading: Reading) -> None:
    top = [index for index in range(min(HEAD_LINES, len(reading.lines))) if reading.free(index)]
    if not top:
        return
    _mark_bylines(reading, top)
    top = [index for index in top if reading.free(index)]
    headline = _headline(reading, top)
    if headline is None:
        return
    reading.take(headline, Role.HEADLINE)
    for index in top:
        if index < headline:
            reading.take(index, Role.KICKER)
    _mark_standfirst(reading, headline)


def _mark_bylines(reading: Reading, top: list[int]) -> None:
    for index in top:
        if is_prose(reading.lines[index]) and reading.lines[index].words > HEADLINE_WORDS:
            return
        if byline_of(reading.lines[index].text) and index:
            reading.take(index, Role.BYLINE)
            return


def _headline(reading: Reading, top: list[int]) -> int | None:
    if not top or len(reading.lines) == 1:
        return None
    first = top[0]
    line = reading.lines[first]
    following = reading.lines[top[1]] if len(top) > 1 else None
    if (
        line.words <= KICKER_WORDS
        and following
        and KICKER_WORDS < following.words <= HEADLINE_WORDS
        and not is_prose(following)
    ):
        return top[1]
    return (
        first
        if line.words <= HEADLINE_WORDS and not (is_prose(line) and line.words > SENTENCE_HEADLINE_WORDS)
        else None
    )


def _mark_standfirst(reading: Reading, headline: int) -> None:
    """The line between headline and byline or time stamp; without those nothing tells it from a first paragraph."""
    index = headline + 1
    if index + 1 >= len(reading.lines) or not reading.free(index) or reading.lines[index].words < STANDFIRST_WORDS:
        return
    closes = reading.roles.get(index + 1) is Role.BYLINE or reading.reasons.get(index + 1) == furniture.TIME_STAMP
    if closes:
        reading.take(index, Role.STANDFIRST)


def _mark_tail(reading: Reading) -> None:
    names = tuple(
        author.name
        for index, role in reading.roles.items()
        if role is Role.BYLINE and (byline := byline_of(reading.lines[index].text))
        for author in byline.authors
    )
    free = [index for index in range(len(reading.lines)) if reading.free(index)]
    for index in reversed(free[1:]):
        line = reading.lines[index]
        if sign_off_people(line.text) is not None:
            reading.take(index, Role.SIGN_OFF)
        elif bio.is_bio(line.text, names) and index > len(reading.lines) // 3:
            reading.take(index, Role.BIO)
        elif is_prose(line) or line.words > PROSE_WORDS:
            return


def is_list_item(text: str) -> re.Match[str] | None:
    return BULLET.match(text)


def same_words(one: str, other: str) -> bool:
    return normalised(one) == normalised(other)
