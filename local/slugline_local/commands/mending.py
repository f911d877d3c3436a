"""`slugline partners recover` and `reconcile`: a partner lost messages, or does not know what it holds."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from slugline.model import rfc3339
from slugline_local.commands.options import AsJson
from slugline_local.console import out
from slugline_local.errors import Trouble
from slugline_local.files import read_file
from slugline_local.stack import connect
from slugline_local.tables import show

Endpoint = Annotated[str, typer.Argument(help="The endpoint's id; `slugline partners list` shows them.")]
_AGO = re.compile(r"(?P<number>\d{1,5})(?P<unit>[mhd])", re.ASCII)
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_FORM = 'Write [{"id": "…", "version": 1}, …], as the partner has ids and versions from its messages.'
_COLUMNS = ("id", "difference", "held", "version", "headline", "delivery_id")


def recover(
    context: typer.Context,
    endpoint: Endpoint,
    since: Annotated[str, typer.Option(help="Such as 45m, 6h, 3d, or 2026-11-23T09:00:00Z; at most 14 days back.")],
    until: Annotated[str | None, typer.Option(help="The same; now, unless given.")] = None,
) -> None:
    """Send once more what failed in a window of time, in the background."""
    now = datetime.now(UTC)
    begun = connect(context.obj).api.recover(endpoint, _moment(since, now), until and _moment(until, now))
    out.print(f"{begun['id']}: {begun['failures']} failed messages are sent once more", markup=False)


def reconcile(
    context: typer.Context,
    endpoint: Endpoint,
    held: Annotated[
        Path | None,
        typer.Argument(help='What the partner holds: JSON, [{"id": …, "version": …}]. Nothing, unless given.'),
    ] = None,
    send: Annotated[bool, typer.Option("--send", help="Send what is owed, now.")] = False,
    as_json: AsJson = False,
) -> None:
    """Compare what a partner holds with what it should hold."""
    found = connect(context.obj).api.reconcile(endpoint, _held(held) if held else [], send=send)
    show(found, _COLUMNS, as_json=as_json, none="The partner holds what it should hold.")


def _moment(text: str, now: datetime) -> str:
    """In RFC 3339; anything but an age goes to the API as it is, which says what is wrong with it."""
    age = _AGO.fullmatch(text)
    return rfc3339(now - timedelta(**{_UNITS[age["unit"]]: int(age["number"])})) if age else text


def _held(path: Path) -> list[dict[str, Any]]:
    try:
        held = json.loads(read_file(path))
    except ValueError as error:
        raise Trouble(f"{path} is no JSON: {error}", remedy=_FORM) from error
    if isinstance(held, dict):
        held = held.get("held")  # the body of a request to the API will do
    if not isinstance(held, list):
        raise Trouble(f"{path} is no list.", remedy=_FORM)
    return held
