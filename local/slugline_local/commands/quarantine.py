"""`slugline quarantine`: files that were not published, and why."""

import typer

from slugline.drops import Drop, Outcome
from slugline_local.commands.options import AsJson, Limit
from slugline_local.stack import connect
from slugline_local.tables import Row, show

_NOT_PUBLISHED = (Outcome.QUARANTINED, Outcome.WITHHELD)


def quarantine(context: typer.Context, limit: Limit = 50, as_json: AsJson = False) -> None:
    """List the files that wait for a person, with the reason and the remedy."""
    drops = connect(context.obj).stories.recent_drops(_NOT_PUBLISHED, limit)
    columns = ("file", "outcome", "reason", "place", "remedy")
    show(map(_row, drops), columns, as_json=as_json, none="No file is in quarantine.")


def _row(drop: Drop) -> Row:
    kept = drop.model_dump(mode="json", include={"outcome", "reason", "place", "remedy", "at", "bytes"})
    return {"file": drop.key} | kept
