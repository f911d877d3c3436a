"""Messages of ANPA 1312 and IPTC 7901 to their stories.

Both are framed by control characters: SOH, header, STX, text, ETX, end line. Seven-bit ANPA writes what it has no
character for by others: two grave accents and two apostrophes for double quotes, and a lone low line for a dash;
these are read as what they stand for.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby

from parsing.document import Context, ParsedStory, Rejected
from parsing.markup import dates
from parsing.text.bylines import byline_of
from parsing.text.charset import decode
from parsing.text.datelines import split_dateline
from parsing.text.moments import zone_named
from parsing.text.notices import notice_of
from parsing.wire.anpa_header import is_anpa
from parsing.wire.anpa_tables import is_row, table_of, with_columns
from parsing.wire.fields import notice, paragraphs, tidy, unique
from parsing.wire.refine import authors_of, refined
from slugline.story import Author, Block, BlockType, Dateline, Notice, NoticeKind, Removed, Story

SOH, STX = b"\x01", "\x02"
CONTROL_BYTES = re.compile(rb"[\x00\x01\x03-\x07\x0b\x0c\x0e-\x1f\x7f]")
"""All but tabs, line ends, STX, which ends the header, and the code that begins a row of a table."""
ANPA_HEADER = re.compile(
    r"\s*(?P<number>[A-Za-z]\d{3,4})\S*\s*\n(?P<priority>[a-z])\s+(?P<category>[a-z]{1,3})\s+(?P<keyword>.+?)\s+"
    r"(?P<date>\d\d-\d\d)[^\n]*\n?"
)
IPTC_HEADER = re.compile(
    r"\s*(?P<source>[a-z]{2,4})(?P<number>\d{3,5})\s+(?P<priority>[1-9])\s+(?P<category>[a-z]{1,3})\s+"
    r"(?P<words>\d{1,5})(?P<options>[^\n]*)\n"
)
FIELD = re.compile(r"^\^(?P<text>.*?)\s*(?P<end>[<=])\s*$", re.MULTILINE)
STAR = re.compile(r"\*+(?:\s|$)")
UNCLOSED = re.compile(r"^\^(?=.*[^<=\s]\s*$)", re.MULTILINE)
"""The mark of a line that is closed by none: an item of a list."""
ANPA_END = re.compile(
    r"^\s*\S{2,5}-\S{2}-(?P<date>\d\d-\d\d-\d\d) (?P<time>\d{4}) ?(?P<zone>[A-Z]{2,4})?<?\s*$", re.MULTILINE
)
IPTC_END = re.compile(
    r"^\s*(?P<date>\d{6}) (?:(?P<zone>[A-Z]{3,4}) )?(?P<month>[A-Za-z]{3}) (?P<year>\d\d)\s*$", re.MULTILINE
)
INDENT = re.compile(r"\n(?=[\t ]{3,}\S|\t)")
VERSION = re.compile(r"(?i)\s*\b\d*(?:st|nd|rd|th)?\s?(?:Ld|Lead|Writethru|Add|Sub|Correction|Kill|Advisory)\b.*$")
KILL = re.compile(r"\b(?:KILL|Kill|WITHHOLD|ELIMINATION|Elimination|WITHDRAWAL)\b")
PHOTOS = re.compile(r"[A-Z]{2,5}\s+(?:Photo|Graphic|Video)s?\b")
OUTLET = re.compile(
    r"(?i)(?:the )?(?:associated press|ap|reuters|afp|dpa|upi)|.*\b(?:writer|correspondent|editor|press|news)s?"
)
NOTES = re.compile(
    r"^(?:#{1,3} (?:(?:dpa )?(?i:notebook|note to editors|notizblock)|Redaktionelle Hinweise)|\* \* \* \*)\s*$",
    re.MULTILINE,
)
RULE = re.compile(r"[_*\-=\s]{3,}")
SIGN_OFF = re.compile(r"(?:[a-z]{2,5}\s*){2,6}|\([A-Z]{2,5}\\?/[a-z]{2,5}\)")
PARAGRAPH = re.compile(r"\n\s*\n|\n(?=[ \t]{2,}\S|[-*] )")
PLACE = re.compile(
    r"(?P<place>[^\W\d_a-z][^().!?]{1,40}) \((?P<source>[A-Za-z]{2,5}(?:[ /-][A-Za-z]{2,5})*)\) "
    r"(?:(?:--?|–|—|_) )?(?=[^\W_a-z])"
)
LONG_HEADLINE = 110
KEYWORD_START = 12
LONGEST_LINE = 90
TAKE = re.compile(
    r"(?:EXTRA +)?(?P<again>(?:REFILE +)?\d(?:ST|ND|RD|TH) (?:LEAD|ROUNDUP|UPDATE) +|REFILE +)?(?:EXTRA +)?"
    r"(?=\S{2,} \S)"
)
"""How dpa tags a story sent before (`1ST LEAD`), or urgent (`EXTRA`)."""
TITLE_LINES = 10
"""Within so many lines a message's title ends, if it has one."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass
class _Head:
    """What the header fields say, in the order in which they are met."""

    headline: str = ""
    standfirst: str | None = None
    byline: str | None = None
    authors: list[Author] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    subheads: list[Block] = field(default_factory=list)
    titled: bool = False


