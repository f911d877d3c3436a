"""Where the desk settings lie, and which of them are in force.

desk/settings.json         the settings that differ from the defaults
desk/templates/<name>      Jinja overrides, by the name of the template that they stand in for

Both are in the archive bucket, which keeps replaced versions. The newest version of the settings that is valid is in
force, so that every container decides alike whatever it has seen before.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from pydantic import ValidationError

from slugline.desk import DeskSettings
from slugline.ports.clock import Clock
from slugline.ports.objects import ObjectMissing, ObjectStore

FOLDER = "desk/"
SETTINGS = f"{FOLDER}settings.json"
TEMPLATES = f"{FOLDER}templates/"
FRESH_FOR = timedelta(seconds=30)
OF_THE_STACK = ("site_url", "oembed_url", "templates")
"""Fields that are not the document's: the stack's own addresses, and the objects beside it."""
MOST_BYTES = 256_000
_OLDER_VERSIONS = 20
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")


class SettingsRefused(ValueError):  # noqa: N818 - reads as the finding it is
    """A settings document that is not valid; one line for each fault, naming the field and what is wrong."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class InForce:
    """The settings in force, and what is wrong with what an editor put there."""

    settings: DeskSettings
    faults: tuple[str, ...] = ()


class DeskStore:
    """The desk settings of one deployment, read again no more often than every half minute."""

    def __init__(
        self, store: ObjectStore, base: DeskSettings, clock: Clock, report: Callable[[tuple[str, ...]], None]
    ) -> None:
        self._store = store
        self._base = base
        self._clock = clock
        self._report = report
        self._read_at: datetime | None = None
        self._etags: dict[str, str] = {}
        self._in_force = InForce(base)

    def current(self) -> DeskSettings:
        """The settings in force; faults are reported each time that the store is looked at."""
        now = self._clock.now()
        if self._read_at is None or not timedelta() <= now - self._read_at < FRESH_FOR:
            etags = self._store.etags(FOLDER)
            if etags != self._etags:
                self._in_force = in_force(self._store, self._base, etags)
                self._etags = etags
            self._read_at = now
            if self._in_force.faults:
                self._report(self._in_force.faults)
        return self._in_force.settings


def in_force(store: ObjectStore, base: DeskSettings, etags: dict[str, str]) -> InForce:
    """What the objects with these ETags come to. `base` holds what the stack's parameters say."""
    settings, faults = _newest_valid(store, base) if SETTINGS in etags else (base, ())
    templates, template_faults = _templates(store, [key for key in etags if key.startswith(TEMPLATES)])
    return InForce(settings.model_copy(update={"templates": templates}), (*faults, *template_faults))


def validated(document: bytes, base: DeskSettings) -> DeskSettings:
    """The settings that the document makes of the base. Raises SettingsRefused."""
    if len(document) > MOST_BYTES:
        raise SettingsRefused((f"The document has {len(document):,} bytes; {MOST_BYTES:,} is the most.",))
    try:
        given = json.loads(document)
    except (ValueError, RecursionError) as error:
        raise SettingsRefused((f"This is no JSON document: {error}",)) from error
    if not isinstance(given, dict):
        raise SettingsRefused(("The document is no JSON object of settings.",))
    if taken := [name for name in OF_THE_STACK if name in given]:
        raise SettingsRefused(tuple(_not_here(name) for name in taken))
    try:
        return DeskSettings.model_validate(base.model_dump() | given)
    except ValidationError as error:
        raise SettingsRefused(tuple(_fault(one) for one in error.errors())) from error


def template_key(name: str) -> str:
    """Where an override lies. Raises ValueError for a name that is none."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name} is no name of a template; the built-in ones are named like article.html")
    return TEMPLATES + name


def _newest_valid(store: ObjectStore, base: DeskSettings) -> tuple[DeskSettings, tuple[str, ...]]:
    refused: tuple[str, ...] = ()
    try:
        return validated(store.get(SETTINGS).body, base), ()
    except ObjectMissing:  # deleted a moment ago
        return base, ()
    except SettingsRefused as error:
        refused = error.faults
    for number, version in enumerate(islice(store.versions(SETTINGS), 1, _OLDER_VERSIONS), start=1):
        try:
            settings = validated(store.get(SETTINGS, version).body, base)
        except (SettingsRefused, ObjectMissing):
            continue
        return settings, tuple(f"{SETTINGS}: {fault} (The version {number} before is in force.)" for fault in refused)
    return base, tuple(f"{SETTINGS}: {fault} (The defaults are in force.)" for fault in refused)


def _templates(store: ObjectStore, keys: list[str]) -> tuple[dict[str, str], tuple[str, ...]]:
    found: dict[str, str] = {}
    faults: list[str] = []
    for key in keys:
        name = key.removeprefix(TEMPLATES)
        try:
            if not _NAME.fullmatch(name):
                raise ValueError("this is no name of a template")
            body = store.get(key).body
            if len(body) > MOST_BYTES:
                raise ValueError(f"it has {len(body):,} bytes; {MOST_BYTES:,} is the most")
            found[name] = body.decode()
        except ObjectMissing:
            continue
        except ValueError as error:
            faults.append(f"{key}: {error} (The built-in template is in force.)")
    return found, tuple(faults)


def _not_here(name: str) -> str:
    reasons = {
        "site_url": "this is the stack's parameter SiteUrl, not the desk's.",
        "oembed_url": "the stack's API is the endpoint; leave it out.",
        "templates": f"each is an object of its own, {TEMPLATES}<name>.",
    }
    return f"{name}: {reasons[name]}"


def _fault(error: Any) -> str:
    place = ".".join(str(part) for part in error["loc"]) or "the document"
    return f"{place}: {error['msg'].removeprefix('Value error, ')}"
