"""What holds for every format, however the copy is set: each visible word of the document is in a field of its story.

Lists, tables, pictures with their words, quotes, links and labels; each word that counts is there once in a document.
"""

import json
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from html import escape
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.story_words import texts_of

from parsing import Document, Rejected, parse

MARKED = re.compile(r"[a-z]+\d+x")
KINDS = (
    "paragraph", "paragraph", "paragraph", "heading", "list", "ordered", "quote", "table", "figure", "credited", "bare",
    "links", "label", "box", "verse", "rows", "dateline", "byline",
)  # fmt: skip
STEMS = ("harbour", "ferry", "island", "mayor", "quay", "winter", "engine", "dock")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True)
class Piece:
    """A part of the copy. `texts` are its lines, cells or items, or caption and credit."""

    kind: str
    texts: tuple[str, ...]


@st.composite
def copies(draw: st.DrawFn) -> list[Piece]:
    """Copy of all kinds of parts around a few paragraphs, so that it is an article."""
    kinds = ["paragraph", *draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=9)), "paragraph"]
    count = 0

    def word() -> str:
        nonlocal count
        count += 1
        return f"{STEMS[count % len(STEMS)]}{count}x"

    def sentence(least: int = 3) -> str:
        words = [word() for _ in range(draw(st.integers(least, least + 5)))]
        return f"The people of the {' and the '.join(words)} said that it would be so on Thursday."

    def title() -> str:
        return " ".join(word() for _ in range(draw(st.integers(1, 4)))).capitalize()

    def texts(kind: str) -> tuple[str, ...]:
        many = range(draw(st.integers(2, 4)))
        made: dict[str, Callable[[], tuple[str, ...]]] = {
            "list": lambda: tuple(title() for _ in many),
            "ordered": lambda: tuple(sentence(1) for _ in many),
            "links": lambda: tuple(title() for _ in many),
            "table": lambda: tuple(title() for _ in range(6)),
            "rows": lambda: tuple(f"{word().capitalize()} {at} {word().capitalize()} {at + 1}" for at in many),
            "verse": lambda: tuple(f"The {word()} is gone, the {word()} is bare," for _ in range(4)),
            "figure": lambda: (sentence(1), ""),
            "credited": lambda: (sentence(1), f"Photo: {word().capitalize()} {word().capitalize()}"),
            "bare": lambda: (title(), f"{word().capitalize()} / {word().capitalize()}"),
            "heading": lambda: (title(),),
            "label": lambda: (word(),),
            "box": lambda: (title(), sentence(1)),
            "dateline": lambda: (f"{word().upper()} (AP) — {sentence()}",),
            "byline": lambda: (f"By {word().capitalize()} {word().capitalize()}",),
        }
        return made.get(kind, lambda: (sentence(),))()

    return [Piece(kind, texts(kind)) for kind in kinds]


def pairs(cells: Sequence[str]) -> list[tuple[str, str]]:
    """Rows of two; of other parts than tables a last one may be left."""
    return list(zip(cells[::2], cells[1::2], strict=False))


def markup(pieces: list[Piece]) -> str:
    def element(piece: Piece) -> str:
        texts = [escape(text) for text in piece.texts]
        first, *rest = texts
        items = "".join(f"<li>{text}</li>" for text in texts)
        cells = "".join(f"<tr><td>{one}</td><td>{other}</td></tr>" for one, other in pairs(texts))
        linked = "".join(f'<li><a href="https://example.org/{at}">{text}</a></li>' for at, text in enumerate(texts))
        credit = f'<span class="credit">{rest[0]}</span>' if rest and rest[0] else ""
        return {
            "heading": f"<h2>{first}</h2>",
            "list": f"<ul>{items}</ul>",
            "ordered": f"<ol>{items}</ol>",
            "quote": f"<blockquote><p>{first}</p></blockquote>",
            "table": f"<table><caption>{first}</caption>{cells}</table>",
            "figure": f'<figure><img src="a{len(first)}.jpg" alt=""><figcaption>{first}</figcaption></figure>',
            "credited": f'<figure><img src="b.jpg"><figcaption>{first} {credit}</figcaption></figure>',
            "bare": f'<div class="image"><img src="c.jpg" alt="{first}"><p>{"".join(rest)}</p></div>',
            "links": f"<ul>{linked}</ul>",
            "label": f"<div>{first}</div>",
            "box": f'<aside class="related"><h3>{first}</h3><p>{"".join(rest)}</p></aside>',
            "verse": f"<p>{'<br>'.join(texts)}</p>",
            "rows": f"<pre>{chr(10).join(texts)}</pre>",
        }.get(piece.kind, f"<p>{first}</p>")

    return "\n".join(map(element, pieces))


