"""Sitemaps (https://www.sitemaps.org/protocol.html) and Google News sitemaps."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from lxml import etree

from rendering.feeds.content import title
from rendering.links import FeedLinks
from rendering.output import Output
from rendering.xml_text import add, xml_bytes
from slugline.desk import DeskSettings
from slugline.feed import FeedEntry
from slugline.model import rfc3339

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
MAX_URLS = 50_000
MAX_NEWS_URLS = 1_000
_NEWS_AGE = timedelta(days=2)
_XML = "application/xml"
Add = Callable[[etree._Element, FeedEntry], None]


def sitemap(entries: Sequence[FeedEntry], desk: DeskSettings, links: FeedLinks) -> tuple[Output, ...]:  # noqa: ARG001 - as every feed is called
    """`sitemap.xml`: every story that is there."""
    current = [entry for entry in entries if entry.withdrawn is None]
    return _files("sitemap", _parts(current, MAX_URLS), _plain, links)


def day_sitemap(entries: Sequence[FeedEntry], stem: str) -> tuple[Output, ...]:
    """`<stem>.xml` for the stories that first went out on one day, numbered on where one file cannot hold them."""
    current = [entry for entry in entries if entry.withdrawn is None]
    return tuple(
        Output(f"{stem}.xml" if number == 1 else f"{stem}-{number}.xml", _XML, _url_set(part, _plain))
        for number, part in enumerate(_parts(current, MAX_URLS), start=1)
    )


def sitemap_index(addresses: Iterable[str]) -> Output:
    """`sitemap.xml` over the sitemaps of all days."""
    return Output("sitemap.xml", _XML, _index(addresses))


def empty_sitemap(name: str) -> Output:
    """What stands where a part was that is not needed any more."""
    return Output(name, _XML, _url_set([], _plain))


def news_sitemap(entries: Sequence[FeedEntry], desk: DeskSettings, links: FeedLinks) -> tuple[Output, ...]:
    """`sitemap-news.xml`: the stories of two days, which end with the newest story, so that no clock is needed.

    https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
    """
    current = [entry for entry in entries if entry.withdrawn is None]
    newest = max((entry.published for entry in current), default=None)
    recent = [entry for entry in current if newest is not None and newest - entry.published <= _NEWS_AGE]

    def add_news(target: etree._Element, entry: FeedEntry) -> None:
        news = etree.SubElement(target, f"{{{NEWS}}}news")
        publication = etree.SubElement(news, f"{{{NEWS}}}publication")
        add(publication, f"{{{NEWS}}}name", desk.site_name)
        add(publication, f"{{{NEWS}}}language", _language(entry, desk))
        add(news, f"{{{NEWS}}}publication_date", rfc3339(entry.published))
        add(news, f"{{{NEWS}}}title", title(entry))

    return _files("sitemap-news", _parts(recent, MAX_NEWS_URLS), add_news, links)


def _language(entry: FeedEntry, desk: DeskSettings) -> str:
    """ISO 639 alone, but for Chinese, where Google asks for the script by its region."""
    tag = (desk.language if entry.language == "und" else entry.language).lower()
    if tag.startswith("zh"):
        traditional = any(part in tag for part in ("hant", "tw", "hk", "mo"))
        return "zh-tw" if traditional else "zh-cn"
    return tag.partition("-")[0]


def _plain(target: etree._Element, entry: FeedEntry) -> None:
    add(target, _name("lastmod"), rfc3339(entry.updated))


def _parts(entries: Sequence[FeedEntry], size: int) -> list[Sequence[FeedEntry]]:
    return [entries[start : start + size] for start in range(0, len(entries), size)] or [[]]


def _files(stem: str, parts: list[Sequence[FeedEntry]], detail: Add, links: FeedLinks) -> tuple[Output, ...]:
    """One file, or an index of that name over numbered files."""
    if len(parts) == 1:
        return (Output(f"{stem}.xml", _XML, _url_set(parts[0], detail)),)
    names = [f"{stem}-{number}.xml" for number in range(1, len(parts) + 1)]
    files = tuple(Output(name, _XML, _url_set(part, detail)) for name, part in zip(names, parts, strict=True))
    return (Output(f"{stem}.xml", _XML, _index(links.output(name) for name in names)), *files)


def _url_set(entries: Iterable[FeedEntry], detail: Add) -> bytes:
    root = etree.Element(_name("urlset"), nsmap={None: NAMESPACE, "news": NEWS})
    for entry in entries:
        url = etree.SubElement(root, _name("url"))
        add(url, _name("loc"), entry.url)
        detail(url, entry)
    return xml_bytes(root)


def _index(addresses: Iterable[str]) -> bytes:
    root = etree.Element(_name("sitemapindex"), nsmap={None: NAMESPACE})
    for address in addresses:
        add(etree.SubElement(root, _name("sitemap")), _name("loc"), address)
    return xml_bytes(root)


def _name(tag: str) -> str:
    return f"{{{NAMESPACE}}}{tag}"
