"""Writing files of one command, and saying which."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from slugline_local.console import out
from slugline_local.errors import Trouble

File = Annotated[Path, typer.Argument(metavar="FILE", help="The file, as a newsroom would drop it.")]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the outputs; made if need be.")]


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turns a failure to write into the folder into a Trouble."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Trouble(f"{folder} cannot be written: {reason}.", remedy="Name another folder with --out.") from error


def tell(written: list[Path]) -> None:
    """Name each file that was written."""
    for path in written:
        out.print(str(path), markup=False)
