"""The story's structured data alone."""

from rendering.edition import Edition
from rendering.formats.json_text import json_bytes
from rendering.structured import news_article


def render(edition: Edition) -> bytes:
    return json_bytes(news_article(edition, for_partners=True))
