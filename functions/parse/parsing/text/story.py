"""The story out of a reading: fields, body and what was removed, with every word of the text in one of them."""

from dataclasses import dataclass, field

from parsing.desk_time import assumed
from parsing.text import bio, furniture
from parsing.text.article import NOT_ARTICLE
from parsing.text.bylines import byline_of, people_below_headline, people_of, sign_off_people, split_reporter
from parsing.text.captions import Picture
from parsing.text.cues import normalised
from parsing.text.datelines import split_dateline, split_place
from parsing.text.evidence import Page
from parsing.text.head import is_role
from parsing.text.lines import BULLET, Line, ends_sentence, is_cjk
from parsing.text.moments import Moment
from parsing.text.names import is_person
from parsing.text.notices import tagged_headline
from parsing.text.reading import Reading, Role
from parsing.text.signing import BRACKETS, PLACE_OF_AUTHOR
from parsing.text.stamps import Stamps, is_label, is_labelled, stamps_of
from slugline.story import Author, Block, BlockType, Dateline, Image, Notice, Removed, Story

DERIVED = "headline_from_first_sentence"
"""How the warning on a headline begins that the text does not have."""
SUBHEAD_WORDS = 14
LONGEST_HEADLINE = 200
SHORTEST_SENTENCE = 20
FEWEST_WORDS, FEWEST_IDEOGRAPHS = 2, 4
MOST_DOUBTFUL = 3
"""Lines of a text that is nothing but a flash; more of them are labels of a page."""
REPEATED_WORDS = 8


@dataclass
class _Parts:
    headline: str = ""
    kicker: list[str] = field(default_factory=list)
    standfirst: str | None = None
    byline: str | None = None
    authors: list[Author] = field(default_factory=list)
    dateline: Dateline | None = None
    notices: list[Notice] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def story_of(reading: Reading, time_zone: str = "UTC") -> Story:
    """The story of a reading; ids, language and rights are for `finish`.

    `time_zone`: the desk's IANA zone, in which a time stamp without a zone is read.
    """
    parts = _Parts()
    pictures = {picture.lines[0]: picture for picture in reading.pictures}
    for index, line in enumerate(reading.lines):
        if picture := pictures.get(index):
            _add_picture(parts, picture)
        _add(parts, reading, index, line.text)
    _keep_briefs(parts)
    _fall_back(parts)
    stamps = _stamps(reading)
    parts.warnings += [*_doubts(parts), *_stamp_doubts(stamps, time_zone)]
    return Story(
        headline=parts.headline,
        kicker="\n".join(parts.kicker) or None,
        standfirst=parts.standfirst,
        byline=parts.byline,
        authors=tuple(parts.authors),
        dateline=parts.dateline,
        published=stamps.published.instant(time_zone) if stamps.published else None,
        updated=stamps.updated.instant(time_zone) if stamps.updated else None,
        notices=tuple(parts.notices),
        body=tuple(parts.body),
        images=tuple(parts.images),
        removed=tuple(parts.removed),
        warnings=tuple(parts.warnings),
    )


def _add(parts: _Parts, reading: Reading, index: int, text: str) -> None:
    match reading.roles[index]:
        case Role.HEADLINE:
            _add_headline(parts, reading, index, text)
        case Role.KICKER:
            parts.kicker.append(text)
        case Role.STANDFIRST:
            parts.standfirst = text
        case Role.BYLINE:
            _add_byline(parts, text, reading.reasons.get(index))
        case Role.NOTICE:
            parts.notices.append(Notice(kind=reading.kinds[index], text=text))
        case Role.REMOVED:
            parts.removed.append(Removed(text=text, reason=reading.reasons[index]))
        case _:
            _add_copy(parts, reading, index, text)


def _add_headline(parts: _Parts, reading: Reading, index: int, text: str) -> None:
    parts.headline = text
    if (kind := reading.kinds.get(index)) and (tagged := tagged_headline(text)):
        tag, parts.headline = tagged
        parts.notices.append(Notice(kind=kind, text=tag))


def _add_copy(parts: _Parts, reading: Reading, index: int, text: str) -> None:
    match reading.roles[index]:
        case Role.BODY:
            _add_body(parts, reading, index)
        case Role.BIO:
            _add_bio(parts, text)
        case Role.SIGN_OFF:
            parts.removed.append(Removed(text=text, reason="desk sign-off"))
            parts.authors += () if parts.authors else sign_off_people(text) or ()


