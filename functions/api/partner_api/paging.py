"""How lists are asked for in pages."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

Cursor = Annotated[str | None, Query(description="from the page before")]
Limit = Annotated[int, Query(ge=1, le=100, description="how many at most")]