def stories_of(data: bytes, context: Context) -> tuple[ParsedStory, ...]:
    """One story a message. Raises Rejected when there are more than the limits allow, or bytes of no encoding."""
    limits = context.limits
    messages = [part for part in data.split(SOH) if CONTROL_BYTES.sub(b"", part).strip()]
    if len(messages) > limits.entries:
        raise Rejected(f"The file has more than {limits.entries} messages.", remedy="Split the file.")
    if len(data) > limits.text_bytes:
        raise Rejected(f"The file has more than {limits.text_bytes:,} bytes.", remedy="Split the file.")
    return tuple(_story(message, context.time_zone) for message in messages)


def _story(message: bytes, time_zone: str) -> ParsedStory:
    anpa = is_anpa(message)
    message = with_columns(message) if anpa else message.replace(b"\x08", b"")
    decoded = decode(CONTROL_BYTES.sub(b"", message))
    if decoded is None:
        raise Rejected("The message is in no encoding that Slugline knows.", remedy="Send it as UTF-8.")
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    parsed = _anpa(text, time_zone) if anpa else _iptc(text, time_zone)
    return ParsedStory(refined(parsed.story), parsed.identifier, encoding=decoded.encoding)


def _anpa(text: str, time_zone: str) -> ParsedStory:
    header = ANPA_HEADER.match(text.replace(STX, ""))
    rest = text.replace(STX, "")[header.end() :] if header else text
    rest, sent = _without_end(rest, ANPA_END)
    lines = rest.lstrip("\n").split("\n")
    opening = next((n for n, line in enumerate(lines) if line.strip() and not _opens(line)), len(lines))
    fields = [FIELD.match(line) for line in lines[:opening]]
    keyword = tidy(header["keyword"]) if header else ""
    head = _head([(tidy(_decoded(one["text"])), one["end"]) for one in fields if one], keyword)
    slug = VERSION.sub("", keyword).strip(" ,-")
    day = _day(sent) or (header["date"] if header else "")
    if not any(fields):
        opening += _unmarked(head, keyword, lines[opening:])
    for line in filter(STAR.match, lines[:opening]):
        _starred(head, tidy(line))
    story = _story_with(head, [*head.subheads, *_anpa_body("\n".join(lines[opening:]))])
    story = _stamped(story, sent, time_zone)
    return ParsedStory(story.model_copy(update={"slug": slug}), identifier=f"anpa:{slug}:{day}" if slug else None)


def _opens(line: str) -> bool:
    """Whether the line may stand above the copy: a marked field, or a line that a star sets off."""
    return FIELD.match(line) is not None or STAR.match(line) is not None


