"""`slugline feeds`: who subscribed to feeds."""

from itertools import islice
from typing import Annotated

import typer

from slugline_local.commands.options import AsJson, Limit
from slugline_local.stack import connect
from slugline_local.tables import show

app = typer.Typer(help="Feeds and who subscribed to them (WebSub).", no_args_is_help=True)

_COLUMNS = ("feed", "callback", "state", "expires_at", "owed", "tries", "last_at", "last_result")


@app.callback()
def feeds() -> None:
    """Feeds and who subscribed to them (WebSub)."""


@app.command()
def subscribers(
    context: typer.Context,
    feed: Annotated[str, typer.Option(help="Of feeds with this in their address only, such as desk/sport.")] = "",
    limit: Limit = 100,
    as_json: AsJson = False,
) -> None:
    """List who subscribed to which feed, until when, and what came of sending it last."""
    rows = (row for row in connect(context.obj).api.subscriptions() if feed in row["topic"])
    found = ({"feed": row["topic"], **row} for row in islice(rows, limit))
    show(found, _COLUMNS, as_json=as_json, none="Nobody has subscribed.")
