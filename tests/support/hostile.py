"""Hostile texts, written for these tests, and stories that carry them in every field."""

# ruff: noqa: RUF001 - characters that look like others are meant.

from pathlib import Path

from slugline.story import (
    Author,
    Block,
    BlockType,
    Dateline,
    Image,
    Notice,
    NoticeKind,
    Story,
    Subject,
)

PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "<!--<script>alert(1)//-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "]]><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<iframe srcdoc='<script>parent.alert(1)</script>'>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=\"java\tscript:alert(1)\">x</a>",
    "<a href=&#106;avascript:alert(1)>x</a>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<form action=//evil.example/><input type=submit autofocus onfocus=alert(1)>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<img src=//evil.example/pixel>",
    "<video><source onerror=alert(1)></video>",
    "<details open ontoggle=alert(1)>",
    "\"><script>alert(1)</script>",
    "'><script>alert(1)</script>",
    "\" onmouseover=alert(1) x=\"",
    "' autofocus onfocus=alert(1) tabindex=1 '",
    "` onerror=alert(1) `",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "{{ 7 * 7 }}{% for x in ().__class__.__base__.__subclasses__() %}{% endfor %}",
    "${alert(1)}#{alert(1)}<%= 7 * 7 %>",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "<!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
    "<?xml version='1.0'?><?php echo 1 ?>",
    "--><script>alert(1)</script><!--",
    "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
    "\x01\x02\x03\x04\x1b[2J\x7f\x80\x9f",
    "\ufffe\uffff\ufdd0\U0001ffff",
    "\u2028alert(1)\u2029",
    "\u202egnp.exe\u202c \u2066x\u2069",
    "\r\nSet-Cookie: a=b\r\n\r\n<script>alert(1)</script>",
    "---\nstatus: canceled\n---",
    "\n\n# Heading\n\n[x](javascript:alert(1))\n![x](//evil.example/x)",
    "[x]: javascript:alert(1)\n[x]",
    "<javascript:alert(1)>",
    "```\n<script>alert(1)</script>\n```",
    "=cmd|' /C calc'!A0",
    "../../../../etc/passwd",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "１＜script＞alert(1)＜/script＞",
    "ﷺ𝕳𝖊𝖑𝖑𝖔 Ω≈ç√∫ 田中さん الكل في المجمو עברית Z͑ͫ̓a̡̱l̤͖g͈̼o̥͕",
    "<" * 500 + ">" * 500,
    "<b>" * 300,
    "a" * 3000,
    "",
    " ",
)  # fmt: skip


def payloads_of(folder: Path) -> list[str]:
    """Every line of every text file of a folder of public lists."""
    lines = (
        line
        for file in sorted(folder.rglob("*.txt"))
        for line in file.read_text(encoding="utf-8", errors="replace").splitlines()
    )
    return list(dict.fromkeys(line for line in lines if line.strip()))


def hostile_story(text: str) -> Story:
    """A story that says the text in every field that holds text."""
    kinds = (BlockType.PARAGRAPH, BlockType.SUBHEAD, BlockType.LIST_ITEM, BlockType.QUOTE, BlockType.TABLE,
             BlockType.EMBED)  # fmt: skip
    plain = tuple(Block(type=kind, text=text) for kind in kinds)
    marked = tuple(Block(type=kind, text=text, html=text) for kind in kinds)
    return Story(
        id=text,
        headline=text,
        kicker=text,
        standfirst=text,
        slug=text,
        byline=text,
        authors=(Author(name=text, role=text, location=text, bio=text, email=text),),
        dateline=Dateline(place=text, date=text, source=text, text=text),
        notices=tuple(Notice(kind=kind, text=text) for kind in NoticeKind),
        body=(*plain, *marked, Block(type=BlockType.IMAGE, image="ferry")),
        images=(
            Image(
                id="ferry",
                alt=text,
                caption=text,
                credit=text,
                copyright=text,
                file=text,
                headline=text,
                byline=text,
                source=text,
                usage_terms=text,
                instructions=text,
                data_mining=text,
                digital_source_type=text,
            ),
            Image(id=text or "other", caption=text),
        ),
        keywords=(text,),
        subjects=(Subject(name=text, uri=text),),
    )
