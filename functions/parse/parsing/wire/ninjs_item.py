"""One ninjs item, read by the same names whichever generation it is of."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lxml import html

from parsing.wire.fields import tidy
from slugline.story import Subject

PLURALS = {"body": "bodies", "person": "people"}
RICH = re.compile(r"x?html|rich", re.IGNORECASE)
TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
PARAGRAPH = re.compile(r"<p(?: [^<>]*)?>.*</p>", re.IGNORECASE | re.DOTALL)
PLAIN = re.compile(r"text/plain", re.IGNORECASE)
MOST = 500
"""Entries read of any one list; no real item comes near it."""


@dataclass(frozen=True)
class Text:
    """One of several texts for one field, each for a use or in a form."""

    role: str
    content_type: str
    value: str

    @property
    def is_nitf(self) -> bool:
        return "nitf" in self.content_type.lower()

    @property
    def is_html(self) -> bool:
        """By its type, else by its role, as 1.x has no types, or by its paragraphs; and only if there is any tag."""
        if PLAIN.search(self.content_type):
            return False
        said = RICH.search(self.content_type or self.role) and TAG.search(self.value)
        return bool(said or PARAGRAPH.search(self.value))

    @property
    def plain(self) -> str:
        if not self.is_html:
            return tidy(self.value)
        words = html.fromstring(f"<div>{tidy(self.value)}</div>").text_content()
        return tidy(str(words))


class Item:
    """The item's fields. What is missing or of the wrong type is empty."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self._raw = {key.lower(): value for key, value in raw.items()}

    def text(self, name: str) -> str:
        return tidy(self._raw.get(name))

    def words(self, name: str) -> list[str]:
        value = self._raw.get(name)
        return [tidy(word) for word in _list(value)] if isinstance(value, list) else tidy(value).split(",")

    def object(self, name: str) -> "Item | None":
        value = self._raw.get(name)
        return Item(value) if isinstance(value, dict) else None

    def objects(self, name: str) -> "Iterator[Item]":
        """The objects of a list, by the singular name of 1.x or the plural of later ones."""
        for value in (self._raw.get(name), self._raw.get(PLURALS.get(name, f"{name}s"))):
            for entry in _list(value):
                if isinstance(entry, dict):
                    yield Item(entry)

    def named(self, name: str) -> "Iterator[tuple[str, Item]]":
        """The objects by name: a mapping in 1.x, later a list of objects that state their name."""
        value = self._raw.get(name)
        if isinstance(value, dict):
            yield from ((key, Item(entry)) for key, entry in value.items() if isinstance(entry, dict))
            return
        for entry in _list(value):
            if isinstance(entry, dict):
                item = Item(entry)
                yield item.text("name"), item

    def associations(self) -> "Iterator[tuple[str, Item]]":
        return self.named("associations")

    def texts(self, name: str) -> list[Text]:
        return self._texts.get(name, [])

    def main(self, name: str) -> Text | None:
        """The text for the main use: so called, without a role, or the first."""
        texts = [text for text in self.texts(name) if text.value.strip()]
        chosen = [text for role in ("main", "") for text in texts if text.role == role]
        return next(iter(chosen or texts), None)

    def role(self, name: str, roles: Iterable[str]) -> str | None:
        """The first text, in plain, that is for one of these uses."""
        found = ((text.plain for text in self.texts(name) if text.role == role) for role in roles)
        return next((plain for texts in found for plain in texts if plain), None)

    def concepts(self, name: str) -> Iterator[Subject]:
        for entry in self.objects(name):
            named, uri = entry.text("name") or entry.text("title"), entry.text("uri") or _joined(entry)
            if named or uri:
                yield Subject(name=named or uri, uri=uri or None)

    @cached_property
    def _texts(self) -> dict[str, list[Text]]:
        return {name: list(self._read(name)) for name in ("headline", "body", "description")}

    def _read(self, name: str) -> Iterator[Text]:
        for entry in self.objects(name):
            value = entry._raw.get("value")
            if isinstance(value, str):
                yield Text(entry.text("role").lower(), entry.text("contenttype"), value)
        for key, value in self._raw.items():
            if isinstance(value, str) and (key == name or key.startswith(f"{name}_")):
                yield Text(key.removeprefix(name).removeprefix("_"), "", value)


def _joined(entry: Item) -> str:
    """1.x names a concept by scheme and code; a scheme that is an address is a prefix."""
    scheme, code = entry.text("scheme"), entry.text("code")
    if not code or not scheme:
        return code
    return f"{scheme}{code}" if scheme.endswith(("/", "#", ":", "=")) else f"{scheme}:{code}"


def _list(value: Any) -> list[Any]:
    return value[:MOST] if isinstance(value, list) else []