def typed(pieces: list[Piece]) -> str:
    """As it is typed: bullets, rows below each other, a blank line between parts."""

    def lines(piece: Piece) -> str:
        if piece.kind in ("list", "ordered"):
            return "\n".join(f"- {text}" for text in piece.texts)
        if piece.kind == "table":
            return "\n".join(f"{one}\t{other}" for one, other in pairs(piece.texts))
        return "\n".join(filter(None, piece.texts))

    return "\n\n".join(map(lines, pieces))


def text(pieces: list[Piece]) -> bytes:
    return f"Headline stated of the day\n\n{typed(pieces)}\n".encode()


def markdown(pieces: list[Piece]) -> bytes:
    return f"---\ntitle: Headline stated\n---\n\n{typed(pieces)}\n".encode()


def anpa(pieces: list[Piece]) -> bytes:
    copy = typed(pieces).replace("\n\n", "\n    ").replace("\n", "\r\n")
    return f"a0001----\r\nr i BC-Vote 03-05 0123\r\n^Headline stated<\r\n    {copy}\r\n".encode()


def iptc_7901(pieces: list[Piece]) -> bytes:
    return (
        f"xyz0014 4 pl 171  ex-agt 0908\nHeadline stated =\n\n{typed(pieces)}\n\nexa jr yy\n\n231259 Mar 26\n".encode()
    )


def page(pieces: list[Piece]) -> bytes:
    return (
        f"<!doctype html><html><body><article><h1>Headline stated</h1>{markup(pieces)}</article></body></html>".encode()
    )


def rss(pieces: list[Piece]) -> bytes:
    item = f"<item><title>Headline stated</title><description>{escape(markup(pieces))}</description></item>"
    return f'<rss version="2.0"><channel><title>Channel</title>{item}</channel></rss>'.encode()


def atom(pieces: list[Piece]) -> bytes:
    content = f'<content type="html">{escape(markup(pieces))}</content>'
    entry = f"<entry><id>urn:1</id><title>Headline stated</title>{content}</entry>"
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Feed</title>{entry}</feed>'.encode()


def _message(pieces: list[Piece], subtype: str) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["Message-ID"] = (
        "Headline stated",
        "desk@example.org",
        "<1@example.org>",
    )
    message.set_content(markup(pieces) if subtype == "html" else typed(pieces), subtype=subtype)
    return message.as_bytes()


def plain_mail(pieces: list[Piece]) -> bytes:
    return _message(pieces, "plain")


def html_mail(pieces: list[Piece]) -> bytes:
    return _message(pieces, "html")


def nitf(pieces: list[Piece]) -> bytes:
    def element(piece: Piece) -> str:
        texts = [escape(one) for one in piece.texts]
        if piece.kind in ("figure", "credited", "bare"):
            words = f"<media-caption>{texts[0]}</media-caption><media-producer>{texts[1]}</media-producer>"
            return f'<media media-type="image"><media-reference source="a.jpg"/>{words}</media>'
        if piece.kind in ("quote", "heading"):
            tag = {"quote": "bq", "heading": "hl2"}[piece.kind]
            return (
                f"<{tag}>{'<block><p>' if tag == 'bq' else ''}{texts[0]}{'</p></block>' if tag == 'bq' else ''}</{tag}>"
            )
        return markup([piece]).replace("<br>", "<br/>")

    head = "<body.head><hedline><hl1>Headline stated</hl1></hedline></body.head>"
    return f"<nitf><body>{head}<body.content>{''.join(map(element, pieces))}</body.content></body></nitf>".encode()


