"""`slugline deliveries`, `slugline attempts` and `slugline replay`: what was sent to whom."""

from itertools import islice
from typing import Annotated, Any

import typer

from slugline_local.commands.options import AsJson, Limit
from slugline_local.console import out
from slugline_local.stack import connect
from slugline_local.tables import Row, show

_COLUMNS = ("id", "partner", "type", "story", "version", "state", "attempts", "last", "next_attempt_at")
_ATTEMPT_COLUMNS = ("number", "at", "outcome", "status", "ms", "answer", "next_attempt_at")
Id = Annotated[str, typer.Argument(help="The delivery's id.")]


def deliveries(context: typer.Context, limit: Limit = 20, as_json: AsJson = False) -> None:
    """List the deliveries of every endpoint, newest first, with their last attempt."""
    api = connect(context.obj).api
    rows = [
        _row(delivery, partner["name"])
        for partner in api.partners()
        for endpoint in api.endpoints(partner["id"])
        for delivery in islice(api.deliveries(endpoint["id"]), limit)
    ]
    rows.sort(key=lambda row: str(row["created_at"]), reverse=True)
    show(rows[:limit], _COLUMNS, as_json=as_json, none="Nothing was sent yet.")


def attempts(context: typer.Context, delivery: Id, limit: Limit = 20, as_json: AsJson = False) -> None:
    """List the attempts at a delivery, newest first, with what the partner answered."""
    rows = islice(connect(context.obj).api.attempts(delivery), limit)
    show(rows, _ATTEMPT_COLUMNS, as_json=as_json, none="Nothing was tried yet.")


def replay(context: typer.Context, delivery: Id) -> None:
    """Send a delivery once more, now."""
    again = connect(context.obj).api.replay(delivery)
    out.print(f"{again['id']} is {again['state']}", markup=False)


def _row(delivery: dict[str, Any], partner: str) -> Row:
    attempts = delivery["attempts"]
    last = attempts[-1] if attempts else {}
    return {
        "id": delivery["id"],
        "partner": partner,
        "type": delivery["type"],
        "story": delivery["story_id"],
        "version": delivery["version"],
        "state": delivery["state"],
        "attempts": len(attempts),
        "last": last.get("status") or last.get("outcome"),
        "next_attempt_at": delivery["next_attempt_at"],
        "created_at": delivery["created_at"],
    }