def _starred(head: _Head, text: str) -> None:
    head.notices += notice(text) if notice_of(text) else ()
    if not notice_of(text):
        head.removed.append(Removed(text=text, reason="wire header"))


def _head(fields: list[tuple[str, str]], keyword: str) -> _Head:
    """The first field repeats the keyword with version and word count; of the others, their wording says what."""
    head = _Head()
    for number, (text, end) in enumerate(fields):
        titles = [one for one, mark in fields[number + 1 :] if mark == "<" and not _signs(one)]
        if (number == 0 and end == "<" and (titles or not _is_title(text))) or _repeats(keyword, text):
            head.removed.append(Removed(text=text, reason="wire header"))
            _version(head, text)
        elif PHOTOS.match(text):
            head.removed.append(Removed(text=text, reason="list of pictures sent apart"))
        elif notice_of(text):
            head.notices += notice(text)
        elif (end == "=" or _signs(text)) and _signed(head, text):
            continue
        elif not head.headline and len(text) <= LONG_HEADLINE:
            head.headline = text
        elif not head.standfirst:
            head.standfirst = text
        else:
            head.removed.append(Removed(text=text, reason="wire header"))
    if not head.headline and (spare := [text for text, _ in fields[1:] if _repeats(keyword, text) and " " in text]):
        head.headline = spare[-1]
        head.removed = [one for one in head.removed if one.text != spare[-1]]
    if KILL.search(keyword) and not any(one.kind is NoticeKind.KILL for one in head.notices):
        head.notices.append(Notice(kind=NoticeKind.KILL, text=keyword))
    return head


def _unmarked(head: _Head, keyword: str, lines: list[str]) -> int:
    """The number of lines of a head without marks: the keyword again and a headline, above copy that is indented."""
    top = next((n for n, line in enumerate(lines) if line[:1] in (" ", "\t")), 0)
    title = tidy(" ".join(lines[1:top])).rstrip("+ ")
    if not top or not title or not _repeats(keyword, lines[0]) or len(title) > LONG_HEADLINE:
        return 0
    head.removed.append(Removed(text=tidy(lines[0]), reason="wire header"))
    head.headline = title
    return top


def _signs(text: str) -> bool:
    """Whether the field is a byline, or what an author works for."""
    return byline_of(text) is not None or OUTLET.fullmatch(text) is not None


def _is_title(text: str) -> bool:
    """Whether the field is words for readers, not a slug such as `BC-Ferry, 2nd Ld,0123`."""
    return " " in text and not any(map(str.isdigit, text)) and not VERSION.search(text) and not KILL.search(text)


def _repeats(keyword: str, text: str) -> bool:
    """Whether the field is the header's keyword again, which is cut there and has other blanks."""
    start = keyword.replace(" ", "-")[:KEYWORD_START]
    return len(start) == KEYWORD_START and text.replace(" ", "-").startswith(start)


def _version(head: _Head, text: str) -> None:
    """A slug line such as `BC-X, 1st Ld-Writethru, 416` announces an update, one with KILL the end of the story."""
    if KILL.search(text):
        head.notices.append(Notice(kind=NoticeKind.KILL, text=text))
    elif notice_of(text) is NoticeKind.UPDATE:
        head.notices.append(Notice(kind=NoticeKind.UPDATE, text=text))


def _signed(head: _Head, text: str) -> bool:
    """Whether the field is a byline or stands under one: a title, an agency, or what the first table is about."""
    if byline := byline_of(text):
        head.byline = text
        head.authors += byline.authors
    elif not head.byline:
        return False
    elif OUTLET.fullmatch(text) or (head.authors and not head.titled):
        _title(head, text)
        head.titled = True
    else:
        head.subheads.append(Block(type=BlockType.SUBHEAD, text=text))
    return True


def _title(head: _Head, text: str) -> None:
    """The line under a byline: the people's title, or their agency."""
    if (
        head.authors
        and OUTLET.fullmatch(text)
        and not text.isupper()
        and re.search(r"(?i)writer|correspondent|editor", text)
    ):
        head.authors = [author.model_copy(update={"role": text}) for author in head.authors]
    else:
        head.removed.append(Removed(text=text, reason="agency under the byline"))


