"""What every wire story needs once its fields are read: people, dateline, a headline, and a place for each picture."""

import re
from html import escape

from parsing.document import Rejected
from parsing.text.bylines import byline_of, people_of
from parsing.text.datelines import split_dateline
from slugline.story import Author, Block, BlockType, Removed, Story

FALLBACK_WORDS = 12
REPEATED_WORDS = 8
COPYRIGHT = re.compile(r"\((?:©|\(c\)|copyright)\s?[^()]{2,60}\)|©\s?[^.]{2,60}", re.IGNORECASE)


def refined(story: Story) -> Story:
    """The story with authors from its byline, the dateline out of its first paragraph, and its pictures placed.

    Raises Rejected when there is neither headline, copy nor picture, unless the story only cancels another.
    """
    if not (story.headline or story.body or story.images or story.notices):
        raise Rejected(
            "The document holds no headline, text or picture.",
            remedy="Export the story again with its content; a link to content elsewhere is not followed.",
        )
    story = _with_authors(story)
    story = _with_dateline(story)
    story = _without_repeats(story)
    story = _with_pictures_placed(story)
    return _with_headline(story)


def _with_authors(story: Story) -> Story:
    if story.authors or not story.byline:
        return story
    return story.model_copy(update={"authors": authors_of(story.byline)})


def authors_of(byline: str) -> tuple[Author, ...]:
    """The people that a byline names, with or without `By`; a newspaper beside them is none, though shaped like one."""
    found = byline_of(byline)
    people = found.authors if found else people_of(byline)
    return tuple(person for person in people if not person.name.startswith("The "))


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
    """The headline as a line of the copy, a standfirst that is the copy's beginning, and a sign-off say nothing new."""
    signed = [block for block in story.body[-1:] if COPYRIGHT.fullmatch(block.text)]
    repeated = [block for block in story.body if story.headline and _words(block.text) == _words(story.headline)]
    removed = [Removed(text=block.text, reason="headline repeated") for block in repeated]
    removed += [Removed(text=block.text, reason="copyright line") for block in signed]
    body = tuple(block for block in story.body if block not in (*repeated, *signed))
    start = _words(story.standfirst or "")[:REPEATED_WORDS]
    standfirst = story.standfirst
    if standfirst and len(start) == REPEATED_WORDS and start in [_words(block.text)[:REPEATED_WORDS] for block in body]:
        removed.append(Removed(text=standfirst, reason="description that repeats the copy"))
        standfirst = None
    update = {"body": body, "standfirst": standfirst, "removed": (*story.removed, *removed)}
    return story.model_copy(update=update) if removed else story


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


def _with_headline(story: Story) -> Story:
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
