"""Jinja environments: every value escaped, every unknown name an error, a newsroom's templates before ours."""

import logging
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, DictLoader, FileSystemLoader, PrefixLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from slugline.desk import DeskSettings

TEMPLATES = Path(__file__).parent / "templates"
template_failures = logging.getLogger("rendering.template_failures")
"""One warning each time that a desk's template fails and ours stands in for it."""


def render_page(name: str, settings: DeskSettings, **context: Any) -> bytes:
    """The page by the desk's template of that name, else by ours.

    A desk's template may extend ours as `default/<name>`. One that fails is left out, with a warning that says why:
    a page in the wrong dress is better than none.
    """
    if settings.templates:
        try:
            return _render(name, _key(settings), context)
        except Exception as error:  # a newsroom's template may fail in any way there is
            template_failures.warning("The desk's template for %s failed, the built-in one is used: %s", name, error)
    return _render(name, (), context)


def template_faults(desk: DeskSettings) -> tuple[str, ...]:
    """What is wrong with the desk's templates as far as can be told without a story, for whoever saves them."""
    faults = []
    made = _environment(_key(desk))
    for name in desk.templates:
        try:
            made.get_template(name)
        except Exception as error:  # as above
            faults.append(f"{name}: {error}")
    return tuple(faults)


def _render(name: str, overrides: tuple[tuple[str, str], ...], context: dict[str, Any]) -> bytes:
    return _environment(overrides).get_template(name).render(context).encode()


def _key(desk: DeskSettings) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(desk.templates.items()))


@lru_cache(maxsize=8)
def _environment(overrides: tuple[tuple[str, str], ...]) -> SandboxedEnvironment:
    """Kept for as long as the container lives: compiled templates stay warm."""
    ours = FileSystemLoader(TEMPLATES)
    loaders: list[BaseLoader] = [DictLoader(dict(overrides)), PrefixLoader({"default": ours}), ours]
    return SandboxedEnvironment(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
