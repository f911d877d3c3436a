"""A feed to its stories: an entry each."""

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Any

from lxml import etree

from parsing import xml
from parsing.document import ParsedStory, Rejected
from parsing.limits import Limits
from parsing.markup.article import fragment_story, joined
from parsing.markup.matter_story import story_with
from parsing.markup.tree import page_tree
from parsing.unsaid import unsaid
from slugline.story import Removed, Story

MARKUP = re.compile(r"<[a-z!/][^>]*>|&(?:#\d+|#x[\da-f]+|[a-z]+\d*);", re.IGNORECASE)
TAG = re.compile(r"<[a-z!/][^>]*>", re.IGNORECASE)
_NAMES = "b|i|em|strong|u|p|br|span|sup|sub|a|small|q|cite"
INLINE = re.compile(rf"<(?P<name>{_NAMES})(?: [^<>]*)?>(?=[^<>]*</(?P=name)>)|</(?:{_NAMES})>|<br ?/?>", re.IGNORECASE)
"""Tags that were escaped twice: a pair with text between is markup, one alone may be meant as it stands."""
ESCAPED = re.compile(rf"&lt;(?P<name>{_NAMES})(?:\s[^<>]*?)?&gt;.*?&lt;/(?P=name)&gt;", re.IGNORECASE | re.DOTALL)
XHTML = re.compile(r'\s+xmlns(?::\w+)?="[^"]*"|(?<=<)\w+:|(?<=</)\w+:')
PARAGRAPHS = re.compile(r"\n\s*\n")

Fields = dict[str, Any]


def stories_of(data: bytes, limits: Limits, time_zone: str) -> tuple[ParsedStory, ...]:
    """Raises Rejected when the feed has no entry with a title or a text, or too many."""
    root = xml.parse(data, limits)
    entries = [element for element in root.iter() if _name(element) in ("item", "entry")]
    if len(entries) > limits.entries:
        raise Rejected(
            f"The feed has {len(entries):,} entries; the limit is {limits.entries:,}.",
            remedy="Split the feed into several files.",
        )
    language = _language(root)
    stories = [story for entry in entries if (story := _story(entry, language, limits, time_zone))]
    if not stories:
        raise Rejected("The feed has no entry with a title or a text.", remedy="Drop a feed with entries.")
    return tuple(stories)


def _story(entry: etree._Element, language: str | None, limits: Limits, time_zone: str) -> ParsedStory | None:
    fields, body = _fields(entry), _body(entry)
    story = (
        fragment_story(page_tree(f"<body>{body}</body>", limits), address=_address(entry)) if body.strip() else Story()
    )
    if not story.body and not fields.get("headline"):
        return None
    fields["language"] = entry.get("{http://www.w3.org/XML/1998/namespace}lang") or language
    identifier = _text(entry, "guid", "id") or _link(entry)
    story = story_with(story, fields, time_zone)
    removed = unsaid((Removed(text=text, reason="further text of the entry") for text in _further(entry)), [story])
    return ParsedStory(story.model_copy(update={"removed": (*story.removed, *removed)}), identifier=identifier)


def _further(entry: etree._Element) -> Iterator[str]:
    """Titles and descriptions beside those that are the headline, the standfirst and the copy."""
    summaries = _all(entry, "description", "summary", "subtitle")
    used = [*_all(entry, "title")[:1], *summaries[:1]]
    for element in (*_all(entry, "title"), *summaries):
        if element not in used and (text := _plain("".join(element.itertext()).strip())):
            yield text


def _fields(entry: etree._Element) -> Fields:
    """The entry's elements under the names that front matter has for them."""
    summary = _plain(_text(entry, "description", "summary", "subtitle"))
    updated = _text(entry, "updated", "modified")
    return {
        "headline": _plain(_text(entry, "title")),
        "standfirst": summary if _content(entry) is not None else None,
        "published": _text(entry, "pubDate", "published", "date", "issued", "created") or updated,
        "updated": updated,
        "authors": _authors(entry),
        "keywords": [term for element in _all(entry, "category", "subject") if (term := _term(element))],
        "images": list(_images(entry)),
    }


