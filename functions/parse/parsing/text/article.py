"""The article in a text: each logical line gets one role. Sure signs first, then the weighed evidence."""

import re

from parsing.text import bio, furniture
from parsing.text.bylines import byline_of, sign_off_people
from parsing.text.captions import Picture, pictures_of
from parsing.text.credits import credit_of, is_agency_alone
from parsing.text.cues import normalised
from parsing.text.datelines import split_dateline
from parsing.text.evidence import Page
from parsing.text.head import headline_of, heads_briefs
from parsing.text.judge import judge
from parsing.text.lines import QUOTES, Line, clean, ends_sentence, logical_lines
from parsing.text.notices import notice_of, tagged_headline
from parsing.text.reading import PROSE_WORDS, Reading, Role, headline_at, is_prose, may_be_standfirst
from parsing.text.series import mark_series
from parsing.text.signing import first_paragraph, mark_bylines

HEAD_NOTICES = 10
TAIL_NOTICES = 6
OPENING = 5
"""Paragraphs of which one has the dateline."""
RELATED_WORDS = 4
KICKER_WORDS = 4
FEWEST_WORDS = 3
LEAST_BODY = 0.5
LEAST_BODY_PROSE = 0.4
"""A sentence is removed only on stronger evidence than a label: lost copy is worse than furniture that stays."""
LEAST_BODY_FOLLOWING = 0.2
"""Of a long sentence that stands where paragraphs stand."""
LONG_WORDS = 14
NOT_ARTICLE = "not of the article"
END_MARK = re.compile(r"(?i)\s?/\s?(?:fim|fin|end)\.?$")
DESK_END = re.compile(r"[A-Z]{2,5}(?:\s?/{1,2}\s?[A-Z]{2,5})+")
DESK_INITIALS = "desk initials"
ABOUT = re.compile(r"About [^\W\d_a-z][^.!?]{1,80}")
CONTACT = re.compile(r"(?i)(?:(?:media|press|news) )?contacts?\s*:|(?:media|press) contacts?$")
MOST_ABOUT = 6
"""Lines from `About the sender` to `Media contact:`."""
ABOUT_SENDER = "about the sender"
DESK_NOTES = re.compile(r"[#\s]*Notizblock")
DESK = "notes to the desk"
NEWSLETTER = "newsletter prompt"
NAMED_LINK = re.compile(r"[:|]\s*\S")
ABOUT_ARTICLE = "note about the article"
RULE = "rule between parts"
AGENCY_END = "agency at the end"
REPEATED = "headline said again"
PULL_QUOTE = "pull quote that repeats the text"
PULL_QUOTE_WORDS = 6
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…])\s+")
SIGN_OFF_BEHIND = re.compile(
    r"(?<=[.!?\"”’'])\s+(?=\((?i:additional )?(?i:reporting|writing|editing|compiled|written|reported)"
    r"(?: and \w+)? by\b[^()]{3,400}\)\s*$)"
)
INTERRUPTIONS = ("newsletter prompt", "support prompt", "advertisement", "consent prompt", "paywall")
ALTERNATIVE = "alternative text of a picture"


def read(text: str) -> Reading:
    """Every line of the text with its role."""
    page = Page(_with_sign_off_apart(logical_lines(clean(text))))
    reading = Reading(page, judge(page))
    for step in (
        _mark_rules,
        _mark_notices,
        _mark_headline,
        mark_bylines,
        _mark_notes_below,
        _mark_results,
        mark_series,
        _mark_agency_end,
        _mark_pictures,
        _mark_standfirst,
        _mark_furniture,
        _mark_pull_quotes,
        _mark_tail,
        _mark_rest,
    ):
        step(reading)
    return reading


def _with_sign_off_apart(lines: list[Line]) -> list[Line]:
    """The lines, where the desk's sign-off that ends a paragraph is one of its own: `… on Friday. (Reporting by A)`."""
    found: list[Line] = []
    for line in lines:
        copy, *sign_off = SIGN_OFF_BEHIND.split(line.text, maxsplit=1)
        found += [Line(copy, line.gap), Line(sign_off[0], 1)] if sign_off else [line]
    return found


