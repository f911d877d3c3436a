"""Lists for people, and the same as JSON lines for programs."""

import json
import unicodedata
from collections.abc import Iterable, Sequence

from rich.markup import escape
from rich.table import Table

from slugline_local.console import err, out

Row = dict[str, object]


def show(rows: Iterable[Row], columns: Sequence[str], *, as_json: bool, none: str) -> None:
    """Print the rows: a table of these columns, or each whole row as a line of JSON. `none` is said of no rows."""
    found = list(rows)
    if as_json:
        for row in found:
            # JSON escapes the older control characters, but neither DEL nor those of ISO 6429.
            out.file.write(_harmless(json.dumps(row, ensure_ascii=False, default=str)) + "\n")
        return
    if not found:
        err.print(none, markup=False)
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column.replace("_", " "), overflow="fold")
    for row in found:
        table.add_row(*(_cell(row.get(column)) for column in columns))
    out.print(table, soft_wrap=False)


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_cell, value))
    return "" if value is None else escape(_harmless(str(value)))


def _harmless(text: str) -> str:
    """Without control characters: partners' answers and newsrooms' words are no orders to a terminal."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _orders(one) else one for one in text)


def _orders(letter: str) -> bool:
    return unicodedata.category(letter) == "Cc" and letter not in "\n\t"
