"""E-mail messages (.eml, RFC 5322 and MIME): the copy is in the text, an attachment, or a message within."""

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr

from parsing.document import Context, Document, ParsedStory, PictureFile, Rejected
from slugline.story import Removed, Story

HEAD = 8_192
HEADER = re.compile(rb"^[\w-]+[ \t]*:|^[ \t]+\S|^From ")
TELLING = re.compile(
    rb"^(?:message-id|mime-version|received|return-path|content-type|x-mailer)[ \t]*:", re.IGNORECASE | re.MULTILINE
)
COMMON = re.compile(rb"^(?:from|to|subject|date)[ \t]*:", re.IGNORECASE | re.MULTILINE)
FEWEST_COMMON = 2
DEEPEST = 20
"""Parts within parts, and messages within messages; a forwarded forward with pictures has six."""
BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)
FORWARDED = re.compile(r"^(?:(?:fwd?|re|aw|wg|tr|rv|i)\s*:\s*)+", re.IGNORECASE)
SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
NOTE = 400
"""Characters up to which a text beside an attached story is a covering note."""
LONGEST_HEADLINE = 160


class Email:
    name = "email"

    def detect(self, document: Document) -> bool:
        head = document.data[:HEAD].lstrip(b"\xef\xbb\xbf\r\n").replace(b"\r\n", b"\n").partition(b"\n\n")[0]
        lines = head.split(b"\n")
        if not all(HEADER.match(line) for line in lines[:-1]):
            return False
        return bool(TELLING.search(head)) and len(COMMON.findall(head)) >= FEWEST_COMMON

    def parse(self, document: Document, context: Context) -> tuple[ParsedStory, ...]:
        if len(BOUNDARY.findall(document.data)) > context.limits.entries:
            raise _too_deep()
        try:
            message = message_from_bytes(document.data.lstrip(b"\xef\xbb\xbf\r\n"), policy=policy.default)
            return _stories(message, context, DEEPEST)
        except RecursionError:
            raise _too_deep() from None


def _stories(message: EmailMessage, context: Context, levels: int) -> tuple[ParsedStory, ...]:
    parts = list(_parts(message, levels))
    pictures = tuple(picture for number, part in enumerate(parts, 1) if (picture := _picture(part, number)))
    inner = [
        story
        for part in parts
        if part.get_content_type() == "message/rfc822"
        for story in _forwarded(part, context, levels)
    ]
    attached = [story for part in parts if _is_attached_copy(part) for story in _nested(part, context)]
    text = _text(message, parts, context)
    found = [*attached, *inner]
    if found and (text is None or len(_words(text.story)) <= NOTE):
        note = tuple(
            Removed(text=words, reason="covering note") for words in [_words(text.story) if text else ""] if words
        )
        first = found[0].story
        found[0] = replace(found[0], story=first.model_copy(update={"removed": (*first.removed, *note)}))
    elif text:
        found.insert(0, text)
    if not found:
        raise Rejected(
            "The e-mail holds no text.", remedy="Send the copy as the message's text or as an attached file."
        )
    found[0] = replace(found[0], pictures=(*found[0].pictures, *pictures))
    return tuple(found)


def _parts(message: MIMEPart, levels: int) -> Iterator[MIMEPart]:
    """The leaves of the message, messages within it unopened."""
    if not levels:
        raise _too_deep()
    if message.is_multipart() and message.get_content_maintype() == "multipart":
        for part in message.iter_parts():
            yield from _parts(part, levels - 1)
    else:
        yield message


def _forwarded(part: MIMEPart, context: Context, levels: int) -> tuple[ParsedStory, ...]:
    inner = part.get_payload(0) if part.is_multipart() else None
    if not isinstance(inner, EmailMessage):
        return ()
    if levels <= 1:
        raise _too_deep()
    return _stories(inner, context, levels - 1)


def _text(message: EmailMessage, parts: list[MIMEPart], context: Context) -> ParsedStory | None:
    """The story of the message's own text: its HTML where it has one, as that has the structure."""
    shown = [part for part in parts if not part.is_attachment() and part.get_content_maintype() == "text"]
    html = next((part for part in shown if part.get_content_subtype() == "html"), None)
    plain = [part for part in shown if part.get_content_subtype() == "plain"]
    subject = FORWARDED.sub("", _header(message, "Subject"))
    if html is not None:
        parsed = _html_story(_decoded(html), subject, context)
    else:
        parsed = _plain_story("\n\n".join(map(_decoded, plain)), subject, context)
    return _with_headers(parsed, message, subject) if parsed else None


