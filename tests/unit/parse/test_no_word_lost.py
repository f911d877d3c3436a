"""What holds for every format: the words put into a document are in its story's fields, each as often as it was put."""

import json
import re
from collections import Counter
from collections.abc import Callable
from email.message import EmailMessage
from html import escape
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.story_words import texts_of

from parsing import Document, Rejected, parse

WORD = re.compile(r"\w+")
LINES = st.sampled_from(
    [
        "Minister resigns after vote",
        "By Ada Byron and Bo Yi, Reuters",
        "BERLIN, March 5 (Reuters) - The minister resigned on Tuesday after a lost vote in parliament.",
        "ISLAMABAD (AP) — Talks went on for a third day, officials in the capital said on Friday.",
        "The minister said that she would not run again in the next election for any office.",
        "A minister leaves the building. (AP Photo/Ada Byron)",
        "Photo: Ada Byron / Getty Images",
        "© 2024 Reuters",
        "EMBARGOED UNTIL 00:01 GMT 5 March 2024",
        "CORRECTION: An earlier version of this article misstated the date.",
        "KILL KILL KILL",
        "(Reporting by Ada Byron; Editing by Bo Yi)",
        "Ada Byron is a political reporter based in London. Contact her at ada@example.org",
        "Related Articles",
        "Share this article",
        "Sign up for our newsletter",
        "Updated: 5 March 2024, 10:00 GMT",
        "ENDS",
        "北京的天气今天非常好，很多人都出门散步了。",
        "قال الوزير إنه لن يترشح مرة أخرى في الانتخابات المقبلة.",
    ]
)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def html(lines: list[str]) -> bytes:
    copy = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f"<!doctype html><html><body><article><h1>Headline stated</h1>{copy}</article></body></html>".encode()


def markdown(lines: list[str]) -> bytes:
    return "\n\n".join(["---\ntitle: Headline stated\nauthor: Cy Dee\n---", *map(escape, lines)]).encode()


def rss(lines: list[str]) -> bytes:
    copy = escape("".join(f"<p>{escape(line)}</p>" for line in lines))
    return (
        f'<rss version="2.0"><channel><title>Channel</title><item><title>Headline stated</title>'
        f"<description>{copy}</description></item></channel></rss>"
    ).encode()


def email(lines: list[str]) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Headline stated", "desk@example.org", "in@example.org"
    message["Message-ID"] = "<1@example.org>"
    message.set_content("\n\n".join(lines))
    return message.as_bytes()


def nitf(lines: list[str]) -> bytes:
    copy = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return (
        f"<nitf><body><body.head><hedline><hl1>Headline stated</hl1></hedline></body.head>"
        f"<body.content>{copy}</body.content></body></nitf>"
    ).encode()


def newsml_g2(lines: list[str]) -> bytes:
    copy = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return (
        '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1" version="1"><itemMeta>'
        '<itemClass qcode="ninat:text"/></itemMeta><contentMeta><headline>Headline stated</headline></contentMeta>'
        f'<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>'
        f"{copy}</body></html></inlineXML></contentSet></newsItem>"
    ).encode()


def newsml_1(lines: list[str]) -> bytes:
    copy = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return (
        "<NewsML><NewsItem><NewsComponent><NewsLines><HeadLine>Headline stated</HeadLine></NewsLines><ContentItem>"
        f"<DataContent><html><body>{copy}</body></html></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"
    ).encode()


def ninjs(lines: list[str]) -> bytes:
    copy = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return json.dumps({"uri": "urn:1", "type": "text", "headline": "Headline stated", "body_xhtml": copy}).encode()


def anpa(lines: list[str]) -> bytes:
    copy = "\r\n".join(f"    {line}" for line in lines)
    return f"a0001----\r\nr i BC-Vote 03-05 0123\r\n^Headline stated<\r\n{copy}\r\n".encode()


def docx(lines: list[str]) -> bytes:
    paragraphs = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    head = '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Headline stated</w:t></w:r></w:p>'
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
        'PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="word/document.xml"/></Relationships>'
    )
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", links)
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{head}{paragraphs}</w:body></w:document>'
        )
    return target.getvalue()


BUILDERS: list[tuple[str, Callable[[list[str]], bytes]]] = [
    ("story.html", html),
    ("story.md", markdown),
    ("feed.xml", rss),
    ("story.eml", email),
    ("story.xml", nitf),
    ("item.xml", newsml_g2),
    ("news.xml", newsml_1),
    ("story.json", ninjs),
    ("wire.txt", anpa),
    ("story.docx", docx),
]


@pytest.mark.parametrize(("name", "build"), BUILDERS, ids=[build.__name__ for _, build in BUILDERS])
@given(lines=st.lists(LINES, min_size=1, max_size=14))
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_every_word_of_the_document_is_in_a_field(
    name: str, build: Callable[[list[str]], bytes], lines: list[str]
) -> None:
    try:
        stories = parse(Document(name, build(lines)))
    except Rejected:
        return
    told = [text for parsed in stories for text in texts_of(parsed.story.model_dump(mode="json"))]
    assert not Counter(WORD.findall("\n".join(lines))) - Counter(WORD.findall("\n".join(told)))
