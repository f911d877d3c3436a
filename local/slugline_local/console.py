"""The terminal: results go to standard output, progress and troubles to standard error."""

from rich.console import Console

from slugline_local.errors import Trouble

_WIDE = 400
"""Columns where a table goes into a pipe or a file: nothing is folded."""

out = Console(highlight=False, soft_wrap=True)
if not out.is_terminal:
    out.width = _WIDE
err = Console(stderr=True, highlight=False, soft_wrap=True)


def show(trouble: Trouble) -> None:
    """The reason and the remedy, as text: what they quote is no markup."""
    err.print("[bold red]Error:[/] ", end="")
    err.print(trouble.reason, markup=False)
    err.print(trouble.remedy, markup=False, style="dim")
