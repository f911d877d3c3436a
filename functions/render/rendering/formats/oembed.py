"""oEmbed 1.0 (https://oembed.com): what the API's endpoint answers for this version, by all sizes of its picture."""

from typing import Any
from urllib.parse import urlencode

from rendering.edition import Edition
from rendering.formats.json_text import json_bytes

_CACHE_SECONDS = 3600
_KINDS = {"json": "application/json+oembed", "xml": "text/xml+oembed"}


def embed_links(edition: Edition) -> tuple[tuple[str, str], ...]:
    """Type and address of what a page's discovery links name: the endpoint, asked for this page. None without one."""
    endpoint = edition.desk.oembed_url
    if endpoint is None:
        return ()
    page = edition.links.canonical
    return tuple((kind, f"{endpoint}?{urlencode({'url': page, 'format': name})}") for name, kind in _KINDS.items())


def render(edition: Edition) -> bytes:
    """A `link`: the embedding site shows title, source and, where partners may have one, the picture."""
    story = edition.story
    authors = ", ".join(author.name for author in story.authors) or story.byline
    response: dict[str, Any] = {
        "version": "1.0",
        "type": "link",
        "title": story.headline,
        **({"author_name": authors} if authors else {}),
        "provider_name": edition.desk.site_name,
        "provider_url": edition.desk.site_url,
        "cache_age": _CACHE_SECONDS,
    }
    figure = next((figure for figure in edition.figures.values() if figure.syndicable), None)
    if figure:
        response |= {
            "thumbnail_url": edition.links.picture(figure.main.key),
            "thumbnail_width": figure.main.width,
            "thumbnail_height": figure.main.height,
            "thumbnails": [
                {"url": edition.links.picture(file.key), "width": file.width, "height": file.height}
                for file in figure.fallbacks
            ],
        }
    return json_bytes(response)
