"""What a page says about itself: JSON-LD first, then microdata, then OpenGraph and other meta elements."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from lxml.html import HtmlElement

from parsing.markup.chunks import tidy

ARTICLE = re.compile(
    r"(?:^|[/:])(?:\w*Article|\w*NewsArticle|BlogPosting|LiveBlogPosting|Report|ReviewNewsArticle|Review)$"
)
"""schema.org types that are an article."""
LARGEST_SCRIPT = 2_000_000
DEEPEST = 20
"""Levels of JSON-LD followed; real graphs have five."""

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class StatedImage:
    """An image as the page's metadata states it."""

    url: str
    caption: str | None = None
    credit: str | None = None
    copyright: str | None = None
    alt: str | None = None


@dataclass(slots=True)
class Stated:
    """What the page states, as it states it: nothing is interpreted here."""

    headline: str | None = None
    description: str | None = None
    authors: list[tuple[str, str | None]] = field(default_factory=list)
    """Names with the bio or job title given beside them."""
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    site: str | None = None
    section: str | None = None
    url: str | None = None
    keywords: list[str] = field(default_factory=list)
    images: list[StatedImage] = field(default_factory=list)
    body: str | None = None


def stated_by(root: HtmlElement) -> Stated:
    """The page's statements, each from the first source that makes it."""
    stated = Stated()
    nodes = list(_json_nodes(root))
    for node in sorted((node for node in nodes if _is_article(node)), key=lambda node: "headline" not in node):
        _from_article(stated, node, {str(other.get("@id")): other for other in nodes if "@id" in other})
    _from_microdata(stated, root)
    _from_microformats(stated, root)
    _from_meta(stated, root)
    return stated


def _json_nodes(root: HtmlElement) -> Iterator[Node]:
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text and len(script.text) <= LARGEST_SCRIPT:
            yield from _nodes_of(_loads(script.text), DEEPEST)


def _loads(text: str) -> Any:
    """The script's value, or None. Pages put raw line breaks into strings and HTML comments around the whole."""
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes_of(value: Any, levels: int) -> Iterator[Node]:
    if not levels:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes_of(item, levels - 1)
    elif isinstance(value, dict):
        yield value
        for item in value.values():
            if isinstance(item, dict | list):
                yield from _nodes_of(item, levels - 1)


def _is_article(node: Node) -> bool:
    return any(ARTICLE.search(kind) for kind in _strings(node.get("@type")))


def _from_article(stated: Stated, node: Node, by_id: dict[str, Node]) -> None:
    if stated.headline and _text(node.get("headline")) not in (None, stated.headline):
        return  # a related article's node
    stated.headline = stated.headline or _text(node.get("headline") or node.get("name"))
    stated.description = stated.description or _text(node.get("description"))
    stated.published = stated.published or _text(node.get("datePublished"))
    stated.modified = stated.modified or _text(node.get("dateModified"))
    stated.section = stated.section or _text(node.get("articleSection"))
    stated.language = stated.language or _text(node.get("inLanguage"))
    stated.body = stated.body or next(iter(_strings(node.get("articleBody"))), None)
    stated.site = stated.site or _text(_first(node.get("publisher"), by_id).get("name"))
    stated.keywords = stated.keywords or _keywords(node.get("keywords"))
    stated.authors = stated.authors or _people(node.get("author") or node.get("creator"), by_id)
    stated.images = stated.images or [image for value in _list(node.get("image")) if (image := _image(value, by_id))]


def _first(value: Any, by_id: dict[str, Node]) -> Node:
    found = _list(value)
    node = found[0] if found and isinstance(found[0], dict) else {}
    return by_id.get(str(node.get("@id")), node) if "name" not in node else node


def _people(value: Any, by_id: dict[str, Node]) -> list[tuple[str, str | None]]:
    people = []
    for item in _list(value):
        node = item if isinstance(item, dict) else {"name": item}
        if "name" not in node:
            node = by_id.get(str(node.get("@id")), node)
        if "Organization" in " ".join(_strings(node.get("@type"))):
            continue
        people += [(name, _text(node.get("description"))) for name in _strings(node.get("name")) if tidy(name)]
    return [(tidy(unescape(name)), bio) for name, bio in people]


def _image(value: Any, by_id: dict[str, Node]) -> StatedImage | None:
    if isinstance(value, str):
        return StatedImage(value)
    if not isinstance(value, dict):
        return None
    node = by_id.get(str(value.get("@id")), value) if "url" not in value and "contentUrl" not in value else value
    url = _text(node.get("url") or node.get("contentUrl"))
    credit = _text(node.get("creditText")) or _text(
        _first(node.get("creator") or node.get("author"), by_id).get("name")
    )
    notice = _text(node.get("copyrightNotice"))
    return StatedImage(url, _text(node.get("caption") or node.get("description")), credit, notice) if url else None


