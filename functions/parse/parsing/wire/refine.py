"""What every wire story needs once its fields are read: people, dateline, a headline, and a place for each picture."""

import re
from dataclasses import replace
from html import escape

from parsing.document import ParsedStory, nothing_in_it
from parsing.markup.edges import detailed
from parsing.text.bio import bio_author, is_bio
from parsing.text.bylines import byline_of, people_of, sign_off_people
from parsing.text.datelines import split_dateline
from parsing.text.notices import notice_of
from parsing.wire.fields import notice
from slugline.story import Author, Block, BlockType, Dateline, Notice, NoticeKind, Removed, Story

BULLET = re.compile(r"[*\N{BULLET}] +(?=\S)")
FEWEST_ITEMS = 2
FALLBACK_WORDS = 12
REPEATED_WORDS = 8
ANY_COPY = "Copy"
"""Stands for what a dateline is printed before, as it is known by that."""
DIGIT = re.compile(r"\d")
DIGITS_OF_DATE = 4
LONGEST_BYLINE = 150
SIGN_OFF = re.compile(
    r"-?\s*(?i:ends?)\s*-?|[A-Z]{2,5}(?: [A-Z]{2,3})?(?: [a-z]{2,3}){1,3}|[A-Z]{2,5} [A-Z]{2,3}"
    r"|[a-z]{2,4}(?:/[a-z]{2,4})+|/\w+/|\(END\)|[#*]{3,}"
)
"""`ends`, `AAP RTV ar`, `hh/ph/ts`, `/ritzau/`: initials of those who wrote and edited."""
EDITED = re.compile(
    r"\((?:in [^()]{3,60}[,;:]? )?(?P<what>adds?|updates?|recasts?|corrects?|repeats?|refiles?|clarifies|changes?|fixes"
    r"|removes?|deletes?|rewrites?|restores?)\b.{0,400}\)",
    re.IGNORECASE,
)
"""Reuters' line on what is new: `(Adds comment)`, `(In Jan. 3 story, corrects last paragraph)`."""
MENDED = ("correct", "clarif", "fix", "remov", "delet")
INITIALS = re.compile(r"[a-z]{2,4}(?:/[a-z]{2,4})+")
"""`daa/mt/msr` where a byline could be: no name of a person for readers."""
RULE = re.compile(r"[_*=~#\-\u2013\u2014\s]{2,}")
COPYRIGHT = re.compile(r"\((?:©|\(c\)|copyright)\s?[^()]{2,60}\)|©\s?[^.]{2,60}", re.IGNORECASE)


def whole(parsed: ParsedStory) -> ParsedStory:
    """The document's story refined, unless it only names the members of a package. Raises Rejected as `refined`."""
    return parsed if parsed.is_blank else replace(parsed, story=refined(parsed.story))


def refined(story: Story) -> Story:
    """The story with authors from its byline, the dateline out of its first paragraph, and its pictures placed.

    Raises Rejected when there is neither headline, copy nor picture, unless the story only cancels another.
    """
    if not (story.headline or story.body or story.images or story.notices):
        raise nothing_in_it()
    story = _with_bios(_with_authors(_with_edges(_with_bullets(story))))
    story = _with_dateline(story)
    story = _without_repeats(story)
    story = _with_pictures_placed(story)
    return with_headline(_with_language_tag(story))


def _with_language_tag(story: Story) -> Story:
    """Agencies write `EN` and `en_US`, too; BCP 47 recommends lower case for the language and has hyphens."""
    language, *rest = story.language.replace("_", "-").split("-")
    return story.model_copy(update={"language": "-".join((language.lower(), *rest))})


def _with_bullets(story: Story) -> Story:
    """Paragraphs that a star sets off, where there are several of them, are items of a list."""
    starred = [block for block in story.body if block.type is BlockType.PARAGRAPH and BULLET.match(block.text)]
    if len(starred) < FEWEST_ITEMS:
        return story
    body = (_item(block) if block in starred else block for block in story.body)
    return story.model_copy(update={"body": tuple(body)})