def _mark_rules(reading: Reading) -> None:
    """Stars and dashes that set off parts of the copy."""
    for index, line in enumerate(reading.lines):
        if not any(map(str.isalnum, line.text)):
            reading.take(index, Role.REMOVED, RULE)


def _mark_notices(reading: Reading) -> None:
    count = len(reading.lines)
    for index, line in enumerate(reading.lines):
        near_edge = index < HEAD_NOTICES or index >= count - TAIL_NOTICES
        if near_edge and (kind := notice_of(line.text)):
            heads = tagged_headline(line.text) and Role.HEADLINE not in reading.roles.values()
            reading.take(index, Role.HEADLINE if heads else Role.NOTICE)
            reading.kinds[index] = kind


def _mark_headline(reading: Reading) -> None:
    tagged = next((index for index, role in reading.roles.items() if role is Role.HEADLINE), None)
    headline = headline_of(reading.page, reading.verdicts, reading.free) if tagged is None else tagged
    if headline is None:
        return
    reading.take(headline, Role.HEADLINE)
    if heads_briefs(reading.lines[headline].text) and headline + 1 < len(reading.lines) and reading.free(headline + 1):
        reading.take(headline + 1, Role.BODY)
    for index in range(headline + 1, len(reading.lines)):
        if reading.free(index) and reading.page.keys[index] == reading.page.keys[headline]:
            reading.take(index, Role.REMOVED, REPEATED)
    before = headline - 1
    if before >= 0 and reading.free(before) and headline <= KICKER_WORDS and _is_kicker(reading, before):
        reading.take(before, Role.KICKER)
    for index in range(before):
        if reading.free(index):
            reading.take(index, Role.REMOVED, furniture.furniture_of(reading.lines[index].text) or NOT_ARTICLE)


def _is_kicker(reading: Reading, index: int) -> bool:
    line = reading.lines[index]
    return (
        line.words <= KICKER_WORDS and not reading.page.facts[index].furniture and not reading.page.facts[index].byline
    )


def _mark_notes_below(reading: Reading) -> None:
    """What follows the copy: dpa's notes to the desk, and what a press release says of its sender above the contact."""
    for start, line in enumerate(reading.lines):
        contact = range(start + 1, min(start + MOST_ABOUT, len(reading.lines)))
        about = ABOUT.fullmatch(line.text) and any(CONTACT.match(reading.lines[at].text) for at in contact)
        if start > 1 and (about or DESK_NOTES.fullmatch(line.text)):
            for index in filter(reading.free, range(start, len(reading.lines))):
                reading.take(index, Role.REMOVED, ABOUT_SENDER if about else DESK)
            return


def _mark_results(reading: Reading) -> None:
    start = first_paragraph(reading, 1)
    for index in reading.page.results:
        if index > start and reading.free(index) and not reading.page.facts[index].furniture:
            reading.take(index, Role.BODY)


def _mark_agency_end(reading: Reading) -> None:
    """The agency of the dateline said again where the dispatch ends: no credit, nor its paragraph a caption."""
    opening = [line for line in reading.lines if is_prose(line)][:OPENING]
    source = next(filter(None, (_source(line.text) for line in opening)), None)
    if source is None:
        return
    for index in reversed(reading.all_free()):
        line, facts = reading.lines[index], reading.page.facts[index]
        ended = END_MARK.sub("", line.text).strip("()[]©= .")
        if DESK_END.fullmatch(line.text):
            reading.take(index, Role.REMOVED, DESK_INITIALS)
        elif is_agency_alone(ended) and source.casefold() in line.text.casefold():
            reading.take(index, Role.REMOVED, AGENCY_END)
        elif _is_last_of(reading, index, source):
            reading.take(index, Role.BODY)
            return
        elif facts.furniture:
            reading.take(index, Role.REMOVED, facts.furniture)
        elif line.words >= PROSE_WORDS and sign_off_people(line.text) is None:
            return


def _source(text: str) -> str | None:
    split = split_dateline(text)
    return split.dateline.source if split else None