def _keywords(value: Any) -> list[str]:
    words = [word for text in _strings(value) for word in (text.split(",") if isinstance(value, str) else [text])]
    return list(dict.fromkeys(tidy(unescape(word)) for word in words if tidy(word)))


def _from_microdata(stated: Stated, root: HtmlElement) -> None:
    scope = next((e for e in root.iter() if isinstance(e.tag, str) and ARTICLE.search(e.get("itemtype") or "")), None)
    if scope is None:
        return
    stated.headline = stated.headline or _property(scope, "headline")
    stated.description = stated.description or _property(scope, "description")
    stated.published = stated.published or _property(scope, "datePublished")
    stated.modified = stated.modified or _property(scope, "dateModified")
    if not stated.authors:
        stated.authors = [
            (name, None) for name in dict.fromkeys(map(_author_name, scope.xpath(".//*[@itemprop='author']"))) if name
        ]


def _from_microformats(stated: Stated, root: HtmlElement) -> None:
    """Author and date of the one `hentry` of a page, as weblogs print them below it."""
    entries = _classed(root, "hentry", "h-entry")
    if len(entries) != 1:
        return
    if not stated.authors:
        cards = [card for name in ("vcard", "h-card", "p-author") for card in _classed(entries[0], name)]
        names = [tidy(e.text_content()) for card in cards for e in (_classed(card, "fn", "p-name") or [card])]
        stated.authors += [(name, None) for name in dict.fromkeys(names) if name][:1]
    published = _classed(entries[0], "published", "dt-published")
    stated.published = stated.published or next(
        (stamp for e in published if (stamp := e.get("datetime") or e.get("title"))), None
    )


def _classed(root: HtmlElement, *names: str) -> list[HtmlElement]:
    wanted = set(names)
    return [
        e for e in root.iterdescendants() if isinstance(e.tag, str) and wanted & set((e.get("class") or "").split())
    ]


def _author_name(element: HtmlElement) -> str | None:
    return _property(element, "name") or _value(element)


def _property(scope: HtmlElement, name: str) -> str | None:
    found = scope.xpath(".//*[contains(concat(' ', @itemprop, ' '), $name)]", name=f" {name} ")
    return _value(found[0]) if found else None


def _value(element: HtmlElement) -> str | None:
    return tidy(element.get("content") or element.get("datetime") or element.text_content()) or None


def _from_meta(stated: Stated, root: HtmlElement) -> None:
    meta = _meta(root)

    def first(*names: str) -> str | None:
        return next((meta[name][0] for name in names if name in meta), None)

    stated.headline = stated.headline or first("og:title", "twitter:title", "dc.title", "headline")
    stated.description = stated.description or first("og:description", "description", "twitter:description")
    stated.published = stated.published or first(
        "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "pubdate",
        "parsely-pub-date",         "sailthru.date", "publish-date", "dc.date.issued", "dcterms.created",
    )  # fmt: skip
    stated.modified = stated.modified or first(
        "article:modified_time", "og:updated_time", "last-modified", "dcterms.modified"
    )
    stated.site = stated.site or first("og:site_name", "application-name")
    stated.section = stated.section or first("article:section")
    canonical = next((e.get("href") for e in root.iter("link") if (e.get("rel") or "").lower() == "canonical"), None)
    stated.url = canonical or first("og:url")
    stated.language = (
        root.get("lang") or root.get("xml:lang") or stated.language or first("og:locale", "content-language")
    )
    stated.keywords = stated.keywords or _keywords(", ".join(meta.get("article:tag", []) or meta.get("keywords", [])))
    if not stated.authors:
        names = [
            name
            for key in ("author", "article:author", "dc.creator", "parsely-author", "byl")
            for name in meta.get(key, [])
        ]
        stated.authors = [(name, None) for name in dict.fromkeys(names) if "://" not in name]
    if not stated.images:
        alt = first("og:image:alt")
        stated.images = [StatedImage(url, alt=alt) for url in meta.get("og:image", meta.get("twitter:image", []))[:1]]


def _meta(root: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or "").lower()
        content = tidy(element.get("content") or "")
        if name and content:
            found.setdefault(name, []).append(content)
    return found


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _strings(value: Any) -> Iterable[str]:
    return (item for item in _list(value) if isinstance(item, str))


def _text(value: Any) -> str | None:
    """Text of a JSON-LD value. Publishers escape it once too often, and put one text into a list."""
    text = next(iter(_strings(value)), None)
    return tidy(unescape(text)) or None if text else None