def _xhtml(pieces: list[Piece]) -> str:
    closed = re.sub(r"<(img [^>]*|br)>", r"<\1/>", markup(pieces))
    return f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{closed}</body></html>'


def newsml_g2(pieces: list[Piece]) -> bytes:
    return (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1" version="1"><itemMeta>'
        '<itemClass qcode="ninat:text"/></itemMeta><contentMeta><headline>Headline stated</headline></contentMeta>'
        f'<contentSet><inlineXML contenttype="application/xhtml+xml">{_xhtml(pieces)}</inlineXML></contentSet>'
        "</newsItem>"
    ).encode()


def newsml_1(pieces: list[Piece]) -> bytes:
    return (
        "<NewsML><NewsItem><NewsComponent><NewsLines><HeadLine>Headline stated</HeadLine></NewsLines><ContentItem>"
        f"<DataContent>{_xhtml(pieces)}</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"
    ).encode()


def ninjs(pieces: list[Piece]) -> bytes:
    item = {"uri": "urn:1", "type": "text", "headline": "Headline stated", "body_xhtml": markup(pieces)}
    return json.dumps(item).encode()


def docx(pieces: list[Piece]) -> bytes:
    def paragraph(line: str, style: str = "") -> str:
        styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f'<w:p>{styled}<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'

    def element(piece: Piece) -> str:
        if piece.kind == "table":
            cells = [f"<w:tc>{paragraph(one)}</w:tc>" for one in piece.texts]
            return f"<w:tbl>{''.join(f'<w:tr>{a}{b}</w:tr>' for a, b in pairs(cells))}</w:tbl>"
        if piece.kind == "box":
            box = "".join(map(paragraph, piece.texts))
            return f"<w:p><w:r><w:pict><w:txbxContent>{box}</w:txbxContent></w:pict></w:r></w:p>"
        style = {"heading": "Heading1", "quote": "Quote", "figure": "Caption"}.get(piece.kind, "")
        return "".join(paragraph(one, style) for one in piece.texts if one)

    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    files = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="r" Type="{office}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{paragraph("Headline stated", "Title")}'
        f"{''.join(map(element, pieces))}</w:body></w:document>",
    }
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def package(pieces: list[Piece]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("story.txt", text(pieces))
    return packed.getvalue()


FORMATS: list[tuple[str, Callable[[list[Piece]], bytes]]] = [
    ("story.txt", text), ("story.md", markdown), ("wire.tst", anpa), ("wire.txt", iptc_7901), ("page.html", page),
    ("feed.xml", rss), ("atom.xml", atom), ("plain.eml", plain_mail), ("html.eml", html_mail), ("nitf.xml", nitf),
    ("g2.xml", newsml_g2), ("n1.xml", newsml_1), ("story.json", ninjs), ("story.docx", docx), ("story.zip", package),
]  # fmt: skip


def words_lost(name: str, data: bytes, pieces: list[Piece]) -> set[str]:
    """The words of the pieces that no field has; none when the document is rejected, which is not silent."""
    try:
        stories = parse(Document(name, data))
    except Rejected:
        return set()
    told = " ".join(texts_of([parsed.story.model_dump(mode="json") for parsed in stories])).lower()
    return set(MARKED.findall(" ".join(text for piece in pieces for text in piece.texts).lower())) - set(
        MARKED.findall(told)
    )


@pytest.mark.parametrize(("name", "build"), FORMATS, ids=[build.__name__ for _, build in FORMATS])
@given(pieces=copies())
@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
def test_every_word_is_in_a_field_however_it_is_set(
    name: str, build: Callable[[list[Piece]], bytes], pieces: list[Piece]
) -> None:
    assert words_lost(name, build(pieces), pieces) == set()
