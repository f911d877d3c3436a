"""Milliseconds per document of each format, as deployed: the same 1,000-word story, parsed in a child forked ahead."""

import argparse
import json
import os
import resource
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from parsing import Document, Limits, parse, warm
from parsing.sandbox import Sandbox, Stories, confined
from slugline.desk import DeskSettings

ROOT = Path(__file__).parents[2]
PLACES = ("harbour", "market", "library", "station", "school", "quay", "bridge", "museum", "theatre", "hospital")
HEADLINE = "Ferry returns to service after eleven weeks in the yard"
BYLINE = "By Mara Lindqvist"
PARAGRAPHS = tuple(
    f"The {place} reopened on {day} after the storm, and officials said that {number} of its rooms would stay shut for "
    f"a week or more while the council looks for the money that the repair will take, which is about ${number} million."
    for number, (place, day) in enumerate(
        ((place, day) for day in ("Monday", "Tuesday", "Thursday") for place in PLACES[:9]), start=2
    )
)
"""27 paragraphs of 37 words."""


def plain_text() -> bytes:
    return "\n\n".join((HEADLINE, BYLINE, *PARAGRAPHS)).encode()


def markdown() -> bytes:
    return f"---\ntitle: {HEADLINE}\nauthor: Mara Lindqvist\n---\n\n{body(chr(10))}".encode()


def html() -> bytes:
    page = f"<!doctype html><html lang=en><head><title>{HEADLINE}</title></head><body><nav><a href=/>Home</a></nav>"
    return f"{page}<article><h1>{HEADLINE}</h1><p>{BYLINE}</p>{p()}</article></body></html>".encode()


def docx() -> bytes:
    text = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in (HEADLINE, BYLINE, *PARAGRAPHS))
    word = f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{text}</w:body></w:document>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = f'<Override PartName="/word/document.xml" ContentType="{kind}"/>'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relation = f'<Relationship Id="r1" Type="{office}" Target="word/document.xml"/>'
    package = "http://schemas.openxmlformats.org/package/2006"
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types">{types}</Types>'.encode(),
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships">{relation}</Relationships>'.encode(),
            "word/document.xml": word.encode(),
        }
    )


def email() -> bytes:
    head = (
        f"From: Desk <desk@news.example>\r\nTo: in@news.example\r\nSubject: {HEADLINE}\r\nMessage-ID: <1@news.example>"
    )
    mime = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8"
    return f"{head}\r\n{mime}\r\n\r\n{BYLINE}\r\n\r\n{body(chr(13) + chr(10))}".encode()


def nitf() -> bytes:
    head = f"<head><title>{HEADLINE}</title></head>"
    lines = f"<body.head><hedline><hl1>{HEADLINE}</hl1></hedline><byline>{BYLINE}</byline></body.head>"
    return f'<?xml version="1.0"?><nitf>{head}<body>{lines}<body.content>{p()}</body.content></body></nitf>'.encode()


def newsml_1() -> bytes:
    identifier = "<ProviderId>news.example</ProviderId><DateId>20261127</DateId><NewsItemId>1</NewsItemId>"
    identification = (
        f"<Identification><NewsIdentifier>{identifier}<RevisionId>1</RevisionId></NewsIdentifier></Identification>"
    )
    lines = f"<NewsLines><HeadLine>{HEADLINE}</HeadLine><ByLine>{BYLINE}</ByLine></NewsLines>"
    content = f'<ContentItem><MediaType FormalName="Text"/><DataContent>{p()}</DataContent></ContentItem>'
    component = f"<NewsComponent>{lines}<NewsComponent>{content}</NewsComponent></NewsComponent>"
    return f'<NewsML Version="1.2"><NewsItem>{identification}{component}</NewsItem></NewsML>'.encode()


def newsml_g2() -> bytes:
    names = 'xmlns="http://iptc.org/std/nar/2006-10-01/" standard="NewsML-G2" guid="urn:x:1" version="1"'
    meta = f"<contentMeta><headline>{HEADLINE}</headline><by>{BYLINE}</by></contentMeta>"
    inline = f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{p()}</body></html>'
    content = f'<contentSet><inlineXML contenttype="application/xhtml+xml">{inline}</inlineXML></contentSet>'
    return f"<newsItem {names}>{meta}{content}</newsItem>".encode()


def ninjs(version: int) -> bytes:
    lines = {
        1: {"headline": HEADLINE, "byline": BYLINE, "body_xhtml": p()},
        2: {"headlines": [{"value": HEADLINE}], "bylines": [{"value": BYLINE}]},
        3: {"headlines": [{"value": HEADLINE}], "by": BYLINE},
    }[version]
    bodies = {} if version == 1 else {"bodies": [{"contentType": "text/html", "value": p()}]}
    standard = {
        "name": "ninjs",
        "version": f"{version}.0",
        "schema": f"http://www.iptc.org/std/ninjs/ninjs-schema_{version}.0.json",
    }
    return json.dumps({"uri": "urn:x:1", "standard": standard, "type": "text"} | lines | bodies).encode()


def rss() -> bytes:
    item = f"<item><title>{HEADLINE}</title><guid>urn:x:1</guid><description>{escape(p())}</description></item>"
    return f'<rss version="2.0"><channel><title>News</title>{item}</channel></rss>'.encode()