def _authors(entry: etree._Element) -> list[str]:
    """People's names; RSS has `address (name)` in `author`."""
    found = [_text(author, "name") or (author.text or "") for author in _all(entry, "author", "creator")]
    names = [match[1] if (match := re.search(r"\(([^)]+)\)", name)) and "@" in name else name for name in found]
    return [name.strip() for name in names if name.strip() and "@" not in name]


def _images(entry: etree._Element) -> Iterator[Fields]:
    """Media RSS, and enclosures that are pictures."""
    for element in _all(entry, "content", "thumbnail", "enclosure", "link", deep=True):
        address = element.get("url") or (element.get("href") if element.get("rel") == "enclosure" else None)
        kind = element.get("type") or element.get("medium") or ("image" if _name(element) == "thumbnail" else "")
        if address and kind.startswith("image"):
            group = element.getparent()
            holders = [element] if group is None or _name(group) != "group" else [element, group]
            yield {
                "file": address,
                "caption": next((text for e in holders if (text := _plain(_text(e, "description", "title")))), None),
                "credit": next((text for e in holders if (text := _text(e, "credit", "copyright"))), None),
            }


def _content(entry: etree._Element) -> etree._Element | None:
    """The full text: `content:encoded`, or Atom's `content` that is not a link to media."""
    found = _all(entry, "encoded", "content")
    return next((element for element in found if not element.get("url") and (element.text or len(element))), None)


def _body(entry: etree._Element) -> str:
    element = _content(entry)
    if element is None:
        element = next(iter(_all(entry, "description", "summary")), None)
    if element is None:
        return ""
    if element.get("type") == "xhtml" or len(element):
        inner = "".join(etree.tostring(child, encoding="unicode") for child in element)
        return escape(element.text or "") + XHTML.sub("", inner)
    text = element.text or ""
    if element.get("type") != "text" and MARKUP.search(text):
        return unescape(text) if ESCAPED.search(text) and not TAG.search(text) else text
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in PARAGRAPHS.split(text))


def _term(element: etree._Element) -> str:
    return (element.get("label") or element.get("term") or element.text or "").strip()


def _link(entry: etree._Element) -> str | None:
    for element in _all(entry, "link"):
        if element.get("rel", "alternate") == "alternate":
            return element.get("href") or (element.text or "").strip() or None
    return None


def _address(entry: etree._Element) -> str | None:
    """What the entry's relative links are relative to: its `xml:base` or its feed's, else its own page."""
    inner = next(iter(_all(entry, "encoded", "content", "description", "summary")), entry)
    address = _link(entry) or ""
    for element in (*reversed(list(inner.iterancestors())), inner):
        base = element.get("{http://www.w3.org/XML/1998/namespace}base")
        address = joined(address, base) if base else address
    return address or None


def _language(root: etree._Element) -> str | None:
    channel = next((element for element in root if _name(element) == "channel"), root)
    return root.get("{http://www.w3.org/XML/1998/namespace}lang") or _text(channel, "language")


def _all(element: etree._Element, *names: str, deep: bool = False) -> list[etree._Element]:
    """By the order of the names, the feed's own elements before another vocabulary's; `deep`: as they come."""
    children = element.iterdescendants() if deep else iter(element)
    found = [child for child in children if _name(child) in names]
    own = _namespace(element)
    key = lambda child: (names.index(_name(child)), _namespace(child) != own)  # noqa: E731 - a key
    return found if deep else sorted(found, key=key)


def _text(element: etree._Element, *names: str) -> str | None:
    """The text of the first of the named children that has one, in the order of the names."""
    texts = ("".join(child.itertext()).strip() for child in _all(element, *names))
    return next(filter(None, texts), None)


def _plain(text: str | None) -> str | None:
    """Text without the markup that feeds escape into it."""
    if not text or not MARKUP.search(text):
        return text
    plain = unescape(TAG.sub(" ", text))
    return " ".join(INLINE.sub("", plain).split()) or None


def _namespace(element: etree._Element) -> str:
    return etree.QName(element).namespace or "" if isinstance(element.tag, str) else ""


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
