"""Marks who signs: bylines, and the standfirst that they close."""

import re

from parsing.text import furniture
from parsing.text.bylines import is_person_with_role, people_below_headline
from parsing.text.credits import is_agency_alone
from parsing.text.head import is_role
from parsing.text.lines import ends_sentence, is_cjk
from parsing.text.names import is_full_name, is_outlet, is_person
from parsing.text.reading import Reading, Role, headline_at, is_closed, is_prose, may_be_standfirst

SENTENCE_WORDS = 4
MOST_NAMED = 3
MOST_NAMES = 4
"""Words of one person's name."""
PLACE_OF_AUTHOR = "place of the author"
PLACE = re.compile(r"[^\W\d_a-z]\S*(?:\s[^\W\d_a-z]\S*)?")
BEFORE_NAME = ("by", "von", "par", "por", "di", "av")
BRACKETS = "()（）【】"


def mark_bylines(reading: Reading) -> None:
    """Byline lines by prefix before the first paragraph; and under the headline, names that stand alone.

    What stands between headline and byline or time stamp is the standfirst. A name alone may also end the text.
    """
    headline = headline_at(reading)
    end = first_paragraph(reading, headline + 1)
    for index in range(headline + 1, end):
        if not reading.free(index):
            continue
        if _is_place_below(reading, index):
            reading.take(index, Role.BYLINE, PLACE_OF_AUTHOR)
        elif reading.page.facts[index].byline or _is_bare_byline(reading, index, end) or _is_below(reading, index):
            reading.take(index, Role.BYLINE)
    under = headline + 1
    if headline >= 0 and may_be_standfirst(reading, under) and is_closed(reading, under + 1):
        reading.take(under, Role.STANDFIRST)
    _mark_last_name(reading)


def first_paragraph(reading: Reading, start: int) -> int:
    """The index of the first sentence that no byline follows."""
    for index in range(start, len(reading.lines)):
        line = reading.lines[index]
        sentence = line.words >= SENTENCE_WORDS and ends_sentence(line.text)
        if sentence and reading.verdicts[index].kind == "body" and not reading.page.facts[index].byline:
            follows = range(index + 1, min(index + 3, len(reading.lines)))
            if not any(_signs(reading, other) for other in follows):
                return index
    return min(len(reading.lines), start)


def _signs(reading: Reading, index: int) -> bool:
    """Whether a byline stands there: by its prefix, or a name and an agency above a time stamp."""
    text = reading.lines[index].text
    if reading.page.facts[index].byline or (":" in text and people_below_headline(text)):
        return True
    return _is_stamp(reading, index + 1) and (is_person_with_role(text) or bool(people_below_headline(text)))


def _is_stamp(reading: Reading, index: int) -> bool:
    facts = reading.page.facts
    return 0 <= index < len(facts) and facts[index].furniture == furniture.TIME_STAMP


def _is_below(reading: Reading, index: int) -> bool:
    text = reading.lines[index].text
    known = is_role(text) or is_agency_alone(text) or is_outlet(text)
    return known and reading.roles.get(index - 1) is Role.BYLINE


def _is_place_below(reading: Reading, index: int) -> bool:
    """Whether the line is where the author is, between byline and time stamp."""
    text = reading.lines[index].text
    placed = PLACE.fullmatch(text) is not None and not is_role(text) and not reading.page.facts[index].furniture
    below = reading.roles.get(index - 1) is Role.BYLINE and reading.lines[index].gap == 0
    return placed and below and not is_agency_alone(text) and not is_outlet(text) and _is_stamp(reading, index + 1)


def _is_bare_byline(reading: Reading, index: int, end: int) -> bool:
    """A person's name alone, where its neighbours are what stands around bylines."""
    text = reading.lines[index].text
    if (
        reading.page.facts[index].furniture not in (None, furniture.TIME_STAMP)
        or reading.page.counts[reading.page.keys[index]] > MOST_NAMED
    ):
        return False
    if reading.page.facts[index].credit and Role.BYLINE in reading.roles.values():
        return False
    roled = is_person_with_role(text)
    placed = not roled and _is_placed(text)
    several = bool(people_below_headline(text))
    if not (is_full_name(text) or roled or placed or several):
        return False
    around = [reading.lines[other].text for other in (index - 1, index + 1) if 0 <= other < len(reading.lines)]
    stamped = any(
        furniture.furniture_of(other) == furniture.TIME_STAMP or is_role(other) or is_outlet(other) for other in around
    )
    prefixed = index > 0 and reading.lines[index - 1].text.lower().rstrip(":") in BEFORE_NAME
    if stamped or prefixed or (several and ":" in text) or _is_above_place(reading, index):
        return True
    if index == headline_at(reading) + 1 and (roled or text.startswith("Na ")):
        return True
    return index + 1 == end and not placed and not _is_under_caption(reading, index)


def _is_above_place(reading: Reading, index: int) -> bool:
    after = index + 1
    tied = after < len(reading.lines) and reading.lines[after].gap == 0
    return tied and PLACE.fullmatch(reading.lines[after].text) is not None and _is_stamp(reading, after + 1)


def _is_under_caption(reading: Reading, index: int) -> bool:
    """Whether the name is in a block with a line that is not of the head: it is who took the picture then."""
    spaced = [line.gap > 0 for line in reading.lines[1:]]
    blocks = any(spaced) and not all(spaced)
    signed = Role.BYLINE in reading.roles.values() and reading.roles.get(index - 1) is not Role.BYLINE
    above = reading.free(index - 1) and not _is_stamp(reading, index - 1)
    return signed or (blocks and above and reading.lines[index].gap == 0)


def _is_placed(text: str) -> bool:
    """`Ada Byron, Wien`: a name and where its bearer writes, which a time stamp beside it makes sure of."""
    name, comma, place = text.partition(", ")
    return bool(comma) and " " in name and is_person(name) and PLACE.fullmatch(place) is not None


def _mark_last_name(reading: Reading) -> None:
    """A name alone below the last paragraph signs the text, if nobody else does and the text does not tell of them."""
    last = len(reading.lines) - 1
    if last <= 1 or Role.BYLINE in reading.roles.values() or not reading.free(last):
        return
    text = reading.lines[last].text.strip(BRACKETS)
    facts, key = reading.page.facts[last], reading.page.keys[last]
    told = any(key in other for other in reading.page.keys[:last])
    above = is_prose(reading.lines[last - 1]) and reading.verdicts[last - 1].kind == "body"
    known = facts.furniture or facts.credit or facts.tail or last in reading.page.signatures
    alone = reading.lines[last].gap > 0 or last - 1 == 0 or not any(line.gap for line in reading.lines)
    cased = text[:1].isupper() or is_cjk(text[:1])  # any words of other scripts have a name's shape
    if cased and is_full_name(text) and len(text.split()) <= MOST_NAMES and above and alone and not (told or known):
        reading.take(last, Role.BYLINE)
