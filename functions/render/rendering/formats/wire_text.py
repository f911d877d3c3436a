"""Plain-text wire copy: slug line, headline, byline, dateline run in, paragraphs, picture list."""

from collections.abc import Iterator

from rendering.characters import one_line
from rendering.edition import Edition
from rendering.markup import absence
from rendering.pictures import Figure
from slugline.model import rfc3339
from slugline.story import Block, BlockType, Story


def render(edition: Edition) -> bytes:
    parts = (part for part in _parts(edition) if part)
    return ("\n\n".join(parts) + "\n").encode()


def _parts(edition: Edition) -> Iterator[str]:
    story = edition.story
    yield f"{one_line(story.slug)} v{story.version} {story.status.value} {rfc3339(edition.updated)}".strip()
    for notice in story.notices:
        yield f"[{notice.kind.value.upper()}: {one_line(notice.text)}]"
    yield one_line(story.headline)
    yield one_line(story.standfirst)
    yield _byline(story)
    yield from _body(edition)
    for figure in edition.figures.values():
        yield _picture(figure, edition)
    yield f"{edition.copyright_notice}. {edition.links.canonical}"


def _byline(story: Story) -> str:
    names = ", ".join(one_line(author.name) for author in story.authors)
    return one_line(story.byline) or (f"By {names}" if names else "")


def _body(edition: Edition) -> Iterator[str]:
    dateline = edition.story.dateline
    opening = f"{one_line(dateline.text)} " if dateline else ""
    for block in edition.story.body:
        if block.type == BlockType.IMAGE:
            continue
        yield (opening if block.type == BlockType.PARAGRAPH else "") + _text(block)
        if block.type == BlockType.PARAGRAPH:
            opening = ""


def _text(block: Block) -> str:
    """One block is one line, so that no text can look like a part of its own; a table keeps its rows."""
    if block.type == BlockType.TABLE:
        return "\n".join(one_line(row) for row in block.text.splitlines() if row.strip())
    return ("- " if block.type == BlockType.LIST_ITEM else "") + one_line(block.text)


def _picture(figure: Figure, edition: Edition) -> str:
    image = figure.image
    where = edition.links.picture(figure.main.key) if figure.syndicable else f"[{absence(figure)}]"
    words = " ".join(filter(None, (one_line(image.caption), image.credit and f"({one_line(image.credit)})")))
    return f"PHOTO {figure.number}: {words} {where}"
