"""The extractors that ours is measured beside, each as a function from a page to what it found."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from typing import Any

from parsing import Document, Limits, Rejected
from parsing.document import Context
from parsing.formats.html import FORMAT
from slugline.story import BlockType, Story

SHOWN = (BlockType.PARAGRAPH, BlockType.LIST_ITEM, BlockType.QUOTE, BlockType.SUBHEAD)


@dataclass(frozen=True)
class Found:
    """What an extractor found on a page. None stands for what it has no notion of."""

    paragraphs: list[str]
    """The body. The standfirst is no part of it: schema.org's articleBody is not its description."""
    authors: list[str] | None = None
    captions: list[str] | None = None
    credits: list[str] | None = None
    others: list[str] = field(default_factory=list)
    """Text of the body that is no paragraph: tables, and postings from elsewhere."""
    standfirst: str = ""


Extractor = Callable[[str], Found]


def extractors() -> dict[str, Extractor]:
    """Ours and the peers that are installed."""
    known: dict[str, tuple[str, Extractor]] = {
        "slugline": ("parsing", slugline),
        "slugline and standfirst": ("parsing", with_standfirst),
        "trafilatura (precision)": ("trafilatura", lambda html: _trafilatura(html, favor_precision=True)),
        "trafilatura": ("trafilatura", _trafilatura),
        "newspaper4k": ("newspaper", _newspaper),
        "readability-lxml": ("readability", _readability),
        "resiliparse": ("resiliparse", _resiliparse),
    }
    return {name: extract for name, (module, extract) in known.items() if find_spec(module)}


def slugline(html: str) -> Found:
    try:
        story = FORMAT.parse(Document("page.html", html.encode("utf-8", "replace")), Context(Limits(), lambda _: ()))[
            0
        ].story
    except Rejected:
        story = Story()
    paragraphs = [block.text for block in story.body if block.type in SHOWN]
    if story.dateline and paragraphs:  # printed before the first paragraph, and counted there by every set
        paragraphs[0] = f"{story.dateline.text} {paragraphs[0]}"
    return Found(
        paragraphs=paragraphs,
        authors=[author.name for author in story.authors],
        captions=[image.caption for image in story.images if image.caption],
        credits=[image.credit for image in story.images if image.credit],
        others=[block.text for block in story.body if block.type in (BlockType.TABLE, BlockType.EMBED)],
        standfirst=story.standfirst or "",
    )


def with_standfirst(html: str) -> Found:
    """Ours, with the standfirst as the first paragraph, as extractors that do not know one have it."""
    found = slugline(html)
    return replace(found, paragraphs=[found.standfirst, *found.paragraphs])


def _trafilatura(html: str, **options: Any) -> Found:
    import trafilatura  # noqa: PLC0415 - a peer may be missing

    document = trafilatura.bare_extraction(html, include_comments=False, with_metadata=True, **options)
    if document is None:
        return Found([], [])
    authors = [name.strip() for name in (document.author or "").split(";") if name.strip()]
    return Found(_lines(document.text or ""), authors)


def _newspaper(html: str) -> Found:
    import newspaper  # noqa: PLC0415 - as above

    article = newspaper.Article(url="https://example.org/a", fetch_images=False)
    article.download(input_html=html)
    article.parse()
    return Found(_lines(article.text), list(article.authors))


def _readability(html: str) -> Found:
    import lxml.html  # noqa: PLC0415 - as above
    import readability  # noqa: PLC0415 - a peer that may not be installed

    tree = lxml.html.fromstring(readability.Document(html).summary(html_partial=True))
    blocks = tree.xpath(".//p | .//li | .//h2 | .//h3 | .//h4 | .//blockquote[not(p)]")
    return Found(_lines("\n".join(" ".join(block.text_content().split()) for block in blocks)))


def _resiliparse(html: str) -> Found:
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415 - as above

    return Found(_lines(extract_plain_text(html, main_content=True)))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
