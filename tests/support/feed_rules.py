"""Rules for feeds, from the RSS 2.0 specification, RFC 4287, RFC 6721 and the errors that the W3C's feed validator
documents; no package has them."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime

import lxml.html
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
AT = "{http://purl.org/atompub/tombstones/1.0}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
RSS_CHANNEL = {"title", "link", "description", "language", "copyright", "pubDate", "lastBuildDate", "item", "ttl",
               "image", "category", "generator", "docs", "managingEditor", "webMaster"}  # fmt: skip
RSS_ITEM = {"title", "link", "description", "author", "category", "comments", "enclosure", "guid", "pubDate", "source"}
REPEATABLE = {"category", "item"}
ABSOLUTE = re.compile(r"(?:https?|urn|tag):\S+")


def rss_faults(feed: bytes, address: str) -> list[str]:
    root = etree.fromstring(feed)
    return list(_rss(root, address))


def atom_faults(feed: bytes, address: str) -> list[str]:
    return list(_atom(etree.fromstring(feed), address))


def _rss(root: etree._Element, address: str) -> Iterator[str]:
    if root.tag != "rss" or root.get("version") != "2.0":
        yield "the root is not rss 2.0"
    channel = root[0]
    yield from _children(channel, RSS_CHANNEL, required=("title", "link", "description"))
    own = [link.get("href") for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if own != [address]:
        yield f"the self link is {own}"
    for tag in ("pubDate", "lastBuildDate"):
        yield from _rfc822(channel.findtext(tag))
    guids = Counter(item.findtext("guid") for item in channel.findall("item"))
    yield from (f"guid {guid} stands twice" for guid, count in guids.items() if count > 1)
    for item in channel.findall("item"):
        yield from _rss_item(item)


def _rss_item(item: etree._Element) -> Iterator[str]:
    yield from _children(item, RSS_ITEM, required=("link", "guid", "pubDate"))
    if not (item.findtext("title") or item.findtext("description")):
        yield "an item has neither title nor description"
    for address in (item.findtext("link"), item.findtext("guid")):
        if not ABSOLUTE.fullmatch(address or ""):
            yield f"not an absolute address: {address}"
    yield from _rfc822(item.findtext("pubDate"))
    yield from _html(item.findtext(f"{CONTENT}encoded"))
    for media in item.findall(f"{MEDIA}content"):
        if not ABSOLUTE.fullmatch(media.get("url", "")) or not media.get("type") or not media.get("medium"):
            yield "media:content lacks url, type or medium"
    if item.findall(f"{MEDIA}group"):
        yield "media:group around a single picture"


def _children(parent: etree._Element, known: set[str], required: tuple[str, ...]) -> Iterator[str]:
    counts = Counter(str(child.tag) for child in parent)
    for tag, count in counts.items():
        if not tag.startswith("{") and tag not in known:
            yield f"{tag} is no element of {parent.tag}"
        if count > 1 and tag in known - REPEATABLE:
            yield f"{tag} stands {count} times in {parent.tag}"
    yield from (f"{parent.tag} has no {tag}" for tag in required if not parent.findtext(tag))


def _rfc822(text: str | None) -> Iterator[str]:
    if text is None:
        return
    try:
        aware = parsedate_to_datetime(text).tzinfo is not None
    except ValueError:
        aware = False
    if not aware:
        yield f"not an RFC 822 date: {text}"


def _atom(feed: etree._Element, address: str) -> Iterator[str]:
    if feed.tag != f"{ATOM}feed":
        yield "the root is not atom:feed"
    yield from _once(feed, "id", "title", "updated")
    own = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if own != [address]:
        yield f"the self link is {own}"
    entries = feed.findall(f"{ATOM}entry")
    if feed.find(f"{ATOM}author") is None and any(entry.find(f"{ATOM}author") is None for entry in entries):
        yield "neither the feed nor every entry has an author"
    ids = Counter((entry.findtext(f"{ATOM}id"), entry.findtext(f"{ATOM}updated")) for entry in entries)
    yield from (f"id {name} stands twice" for (name, _), count in ids.items() if count > 1)
    for entry in entries:
        yield from _atom_entry(entry)
    for tombstone in feed.findall(f"{AT}deleted-entry"):
        if not tombstone.get("ref"):
            yield "a tombstone names no entry"
        yield from _rfc3339(tombstone.get("when"))
    for name in feed.iter(f"{ATOM}name"):
        if not (name.text or "").strip():
            yield "a person has no name"


def _atom_entry(entry: etree._Element) -> Iterator[str]:
    yield from _once(entry, "id", "title", "updated")
    if not ABSOLUTE.fullmatch(entry.findtext(f"{ATOM}id") or ""):
        yield f"not an absolute id: {entry.findtext(f'{ATOM}id')}"
    for tag in ("published", "summary", "content", "rights", "source"):
        if len(entry.findall(f"{ATOM}{tag}")) > 1:
            yield f"{tag} stands twice"
    links = Counter((link.get("rel"), link.get("type"), link.get("hreflang")) for link in entry.findall(f"{ATOM}link"))
    if links[("alternate", "text/html", None)] != 1:
        yield "an entry has not one alternate link"
    for date in ("updated", "published"):
        yield from _rfc3339(entry.findtext(f"{ATOM}{date}"))
    content = entry.find(f"{ATOM}content")
    if content is not None:
        if content.get("type") != "html" or len(content):
            yield "content is not escaped HTML"
        yield from _html(content.text)


def _once(parent: etree._Element, *tags: str) -> Iterator[str]:
    for tag in tags:
        if len(parent.findall(f"{ATOM}{tag}")) != 1:
            yield f"{parent.tag} has not one {tag}"


def _rfc3339(text: str | None) -> Iterator[str]:
    try:
        aware = datetime.fromisoformat(text or "").tzinfo is not None
    except ValueError:
        aware = False
    if not aware:
        yield f"not an RFC 3339 date: {text}"


def _html(markup: str | None) -> Iterator[str]:
    """No script and no relative address may be in a feed."""
    if not (markup or "").strip():
        return
    tree = lxml.html.fragment_fromstring(markup or "", create_parent="div")
    yield from (f"{node.tag} in the content" for node in tree.iter("script", "style", "iframe", "object", "embed"))
    for address in (*tree.xpath(".//@href"), *tree.xpath(".//@src")):
        if not re.match(r"https?:|mailto:", address):
            yield f"relative address in the content: {address}"
