"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="One line of JSON for each, for programs.")]
Desk = Annotated[
    Path | None,
    typer.Option("--desk", help="Desk settings: a JSON file, or a folder of settings.json and templates/."),
]
Limit = Annotated[int, typer.Option(min=1, max=1000, help="How many at most.")]
