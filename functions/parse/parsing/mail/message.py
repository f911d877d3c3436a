"""A message to its stories: the copy is in the text, an attachment, or a message within."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr

from parsing.document import Context, Document, ParsedStory, PictureFile, Rejected
from parsing.holds import under_note
from parsing.mail.forwards import forwarded
from parsing.mail.headers import with_headers_whole
from parsing.mail.parts import DEEPEST, Leaf, leaves, picture_of, too_deep
from parsing.mail.quoted import without_tail
from parsing.mail.sealed import ARMOURED, refuse_sealed, without_armour
from parsing.mail.tnef import opened
from parsing.markup import dates
from parsing.text.bylines import byline_of
from parsing.text.notices import notice_of
from parsing.text.story import DERIVED
from parsing.unsaid import everything_in, unsaid
from parsing.wire.fields import paragraphs
from slugline.story import Block, Notice, NoticeKind, Removed, Story

BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)
FORWARDED = re.compile(r"^(?:(?:fwd?|re|aw|wg|tr|rv|i)\s*:\s*)+", re.IGNORECASE)
SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
PROSE = re.compile(r"(?:\S+ ){9,}\S.*")
"""A line of ten words is none of a signature's, but of the copy, or of a disclaimer that is furniture by its words."""
SIGNATURES = frozenset(
    f"application/{kind}" for kind in ("pkcs7-signature", "x-pkcs7-signature", "pgp-signature", "pgp-keys")
)
"""Say that the message is as it was sent; nothing of it is copy."""
PROSE_WORDS = re.compile(r"(?:\S+\s+){7}|[\u3040-\u30ff\u3400-\u9fff]{12}")
"""Eight words in a row, or as much of a script without blanks."""
NOTE = 400
"""Characters up to which a text beside an attached story is a covering note."""
LONGEST_HEADLINE = 160
NO_HEADLINE_END = ".:!,;\u3002\uff01\uff1f\uff0c\uff1b\uff1a\u0964\u061f"
"""Ends of sentences and clauses, in Chinese, Hindi and Arabic type too."""


def stories_of(data: bytes, context: Context) -> tuple[ParsedStory, ...]:
    """Raises Rejected when there is no copy, or the parts are nested too deep."""
    if len(BOUNDARY.findall(data)) > context.limits.entries:
        raise too_deep()
    try:
        whole = with_headers_whole(data.lstrip(b"\xef\xbb\xbf\r\n"))
        message = message_from_bytes(whole, policy=policy.default)
        return _stories(message, context, DEEPEST)
    except RecursionError:
        raise too_deep() from None


def _stories(message: EmailMessage, context: Context, levels: int) -> tuple[ParsedStory, ...]:
    parts = list(leaves(message, levels))
    alone = not any(leaf.is_shown and leaf.text.strip() for leaf in parts)
    parts = [inner for leaf in parts for inner in opened(leaf, levels, alone=alone)]
    pictures = {number: picture for number, leaf in enumerate(parts) if (picture := picture_of(leaf, number + 1))}
    rest = [leaf for number, leaf in enumerate(parts) if number not in pictures]
    warnings: list[str] = []
    refused: list[Rejected] = []
    inner = [
        story
        for leaf in rest
        if leaf.part.get_content_type() == "message/rfc822"
        for story in _forwarded(leaf.part, context, levels, refused)
    ]
    text = _text(message, rest, context)
    told = text is not None and _tells(text.story)
    attached = [
        story
        for leaf in rest
        if _is_attached_copy(leaf.part)
        for story in _nested(leaf, context, warnings, beside_copy=told)
    ]
    found = [*attached, *inner]
    if found and (text is None or len(_words(text.story)) <= NOTE):
        first = found[0].story
        note = _note(text.story) if text else ()
        found[0] = replace(found[0], story=first.model_copy(update={"removed": (*first.removed, *note)}))
        subject = _Subject.of(_header(message, "Subject"))
        held = subject.text if any(one.kind is NoticeKind.EMBARGO for one in subject.notices) else ""
        covering = "\n".join((held, *(one.text for one in note)))
        found = [replace(one, story=under_note(one.story, covering)) for one in found]
    elif text:
        found.insert(0, text)
    if not found and pictures:
        return _photos(pictures.values(), context)
    if not found:
        refuse_sealed(message)
        if refused:
            raise refused[0]
        alone = any(leaf.is_shown and any(map(str.isalnum, leaf.text)) for leaf in rest)
        reason = "Nothing of the e-mail's text reads like an article." if alone else "The e-mail holds no text."
        raise Rejected(reason, remedy="Send the copy as the message's text or as an attached file.")
    story = found[0].story
    warnings += [f"message_left_out: a message within the e-mail is left out: {error.reason}" for error in refused]
    story = story.model_copy(update={"warnings": (*story.warnings, *warnings)})
    found[0] = replace(found[0], story=story, pictures=(*found[0].pictures, *pictures.values()))
    return tuple(found)