def _is_last_of(reading: Reading, index: int, source: str) -> bool:
    """Whether the line is a dispatch's last paragraph: `… on Sunday. (ANSA)`, `… EFE`, `… PTI ABC KRK`."""
    end = rf"[.!?\"”»]\s*[(\[]?{re.escape(source)}[)\]]?(?P<initials>(?:\s[A-Z]{{2,4}}){{0,4}})\.?$"
    found = re.search(end, reading.lines[index].text)
    return found is not None and (bool(found["initials"]) or not reading.page.facts[index].cue)


def _mark_pictures(reading: Reading) -> None:
    for picture in pictures_of(reading.page, reading.verdicts):
        if all(reading.free(index) for index in picture.lines):
            reading.pictures.append(picture)
            for index in picture.lines:
                reading.take(index, Role.PICTURE)
        elif picture.credit and reading.free(last := picture.lines[-1]) and reading.page.facts[last].credit:
            # A caption on a line of its own is the headline said again, or surely none.
            alone = credit_of(reading.lines[last].text) == picture.credit
            caption = None if alone else picture.caption
            reading.pictures.append(Picture((last,), caption=caption, credit=picture.credit))
            reading.take(last, Role.PICTURE)


def _mark_standfirst(reading: Reading) -> None:
    """The line above the text that by all evidence sums it up, if there is no standfirst yet.

    After the pictures, since a caption near the top sums the text up as well.
    """
    headline = headline_at(reading)
    if headline < 0 or Role.STANDFIRST in reading.roles.values():
        return
    for index in range(headline + 1, first_paragraph(reading, headline + 1)):
        if reading.verdicts[index].kind == "standfirst" and may_be_standfirst(reading, index):
            reading.take(index, Role.STANDFIRST)
            return


def _mark_furniture(reading: Reading) -> None:
    """Furniture by its phrase; and titles under `Related`, which are links, not subheads, when no prose follows.

    Between paragraphs the title right below is a link, and of those after it the ones that are long for a subhead.
    """
    facts = reading.page.facts
    last_prose = max(
        (index for index, line in enumerate(reading.lines) if is_prose(line) and not facts[index].bio), default=-1
    )
    related = within = False
    for index, line in enumerate(reading.lines):
        if is_prose(line) or not reading.free(index):
            related = within = False
        reason = reading.page.facts[index].furniture if reading.free(index) else None
        linked = within and (_is_related_label(reading, index - 1) or line.words > RELATED_WORDS)
        if reason or related or linked:
            reading.take(index, Role.REMOVED, reason or furniture.RELATED)
        within = (within and linked) or _is_related_label(reading, index)
        related = related or (reason == furniture.RELATED and line.words <= RELATED_WORDS and index > last_prose)
    for index in reading.all_free():
        if _is_within_prompt(reading, index):
            reading.take(index, Role.REMOVED, NEWSLETTER)


def _is_related_label(reading: Reading, index: int) -> bool:
    """Whether the line says that links follow and names none itself."""
    line = reading.lines[index]
    label = reading.page.facts[index].furniture == furniture.RELATED and line.gap > 0
    return label and line.words <= RELATED_WORDS and not NAMED_LINK.search(line.text)


def _is_within_prompt(reading: Reading, index: int) -> bool:
    """Whether the line is of one block with a newsletter's prompts above and below."""
    facts, after = reading.page.facts, index + 1
    if not 0 < index < len(facts) - 1 or reading.lines[index].gap or reading.lines[after].gap:
        return False
    return facts[index - 1].furniture == facts[after].furniture == NEWSLETTER


def _mark_pull_quotes(reading: Reading) -> None:
    """A sentence that a longer paragraph holds word for word; a subhead is short or has no full stop.

    Of a quotation the sentences may stand apart there, with who said them in between.
    """
    keys = reading.page.keys
    paragraphs = [keys[index] for index in reading.all_free() if is_prose(reading.lines[index])]
    for index in reading.all_free():
        line = reading.lines[index]
        quoted = line.words >= 2 * PULL_QUOTE_WORDS and line.text[0] in QUOTES
        whole = quoted or (line.words >= PULL_QUOTE_WORDS and ends_sentence(line.text))
        if not whole or not (line.text[0] in QUOTES or index in reading.page.echoes):
            continue
        said = _SENTENCE_ENDS.split(line.text) if line.text[0] in QUOTES else [line.text]
        parts = [normalised(sentence) for sentence in said]
        if any(len(keys[index]) < len(text) and all(part in text for part in parts) for text in paragraphs):
            reading.take(index, Role.REMOVED, PULL_QUOTE)


