"""The base of every model that crosses a boundary."""

from datetime import UTC
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, PlainSerializer, WithJsonSchema


class Model(BaseModel):
    """Immutable and closed: an unknown field is an error where it is written, not a surprise where it is read."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def rfc3339(moment: AwareDatetime) -> str:
    """The moment in UTC, RFC 3339, with milliseconds only when it has any: equal instants give equal text."""
    utc = moment.astimezone(tz=UTC)
    precision = "milliseconds" if utc.microsecond else "seconds"
    return utc.isoformat(timespec=precision).replace("+00:00", "Z")


Instant = Annotated[
    AwareDatetime,
    PlainSerializer(rfc3339, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
