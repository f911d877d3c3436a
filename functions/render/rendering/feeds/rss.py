"""RSS 2.0 (https://www.rssboard.org/rss-specification) with content:encoded, Dublin Core and Media RSS 1.5."""

from collections.abc import Sequence

from lxml import etree

from rendering.dates import rfc822, rfc3339
from rendering.edition import shorten
from rendering.feeds.content import newest, readable, title
from rendering.links import FeedLinks
from rendering.xml_text import add, xml_bytes
from slugline.desk import DeskSettings
from slugline.feed import FeedEntry, FeedPicture

_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DC = "http://purl.org/dc/elements/1.1/"
_MEDIA = "http://search.yahoo.com/mrss/"
_MSN_TITLE = 150
_DCTERMS = "http://purl.org/dc/terms/"
_MSN = "http://schemas.ingestion.microsoft.com/common/"
_SNF = "http://www.smartnews.be/snf"
_NAMES = {"atom": _ATOM, "content": _CONTENT, "dc": _DC, "media": _MEDIA}


def render(entries: Sequence[FeedEntry], desk: DeskSettings, links: FeedLinks) -> bytes:
    """The feed of these entries, in the order given. RSS knows no withdrawal: a withdrawn entry is simply gone."""
    names = _NAMES | ({"snf": _SNF} if desk.logo_url else {}) | ({"dcterms": _DCTERMS, "mi": _MSN} if links.msn else {})
    root = etree.Element("rss", {"version": "2.0"}, nsmap=names)
    channel = etree.SubElement(root, "channel")
    add(channel, "title", links.title)
    add(channel, "link", links.home)
    add(channel, "description", links.description)
    add(channel, "language", links.language)
    add(channel, "copyright", desk.copyright_holder or desk.site_name)
    # SmartFormat asks for the channel's date, which is the newest story's.
    published = max((entry.published for entry in entries if entry.withdrawn is None), default=None)
    add(channel, "pubDate", rfc822(published) if published else None)
    changed = newest(entries)
    add(channel, "lastBuildDate", rfc822(changed) if changed else None)
    if desk.logo_url:  # SmartFormat takes no feed without
        add(etree.SubElement(channel, f"{{{_SNF}}}logo"), "url", desk.logo_url)
    _link(channel, "self", links.own("rss.xml"))
    _link(channel, "hub", desk.hub_url)
    for entry in entries:
        if entry.withdrawn is None:
            _item(channel, entry, msn=links.msn)
    return xml_bytes(root, indent=False)


def _link(channel: etree._Element, rel: str, href: str | None) -> None:
    if href:
        kind = {"type": "application/rss+xml"} if rel == "self" else {}
        etree.SubElement(channel, f"{{{_ATOM}}}link", {"href": href, "rel": rel} | kind)


def _item(channel: etree._Element, entry: FeedEntry, *, msn: bool) -> None:
    item = etree.SubElement(channel, "item")
    add(item, "title", title(entry))
    add(item, "link", entry.url)
    add(item, "guid", entry.id, {"isPermaLink": "false"})
    add(item, "pubDate", rfc822(entry.published))
    add(item, "description", entry.standfirst)
    add(item, f"{{{_CONTENT}}}encoded", readable(entry))
    for author in entry.authors:
        add(item, f"{{{_DC}}}creator", author.name)
    for term in dict.fromkeys((*entry.keywords, *entry.subjects)):
        add(item, "category", term)
    if entry.picture:
        _media(item, entry.picture)
    if msn:
        _microsoft(item, entry)


def _microsoft(item: etree._Element, entry: FeedEntry) -> None:
    """The update's date, a short title where the headline is too long, and that the picture may be syndicated.

    https://support.microsoft.com/topic/msn-feed-item-metadata-requirements-0114c19c-36bb-4fef-8322-4a1ed6888329
    """
    add(item, f"{{{_DCTERMS}}}modified", rfc3339(entry.updated))
    if len(entry.headline) > _MSN_TITLE:
        add(item, f"{{{_MSN}}}shortTitle", shorten(entry.headline, _MSN_TITLE))
    media = item.find(f"{{{_MEDIA}}}content")
    if media is not None:
        add(media, f"{{{_MSN}}}hasSyndicationRights", "1")


def _media(item: etree._Element, picture: FeedPicture) -> None:
    full, small = picture.full, picture.thumbnail
    attributes = {"url": full.url, "type": full.content_type, "medium": "image", "fileSize": str(full.bytes)}
    size = {"width": str(full.width), "height": str(full.height)}
    media = etree.SubElement(item, f"{{{_MEDIA}}}content", attributes | size)
    add(media, f"{{{_MEDIA}}}description", picture.caption or picture.alt, {"type": "plain"})
    small_size = {"width": str(small.width), "height": str(small.height)}
    etree.SubElement(media, f"{{{_MEDIA}}}thumbnail", {"url": small.url} | small_size)
    add(media, f"{{{_MEDIA}}}credit", picture.credit, {"role": "photographer"})
    add(media, f"{{{_MEDIA}}}copyright", picture.copyright)
