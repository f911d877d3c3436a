"""`slugline keys`: who may use the API."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from slugline.domain.api_keys import new_key
from slugline.partners import Scope
from slugline_local.commands.options import AsJson
from slugline_local.console import out
from slugline_local.errors import Trouble
from slugline_local.stack import connect
from slugline_local.tables import show

app = typer.Typer(help="Keys of the API; made in the table, for whoever may write to it.", no_args_is_help=True)


@app.command("add")
def add(
    context: typer.Context,
    scope: Annotated[list[Scope] | None, typer.Option(help="What the key may do; everything unless named.")] = None,
    partner: Annotated[str | None, typer.Option(help="Confine the key to this partner's id.")] = None,
    days: Annotated[int | None, typer.Option(min=1, help="It expires after so many days.")] = None,
) -> None:
    """Make a key; prints it, which is the only time it is shown."""
    now = datetime.now(UTC)
    row, text = new_key(tuple(scope or Scope), now, partner, now + timedelta(days=days) if days else None)
    connect(context.obj).partners.add_key(row)
    out.print(text, markup=False)


@app.command("list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """List the keys by the id in them, slk_<id>_…, with what they may do."""
    rows = [
        key.model_dump(mode="json", exclude={"secret_sha256"}) | {"scopes": " ".join(key.scopes)}
        for key in connect(context.obj).partners.api_keys()
    ]
    columns = ("id", "scopes", "partner_id", "created_at", "expires_at")
    show(rows, columns, as_json=as_json, none="There are no keys yet.")


@app.command("revoke")
def revoke(context: typer.Context, key: Annotated[str, typer.Argument(help="The key's id, or the key.")]) -> None:
    """Revoke a key: from now on it opens nothing."""
    identifier = key.removeprefix("slk_").partition("_")[0]
    partners = connect(context.obj).partners
    if partners.key(identifier) is None:
        raise Trouble(f"There is no key {identifier}.", remedy="`slugline keys list` shows the ids there are.")
    partners.delete_key(identifier)
    out.print(f"revoked {identifier}", markup=False)
