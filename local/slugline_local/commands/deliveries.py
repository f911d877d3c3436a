"""`slugline deliveries` and `slugline replay`: what was sent to whom."""

from itertools import islice
from typing import Annotated, Any

import typer

from slugline_local.commands.options import AsJson, Limit
from slugline_local.console import out
from slugline_local.stack import connect
from slugline_local.tables import Row, show

_COLUMNS = ("id", "partner", "type", "story", "version", "state", "attempts", "last", "next_attempt_at")


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


def replay(context: typer.Context, delivery: Annotated[str, typer.Argument(help="The delivery's id.")]) -> None:
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
