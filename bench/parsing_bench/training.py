"""The lines of dumps with their true kind, to learn weights from."""

from collections.abc import Iterator

from parsing.text.evidence import Page
from parsing.text.lines import clean, logical_lines
from parsing_bench.dumping import Dump, squeezed
from parsing_bench.dumps import ALIKE, likeness


def labelled(dump: Dump, text: str | None = None) -> tuple[Page, list[str | None]]:
    """The page's lines and the kind of each (`judge.KINDS`), or None where the gold is silent."""
    page = Page(logical_lines(clean(text if text is not None else dump.text)))
    return page, list(_kinds(dump, page))


def _kinds(dump: Dump, page: Page) -> Iterator[str | None]:
    gold = dump.page
    stated: dict[str, str | None] = {
        **dict.fromkeys(dump.unlisted),
        **dict.fromkeys(map(squeezed, gold.summary), "standfirst"),
        squeezed(gold.title): "headline",
        **dict.fromkeys(map(squeezed, (*gold.paragraphs, *gold.subheads)), "body"),
        "": None,
    }
    captions = [image.caption for image in gold.images if image.caption]
    credited = [" ".join(image.credits) for image in gold.images if image.credits]
    both = [f"{image.caption} {' '.join(image.credits)}" for image in gold.images if image.caption and image.credits]
    marked_credits, alts = {squeezed(text) for text in dump.credits}, {squeezed(text) for text in dump.alts}
    marked = {squeezed(part) for text in dump.captions for part in (text, *text.splitlines())}
    for line in page.lines:
        key = squeezed(line.text)
        if key in stated:
            yield stated[key]
        elif any(likeness(line.text, text) > ALIKE for text in [*captions, *both]):
            yield "caption"
        elif key in marked_credits or any(likeness(line.text, text) > ALIKE for text in credited):
            yield "credit"
        elif key in marked:
            yield "caption"
        elif key in alts:
            yield "alt"
        else:
            yield "other"
