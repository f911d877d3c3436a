"""Atom 1.0 (RFC 4287) with tombstones for what was withdrawn (RFC 6721)."""

from collections.abc import Sequence

from lxml import etree

from rendering.feeds.content import newest, readable, title
from rendering.links import FeedLinks
from rendering.xml_text import add, xml_bytes
from slugline.desk import DeskSettings
from slugline.feed import FeedEntry
from slugline.model import rfc3339

NAMESPACE = "http://www.w3.org/2005/Atom"
_TOMBSTONE = "http://purl.org/atompub/tombstones/1.0"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NEVER = "1970-01-01T00:00:00Z"


def render(entries: Sequence[FeedEntry], desk: DeskSettings, links: FeedLinks) -> bytes:
    """The feed of these entries, in the order given; an empty one was never updated."""
    feed = etree.Element(_name("feed"), nsmap={None: NAMESPACE, "at": _TOMBSTONE})
    feed.set(_LANG, links.language)
    add(feed, _name("id"), links.output("atom.xml"))
    add(feed, _name("title"), links.title)
    add(feed, _name("subtitle"), links.description)
    changed = newest(entries)
    add(feed, _name("updated"), rfc3339(changed) if changed else _NEVER)
    if own := links.own("atom.xml"):
        _link(feed, "self", own, "application/atom+xml")
    _link(feed, "alternate", links.home, "text/html")
    if desk.hub_url:
        _link(feed, "hub", desk.hub_url)
    _author(feed, desk.site_name)
    add(feed, _name("rights"), desk.copyright_holder or desk.site_name)
    for entry in entries:
        if entry.withdrawn is None:
            _entry(feed, entry)
        else:
            when = {"ref": entry.id, "when": rfc3339(entry.withdrawn)}
            etree.SubElement(feed, f"{{{_TOMBSTONE}}}deleted-entry", when)
    return xml_bytes(feed, indent=False)


def _entry(feed: etree._Element, entry: FeedEntry) -> None:
    item = etree.SubElement(feed, _name("entry"), {_LANG: entry.language})
    add(item, _name("id"), entry.id)
    etree.SubElement(item, _name("title")).text = title(entry)
    add(item, _name("published"), rfc3339(entry.published))
    add(item, _name("updated"), rfc3339(entry.updated))
    _link(item, "alternate", entry.url, "text/html")
    for author in entry.authors:
        _author(item, author.name)
    add(item, _name("summary"), entry.standfirst)
    add(item, _name("content"), readable(entry), {"type": "html"})
    for term in dict.fromkeys((*entry.keywords, *entry.subjects)):
        etree.SubElement(item, _name("category"), {"term": term})
    if entry.picture:
        full = entry.picture.full
        link = {"rel": "enclosure", "href": full.url, "type": full.content_type, "length": str(full.bytes)}
        etree.SubElement(item, _name("link"), link)


def _author(parent: etree._Element, author: str) -> None:
    if author.strip():
        add(etree.SubElement(parent, _name("author")), _name("name"), author)


def _link(parent: etree._Element, rel: str, href: str, kind: str | None = None) -> None:
    etree.SubElement(parent, _name("link"), {"rel": rel, "href": href} | ({"type": kind} if kind else {}))


def _name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"
