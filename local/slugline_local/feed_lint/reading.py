"""A feed of any form as one model, with what its form says and no more."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree

_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_MEDIA = "{http://search.yahoo.com/mrss/}"
_SNF = "{http://www.smartnews.be/snf}"
_MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
RSS, ATOM, JSON_FEED, SITEMAP, NEWS_SITEMAP, INDEX = (
    "RSS",
    "Atom",
    "JSON Feed",
    "a sitemap",
    "a news sitemap",
    "a sitemap index",
)


@dataclass(frozen=True)
class Picture:
    """A picture of an item; 0 for a size that the feed does not say."""

    url: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Item:
    """`published` is None where there is no date or it is none, `dated` whether something stands in its place."""

    id: str = ""
    url: str = ""
    title: str = ""
    published: datetime | None = None
    dated: bool = False
    summary: str = ""
    html: str = ""
    authors: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    publication: str = ""
    language: str = ""

    @property
    def name(self) -> str:
        """By which a person finds it in the file."""
        return self.title[:60] or self.url or self.id or "an item without title, address and id"


@dataclass(frozen=True)
class Feed:
    form: str
    size: int
    encoding: str
    title: str = ""
    url: str = ""
    description: str = ""
    language: str = ""
    logo: str = ""
    items: tuple[Item, ...] = field(default=())


def read_feed(data: bytes) -> Feed | None:
    """The feed, or None for a file that is none. A form that is none of ours is a file that is none."""
    text = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text.startswith(b"{"):
        return _json(data)
    if not text.startswith(b"<"):
        return None
    try:
        # No entities, no network: the file is a stranger's.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None
    reader = {"rss": _rss, f"{_ATOM}feed": _atom, f"{_MAP}urlset": _sitemap, f"{_MAP}sitemapindex": _index}.get(
        str(root.tag)
    )
    if reader is None:
        return None
    encoding = (root.getroottree().docinfo.encoding or "UTF-8").upper()
    return reader(root, len(data), encoding)


def _rss(root: etree._Element, size: int, encoding: str) -> Feed:
    channel = root.find("channel")
    channel = root if channel is None else channel
    return Feed(
        RSS,
        size,
        encoding,
        title=_text(channel, "title"),
        url=_text(channel, "link"),
        description=_text(channel, "description"),
        language=_text(channel, "language"),
        logo=_text(channel, f"{_SNF}logo/url"),
        items=tuple(_rss_item(item) for item in channel.iter("item")),
    )


def _rss_item(item: etree._Element) -> Item:
    authors = [_text(author) for author in (*item.findall(f"{_DC}creator"), *item.findall("author"))]
    return Item(
        id=_text(item, "guid"),
        url=_text(item, "link"),
        title=_text(item, "title"),
        published=_moment(_text(item, "pubDate")),
        dated=bool(_text(item, "pubDate")),
        summary=_text(item, "description"),
        html=_text(item, f"{_CONTENT}encoded"),
        authors=tuple(filter(None, authors)),
        pictures=tuple(_pictures(item)),
    )


def _pictures(item: etree._Element) -> Iterator[Picture]:
    for media in item.iter(f"{_MEDIA}content"):
        kind = f"{media.get('medium', '')} {media.get('type', '')}"
        if "image" in kind:
            yield Picture(media.get("url", ""), _number(media.get("width")), _number(media.get("height")))
    yield from (
        Picture(enclosure.get("url", ""))
        for enclosure in item.findall("enclosure")
        if enclosure.get("type", "").startswith("image/")
    )


def _atom(root: etree._Element, size: int, encoding: str) -> Feed:
    return Feed(
        ATOM,
        size,
        encoding,
        title=_text(root, f"{_ATOM}title"),
        url=_alternate(root),
        description=_text(root, f"{_ATOM}subtitle"),
        language=root.get("{http://www.w3.org/XML/1998/namespace}lang", ""),
        logo=_text(root, f"{_SNF}logo/url"),
        items=tuple(_atom_entry(entry) for entry in root.iter(f"{_ATOM}entry")),
    )


def _atom_entry(entry: etree._Element) -> Item:
    date = _text(entry, f"{_ATOM}published") or _text(entry, f"{_ATOM}updated")
    enclosures = (link for link in entry.findall(f"{_ATOM}link") if link.get("rel") == "enclosure")
    return Item(
        id=_text(entry, f"{_ATOM}id"),
        url=_alternate(entry),
        title=_text(entry, f"{_ATOM}title"),
        published=_moment(date),
        dated=bool(date),
        summary=_text(entry, f"{_ATOM}summary"),
        html=_text(entry, f"{_ATOM}content"),
        authors=tuple(filter(None, (_text(name) for name in entry.findall(f"{_ATOM}author/{_ATOM}name")))),
        pictures=(
            *_pictures(entry),
            *(Picture(link.get("href", "")) for link in enclosures if link.get("type", "").startswith("image/")),
        ),
    )


def _json(data: bytes) -> Feed | None:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or "jsonfeed.org/version" not in str(found.get("version")):
        return None
    items = found.get("items")
    return Feed(
        JSON_FEED,
        len(data),
        "UTF-8",
        title=_said(found, "title"),
        url=_said(found, "home_page_url"),
        description=_said(found, "description"),
        language=_said(found, "language"),
        logo=_said(found, "icon"),
        items=tuple(_json_item(item) for item in (items if isinstance(items, list) else []) if isinstance(item, dict)),
    )


def _json_item(item: dict[str, Any]) -> Item:
    authors = item.get("authors")
    people = [_said(one, "name") for one in (authors if isinstance(authors, list) else []) if isinstance(one, dict)]
    return Item(
        id=_said(item, "id"),
        url=_said(item, "url"),
        title=_said(item, "title"),
        published=_moment(_said(item, "date_published")),
        dated=bool(_said(item, "date_published")),
        summary=_said(item, "summary"),
        html=_said(item, "content_html") or _said(item, "content_text"),
        authors=tuple(filter(None, people)),
        pictures=(Picture(_said(item, "image")),) if _said(item, "image") else (),
    )


def _sitemap(root: etree._Element, size: int, encoding: str) -> Feed:
    urls = tuple(_sitemap_url(url) for url in root.iter(f"{_MAP}url"))
    is_news = root.find(f"{_MAP}url/{_NEWS}news") is not None
    return Feed(NEWS_SITEMAP if is_news else SITEMAP, size, encoding, items=urls)


def _sitemap_url(url: etree._Element) -> Item:
    news = url.find(f"{_NEWS}news")
    news = url if news is None else news
    date = _text(news, f"{_NEWS}publication_date")
    return Item(
        url=_text(url, f"{_MAP}loc"),
        title=_text(news, f"{_NEWS}title"),
        published=_moment(date),
        dated=bool(date),
        publication=_text(news, f"{_NEWS}publication/{_NEWS}name"),
        language=_text(news, f"{_NEWS}publication/{_NEWS}language"),
    )


def _index(root: etree._Element, size: int, encoding: str) -> Feed:
    return Feed(INDEX, size, encoding, items=tuple(Item(url=_text(loc)) for loc in root.iter(f"{_MAP}loc")))


def _alternate(parent: etree._Element) -> str:
    links = parent.findall(f"{_ATOM}link")
    return next((link.get("href", "") for link in links if link.get("rel", "alternate") == "alternate"), "")


def _text(parent: etree._Element, path: str = ".") -> str:
    found = parent if path == "." else parent.find(path)
    return "" if found is None else "".join(str(part) for part in found.itertext()).strip()


def _said(parent: dict[str, Any], name: str) -> str:
    value = parent.get(name)
    return value.strip() if isinstance(value, str) else ""


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


def _moment(text: str) -> datetime | None:
    """RFC 822 or RFC 3339 (W3C date-time), with a zone; None else."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text)
        except (ValueError, TypeError, IndexError):
            continue
        if moment.tzinfo is not None:
            return moment
    return None