def _mark_tail(reading: Reading) -> None:
    names = tuple(
        author.name
        for index, role in reading.roles.items()
        if role is Role.BYLINE and (byline := byline_of(reading.lines[index].text))
        for author in byline.authors
    )
    for index in reversed(reading.all_free()[1:]):
        line = reading.lines[index]
        if sign_off_people(line.text) is not None:
            reading.take(index, Role.SIGN_OFF)
        elif bio.is_closing(line.text):
            reading.take(index, Role.REMOVED, ABOUT_ARTICLE)
        elif bio.is_bio(line.text, names) and index > len(reading.lines) // 3:
            reading.take(index, Role.BIO)
        elif is_prose(line) and reading.verdicts[index].kind == "body":
            return


def _mark_rest(reading: Reading) -> None:
    for index in reading.all_free():
        verdict = reading.verdicts[index]
        least = LEAST_BODY_PROSE if is_prose(reading.lines[index]) else LEAST_BODY
        least = LEAST_BODY_FOLLOWING if _follows_copy(reading, index) else least
        if verdict.of("body") >= least or _goes_on(reading, index):
            reading.take(index, Role.BODY)
        else:
            reading.take(index, Role.REMOVED, ALTERNATIVE if verdict.kind == "alt" else NOT_ARTICLE)


def _goes_on(reading: Reading, index: int) -> bool:
    """Whether a sentence that is a block by itself goes on with the text, below a picture or a prompt within it.

    Not a question: so end the titles of other articles.
    """
    lines, facts = reading.lines, reading.page.facts[index]
    if _is_short_between(reading, index):
        return True
    known = facts.marked or facts.prompts
    alone = lines[index].gap and (index + 1 == len(lines) or lines[index + 1].gap)
    blocks = any(line.gap == 0 for line in lines[1:])
    stopped = is_prose(lines[index]) and facts.ending == "stop"
    if known or not alone or not blocks or not stopped or not index:
        return False
    above = _block_start(lines, index - 1)
    if reading.page.facts[above].furniture in INTERRUPTIONS and above:
        above = _block_start(lines, above - 1)
    return reading.roles.get(above) in (Role.BODY, Role.PICTURE)


def _is_short_between(reading: Reading, index: int) -> bool:
    """Whether a sentence of a few words stands between two paragraphs, or ends the text below one: `Let it be.`"""
    line, facts, after = reading.lines[index], reading.page.facts[index], index + 1
    if reading.roles.get(index - 1) is not Role.BODY or line.words < FEWEST_WORDS or facts.ending != "stop":
        return False
    known = facts.marked or facts.prompts
    last = after == len(reading.lines) or reading.roles.get(after) is Role.BIO
    follows = last or (
        reading.free(after) and reading.verdicts[after].kind == "body" and is_prose(reading.lines[after])
    )
    return not known and follows and line.text[:1].isupper()


def _block_start(lines: list[Line], index: int) -> int:
    return next((at for at in range(index, 0, -1) if lines[at].gap), 0)


def _follows_copy(reading: Reading, index: int) -> bool:
    """Whether a long sentence, with nothing against it, stands below a paragraph or the head, and above a paragraph."""
    line, facts, before = reading.lines[index], reading.page.facts[index], index - 1
    known = facts.marked or facts.prompts > 1
    if known or before < 0 or not line.gap or line.words < LONG_WORDS or not ends_sentence(line.text):
        return False
    head = reading.reasons.get(before) == furniture.TIME_STAMP or reading.roles.get(before) is Role.BYLINE
    above = head or reading.roles.get(before) is Role.BODY
    return above and any(
        reading.verdicts[other].kind == "body" and is_prose(reading.lines[other])
        for other in range(index + 1, len(reading.lines))
    )
