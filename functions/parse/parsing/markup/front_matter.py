"""YAML and TOML front matter: the fields a newsroom writes above a Markdown text."""

import re
from dataclasses import dataclass

YAML = re.compile(r"\A\ufeff?\s*---[ \t]*\n(?P<fields>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
TOML = re.compile(r"\A\ufeff?\s*\+\+\+[ \t]*\n(?P<fields>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Split:
    """The raw front matter and the text below it. `found` is None when there is no front matter."""

    found: str | None
    rest: str
    kind: str = "yaml"


def split(text: str) -> Split:
    """The front matter by its fences. A `---` line that no field follows is a rule, not front matter."""
    text = text.replace("\r\n", "\n")
    for kind, pattern, sign in (("yaml", YAML, ":"), ("toml", TOML, "=")):
        match = pattern.match(text)
        if match and re.search(rf"^[\"']?[\w -]+[\"']?\s*{sign}", match["fields"], re.MULTILINE):
            return Split(match["fields"], text[match.end() :], kind)
    return Split(None, text)
