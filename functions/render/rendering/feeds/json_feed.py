"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from collections.abc import Sequence
from typing import Any

from rendering.feeds.content import readable, title
from rendering.formats.json_text import json_bytes
from rendering.links import FeedLinks
from slugline.desk import DeskSettings
from slugline.feed import FeedEntry
from slugline.model import rfc3339


def render(entries: Sequence[FeedEntry], desk: DeskSettings, links: FeedLinks) -> bytes:
    """The feed of these entries, in the order given. JSON Feed knows no withdrawal: a withdrawn entry is gone."""
    return json_bytes(
        _present(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": links.title,
                "home_page_url": links.home,
                "feed_url": links.own("feed.json"),
                "description": links.description,
                "icon": desk.logo_url,
                "authors": [{"name": desk.site_name, "url": desk.site_url}],
                "language": links.language,
                "hubs": [{"type": "WebSub", "url": desk.hub_url}] if desk.hub_url else None,
            }
        )
        | {"items": [_item(entry) for entry in entries if entry.withdrawn is None]}
    )


def _item(entry: FeedEntry) -> dict[str, Any]:
    picture = entry.picture
    return _present(
        {
            "id": entry.id,
            "url": entry.url,
            "title": title(entry),
            "summary": entry.standfirst,
            "image": picture and picture.full.url,
            "date_published": rfc3339(entry.published),
            "date_modified": rfc3339(entry.updated),
            "authors": [{"name": author.name} for author in entry.authors],
            "tags": list(entry.keywords),
            "language": entry.language,
            "_slugline": _present(
                {
                    "version": entry.version,
                    "corrections": list(entry.corrections),
                    "image_credit": picture and picture.credit,
                }
            ),
        }
    ) | {"content_html": readable(entry)}


def _present(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value not in (None, "", [])}