def _note(story: Story) -> tuple[Removed, ...]:
    """The words of a text that only goes with what is attached."""
    words = _words(story)
    note = (Removed(text=words, reason="covering note"),) if words else ()
    return (*note, *unsaid(everything_in(story, "covering note"), note))


def _photos(pictures: Iterable[PictureFile], context: Context) -> tuple[ParsedStory, ...]:
    """A message of photos alone is a picture story each, as where they are dropped by themselves."""
    return tuple(story for photo in pictures for story in context.parse_nested(Document(photo.name, photo.data)))


def _forwarded(part: MIMEPart, context: Context, levels: int, refused: list[Rejected]) -> tuple[ParsedStory, ...]:
    """The stories of a message within this one; why it has none is told in `refused`."""
    inner = part.get_payload(0) if part.is_multipart() else None
    if not isinstance(inner, EmailMessage):
        return ()
    if levels <= 1:
        raise too_deep()
    try:
        return _stories(inner, context, levels - 1)
    except Rejected as error:
        refused.append(error)
        return ()


def _text(message: EmailMessage, parts: list[Leaf], context: Context) -> ParsedStory | None:
    """The story of the message's own text: its HTML where it has one, as that has the structure."""
    html = [leaf for leaf in parts if leaf.is_text("html")]
    plain = [leaf for leaf in parts if leaf.is_text("plain")]
    subject = _Subject.of(FORWARDED.sub("", _header(message, "Subject")))
    parsed = _html_story("\n".join(leaf.text for leaf in html), subject.headline, context) if html else None
    beside = [leaf.text for leaf in plain if not leaf.alternative] if parsed else []
    parsed = parsed or _plain_story("\n\n".join(leaf.text for leaf in plain), subject.headline, context)
    return _with_headers(parsed, message, subject, beside, context.time_zone) if parsed else None


@dataclass(frozen=True)
class _Subject:
    """The subject of a message. A notice may open it: `EMBARGOED until 6 March 2026 06:00 GMT: Quay to be rebuilt`."""

    text: str
    headline: str
    notices: tuple[Notice, ...] = ()

    @classmethod
    def of(cls, text: str) -> "_Subject":
        kind = notice_of(text)
        if kind is None:
            return cls(text, text)
        headline = text.rpartition(": ")[2].strip()
        return cls(text, headline if len(headline.split()) > 1 else "", (Notice(kind=kind, text=text),))


def _html_story(markup: str, subject: str, context: Context) -> ParsedStory | None:
    from parsing.markup.article import fragment_story  # noqa: PLC0415 - only a message in HTML pays for it
    from parsing.markup.tree import page_tree  # noqa: PLC0415 - loaded when such a document comes

    if not markup.strip():
        return None
    story = fragment_story(page_tree(markup, context.limits), context.time_zone)
    return ParsedStory(story.model_copy(update={"headline": story.headline or subject})) if story.body else None


def _plain_story(text: str, subject: str, context: Context) -> ParsedStory | None:
    """The text as a plain-text drop under the subject as headline, unless it has a headline of its own."""
    text, armour = without_armour(text.replace("\r\n", "\n"))
    forward = forwarded(text)
    copy, tail = without_tail(forward.copy)
    copy, signature = _without_signature(copy)
    subject = subject or forward.subject
    if not copy.strip():
        return None
    own = _has_headline(copy, subject)
    try:
        parsed = context.parse_nested(Document("message.txt", (copy if own else f"{subject}\n\n{copy}").encode()))[0]
        parsed = parsed if own else replace(parsed, story=_under(subject, parsed.story))
    except Rejected:
        if not (subject and any(map(str.isalnum, copy))) or ARMOURED.search(copy):
            return None
        # Too short to be told from furniture, but it is what was sent under this subject.
        parsed = ParsedStory(Story(headline=subject, body=paragraphs(copy)))
    removed = [Removed(text=armour, reason="PGP signature")] if armour else []
    removed += [Removed(text=signature, reason="signature")] if signature else []
    removed += [Removed(text=words, reason=reason) for words, reason in tail]
    removed += [Removed(text=forward.above, reason="above a forwarded message")] if forward.above else []
    return replace(parsed, story=parsed.story.model_copy(update={"removed": (*parsed.story.removed, *removed)}))


