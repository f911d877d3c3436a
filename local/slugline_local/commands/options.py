"""Options that several commands share."""

from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="One line of JSON for each, for programs.")]
Limit = Annotated[int, typer.Option(min=1, max=1000, help="How many at most.")]
