"""`slugline`: the command line."""

import sys
import tempfile
import traceback
from pathlib import Path
from typing import Annotated

import typer

from slugline_local.commands import (
    deliveries,
    desk,
    drop,
    feeds,
    keys,
    lint,
    local,
    parse,
    partners,
    quarantine,
    render,
    resize,
    stories,
    withdrawals,
)
from slugline_local.console import show
from slugline_local.errors import Trouble
from slugline_local.explain import AWS_ERRORS, explain
from slugline_local.stack import Target

app = typer.Typer(
    help="Drop a file, see it published, partners told.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("local")(local.local)
app.command("drop")(drop.drop)
app.command("parse")(parse.parse)
app.command("render")(render.render)
app.command("lint")(lint.lint)
app.command("resize")(resize.resize)
app.command("stories")(stories.stories)
app.add_typer(quarantine.app, name="quarantine")
app.add_typer(partners.app, name="partners")
app.command("deliveries")(deliveries.deliveries)
app.command("attempts")(deliveries.attempts)
app.command("replay")(deliveries.replay)
app.command("withdrawals")(withdrawals.withdrawals)
app.add_typer(feeds.app, name="feeds")
app.add_typer(keys.app, name="keys")
app.add_typer(desk.app, name="desk")


@app.callback()
def target(
    context: typer.Context,
    endpoint: Annotated[str | None, typer.Option(help="An AWS endpoint other than AWS's own.")] = None,
    stack: Annotated[str | None, typer.Option(help="A deployed stack, instead of the one on this laptop.")] = None,
    region: Annotated[str | None, typer.Option(help="The deployed stack's region.")] = None,
    api_key: Annotated[str | None, typer.Option(envvar="SLUGLINE_API_KEY", help="Key of its API.")] = None,
) -> None:
    """Drop a file, see it published, partners told."""
    context.obj = Target(endpoint=endpoint, stack=stack, region=region, api_key=api_key)


def _bug(error: Exception) -> Trouble:
    """Our own fault: the traceback goes into a file that a report can carry."""
    log = Path(tempfile.gettempdir()) / "slugline-traceback.txt"
    log.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    return Trouble(
        f"This is a bug in slugline: {type(error).__name__}: {error}", remedy=f"Please report it with {log}."
    )


def main() -> None:
    """Runs a command. A trouble is one clear line with its remedy and exit code 1, never a traceback."""
    try:
        app()
    except Trouble as trouble:
        show(trouble)
    except AWS_ERRORS as error:
        show(explain(error))
    except Exception as error:
        show(_bug(error))
    else:
        return
    sys.exit(1)