def _under(subject: str, story: Story) -> Story:
    """The story under the subject, where the reading took a line of the letter below it for the headline."""
    if story.headline in subject:  # a tag before it may be a notice
        return story
    kicker = "\n".join(line for line in (story.kicker or "").split("\n") if line != subject) or None
    body = [block for block in story.body if block.text != subject]
    warnings = tuple(one for one in story.warnings if not one.startswith(DERIVED))
    if warnings == story.warnings:
        body.insert(0, Block(text=story.headline))
    update = {
        "headline": subject,
        "kicker": kicker,
        "standfirst": None if story.standfirst == subject else story.standfirst,
        "body": tuple(body),
        "removed": tuple(one for one in story.removed if one.text != subject),
        "warnings": warnings,
    }
    return story.model_copy(update=update)


def _with_headers(
    parsed: ParsedStory, message: EmailMessage, subject: _Subject, beside: list[str], time_zone: str
) -> ParsedStory:
    story = parsed.story
    removed = [*story.removed]
    if subject.text and not subject.notices and subject.text.casefold() != story.headline.casefold():
        removed.append(Removed(text=subject.text, reason="subject of the e-mail"))
    if sender := parseaddr(_header(message, "From"))[0]:
        removed.append(Removed(text=sender, reason="sender of the e-mail"))
    removed += [Removed(text=text.strip(), reason="text beside the HTML") for text in beside if text.strip()]
    given: dict[str, object] = {
        "removed": tuple(removed),
        "headline": story.headline or subject.headline,
        "notices": (*subject.notices, *story.notices),
    }
    if story.published is None:
        warnings = [*story.warnings]
        given["published"] = dates.at_desk(_sent(message), "e-mail's", time_zone, warnings)
        given["warnings"] = tuple(warnings)
    identifier = _header(message, "Message-ID").strip("<> \t") or None
    return replace(parsed, story=story.model_copy(update=given), identifier=identifier)


def _sent(message: EmailMessage) -> datetime | None:
    """When the message says it was sent; None when it does not, or no calendar has that day."""
    try:
        return dates.read(next((str(value) for name, value in message.raw_items() if name.lower() == "date"), None))
    except (OverflowError, AttributeError):
        return None


def _header(message: EmailMessage, name: str) -> str:
    """The header decoded, on one line; "" when there is none or it is beyond reading."""
    try:
        return " ".join(str(message[name] or "").split())
    except (MessageError, ValueError, IndexError, AttributeError, TypeError):
        return ""


def _is_attached_copy(part: MIMEPart) -> bool:
    if part.get_content_type() in SIGNATURES:
        return False
    if part.get_content_type() == "text/calendar":
        return True  # shown by mail programs, and no copy
    return bool(part.is_attachment() or part.get_filename()) and part.get_content_maintype() in ("text", "application")


def _tells(story: Story) -> bool:
    """Whether there is a sentence in it, or a picture or a notice: more than a name, a table or a greeting."""
    return bool(story.images or story.notices) or any(PROSE_WORDS.search(block.text) for block in story.body)


def _nested(leaf: Leaf, context: Context, warnings: list[str], *, beside_copy: bool) -> tuple[ParsedStory, ...]:
    """The stories of an attached file; one that cannot be read (a calendar, a spreadsheet) is left out, and said so.

    `beside_copy`: whether the message itself tells a story. Then a few words attached (a disclaimer, the name of a
    mailing list) are none.
    """
    name = leaf.part.get_filename() or "attachment"
    if not leaf.data:
        return ()
    try:
        found = context.parse_nested(Document(name, leaf.data))
        if beside_copy and not any(_tells(one.story) for one in found):
            raise Rejected("It has a few words only.", remedy="Send the story as the message's text.")
        return found
    except Rejected as error:
        warnings.append(f"file_left_out: {name} is left out of the e-mail: {error.reason}")
        return ()


def _without_signature(text: str) -> tuple[str, str]:
    """The text and its signature. Dashes above an empty line and more copy set off a part of it."""
    for mark in SIGNATURE.finditer(text):
        tail = text[mark.end() :]
        if not tail.startswith("\n\n") or not any(PROSE.match(line) for line in tail.split("\n")):
            return text[: mark.start()], text[mark.start() :].strip()
    return text, ""


def _has_headline(copy: str, subject: str) -> bool:
    first, _, rest = copy.strip().partition("\n")
    first = first.strip()
    if not subject or first.casefold() == subject.casefold():
        return True
    if byline_of(first) or not rest.strip():
        return False
    stands_alone = rest.startswith(("\n", " \n"))
    return stands_alone and len(first) <= LONGEST_HEADLINE and first[-1:] not in NO_HEADLINE_END


def _words(story: Story) -> str:
    texts = [story.headline, story.standfirst or "", *(block.text for block in story.body)]
    return "\n".join(filter(None, texts))