def _anpa_body(text: str) -> list[Block]:
    """Paragraphs, headings, and tables, which are runs of tabular lines."""
    blocks: list[Block] = []
    for tabular, run in groupby(text.split("\n"), key=is_row):
        lines = list(run)
        blocks += [table_of(lines)] if tabular else _anpa_copy("\n".join(lines))
    return blocks


def _anpa_copy(text: str) -> list[Block]:
    """Paragraphs begin with a tab or blanks; what is marked as a field within the text is a heading."""
    blocks: list[Block] = []
    for part in INDENT.split("\n" + UNCLOSED.sub("\t", text)):
        for piece in FIELD.split(part)[::3]:
            copy = paragraphs(_decoded(" ".join(piece.strip().removesuffix("<").split())))
            blocks += [one for one in copy if not RULE.fullmatch(one.text)]
        blocks += [Block(type=BlockType.SUBHEAD, text=tidy(_decoded(one["text"]))) for one in FIELD.finditer(part)]
    return [block for block in blocks if block.text]


def _iptc(text: str, time_zone: str) -> ParsedStory:
    header = IPTC_HEADER.match(text)
    rest = text[header.end() :] if header else text
    keywords, _, rest = rest.partition(STX) if STX in rest else ("", "", rest)
    rest, sent = _without_end(rest, IPTC_END)
    head = _Head()
    rest = _titled(head, keywords.strip(), rest.replace(STX, ""))
    rest = _without_notes(head, rest)
    blocks, dateline = _with_place(_wrapped(_without_sign_off(head, rest)))
    words = unique(tidy(word) for word in keywords.replace("\n", "/").split("/"))
    story = _stamped(_story_with(head, blocks), sent, time_zone)
    story = story.model_copy(update={"keywords": words, "dateline": dateline})
    day = _day(sent)
    identifier = f"iptc7901:{header['source']}{header['number']}:{day}" if header and day else None
    return ParsedStory(story, identifier=identifier)


def _titled(head: _Head, keywords: str, text: str) -> str:
    """Take the lines up to the one that ends in an equals sign: keyword line, notices, headline, and bylines."""
    lines = text.strip("\n").split("\n")
    end = next((n for n, line in enumerate(lines[:TITLE_LINES]) if line.rstrip().endswith("=")), _unmarked_end(lines))
    if end is None:
        return text
    title = [tidy(line).rstrip("= ") for line in lines[: end + 1] if line.strip()]
    if len(title) > 1 and title[0].endswith("/") and not keywords:
        head.removed.append(Removed(text=title.pop(0), reason="wire header"))
    asides = [line for line in title if line.startswith("(") and notice_of(line)]
    title = [line for line in title if line not in asides]
    head.notices += [one for line in asides for one in notice(line)]
    names = [line for line in title if byline_of(line)]
    head.byline = ", ".join(names) or None
    head.authors = [author for line in names for author in authors_of(line)]
    head.headline = " ".join(line for line in title if line not in names)
    kind = notice_of(head.headline)
    if kind is NoticeKind.KILL:
        head.notices.append(Notice(kind=kind, text=head.headline))
    elif (take := TAKE.match(head.headline)) and take[0]:
        head.headline = head.headline[take.end() :]
        if take["again"]:
            head.notices.append(Notice(kind=NoticeKind.UPDATE, text=take[0].strip()))
        else:
            head.removed.append(Removed(text=take[0].strip(), reason="tag of the take"))
    return "\n".join(lines[end + 1 :])


def _unmarked_end(lines: list[str]) -> int | None:
    """The last line of a title without its equals sign: the block that a keyword line (`Verkehr/Sachsen/`) opens."""
    blank = next((n for n, line in enumerate(lines[:TITLE_LINES]) if not line.strip()), 0)
    return blank - 1 if blank > 1 and lines[0].rstrip().endswith("/") else None


