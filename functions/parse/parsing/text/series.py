"""Marks short lines that their form, or their recurrence, makes sure of as copy."""

import re

from parsing.text.names import is_person
from parsing.text.reading import Reading, Role
from parsing.text.signing import PLACE, first_paragraph

CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?:\s?(?i:uhr|[ap]\.?m\.?|gmt|bst|[ce]e?s?t))?")
NUMBERED = re.compile(r"(?P<number>\d{1,2})[.)]\s+\S.*")
FIGURES = re.compile(
    r"(?:Serves|Makes|Yields?):?\s\d.{0,20}|(?:Prep(?:aration)?|Cook(?:ing)?|Total)(?:\stime)?:\s\d.{0,30}"
    r"|Attendance:\s\d[\d,.]*|\([$€£]?1 = [€£$]?\d[\d.,]* .{3,40}\)"
)
"""`Serves 4`, `Attendance: 4,118.`, `($1 = 10.21 Norwegian crowns)`."""
FEWEST_NUMBERS = 4
FEWEST_TITLES = 3
TITLE_WORDS = 12
WITHHELD = re.compile(r"(?i)(?:name|full name|names)(?: and address(?:es)?)? (?:supplied|withheld)\b.{0,30}")


def mark_series(reading: Reading) -> None:
    """Entries of live blogs, names under letters, numbered titles, and lines of figures, all below the first paragraph.

    A live blog's first entry may be above it.
    """
    _mark_entries(reading)
    _mark_letters(reading)
    _mark_numbered(reading)
    start = first_paragraph(reading, 1)
    for at in range(start + 1, len(reading.lines)):
        if reading.free(at) and (FIGURES.fullmatch(reading.lines[at].text) or _is_line_score(reading, at)):
            reading.take(at, Role.BODY)


def _mark_entries(reading: Reading) -> None:
    """Two or more clock times alone, each above prose or above a title and prose."""
    lines, strengths = reading.lines, reading.page.strengths
    entries = [
        at
        for at in range(1, len(lines) - 1)
        if reading.free(at) and lines[at].gap and CLOCK.fullmatch(lines[at].text) and 1 in (_depth(reading, at), 0)
    ]
    if len(entries) < 2:  # noqa: PLR2004 - one alone may be a video's length
        return
    for at in entries:
        end = at + 2 + _depth(reading, at)
        for index in range(at, end):
            if reading.free(index) and (index < end - 1 or strengths[index] > 1):
                reading.take(index, Role.BODY)


def _depth(reading: Reading, at: int) -> int:
    """How many titles stand between the line and the prose below it; -1 when it is not the head of an entry."""
    after = [value > 1 for value in reading.page.strengths[at + 1 : at + 3]]
    return after.index(True) if True in after else -1


def _mark_letters(reading: Reading) -> None:
    """Names and places below two or more letters, on a line each: `Ada Byron`, `Marsh Lane`."""
    lines, strengths, facts = reading.lines, reading.page.strengths, reading.page.facts
    found: list[tuple[int, ...]] = []
    for at in range(2, len(lines)):
        if not (reading.free(at) and lines[at].gap and strengths[at - 1] > 1 and not facts[at].credit):
            continue
        place, after = at + 1, at + 2
        placed = place < len(lines) and not lines[place].gap and PLACE.fullmatch(lines[place].text) is not None
        ends = after >= len(lines) or lines[after].gap > 0
        signed = " " in lines[at].text and is_person(lines[at].text)
        if signed and placed and ends and not (facts[place].credit or facts[place].furniture):
            found.append((at, place))
        elif WITHHELD.fullmatch(lines[at].text):
            found.append((at,))
    if sum(len(one) > 1 for one in found) > 1:
        for at in (index for one in found for index in one):
            reading.take(at, Role.BODY)
            reading.signatures.add(at)


def _mark_numbered(reading: Reading) -> None:
    """Titles with the numbers of a row, each above prose, as of a list of tips or walks."""
    lines, strengths = reading.lines, reading.page.strengths
    titles = [
        (at, int(match["number"]))
        for at in range(1, len(lines) - 1)
        if reading.free(at)
        and lines[at].gap
        and lines[at + 1].gap
        and lines[at].words <= TITLE_WORDS
        and strengths[at + 1] > 1
        and strengths[at] < 2  # noqa: PLR2004 - the scale of `strengths`
        and (match := NUMBERED.fullmatch(lines[at].text))
    ]
    numbers = [number for _, number in titles]
    rising = list(range(1, len(numbers) + 1))
    if len(titles) >= FEWEST_TITLES and numbers in (rising, rising[::-1]):
        for at, _ in titles:
            reading.take(at, Role.BODY)
            reading.titles.add(at)


def _is_line_score(reading: Reading, at: int) -> bool:
    """Whether it is a row of one make with its neighbour: `COMETS 22 25 24 16 - 87`."""
    near = (at - 1, at + 1)
    own = _shape(reading.lines[at].text)
    return own.count("9") >= FEWEST_NUMBERS and any(
        own == _shape(reading.lines[other].text) for other in near if other < len(reading.lines)
    )


def _shape(text: str) -> str:
    words = text.split()
    named = bool(words) and words[0][0].isalpha() and words[-1].isdigit()
    return "".join("9" if word.isdigit() else "a" for word in words) if named else ""