def _add_byline(parts: _Parts, text: str, reason: str | None) -> None:
    parts.byline = f"{parts.byline}\n{text}" if parts.byline else text
    if byline := byline_of(text):
        parts.authors += byline.authors
    elif reason == PLACE_OF_AUTHOR and parts.authors:
        parts.authors[-1] = parts.authors[-1].model_copy(update={"location": text})
    elif people := people_below_headline(text):
        parts.authors += people
    elif is_role(text) and parts.authors and not is_person(text):
        parts.authors[-1] = parts.authors[-1].model_copy(update={"role": text})
    else:
        parts.authors += people_of(text.strip(BRACKETS))


def _add_picture(parts: _Parts, picture: Picture) -> None:
    image = Image(
        id=f"text-{len(parts.images) + 1}",
        alt=picture.alt,
        caption=picture.caption,
        credit=picture.credit.text if picture.credit else None,
        copyright=picture.credit.copyright if picture.credit else None,
    )
    parts.images.append(image)
    parts.body.append(Block(type=BlockType.IMAGE, image=image.id))
    if picture.credit and picture.credit.label:
        parts.removed.append(Removed(text=picture.credit.label.strip(), reason="label of a picture credit"))


def _add_bio(parts: _Parts, text: str) -> None:
    found = bio.bio_author(text)
    named = next(
        (known for known in parts.authors if known.bio is None and text.lower().startswith(known.name.lower())), None
    )
    if named:
        told = named.model_copy(update={"bio": text, **_told(found)})
        parts.authors[parts.authors.index(named)] = told
    elif found and (not parts.authors or parts.byline is None):
        parts.authors.append(found)
        parts.warnings.append("byline_inferred_from_bio: the author is named only in the biography at the end.")
    else:
        parts.removed.append(Removed(text=text, reason="about the author"))
    if bio.is_truncated(text):
        parts.warnings.append("author_bio_truncated: the biography breaks off.")


def _told(found: Author | None) -> dict[str, str]:
    if found is None:
        return {}
    return {name: value for name in ("role", "location", "email") if (value := getattr(found, name))}


def _add_body(parts: _Parts, reading: Reading, index: int) -> None:
    page, line = reading.page, reading.lines[index]
    text = line.text
    if parts.dateline is None and parts.standfirst is None and split_dateline(text):
        _raise_standfirst(parts)
    has_prose = any(block.text for block in parts.body)
    if not has_prose and parts.dateline is None and (split := split_dateline(text)):
        parts.dateline, text = split.dateline, split.rest
        _add_reporters(parts, split.byline)
    elif not has_prose and parts.dateline is None and (local := split_place(text, _others(page, index))):
        parts.dateline, text = local.dateline, local.rest
    if not has_prose and parts.byline is None and (signed := split_reporter(text)):
        parts.byline, parts.authors, text = signed[0].text, [*signed[0].authors], signed[1]
    plain = page.rows | page.signatures | reading.signatures
    if index in reading.titles:
        parts.body.append(Block(type=BlockType.SUBHEAD, text=text))
    elif (bullet := BULLET.match(text)) and not _is_speech(text):
        parts.body.append(Block(type=BlockType.LIST_ITEM, text=text[bullet.end() :]))
        _keep_number(parts, bullet[0].strip())
    elif index in page.timed_titles or (has_prose and index not in plain and _heads(line, text)):
        parts.body.append(Block(type=BlockType.SUBHEAD, text=text))
    else:
        parts.body.append(Block(text=text))


def _raise_standfirst(parts: _Parts) -> None:
    """A dateline opens the copy: the one sentence above it is the standfirst."""
    above = [block for block in parts.body if block.text]
    if parts.headline and len(above) == 1 and above[0].type is BlockType.PARAGRAPH:
        parts.standfirst = above[0].text
        parts.body.remove(above[0])


def _others(page: Page, index: int) -> str:
    return "\n".join(line.text for at, line in enumerate(page.lines) if at != index)


def _add_reporters(parts: _Parts, named: str | None) -> None:
    """The people in a dateline, which are the authors when no byline names any."""
    if named and not parts.authors:
        byline = byline_of(named)
        parts.byline = parts.byline or named
        parts.authors += byline.authors if byline else people_of(named)


def _is_speech(text: str) -> bool:
    """Whether a dash opens a sentence, as it opens speech in half of Europe; the dash is copy then, no bullet."""
    return text[0] in "–—" and ends_sentence(text)


def _heads(line: Line, text: str) -> bool:
    return line.gap > 0 and line.words <= SUBHEAD_WORDS and not ends_sentence(text) and text[-1] not in ",;:"


def _keep_number(parts: _Parts, bullet: str) -> None:
    if any(map(str.isalnum, bullet)):
        parts.removed.append(Removed(text=bullet, reason="number of a list item"))