def _item(block: Block) -> Block:
    mark = BULLET.match(block.text)
    start = mark[0] if mark else ""
    html = block.html.removeprefix(start) if block.html and block.html.startswith(start) else None
    return Block(type=BlockType.LIST_ITEM, text=block.text.removeprefix(start), html=html)


def _with_edges(story: Story) -> Story:
    """Bylines and notices that open the copy, and the desk's sign-offs that end it, become what they are."""
    body = list(story.body)
    byline, notices, authors = story.byline, list(story.notices), story.authors
    removed = list(story.removed)
    if byline and INITIALS.fullmatch(byline):
        removed.append(Removed(text=byline, reason="initials of the desk"))
        byline = None
    while body and body[0].type is BlockType.PARAGRAPH and len(body) > 1:
        text = body[0].text
        if edited := EDITED.fullmatch(text):
            mended = edited["what"].lower().startswith(MENDED)
            notices.append(Notice(kind=NoticeKind.CORRECTION if mended else NoticeKind.UPDATE, text=text))
        elif notice_of(text):
            notices += notice(text)
        elif len(text) <= LONGEST_BYLINE and byline_of(text):
            removed += [Removed(text=text, reason="byline repeated")] if byline else []
            byline = byline or text
        else:
            break
        body.pop(0)
    while body and body[-1].type is BlockType.PARAGRAPH and len(body) > 1:
        people = sign_off_people(body[-1].text)
        if people is None and not SIGN_OFF.fullmatch(body[-1].text):
            break
        authors = authors or (people if people and not byline else ())
        removed.append(Removed(text=body.pop().text, reason="sign-off"))
    update = {"body": tuple(body), "byline": byline, "notices": tuple(notices), "authors": authors}
    return story.model_copy(update=update | {"removed": tuple(removed)})


def _with_authors(story: Story) -> Story:
    if story.authors or not story.byline:
        return story
    return story.model_copy(update={"authors": authors_of(story.byline)})


def _with_bios(story: Story) -> Story:
    """Biographies that end the copy become the authors' own."""
    body, bios = list(story.body), []
    names = tuple(author.name for author in story.authors)
    while len(body) > 1 and body[-1].type is BlockType.PARAGRAPH and is_bio(body[-1].text, names):
        bios.append(body.pop().text)
    if not bios:
        return story
    told = tuple(person for bio in reversed(bios) if (person := bio_author(bio)))
    authors = tuple(detailed(author, None, bios) for author in story.authors) or told
    for bio in {author.bio for author in authors} & set(bios):
        bios.remove(bio or "")
    removed = (Removed(text=bio, reason="bio of another person, or repeated") for bio in bios)
    return story.model_copy(update={"body": tuple(body), "authors": authors, "removed": (*story.removed, *removed)})


def authors_of(byline: str) -> tuple[Author, ...]:
    """The people that a byline names, with or without `By`; a newspaper beside them is none, though shaped like one."""
    found = byline_of(byline)
    people = found.authors if found else people_of(byline)
    return tuple(person for person in people if not person.name.startswith("The "))


def printed_dateline(text: str) -> Dateline | None:
    """A dateline that stands in a field of its own, taken apart as where it is printed before the copy."""
    found = (split_dateline(f"{text}{dash} {ANY_COPY}") for dash in ("", " -")) if text else ()
    return next((split.dateline for split in found if split and split.rest == ANY_COPY), None)


def stated_dateline(text: str) -> Dateline | None:
    """The dateline that a field states; None for an empty one, and for a date alone."""
    if not text or (len(DIGIT.findall(text)) >= DIGITS_OF_DATE and not printed_dateline(text)):
        return None
    return printed_dateline(text) or Dateline(place=text.rstrip(" -\N{EN DASH}\N{EM DASH}"), text=text)


