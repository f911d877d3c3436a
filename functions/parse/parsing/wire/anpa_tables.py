"""Tables of wire text: lines that begin with a backspace code, or whose columns stand between semicolons."""

import re
from html import escape

from parsing.wire.fields import tidy
from slugline.story import Block, BlockType

MARK = "\x08"
"""Begins a tabular line."""
SEPARATORS = re.compile(rb"\x1f\x1e?|(?:\x1e ?)+")
"""Codes that set fixed spaces between columns."""
TABULAR = re.compile(rb"\x08[^\r\n]*")
COLUMNS = 3
"""Semicolons that make a line without the code a row."""
HALF = re.compile(r"\{$")


def with_columns(message: bytes) -> bytes:
    """The message with semicolons between the columns of its tabular lines, whatever codes stood there."""
    return TABULAR.sub(lambda line: SEPARATORS.sub(b";", line[0]), message)


def is_row(line: str) -> bool:
    return line.startswith(MARK) or (line.count(";") >= COLUMNS and line.rstrip().endswith("<"))


def table_of(lines: list[str]) -> Block:
    """The rows as a table. A row that is marked as a field holds the columns' names."""
    rows = [line.lstrip(MARK).strip().removesuffix("<") for line in lines]
    cells = [[_cell(cell) for cell in row.removeprefix("^").split(";")] for row in rows]
    named = [row.startswith(("^", ";")) for row in rows]
    html = "".join(_row(one, "th" if head else "td") for one, head in zip(cells, named, strict=True))
    return Block(type=BlockType.TABLE, text="\n".join("\t".join(one) for one in cells), html=f"<table>{html}</table>")


def _row(cells: list[str], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(cell, quote=False)}</{tag}>" for cell in cells) + "</tr>"


def _cell(text: str) -> str:
    """The cell with what seven bits write for a half and a dash."""
    text = HALF.sub("\N{VULGAR FRACTION ONE HALF}", tidy(text))
    return "\N{EM DASH}" if text == "_" else text
