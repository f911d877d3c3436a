"""The fields of front matter, by the library of its language."""

import re
import tomllib
from html import unescape
from typing import Any

import yaml

from parsing.document import Rejected
from parsing.markup.front_matter import Split

_INLINE = "a|b|i|em|strong|u|p|span|sup|sub|small|q|cite|code|abbr"
PAIR = re.compile(rf"<(?P<name>{_INLINE})(?: [^<>]*)?>[^<>]*</(?P=name)>", re.IGNORECASE)
TAG = re.compile(rf"</?(?:{_INLINE}|br)(?: [^<>]*)?/?>", re.IGNORECASE)
LARGEST = 50_000
"""Characters of front matter; a long one has 3,000."""


class _NoAliases(yaml.SafeLoader):
    """YAML without anchors: nested aliases grow exponentially, and front matter needs none."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.events.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # the stubs leave it untyped
            raise yaml.MarkedYAMLError(problem="an alias (*name) is not allowed", problem_mark=mark)
        return super().compose_node(parent, index)


def read(found: Split) -> dict[str, Any]:
    """The fields, keys in lower case with `_` for `-` and blanks. Raises Rejected naming the line that is wrong."""
    if found.found is None:
        return {}
    if len(found.found) > LARGEST:
        raise Rejected(
            f"The front matter has more than {LARGEST:,} characters.", remedy="Move the text below the fence."
        )
    fields = _toml(found.found) if found.kind == "toml" else _yaml(found.found)
    return {re.sub(r"[\s-]+", "_", str(key).strip().lower()): _plain(value) for key, value in fields.items()}


def _plain(value: Any) -> Any:
    """A text without the inline markup that a site generator would put on its page as it is."""
    if not isinstance(value, str) or not PAIR.search(value):
        return value
    return " ".join(unescape(TAG.sub("", value)).split())


def _yaml(text: str) -> dict[str, Any]:
    try:
        fields = yaml.load(text, Loader=_NoAliases)  # noqa: S506 - a SafeLoader, and stricter
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise Rejected(
            f"The YAML front matter cannot be read: {error.problem}.",
            place=f"line {line}",
            remedy="Put texts that hold a colon or a quote sign in quotes.",
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Rejected("The YAML front matter cannot be read.", remedy="Write one `name: value` a line.") from error
    if not isinstance(fields, dict):
        raise Rejected("The YAML front matter holds no fields.", remedy="Write one `name: value` a line.")
    return fields


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Rejected(
            f"The TOML front matter cannot be read: {error}.", remedy='Write one `name = "value"` a line.'
        ) from error
