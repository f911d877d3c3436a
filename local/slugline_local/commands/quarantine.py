"""`slugline quarantine`: files that were not published and messages that their step gave up, and why."""

from datetime import UTC, datetime
from itertools import islice
from typing import Annotated

import typer

from slugline.dead_letters import KeptLetter
from slugline.drops import Drop, Outcome
from slugline_local.commands.options import AsJson, Limit
from slugline_local.console import out
from slugline_local.errors import Trouble
from slugline_local.redrive import redrive as send_back
from slugline_local.stack import Stack, connect
from slugline_local.tables import Row, show

_NOT_PUBLISHED = (Outcome.QUARANTINED, Outcome.WITHHELD)
_FILES = ("file", "outcome", "reason", "place", "remedy")
_LETTERS = ("id", "step", "what", "outcome", "times", "reason", "remedy")
_SHORT = 8

app = typer.Typer(help="Files that were not published and messages that failed, and why.")
Id = Annotated[str, typer.Argument(help="The message's id, or its first characters.")]


@app.callback(invoke_without_command=True)
def quarantine(context: typer.Context, limit: Limit = 50, as_json: AsJson = False) -> None:
    """List the files that wait for a person and the messages that failed, with the reason and the remedy."""
    if context.invoked_subcommand:
        return
    stack = connect(context.obj)
    drops = stack.stories.recent_drops(_NOT_PUBLISHED, limit)
    letters = list(islice(stack.dead_letters.open(), limit))
    if as_json:
        show([*map(_file, drops), *map(_whole, letters)], (), as_json=True, none="")
        return
    if drops or not letters:
        show(map(_file, drops), _FILES, as_json=False, none="No file is in quarantine.")
    if letters:
        show(map(_letter, letters), _LETTERS, as_json=False, none="")


@app.command("redrive")
def redrive(
    context: typer.Context,
    message: Id = "",
    every: Annotated[bool, typer.Option("--all", help="Each that was not sent back since it failed.")] = False,
) -> None:
    """Send messages back to the step that failed, after the cause is mended."""
    stack = connect(context.obj)
    if every == bool(message):
        raise Trouble("Which messages?", remedy="Name one by its id, or say --all; `slugline quarantine` lists them.")
    # The oldest first, as they came.
    waiting = [letter for letter in stack.dead_letters.open() if not letter.redriven_at]
    chosen = waiting[::-1] if every else [_named(stack, message)]
    for letter in chosen:
        send_back(stack, letter, datetime.now(UTC))
        out.print(f"{letter.id[:_SHORT]} went back to {letter.step}: {_what(letter)}", markup=False)
    if not chosen:
        out.print("No message waits to be sent back.", markup=False)


@app.command("discard")
def discard(context: typer.Context, message: Id) -> None:
    """Take a message that nobody wants off the list. It stays in the archive."""
    stack = connect(context.obj)
    letter = _named(stack, message)
    stack.dead_letters.close(letter.id, datetime.now(UTC))
    out.print(f"Discarded; the message is {letter.body_key} in the archive bucket.", markup=False)


def _named(stack: Stack, message: str) -> KeptLetter:
    """Raises Trouble when there is none, or more than one."""
    found = [letter for letter in stack.dead_letters.open() if letter.id.startswith(message)]
    if len(found) != 1:
        raise Trouble(
            f"{len(found) or 'No'} message{'s' if len(found) > 1 else ''} in quarantine "
            f"{'have ids that start' if len(found) > 1 else 'has an id that starts'} with {message}.",
            remedy="`slugline quarantine` lists them, with whole ids as --json; one that succeeded is gone from it.",
        )
    return found[0]


def _file(drop: Drop) -> Row:
    kept = drop.model_dump(mode="json", include={"outcome", "reason", "place", "remedy", "at", "bytes"})
    return {"file": drop.key} | kept


def _whole(letter: KeptLetter) -> Row:
    return letter.model_dump(mode="json") | {"outcome": "redriven" if letter.redriven_at else "failed"}


def _letter(letter: KeptLetter) -> Row:
    kind, at = ("redriven", letter.redriven_at) if letter.redriven_at else ("failed", letter.last_at)
    return {
        "id": letter.id[:_SHORT],
        "step": letter.step,
        "what": _what(letter),
        "outcome": f"{kind} {at:%Y-%m-%d %H:%M}",
        "times": letter.times,
        "reason": letter.reason,
        "remedy": letter.remedy,
    }


def _what(letter: KeptLetter) -> str:
    """`flood.txt, story 1f0c… version 2 for The Post`, or what the message itself is."""
    story = f"story {letter.story_id} version {letter.version}" if letter.story_id else None
    named = ", ".join(filter(None, (letter.file, story))) or letter.what
    return f"{named} for {letter.partner}" if letter.partner else named
