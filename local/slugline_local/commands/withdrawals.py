"""`slugline withdrawals`: the ledger."""

from typing import Annotated

import typer

from slugline.withdrawals import LedgerEntry, ledger_csv
from slugline_local.commands.options import AsJson
from slugline_local.console import out
from slugline_local.stack import connect
from slugline_local.tables import show

_COLUMNS = (
    "story_id",
    "version",
    "partner",
    "host",
    "decided_at",
    "attempts",
    "last_result",
    "confirmed_at",
    "confirmed_by",
)


def withdrawals(
    context: typer.Context,
    as_csv: Annotated[bool, typer.Option("--csv", help="As CSV, with every column.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say who was told of which withdrawal, when, and who confirmed; oldest first."""
    rows = connect(context.obj).api.withdrawals()
    if as_csv:
        out.file.write(ledger_csv(map(LedgerEntry.model_validate, rows)))
        return
    show(rows, _COLUMNS, as_json=as_json, none="Nothing was withdrawn yet that anybody had been told of.")
