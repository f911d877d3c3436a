"""IPTC ninjs 1.6: one headline, bodies and descriptions by name, renditions and associations as objects."""

import re
from collections.abc import Iterable
from typing import Any

from rendering.edition import Edition
from rendering.formats import ninjs3
from rendering.formats.json_text import json_bytes
from rendering.formats.ninjs3 import present

SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_1.6.json#"


def render(edition: Edition) -> bytes:
    document = _item(ninjs3.document(edition))
    return json_bytes({"$standard": {"name": "ninjs", "version": "1.6", "schema": SCHEMA}, **document})


def _item(new: dict[str, Any]) -> dict[str, Any]:
    """A 1.6 object from a 3.1 one."""
    bodies = {body["contentType"]: body for body in new.get("bodies", ())}
    texts = {item["role"]: item["value"] for item in new.get("headlines", ())}
    plain = bodies.get("text/plain", {})
    return present(
        {
            **{name.lower(): new.get(name) for name in _SAME},
            "representationtype": "complete" if "representationType" in new else None,
            "embargoed": new.get("embargoedUntil"),
            "byline": new.get("by"),
            "headline": texts.get("main"),
            "headline_kicker": texts.get("kicker"),
            **{f"description_{item['role']}": item["value"] for item in new.get("descriptions", ())},
            "body_html": bodies.get("text/html", {}).get("value"),
            "body_text": plain.get("value"),
            "charcount": plain.get("charCount"),
            "wordcount": plain.get("wordCount"),
            "person": [_coded(person) for person in new.get("people", ())],
            "subject": [_coded(subject) for subject in new.get("subjects", ())],
            "infosource": [present({"name": item["name"], "rel": item["role"]}) for item in new.get("infoSources", ())],
            "rightsinfo": {name.lower(): value for name, value in new.get("rightsInfo", {}).items()} or None,
            "altids": {item["role"]: item["value"] for item in new.get("altIds", ())} or None,
            "renditions": _named(_rendition(item) for item in new.get("renditions", ())) or None,
            "associations": _named((item["name"], _item(item)) for item in new.get("associations", ())) or None,
        }
    )


_SAME = (
    "uri", "type", "version", "firstCreated", "versionCreated", "pubStatus", "copyrightHolder", "copyrightNotice",
    "usageTerms", "edNote", "language", "title", "slugline", "located", "digitalSourceType",
)  # fmt: skip


def _coded(item: dict[str, Any]) -> dict[str, Any]:
    """A URI becomes the scheme before its last slash and the code after it."""
    scheme, _, code = item.get("uri", "").rpartition("/")
    is_uri = bool(scheme) and ":" in scheme and bool(code)
    contacts = [{"type": contact["type"], "value": contact["value"]} for contact in item.get("contactInfo", ())]
    return present(
        {
            "name": item.get("name"),
            "rel": item.get("rel"),
            "scheme": f"{scheme}/" if is_uri else None,
            "code": code if is_uri else item.get("uri") or item.get("literal"),
            "contactinfo": contacts,
        }
    )


def _rendition(item: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    kept = {"href": "href", "contentType": "mimetype", "title": "title", "width": "width", "height": "height",
            "sizeInBytes": "sizeinbytes"}  # fmt: skip
    return item["name"], {old: item[new] for new, old in kept.items() if new in item}


def _named(items: Iterable[tuple[str, dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    """Names of letters, digits and `_` only, made unique by number where that makes two the same."""
    named: dict[str, dict[str, Any]] = {}
    for name, item in items:
        plain = re.sub(r"[^a-zA-Z0-9_]+", "_", name) or "item"
        named[plain if plain not in named else f"{plain}_{len(named) + 1}"] = item
    return named
