"""Markdown, with YAML or TOML front matter."""

import re

from parsing.document import Context, Document, ParsedStory, Rejected
from parsing.markup.encoding import decode
from parsing.markup.front_matter import split
from slugline.story import Removed, Story

HEAD = 65_536
SUFFIXES = frozenset((".md", ".markdown", ".mdown", ".mkd"))
SIGNS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"^#{1,6} \S",
        r"^.{3,100}\n(?:={3,}|-{3,})\s*$",
        r"!\[[^\]\n]*\]\([^)\n]+\)",
        r"(?<!!)\[[^\]\n]+\]\([^)\s]+(?: \"[^\"\n]*\")?\)",
        r"(?<![\w*])(?:\*\*|__)\S[^*_\n]*\S(?:\*\*|__)(?![\w*])",
        r"^> \S",
        r"^\[[^\]\n]+\]: \S+",
        r"^```",
        r"\{\{[<%][^{}]+[>%]\}\}|\{%-?\s*include[^{}]+%\}",
    )
)
"""Structure that plain text does not have. A list by `-` or `*` is not among them: plain text has those too."""
ENOUGH = 2
"""Kinds of structure that make a text of another extension Markdown."""


class Markdown:
    name = "markdown"

    def detect(self, document: Document) -> bool:
        if b"\x00" in document.data[:HEAD] and not document.data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return False
        text, _ = decode(document.data[:HEAD])
        if split(text).found:
            return True
        kinds = sum(bool(sign.search(text)) for sign in SIGNS)
        return kinds >= (1 if document.suffix in SUFFIXES else ENOUGH)

    def parse(self, document: Document, context: Context) -> tuple[ParsedStory, ...]:
        # Imported here since detection must not pay for the extractor.
        from parsing.markup.article import fragment_story  # noqa: PLC0415 - loaded when such a document comes
        from parsing.markup.front_matter_fields import read  # noqa: PLC0415 - loaded when such a document comes
        from parsing.markup.matter_story import identifier_of, story_with  # noqa: PLC0415 - loaded when such a document comes
        from parsing.markup.tree import page_tree  # noqa: PLC0415 - loaded when such a document comes

        if len(document.data) > context.limits.text_bytes:
            raise Rejected(
                f"The Markdown file has {len(document.data):,} bytes; the limit is {context.limits.text_bytes:,}.",
                remedy="Drop the article alone.",
            )
        text, encoding = decode(document.data)
        matter = split(text.replace("\r\n", "\n"))
        markup, removed = _html(matter.rest, context)
        fields = read(matter)
        titled = bool(fields.get("title") or fields.get("headline"))
        story = (
            fragment_story(page_tree(f"<body>{markup}</body>", context.limits), context.time_zone, titled=titled)
            if markup
            else Story()
        )
        story = story.model_copy(update={"removed": (*story.removed, *removed)})
        story = story_with(story, fields, context.time_zone)
        if not story.body and not story.headline:
            raise Rejected("The Markdown file holds no article.", remedy="Write a headline and a text into it.")
        return (ParsedStory(story, identifier=identifier_of(fields), encoding=encoding),)


def _html(text: str, context: Context) -> tuple[str, list[Removed]]:
    """CommonMark with tables and strikethrough. Raw HTML goes through: the tree and the sanitiser judge it."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - 30 ms

    from parsing.markup.shortcodes import expanded  # noqa: PLC0415 - loaded when such a document comes

    nesting = min(context.limits.nesting, 60)
    renderer = MarkdownIt("commonmark", {"maxNesting": nesting}).enable(["table", "strikethrough"])
    text, removed = expanded(text, renderer.renderInline)
    return str(renderer.render(text)), removed


FORMAT = Markdown()