def _html_story(markup: str, subject: str, context: Context) -> ParsedStory | None:
    from parsing.markup.article import fragment_story  # noqa: PLC0415 - only a message in HTML pays for it
    from parsing.markup.tree import page_tree  # noqa: PLC0415

    if not markup.strip():
        return None
    story = fragment_story(page_tree(markup, context.limits))
    return ParsedStory(story.model_copy(update={"headline": story.headline or subject})) if story.body else None


def _plain_story(text: str, subject: str, context: Context) -> ParsedStory | None:
    """The text as a plain-text drop under the subject as headline, unless it has a headline of its own."""
    copy, signature = _without_signature(text.replace("\r\n", "\n"))
    if not copy.strip():
        return None
    dropped = copy if _has_headline(copy, subject) else f"{subject}\n\n{copy}"
    try:
        parsed = context.parse_nested(Document("message.txt", dropped.encode()))[0]
    except Rejected:
        return None
    removed = tuple(Removed(text=words, reason="signature") for words in [signature] if words)
    return replace(parsed, story=parsed.story.model_copy(update={"removed": (*parsed.story.removed, *removed)}))


def _with_headers(parsed: ParsedStory, message: EmailMessage, subject: str) -> ParsedStory:
    story = parsed.story
    removed = [*story.removed]
    if subject and subject.casefold() != story.headline.casefold():
        removed.append(Removed(text=subject, reason="subject of the e-mail"))
    if sender := parseaddr(_header(message, "From"))[0]:
        removed.append(Removed(text=sender, reason="sender of the e-mail"))
    sent = getattr(message["Date"], "datetime", None) if message["Date"] else None
    given = {"removed": tuple(removed), "headline": story.headline or subject}
    if sent is not None and sent.tzinfo is not None and story.published is None:
        given["published"] = sent
    identifier = _header(message, "Message-ID").strip("<> \t") or None
    return replace(parsed, story=story.model_copy(update=given), identifier=identifier)


def _header(message: EmailMessage, name: str) -> str:
    """The header decoded, on one line; "" when there is none or it is beyond reading."""
    try:
        return " ".join(str(message[name] or "").split())
    except (MessageError, ValueError, IndexError, AttributeError, TypeError):
        return ""


def _decoded(part: MIMEPart) -> str:
    """The part's text by its declared charset, else by what its bytes say."""
    from parsing.text.charset import decode  # noqa: PLC0415 - a photo mail has no text

    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    try:
        return data.decode(part.get_content_charset() or "utf-8")
    except (UnicodeDecodeError, LookupError):
        found = decode(data)
        return found.text if found else data.decode("cp1252", errors="replace")


def _picture(part: MIMEPart, number: int) -> PictureFile | None:
    """An inline or attached picture, by its file name or else its content id, as `cid:` addresses name it."""
    if part.get_content_maintype() != "image":
        return None
    data = part.get_payload(decode=True)
    name = (
        part.get_filename()
        or (part["Content-ID"] or "").strip("<> ")
        or f"picture-{number}.{part.get_content_subtype()}"
    )
    return PictureFile(name, data) if isinstance(data, bytes) and data else None


def _is_attached_copy(part: MIMEPart) -> bool:
    return bool(part.is_attachment() or part.get_filename()) and part.get_content_maintype() in ("text", "application")


def _nested(part: MIMEPart, context: Context) -> tuple[ParsedStory, ...]:
    """The stories of an attached file; one that cannot be read (a calendar, a spreadsheet) is no story."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data:
        return ()
    try:
        return context.parse_nested(Document(part.get_filename() or "attachment", data))
    except Rejected:
        return ()


def _without_signature(text: str) -> tuple[str, str]:
    mark = SIGNATURE.search(text)
    return (text[: mark.start()], text[mark.start() :].strip()) if mark else (text, "")


def _has_headline(copy: str, subject: str) -> bool:
    first, _, rest = copy.strip().partition("\n")
    first = first.strip()
    if not subject or first.casefold() == subject.casefold():
        return True
    stands_alone = rest.startswith(("\n", " \n")) or not rest
    return stands_alone and len(first) <= LONGEST_HEADLINE and first[-1:] not in ".:!,;"


def _words(story: Story) -> str:
    texts = [story.headline, story.standfirst or "", *(block.text for block in story.body)]
    return "\n".join(filter(None, texts))


def _too_deep() -> Rejected:
    return Rejected(
        f"The e-mail's parts are nested more than {DEEPEST} deep.", remedy="Send the copy by itself, not as a forward."
    )


FORMAT = Email()
