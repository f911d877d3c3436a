"""`slugline partners test-filter`: whether an endpoint's filter lets a story through, and if not, why."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from slugline.desk import DeskSettings
from slugline.domain.event_pattern import BadPattern, Finding, Pattern, check, explain, findings
from slugline.domain.filter_event import filter_event
from slugline.domain.licence import licensed
from slugline.partners import EventType
from slugline.story import Story
from slugline_local.commands.options import AsJson
from slugline_local.console import err, out
from slugline_local.errors import Trouble
from slugline_local.stack import connect, is_there
from slugline_local.tables import Row, show

_EXAMPLE = '{"desk": ["sport"], "type": ["story.published"]}'
_TYPES = (EventType.PUBLISHED, EventType.UPDATED, EventType.CORRECTED)
_LONGEST_NAME = 255
"""A text that is longer is no file's name, and the system would say so with an error."""


def try_filter(  # noqa: PLR0913, PLR0917 - typer reads options from the signature
    context: typer.Context,
    pattern: Annotated[str, typer.Argument(help=f"The filter, or a file that holds it, such as '{_EXAMPLE}'.")],
    story: Annotated[str, typer.Argument(help="A story: a file as dropped, its JSON, or the id of one in the stack.")],
    event_type: Annotated[
        list[EventType] | None, typer.Option("--type", help="Try only this type of event; may be repeated.")
    ] = None,
    key: Annotated[
        str | None,
        typer.Option(help="Where the file would be dropped, such as sport/derby.xml: that decides the desk."),
    ] = None,
    licensed_for: Annotated[
        list[str] | None,
        typer.Option("--licence", help="An agency whose pictures the partner may have; may be repeated, `*` for all."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say whether a filter lets a story through, and which field did not. Exit code 1 when no event matches.

    Desks are those of the stack that is named or running.
    """
    wanted = _pattern(pattern)
    settings = connect(context.obj).desk.settings if is_there(context.obj) else DeskSettings()
    tried = licensed(_story(context, story, settings, key), licensed_for or [])
    events = [filter_event(kind, tried, settings) for kind in event_type or _TYPES]
    rows = [_row(wanted, event) for event in events]
    show(rows, ("type", "verdict", "failed_at"), as_json=as_json, none="")
    if not as_json:
        _explain(wanted, events[0])
        _tell_of_desks(wanted, settings)
    if not any(row["matches"] for row in rows):
        raise typer.Exit(1)


def _row(pattern: Pattern, event: dict[str, Any]) -> Row:
    explained = explain(pattern, event)
    return {
        "type": event["type"],
        "matches": explained.matches,
        "verdict": "matches" if explained.matches else "does not match",
        "failed_at": explained.field,
        "fields": [finding.model_dump(mode="json") for finding in findings(pattern, event)],
        "event": event,
    }


def _explain(pattern: Pattern, event: dict[str, Any]) -> None:
    found = list(findings(pattern, event))
    out.print()
    rows: list[Row] = [
        {"field": one.field, "wanted": _text(one.wanted), "story": _value(one), "": _mark(one)} for one in found
    ]
    show(rows, ("field", "wanted", "story", ""), as_json=False, none="The filter is empty: it lets everything through.")
    for unknown in (one.field for one in found if not one.known):
        err.print(f"{unknown} is no field of an event; there are {', '.join(_names(event))}.", style="yellow")
    out.print("A withdrawal goes to everybody who was told of the story, whatever the filter says.", style="dim")


def _tell_of_desks(pattern: Pattern, settings: DeskSettings) -> None:
    if '"desk"' not in json.dumps(pattern):
        return
    if settings.desks:
        err.print(f"Desks are {', '.join(settings.desks)}.", style="dim")
    else:
        err.print(
            "No desks are known here, so `desk` is empty: name a stack with --stack, or `slugline desk set desks.…`.",
            style="yellow",
        )


def _mark(finding: Finding) -> str:
    return "yes" if finding.matches else "no"


def _value(finding: Finding) -> str:
    return _text(finding.found) if finding.known else "no such field"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _names(event: dict[str, Any], path: str = "") -> list[str]:
    names: list[str] = []
    for name, value in event.items():
        names += _names(value, f"{path}{name}.") if isinstance(value, dict) else [f"{path}{name}"]
    return names


def _pattern(given: str) -> Pattern:
    """Raises Trouble naming the place."""
    is_file = len(given) <= _LONGEST_NAME and Path(given).is_file()
    text = Path(given).read_text(encoding="utf-8", errors="replace") if is_file else given
    where = given if is_file else "the filter"
    try:
        return check(json.loads(text))
    except json.JSONDecodeError as error:
        raise Trouble(
            f"{where}, line {error.lineno}, column {error.colno}: {error.msg}.",
            remedy=f"Write it as JSON in single quotes, such as '{_EXAMPLE}', or name a file that holds it.",
        ) from error
    except BadPattern as error:
        raise Trouble(f"{where}: {error}.", remedy=f"Such as {_EXAMPLE}; docs/partner.md lists the fields.") from error


def _story(context: typer.Context, given: str, settings: DeskSettings, key: str | None) -> Story:
    path = Path(given)
    if len(given) <= _LONGEST_NAME and path.is_file():
        story = _story_of_file(path, settings.of(key or path.name))
        if key is None or story.provenance is None:
            return story
        return story.model_copy(update={"provenance": story.provenance.model_copy(update={"key": key})})
    stack = connect(context.obj)
    head = stack.stories.head(given)
    version = head and stack.stories.version(given, head.current or head.latest)
    if not version:
        raise Trouble(f"{given} is neither a file nor a story.", remedy="`slugline stories` lists the ids.")
    return Story.model_validate_json(stack.archive.get(version.story_key).body)


def _story_of_file(path: Path, settings: DeskSettings) -> Story:
    """The story that `slugline parse` wrote, or that the file would become."""
    try:
        return Story.model_validate_json(path.read_bytes())
    except (ValidationError, OSError):
        pass  # another format, or a file that parse will say is not to be read
    # Imported here, so that the commands that parse nothing start without it.
    from parsing.document import Rejected  # noqa: PLC0415 - loaded by the command that needs it
    from slugline_local.offline import parsed  # noqa: PLC0415 - loaded by the command that needs it

    try:
        return parsed.parse_file(path, settings).stories[0]
    except Rejected as rejected:
        raise parsed.trouble(path, rejected) from rejected
