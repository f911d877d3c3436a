"""`slugline keys`: who may use the API."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from slugline.domain.api_keys import new_key
from slugline.partners import Scope
from slugline_local.console import out
from slugline_local.stack import connect

app = typer.Typer(help="Keys of the API; made in the table, for whoever may write to it.", no_args_is_help=True)


@app.command("add")
def add(
    context: typer.Context,
    scope: Annotated[list[Scope] | None, typer.Option(help="What the key may do; everything unless named.")] = None,
    partner: Annotated[str | None, typer.Option(help="Confine the key to this partner's id.")] = None,
) -> None:
    """Make a key; prints it, which is the only time it is shown."""
    row, text = new_key(tuple(scope or Scope), datetime.now(UTC), partner)
    connect(context.obj).partners.add_key(row)
    out.print(text, markup=False)
