"""`slugline parse`: one file as its canonical story."""

import json
from typing import Any

from slugline_local.commands.options import Desk
from slugline_local.commands.output import File
from slugline_local.console import out


def parse(file: File, desk: Desk = None) -> None:
    """Print the story that a file becomes, as JSON; several stories as a list."""
    # Imported here, so that the commands that parse nothing start without it.
    from parsing.document import Rejected  # noqa: PLC0415 - loaded by the command that needs it
    from slugline_local.offline import parsed  # noqa: PLC0415 - loaded by the command that needs it
    from slugline_local.offline.desk_file import read_desk  # noqa: PLC0415 - loaded by the command that needs it

    try:
        stories = parsed.parse_file(file, read_desk(desk)).stories
    except Rejected as rejected:
        _print(parsed.quarantined(file, rejected).model_dump(mode="json"))
        raise parsed.trouble(file, rejected) from rejected
    found = [story.model_dump(mode="json") for story in stories]
    _print(found[0] if len(found) == 1 else found)


def _print(value: Any) -> None:
    out.file.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