def _without_notes(head: _Head, text: str) -> str:
    """What an agency puts under the copy for its clients' desks."""
    notes = NOTES.search(text)
    if not notes:
        return text
    head.removed += [Removed(text=one.text, reason="notes to editors") for one in paragraphs(text[notes.start() :])]
    return text[: notes.start()]


def _without_sign_off(head: _Head, text: str) -> str:
    """The last line names source and desk in a few short words."""
    before, _, last = text.rstrip().rpartition("\n")
    if not before or not SIGN_OFF.fullmatch(last.strip()):
        return text
    head.removed.append(Removed(text=last.strip(), reason="sign-off of the desk"))
    return before


def _wrapped(text: str) -> list[Block]:
    """Lines of at most 69 characters, as the standard has them, joined to paragraphs at blank lines and indents."""
    if max(map(len, text.split("\n"))) > LONGEST_LINE:
        blocks = list(paragraphs(text))
    else:
        blocks = [Block(text=tidy(" ".join(part.split("\n")))) for part in PARAGRAPH.split(text)]
    return [block for block in blocks if block.text and not RULE.fullmatch(block.text)]


def _with_place(blocks: list[Block]) -> tuple[list[Block], Dateline | None]:
    """The dateline of agencies that put no dash behind it: `Berlin (KNA) Die Kommission`."""
    found = PLACE.match(blocks[0].text) if blocks else None
    if found is None or split_dateline(blocks[0].text):
        return blocks, None
    rest = Block(text=blocks[0].text[found.end() :])
    return [rest, *blocks[1:]], Dateline(place=found["place"], source=found["source"], text=found[0].rstrip(" -–—_"))


def _without_end(text: str, pattern: re.Pattern[str]) -> tuple[str, datetime | None]:
    """The text without its end line, and the moment of transmission that it gives."""
    found = None
    for found in pattern.finditer(text):  # noqa: B007 - the last one counts
        pass
    if found is None:
        return text, None
    return text[: found.start()] + text[found.end() :], _moment(found.groupdict())


def _moment(told: dict[str, str | None]) -> datetime | None:
    """The moment that an end line gives, naive where that names no zone."""
    date, zone = told["date"] or "", zone_named(told["zone"] or "")
    try:
        if month := told.get("month"):
            day, hour, minute = (int(date[at : at + 2]) for at in (0, 2, 4))
            year = int(told["year"] or 0)
            return datetime(2000 + year, MONTHS.index(month.lower()) + 1, day, hour, minute, tzinfo=zone)
        (number, day, year), time = map(int, date.split("-")), told["time"] or ""
        return datetime(2000 + year, number, day, int(time[:2]), int(time[2:]), tzinfo=zone)
    except ValueError:
        return None


def _stamped(story: Story, sent: datetime | None, time_zone: str) -> Story:
    """The story with the moment of its transmission."""
    warnings: list[str] = []
    published = dates.at_desk(sent, "transmission", time_zone, warnings)
    return story.model_copy(update={"published": published, "warnings": (*story.warnings, *warnings)})


def _day(sent: datetime | None) -> str:
    """The day of transmission, for the message's identity: in UTC, or as printed where the zone is not said."""
    if sent is None:
        return ""
    return (sent.astimezone(UTC) if sent.tzinfo else sent).date().isoformat()


def _decoded(text: str) -> str:
    """What seven-bit ANPA writes for characters that it does not have."""
    text = text.replace("``", "\N{LEFT DOUBLE QUOTATION MARK}").replace("''", "\N{RIGHT DOUBLE QUOTATION MARK}")
    return re.sub(r"(?<=\s)_(?=\s)", "\N{EM DASH}", text)


def _story_with(head: _Head, body: list[Block]) -> Story:
    return Story(
        headline=head.headline,
        standfirst=head.standfirst,
        byline=head.byline,
        authors=tuple(head.authors),
        notices=tuple(head.notices),
        body=tuple(body),
        removed=tuple(head.removed),
    )
