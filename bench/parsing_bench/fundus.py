"""The parser test pages of flairNLP/fundus (`tests/resources/parser/test_data`): pages and what is true of them."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class GoldImage:
    caption: str | None
    credits: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """A page's HTML and its gold: summary, subheads and paragraphs as printed, in order."""

    name: str
    html: str
    title: str
    authors: tuple[str, ...]
    summary: tuple[str, ...]
    subheads: tuple[str, ...]
    paragraphs: tuple[str, ...]
    images: tuple[GoldImage, ...]


def pages(folder: Path) -> Iterator[Page]:
    """The pages of the folder by name. A publisher's gold versions belong to its pages in the order of their dates."""
    for gold_file in sorted(folder.glob("*/*.json")):
        versions = list(json.loads(gold_file.read_text(encoding="utf-8")).values())
        files = sorted(gold_file.parent.glob(f"{gold_file.stem}_[0-9]*.html.gz"))
        for file, gold in zip(files, versions, strict=False):
            html = gzip.decompress(file.read_bytes()).decode("utf-8", errors="replace")
            yield _page(f"{gold_file.parent.name}/{file.name.removesuffix('.html.gz')}", html, gold)


def _page(name: str, html: str, gold: dict[str, Any]) -> Page:
    body = gold.get("body") or {}
    sections = body.get("sections") or []
    return Page(
        name=name,
        html=html,
        title=gold.get("title") or "",
        authors=tuple(gold.get("authors") or ()),
        summary=tuple(body.get("summary") or ()),
        subheads=tuple(text for section in sections for text in section["headline"]),
        paragraphs=tuple(text for section in sections for text in section["paragraphs"]),
        images=tuple(
            GoldImage(image.get("caption"), tuple(image.get("authors") or ())) for image in gold.get("images") or ()
        ),
    )
