"""Lists for people, and the same as JSON lines for programs."""

import json
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
            out.file.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
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
    return "" if value is None else escape(str(value))
