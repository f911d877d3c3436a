"""A block's inline markup as a tree, for the formats that have elements of their own."""

from lxml import etree

from rendering.markup import inline, table
from slugline.story import Block


def inline_tree(block: Block) -> etree._Element:
    """An element holding the block's text and inline markup."""
    if block.html is None:
        return _plain(block)
    return _parsed(str(inline(block)))


def table_rows(block: Block) -> tuple[tuple[bool, tuple[etree._Element, ...]], ...]:
    """The table's rows, each with whether it is a heading; none where the block's markup holds no table."""
    root = _parsed(str(table(block)))
    rows = ((row, tuple(cell for cell in row if cell.tag in ("td", "th"))) for row in root.iter("tr"))
    return tuple((_is_heading(row, cells), cells) for row, cells in rows if cells)


def _is_heading(row: etree._Element, cells: tuple[etree._Element, ...]) -> bool:
    parent = row.getparent()
    return (parent is not None and parent.tag == "thead") or all(cell.tag == "th" for cell in cells)


def _plain(block: Block) -> etree._Element:
    root = etree.Element("div")
    root.text = block.text
    return root


def _parsed(markup: str) -> etree._Element:
    return etree.fromstring(f"<div>{markup}</div>", etree.HTMLParser(encoding="utf-8"))[0][0]
