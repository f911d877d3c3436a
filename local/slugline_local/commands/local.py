"""`slugline local`: the whole service on this laptop."""

import signal
import threading
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Annotated

import typer
from rich.panel import Panel
from rich.table import Table

from slugline_local.aws import laptop
from slugline_local.console import err, out
from slugline_local.errors import Trouble
from slugline_local.runtime import state
from slugline_local.runtime.alerts import telling
from slugline_local.runtime.deploy import outputs
from slugline_local.runtime.session import Options, runtime
from slugline_local.runtime.state import Running
from slugline_local.runtime.watch import watching

_INTERRUPTED = 130
"""What a shell says of a command that Ctrl-C ended."""


def local(
    port: Annotated[int, typer.Option(help="Port of the laptop's AWS; a free one unless named.")] = 0,
    site_port: Annotated[int, typer.Option(help="Port of the site; a free one unless named.")] = 0,
    watch: Annotated[Path | None, typer.Option(help="Upload what is put into this folder.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one line of JSON once ready.")] = False,
) -> None:
    """Run everything on this laptop until Ctrl-C, without an AWS account."""
    if watch is not None and not watch.is_dir():
        raise Trouble(f"{watch} is no folder.", remedy="Create it first, or name another.")
    if (other := state.read()) is not None:
        raise Trouble(
            f"A laptop runtime is already running (process {other.pid}, site {other.site}).",
            remedy="Use it, or stop it with Ctrl-C in its terminal first.",
        )
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: _ask_to_stop(stop))
    try:
        _run(Options(port=port, site_port=site_port), watch, stop, as_json=json)
    except _Stopped:
        err.print("Stopped before it was ready.")
        raise typer.Exit(_INTERRUPTED) from None


class _Stopped(Exception):  # noqa: N818 - an outcome, no error
    """Asked to stop while still starting."""


def _ask_to_stop(stop: threading.Event) -> None:
    if stop.is_set():
        return
    stop.set()
    if state.read() is None:  # still starting: leave the block that starts things, which undoes them
        raise _Stopped


def _run(options: Options, watch: Path | None, stop: threading.Event, *, as_json: bool) -> None:
    with ExitStack() as stack:
        with err.status("Starting") as status:
            running = stack.enter_context(runtime(options, status.update))
        aws = stack.enter_context(closing(laptop(running.endpoint, running.region)))
        topic = outputs(aws, running.stack)["EndpointAlertTopic"]
        stack.enter_context(telling(aws, topic, lambda mail: err.print(f"Alert\n{mail}", markup=False, style="yellow")))
        if watch:
            stack.enter_context(watching(watch, aws.s3, running.intake_bucket, _say))
        if as_json:
            out.file.write(running.model_dump_json() + "\n")
            out.file.flush()
        else:
            out.print(_addresses(running))
        stop.wait()
        err.print("Stopping.")


def _say(line: str) -> None:
    err.print(line, markup=False)


def _addresses(running: Running) -> Panel:
    table = Table.grid(padding=(0, 2))
    for name, value in (
        ("Site", running.site),
        ("API", running.api),
        ("AWS endpoint", running.endpoint),
        ("Intake bucket", running.intake_bucket),
    ):
        table.add_row(name, value)
    return Panel.fit(table, title="Slugline is running", subtitle="slugline drop FILE… · Ctrl-C stops")