def atom() -> bytes:
    entry = f'<entry><id>urn:x:1</id><title>{HEADLINE}</title><content type="html">{escape(p())}</content></entry>'
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>{entry}</feed>'.encode()


def anpa() -> bytes:
    return with_wire_copy("bare.txt")


def iptc_7901() -> bytes:
    return with_wire_copy("iptc7901.txt")


def zip_package() -> bytes:
    return packed({"story.txt": plain_text(), "airplane.jpg": photo()})


def photo() -> bytes:
    return (ROOT / "tests/samples/photo/airplane.jpg").read_bytes()


DOCUMENTS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "plain text": ("story.txt", plain_text),
    "HTML": ("story.html", html),
    "Markdown": ("story.md", markdown),
    "DOCX": ("story.docx", docx),
    "e-mail": ("story.eml", email),
    "NITF": ("story.xml", nitf),
    "NewsML 1": ("story.xml", newsml_1),
    "NewsML-G2": ("story.xml", newsml_g2),
    "ninjs 1": ("story.json", partial(ninjs, 1)),
    "ninjs 2": ("story.json", partial(ninjs, 2)),
    "ninjs 3": ("story.json", partial(ninjs, 3)),
    "RSS, one entry": ("story.rss", rss),
    "Atom, one entry": ("story.atom", atom),
    "ANPA 1312 (sample)": ("story.txt", anpa),
    "IPTC 7901 (sample)": ("story.txt", iptc_7901),
    "ZIP of text and photo": ("story.zip", zip_package),
    "photo": ("photo.jpg", photo),
}


def body(line_end: str) -> str:
    return (line_end * 2).join(PARAGRAPHS)


def p() -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in PARAGRAPHS)


def packed(files: dict[str, bytes]) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def with_wire_copy(sample: str) -> bytes:
    """A wire message as sampled: its control characters and header make it one, so it is taken as it is."""
    return (ROOT / "tests/samples/anpa" / sample).read_bytes()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument(
        "--wait",
        type=float,
        default=20,
        help="milliseconds that AWS takes to hand over a document (two reads of a row, one of an object)",
    )


def run(arguments: argparse.Namespace) -> None:
    """First: the first document of the format in a warm function, whose child has its modules to import."""
    warm()
    limits = Limits()
    print(TABLE)  # noqa: T201 - a bench prints
    for title, (name, make) in DOCUMENTS.items():
        data = make()
        parse_it = partial(parsed, name)
        first, *runs = [Drop.of(parse_it, data, limits, arguments.wait) for _ in range(1 + arguments.runs)]
        at_hand = min(Cost.of(partial(confined, partial(parse_it, data), limits)).cpu_ms for _ in range(arguments.runs))
        parsing = min(Cost.of(partial(parse_it, data)).cpu_ms for _ in range(arguments.runs))
        words = sum(len(block.text.split()) for one in parse_it(data) for block in one.story.body)
        least = [
            min(getattr(one, name) for one in runs) for name in ("wall_ms", "cpu_ms", "ahead_cpu_ms", "total_cpu_ms")
        ]
        cells = " | ".join(f"{one:.1f}" for one in (first.wall_ms, *least, at_hand, parsing))
        print(f"| {title} | {len(data):,} | {words} | {cells} |")  # noqa: T201 - as above


TABLE = """Milliseconds; least of all runs, but for the first document. From bytes at hand to the result: wall, CPU of
parent and child. Ahead: CPU of fork and child before that, while AWS is waited for. All: CPU of both, child's end
included. Unprepared: CPU when the child is forked with the bytes at hand. Parsing: CPU without any child.

| format | bytes | words | first, wall | wall | CPU | ahead | all | unprepared | parsing |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"""


def parsed(name: str, data: bytes) -> Stories:
    return parse(Document(name, data), Limits(), DeskSettings())


@dataclass(frozen=True)
class Drop:
    """What one document cost: `wall_ms` and `cpu_ms` from when its bytes were at hand to when its stories were."""

    wall_ms: float
    cpu_ms: float
    ahead_cpu_ms: float
    total_cpu_ms: float

    @classmethod
    def of(cls, parse_it: Callable[[bytes], Stories], data: bytes, limits: Limits, wait_ms: float) -> "Drop":
        """As `intake` does it: the child is forked, AWS takes its time, the document comes."""
        began = _cpu()
        with Sandbox(parse_it, limits, warm) as sandbox:
            time.sleep(wait_ms / 1000)
            (child,) = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split()
            ahead = _cpu() - began + _cpu_of(child)
            came = time.perf_counter()
            sandbox.parse(data)
            wall = time.perf_counter() - came
        total = _cpu() - began
        return cls(*(1000 * seconds for seconds in (wall, total - ahead, ahead, total)))


def _cpu_of(process: str) -> float:
    """CPU seconds of a process that still runs; the kernel's own figure, in nanoseconds (proc(5), schedstat)."""
    return int(Path(f"/proc/{process}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9


@dataclass(frozen=True)
class Cost:
    """What a task took; `cpu_ms` is this process's and that of the children it waited for."""

    wall_ms: float
    cpu_ms: float

    @classmethod
    def of(cls, task: Callable[[], object]) -> "Cost":
        began, cpu = time.perf_counter(), _cpu()
        task()
        return cls((time.perf_counter() - began) * 1000, (_cpu() - cpu) * 1000)


def _cpu() -> float:
    used = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)