def _with_dateline(story: Story) -> Story:
    """A dateline printed in the copy goes before one that a field states: `place` is as printed."""
    at = next((i for i, block in enumerate(story.body) if block.type is BlockType.PARAGRAPH), None)
    split = split_dateline(story.body[at].text) if at is not None else None
    if at is None or split is None:
        return story
    body = (*story.body[:at], _without_start(story.body[at], split.rest), *story.body[at + 1 :])
    stated = story.dateline
    removed = story.removed
    if stated and stated.text != split.dateline.text:
        removed += (Removed(text=stated.text, reason="dateline stated in a field, printed otherwise in the copy"),)
    return story.model_copy(update={"body": body, "dateline": split.dateline, "removed": removed})


def _without_repeats(story: Story) -> Story:
    """A headline or standfirst that the copy says too, and lines of it that are none: sign-offs and rules."""
    last = next((block for block in reversed(story.body) if block.text), None)
    signed = [last] if last and COPYRIGHT.fullmatch(last.text) else []
    repeated = [block for block in story.body if story.headline and _words(block.text) == _words(story.headline)]
    removed = [Removed(text=block.text, reason="headline repeated") for block in repeated]
    removed += [Removed(text=block.text, reason="copyright line") for block in signed]
    rules = [block for block in story.body if RULE.fullmatch(block.text)]
    removed += [Removed(text=block.text, reason="rule between parts") for block in rules]
    gone = set(map(id, (*repeated, *signed, *rules)))
    body = tuple(block for block in story.body if id(block) not in gone)
    standfirst = story.standfirst
    if standfirst and _words(standfirst) == _words(story.headline):
        removed.append(Removed(text=standfirst, reason="headline repeated"))
        standfirst = None
    elif standfirst and _begins(standfirst, body):
        removed.append(Removed(text=standfirst, reason="description that repeats the copy"))
        standfirst = None
    update = {"body": body, "standfirst": standfirst, "removed": (*story.removed, *removed)}
    return story.model_copy(update=update) if removed else story


def _begins(standfirst: str, body: tuple[Block, ...]) -> bool:
    """Whether a paragraph begins as the standfirst does, or the first with the whole of it."""
    words = _words(standfirst)
    start = words[:REPEATED_WORDS]
    texts = [_words(block.text) for block in body if block.type is not BlockType.IMAGE]
    whole = bool(texts and words) and texts[0][: len(words)] == words
    return whole or (len(start) == REPEATED_WORDS and start in [text[:REPEATED_WORDS] for text in texts])


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _without_start(block: Block, rest: str) -> Block:
    """The block from `rest` on. Its markup is kept when none of it opens in the dateline."""
    start = escape(block.text.removesuffix(rest), quote=False)
    html = block.html.removeprefix(start) if block.html and block.html.startswith(start) else None
    return block.model_copy(update={"text": rest, "html": html})


def _with_pictures_placed(story: Story) -> Story:
    """Pictures that the copy does not show: the first opens the story, the others follow it."""
    shown = {block.image for block in story.body if block.image}
    loose = [Block(type=BlockType.IMAGE, image=image.id) for image in story.images if image.id not in shown]
    if not loose:
        return story
    first, others = (loose[:1], loose[1:]) if not shown else ([], loose)
    return story.model_copy(update={"body": (*first, *story.body, *others)})


def with_headline(story: Story) -> Story:
    """A story has to have one: without a field for it, the first words are shown, and stay in the copy."""
    if story.headline:
        return story
    texts = (
        *(block.text for block in story.body),
        *(image.headline or image.caption or "" for image in story.images),
        *(notice.text for notice in story.notices),
    )
    words = next(filter(None, texts), "").split()
    headline = " ".join(words[:FALLBACK_WORDS]) + (" …" if len(words) > FALLBACK_WORDS else "")
    doubt = "headline_missing: the document has no headline; its first words are shown."
    return story.model_copy(update={"headline": headline or "Untitled", "warnings": (*story.warnings, doubt)})
