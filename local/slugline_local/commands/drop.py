"""`slugline drop`: files into the intake bucket."""

import mimetypes
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from slugline_local.console import err, out
from slugline_local.errors import Trouble
from slugline_local.stack import connect


def drop(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Articles, photos, packages.", metavar="FILE…")],
    prefix: Annotated[str, typer.Option(help="Folder in the bucket; files of one folder belong together.")] = "",
) -> None:
    """Drop files into the intake bucket, as a newsroom does."""
    for path in files:
        if not path.is_file():
            raise Trouble(f"{path} is no file.", remedy="Name files that exist; a folder's files are named with a *.")
    stack = connect(context.obj)
    with Progress(console=err, transient=True) as progress:
        for path in progress.track(files, description="Dropping"):
            key = f"{prefix.strip('/')}/{path.name}".lstrip("/")
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            stack.aws.s3.upload_file(str(path), stack.intake_bucket, key, ExtraArgs={"ContentType": kind})
            out.print(f"dropped {key}", markup=False)
