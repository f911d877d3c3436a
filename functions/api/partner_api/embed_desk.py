"""oEmbed (https://oembed.com): what a site that links to an article may show of it."""

import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from operator import itemgetter
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import escape

from partner_api.problem import Problem
from slugline.ports.objects import ObjectMissing, ObjectStore
from slugline.site import folder

Embed = dict[str, Any]
_WIDEST = 1280
_PAGE = re.compile(r"articles/[^/]+\.html")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class EmbedDesk:
    """Answers for the article pages of one site."""

    site: ObjectStore
    site_url: str

    def embed(self, url: str, max_width: int | None, max_height: int | None) -> Embed:
        """The response for the article at this address, its picture no larger than asked for.

        What readers see now decides: render keeps each version's response beside its other outputs. Raises Problem
        (404) for any address that is not an article's, or whose story is withdrawn.
        """
        path = self._path(url)
        try:
            shown = self.site.head(path).metadata
            kept = self.site.get(f"{folder(shown['story'], int(shown['version']))}oembed.json")
        except (ObjectMissing, KeyError) as error:
            raise _unknown(url) from error
        embed: Embed = json.loads(kept.body)
        pictures = embed.pop("thumbnails", [])
        for name in ("url", "width", "height"):
            embed.pop(f"thumbnail_{name}", None)
        fitting = [one for one in pictures if _fits(one, max_width, max_height)]
        if fitting:
            largest = _best(fitting)
            embed |= {f"thumbnail_{name}": largest[name] for name in ("url", "width", "height")}
        return embed

    def _path(self, url: str) -> str:
        try:
            asked, own = urlsplit(url), urlsplit(self.site_url)
        except ValueError as error:  # half an IPv6 address
            raise _unknown(url) from error
        below = own.path.rstrip("/") + "/"
        path = unquote(asked.path).removeprefix(below)
        known = asked.scheme in {"http", "https"} and asked.netloc.lower() == own.netloc.lower()
        if not (known and asked.path.startswith(below) and _PAGE.fullmatch(path)):
            raise _unknown(url)
        return path


def as_xml(embed: Embed) -> str:
    """The response in oEmbed's other format."""
    fields = "".join(f"<{name}>{escape(_NO_XML.sub('', str(value)))}</{name}>" for name, value in embed.items())
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{fields}</oembed>\n'


def _fits(picture: Embed, max_width: int | None, max_height: int | None) -> bool:
    width, height = int(picture["width"]), int(picture["height"])
    return (max_width is None or width <= max_width) and (max_height is None or height <= max_height)


def _best(pictures: list[Embed]) -> Embed:
    """The widest that is no wider than an embed needs, else the narrowest."""
    narrow = [one for one in pictures if int(one["width"]) <= _WIDEST]
    key = itemgetter("width")
    return max(narrow, key=key) if narrow else min(pictures, key=key)


def _unknown(url: str) -> Problem:
    return Problem(HTTPStatus.NOT_FOUND, f"{url[:200]} is no article of this site.")
