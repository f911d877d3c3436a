"""`slugline`: the command line."""

import sys
from typing import Annotated

import typer
from botocore.exceptions import BotoCoreError, ClientError

from slugline_local.commands import drop, local
from slugline_local.console import show
from slugline_local.errors import Trouble
from slugline_local.explain import explain
from slugline_local.stack import Target

app = typer.Typer(
    help="Drop a file, see it published, partners told.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("local")(local.local)
app.command("drop")(drop.drop)


@app.callback()
def target(
    context: typer.Context,
    endpoint: Annotated[str | None, typer.Option(help="An AWS endpoint other than AWS's own.")] = None,
    stack: Annotated[str | None, typer.Option(help="A deployed stack, instead of the one on this laptop.")] = None,
    region: Annotated[str | None, typer.Option(help="The deployed stack's region.")] = None,
) -> None:
    """Drop a file, see it published, partners told."""
    context.obj = Target(endpoint=endpoint, stack=stack, region=region)


def main() -> None:
    """Runs a command. A trouble is one clear line with its remedy and exit code 1, never a traceback."""
    try:
        app()
    except Trouble as trouble:
        show(trouble)
    except (BotoCoreError, ClientError) as error:
        show(explain(error))
    else:
        return
    sys.exit(1)