def _keep_briefs(parts: _Parts) -> None:
    """A brief is news: where no paragraph was found, sentences above it are the copy, and lines in doubt the story."""
    if any(block.text for block in parts.body):
        return
    if parts.headline and ends_sentence(parts.headline) and parts.headline[-1] not in "?!？！":
        lines = [*parts.kicker, parts.headline]
        parts.body += [Block(text=text) for text in [*lines, *filter(None, (parts.standfirst,))]]
        parts.headline, parts.kicker, parts.standfirst = "", [], None
    elif parts.headline and parts.standfirst and ends_sentence(parts.standfirst):
        parts.body.append(Block(text=parts.standfirst))
        parts.standfirst = None
    elif not (parts.notices or parts.images):
        _keep_doubtful(parts)


def _keep_doubtful(parts: _Parts) -> None:
    doubtful = [one for one in parts.removed if one.reason == NOT_ARTICLE]
    if not 0 < len(doubtful) <= MOST_DOUBTFUL or not (parts.headline or _says_something(doubtful[0].text)):
        return
    parts.removed = [one for one in parts.removed if one not in doubtful]
    texts = [one.text for one in doubtful]
    parts.headline, texts = (parts.headline, texts) if parts.headline else (texts[0], texts[1:])
    parts.body += [Block(text=text) for text in texts]


def _says_something(text: str) -> bool:
    return len(text.split()) >= FEWEST_WORDS or (len(text) >= FEWEST_IDEOGRAPHS and any(map(is_cjk, text)))


def _fall_back(parts: _Parts) -> None:
    """A story has to have a headline: without a line of its own, the first sentence is shown, and stays in the body."""
    if parts.headline:
        return
    first = _first_words(parts)
    end = next(
        (at for at, character in enumerate(first) if character in ".!?。！？؟" and at > SHORTEST_SENTENCE), len(first)
    )
    if end > LONGEST_HEADLINE:
        end = first.rfind(" ", 0, LONGEST_HEADLINE) if " " in first[:LONGEST_HEADLINE] else LONGEST_HEADLINE
    parts.headline = first[:end]
    parts.warnings.append(f"{DERIVED}: no line of the text reads like a headline.")


def _first_words(parts: _Parts) -> str:
    """Of the body, else of a notice (a kill is often all there is), else of a caption."""
    texts = [block.text for block in parts.body] + [notice.text for notice in parts.notices]
    texts += [image.caption or image.alt or "" for image in parts.images]
    return next(filter(None, texts), "")


def _stamps(reading: Reading) -> Stamps:
    """By the stamps above the text, and those anywhere that say what they are of: other dates are of other articles."""
    body = (index for index, role in reading.roles.items() if role is Role.BODY)
    opening = min(body, default=len(reading.lines))
    lines: list[str] = []
    for index, line in enumerate(reading.lines):
        stamped = reading.reasons.get(index) == furniture.TIME_STAMP
        if stamped and (index < opening or is_labelled(line.text)):
            lines += [reading.lines[index - 1].text] if index and is_label(reading.lines[index - 1].text) else []
            lines.append(line.text)
        elif reading.roles[index] is Role.BYLINE:
            lines.append(line.text)
    return stamps_of(lines)


def _stamp_doubts(stamps: Stamps, time_zone: str) -> list[str]:
    found: list[Moment] = [moment for moment in (stamps.published, stamps.updated) if moment]
    doubts: list[str] = []
    if not all(moment.has_time for moment in found):
        doubts.append("time_assumed: a time stamp names a day only; the beginning of that day is taken.")
    named = (("publication", stamps.published), ("update", stamps.updated))
    doubts += [
        assumed(what, moment.local, time_zone, has_time=moment.has_time)
        for what, moment in named
        if moment and moment.zone is None
    ]
    return doubts


def _doubts(parts: _Parts) -> list[str]:
    doubts: list[str] = []
    prose = [block.text for block in parts.body if block.text]
    if not prose:
        doubts.append("no_body: the text has no paragraph.")
    alts = [normalised(image.alt) for image in parts.images if image.alt]
    if len(set(alts)) < len(alts):
        doubts.append("duplicate_alt_text: several pictures have the same alternative text.")
    joined = normalised(" ".join(prose))
    if any(_repeats(image.caption, joined) for image in parts.images if image.caption):
        doubts.append("caption_repeats_body: a caption repeats the text.")
    if any(" ." in text or " ," in text for text in prose):
        doubts.append("stray_punctuation: a full stop or comma stands alone.")
    return doubts


def _repeats(caption: str, prose: str) -> bool:
    """Whether eight words of the caption, or all of a shorter one, follow one another in the text too."""
    words = normalised(caption).split()
    runs = range(max(1, len(words) - REPEATED_WORDS + 1))
    return any(" ".join(words[start : start + REPEATED_WORDS]) in prose for start in runs) if words else False
