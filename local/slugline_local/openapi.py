"""Writes the API's OpenAPI document: `python -m slugline_local.openapi`."""

import json
from typing import Any

from partner_api.openapi import openapi_document
from partner_api.resources import Surroundings, api_over
from slugline_local.project import root


class _Nowhere:
    """Stands for the world outside, which a description does not ask anything."""

    def __getattr__(self, name: str) -> Any:
        return None


def text() -> str:
    """The document as it stands in docs/openapi.json."""
    nowhere: Any = _Nowhere()
    surroundings = Surroundings(**dict.fromkeys(Surroundings.__dataclass_fields__, nowhere))
    return json.dumps(openapi_document(api_over(surroundings).app), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    (root() / "docs" / "openapi.json").write_text(text(), encoding="utf-8")
