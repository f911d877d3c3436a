"""How lists are asked for in pages, and from which time on."""

import re
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import BeforeValidator

from slugline.model import Instant

RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def written_moment(moment: object) -> object:
    """The moment, if it is RFC 3339: pydantic also takes numbers, which nobody documents. Raises ValueError."""
    if moment is None or (isinstance(moment, str) and RFC3339.fullmatch(moment)):
        return moment
    raise ValueError("write it by RFC 3339, as 2026-11-27T06:00:00Z")


Cursor = Annotated[str | None, Query(description="from the page before")]
Limit = Annotated[int, Query(ge=1, le=100, description="how many at most")]
Since = Annotated[
    Annotated[Instant, BeforeValidator(written_moment)] | None,
    Query(description="RFC 3339: start here instead of at the oldest"),
]
