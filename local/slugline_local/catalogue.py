"""The event catalogue, generated from the models: `python -m slugline_local.catalogue` writes it to `events/`."""

import json
from pathlib import Path
from typing import Any

from slugline.events import EVENTS, SOURCE, Detail, EventData

FOLDER = Path(__file__).parents[2] / "events"


def schema() -> dict[str, Any]:
    """JSON Schema of each event's `detail`, by detail-type."""
    return {event.__name__: Detail[event].model_json_schema() for event in EVENTS}  # type: ignore[valid-type]  # a class that is known at run time only


def markdown() -> str:
    """The catalogue for people."""
    head = (
        "# Event catalogue\n\n"
        "Generated from `shared/slugline/events.py`; do not edit. "
        f"Source `{SOURCE}`; `detail` is `{{meta, data}}`, and `meta` carries id, type, schema_version, time and "
        "correlation_id. Schemas: [catalogue.schema.json](catalogue.schema.json).\n"
    )
    return "\n".join([head, *(_section(event) for event in EVENTS)])


def _section(event: type[EventData]) -> str:
    properties = event.model_json_schema().get("properties", {})
    rows = [f"| `{name}` | {_type(field)} | {field.get('description', '')} |" for name, field in properties.items()]
    table = "\n".join(["| field | type | meaning |", "|---|---|---|", *rows])
    return f"## {event.__name__}\n\n{event.__doc__}\n\nSchema version {event.schema_version}.\n\n{table}\n"


def _type(field: dict[str, Any]) -> str:
    if "$ref" in field:
        return str(field["$ref"]).rpartition("/")[2]
    if "anyOf" in field:
        return " or ".join(_type(option) for option in field["anyOf"])
    return str(field.get("type", "any"))


def files() -> dict[Path, str]:
    """What the catalogue's files hold."""
    return {
        FOLDER / "catalogue.md": markdown(),
        FOLDER / "catalogue.schema.json": json.dumps(schema(), indent=2, sort_keys=True) + "\n",
    }


def write() -> None:
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
