"""Filters as EventBridge event patterns.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html, of which these are known:
exact values, prefix, suffix, equals-ignore-case, wildcard, anything-but, exists, numeric, and $or. As there, fields of
a pattern are joined by "and", values of a list by "or", and a list in the event matches if any of its values does.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import eq, ge, gt, le, lt
from typing import Any

from slugline.model import Model

Pattern = Mapping[str, Any]
MOST_MATCHERS = 200
DEEPEST = 8
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {"=": eq, "<": lt, "<=": le, ">": gt, ">=": ge}
_MISSING = object()


class BadPattern(ValueError):  # noqa: N818 - reads as the finding it is
    """The pattern is none; the message says where, and what would be right."""


class Explained(Model):
    """Whether an event matches, and if not, at which field of the pattern it failed first."""

    matches: bool
    field: str | None = None


def explain(pattern: Pattern, event: Mapping[str, Any]) -> Explained:
    """Compare an event with a pattern that `check` has let through."""
    failed = _failed(pattern, event, "")
    return Explained(matches=failed is None, field=failed)


def _failed(pattern: Pattern, event: Mapping[str, Any], path: str) -> str | None:
    for name, wanted in pattern.items():
        if name == "$or":
            if all(_failed(branch, event, path) is not None for branch in wanted):
                return f"{path}$or"
        elif isinstance(wanted, Mapping):
            inner = event.get(name)
            failed = _failed(wanted, inner if isinstance(inner, Mapping) else {}, f"{path}{name}.")
            if failed is not None:
                return failed
        elif not _any(wanted, event.get(name, _MISSING)):
            return f"{path}{name}"
    return None


class Finding(Model):
    """One field of a pattern beside what the event has there. `known` is whether events have such a field at all."""

    field: str
    wanted: Any
    found: Any
    known: bool
    matches: bool


def findings(pattern: Pattern, event: Mapping[str, Any], path: str = "") -> Iterator[Finding]:
    """Every field of the pattern, for a person to see which let the event through and which did not.

    Fields of the branches of `$or` carry the branch's number: `$or[0].language`.
    """
    for name, wanted in pattern.items():
        if name == "$or":
            for number, branch in enumerate(wanted):
                yield from findings(branch, event, f"{path}$or[{number}].")
        elif isinstance(wanted, Mapping):
            inner = event.get(name)
            yield from findings(wanted, inner if isinstance(inner, Mapping) else {}, f"{path}{name}.")
        else:
            value = event.get(name, _MISSING)
            yield Finding(
                field=f"{path}{name}",
                wanted=wanted,
                found=None if value is _MISSING else value,
                known=value is not _MISSING,
                matches=_any(wanted, value),
            )


def _any(matchers: Sequence[Any], value: Any) -> bool:
    values = list(value) if isinstance(value, list | tuple) else [value]
    # An empty list has no value to match, as a missing field has none.
    return any(_one(matcher, single) for matcher in matchers for single in values or [_MISSING])


def _one(matcher: Any, value: Any) -> bool:
    if not isinstance(matcher, Mapping):
        return type(matcher) is type(value) and matcher == value
    ((operator, argument),) = matcher.items()
    if operator == "exists":
        return (value is not _MISSING) is argument
    return value is not _MISSING and _OPERATORS[operator](argument, value)


def _anything_but(argument: Any, value: Any) -> bool:
    if isinstance(argument, Mapping):
        return not _one(argument, value)
    return value not in (argument if isinstance(argument, list | tuple) else [argument])


def _numeric(argument: Sequence[Any], value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    pairs = zip(argument[::2], argument[1::2], strict=True)
    return all(_COMPARE[sign](value, bound) for sign, bound in pairs)


def _wildcard(argument: str, value: Any) -> bool:
    expression = ".*".join(re.escape(part) for part in argument.split("*"))
    return isinstance(value, str) and re.fullmatch(expression, value, re.DOTALL) is not None


_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "prefix": lambda argument, value: isinstance(value, str) and value.startswith(argument),
    "suffix": lambda argument, value: isinstance(value, str) and value.endswith(argument),
    "equals-ignore-case": lambda argument, value: isinstance(value, str) and value.lower() == argument.lower(),
    "wildcard": _wildcard,
    "anything-but": _anything_but,
    "numeric": _numeric,
}
_OF_TEXT = frozenset({"prefix", "suffix", "equals-ignore-case", "wildcard"})


def check(pattern: Any) -> Pattern:
    """The pattern, if it is one. Raises BadPattern."""
    matchers = _check_object(pattern, "the pattern", 1)
    if matchers > MOST_MATCHERS:
        raise BadPattern(f"the pattern has {matchers} values; {MOST_MATCHERS} are allowed")
    checked: Pattern = pattern
    return checked


def _check_object(pattern: Any, place: str, depth: int) -> int:
    if not isinstance(pattern, Mapping):
        raise BadPattern(f'{place}: write an object such as {{"type": ["story.published"]}}')
    if depth > DEEPEST:
        raise BadPattern(f"{place}: objects are nested deeper than {DEEPEST}")
    return sum(_check_field(name, wanted, depth) for name, wanted in pattern.items())


def _check_field(name: str, wanted: Any, depth: int) -> int:
    if name == "$or":
        if not isinstance(wanted, list) or len(wanted) < 2:  # noqa: PLR2004 - EventBridge's own least
            raise BadPattern("$or: write a list of two or more objects")
        return sum(_check_object(branch, "$or", depth + 1) for branch in wanted)
    if isinstance(wanted, Mapping):
        return _check_object(wanted, name, depth + 1)
    if not isinstance(wanted, list) or not wanted:
        raise BadPattern(f'{name}: write a list of values, ["…"], even for one')
    for matcher in wanted:
        _check_matcher(name, matcher)
    return len(wanted)


def _check_matcher(name: str, matcher: Any) -> None:
    if not isinstance(matcher, Mapping):
        if isinstance(matcher, list):
            raise BadPattern(f"{name}: a value is a text, a number, true, false, null or an operator, not a list")
        return
    if len(matcher) != 1:
        raise BadPattern(f'{name}: an operator is an object of one key, such as {{"prefix": "…"}}')
    ((operator, argument),) = matcher.items()
    if operator == "exists":
        _require(isinstance(argument, bool), name, "exists is true or false")
    elif operator in _OF_TEXT:
        _require(isinstance(argument, str), name, f"{operator} takes a text")
        _require(operator != "wildcard" or argument.count("*") <= DEEPEST, name, "a wildcard has too many asterisks")
    elif operator == "anything-but":
        _check_anything_but(name, argument)
    elif operator == "numeric":
        _check_numeric(name, argument)
    else:
        known = ", ".join(sorted([*_OPERATORS, "exists"]))
        raise BadPattern(f"{name}: {operator} is no operator; there are {known}")


def _check_anything_but(name: str, argument: Any) -> None:
    if isinstance(argument, Mapping):
        _require(set(argument) <= _OF_TEXT, name, f"anything-but takes values or one of {', '.join(sorted(_OF_TEXT))}")
        _check_matcher(name, argument)
    else:
        values = argument if isinstance(argument, list) else [argument]
        plain = bool(values) and all(isinstance(value, str | int | float) for value in values)
        _require(plain, name, "anything-but takes a text, a number or a list of them")


def _check_numeric(name: str, argument: Any) -> None:
    right = isinstance(argument, list) and len(argument) in {2, 4}
    right = right and all(sign in _COMPARE for sign in argument[::2])
    right = right and all(isinstance(bound, int | float) for bound in argument[1::2])
    _require(right, name, 'numeric takes [">", 0] or [">", 0, "<=", 5]')


def _require(condition: bool, name: str, remedy: str) -> None:
    if not condition:
        raise BadPattern(f"{name}: {remedy}")
