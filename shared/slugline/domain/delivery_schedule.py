"""When a delivery is tried again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated

from pydantic import Field, model_validator

from slugline.model import Model

JITTER = 0.2


Seconds = Annotated[int, Field(ge=0)]


class Schedule(Model):
    """Seconds before each attempt, the first included; read from text, they are separated by commas.

    A withdrawal is chased at the last delay until it is acknowledged, so its schedule never ends.
    """

    delays: Annotated[tuple[Seconds, ...], Field(min_length=1)] = (
        0, 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400,
    )  # fmt: skip
    longest_retry_after: Seconds = 86400

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: object) -> object:
        return {"delays": value.split(",")} if isinstance(value, str) else value

    def delay(self, tries: int, *, endless: bool, random: Callable[[], float]) -> timedelta | None:
        """The delay after `tries` attempts, within ±20 %; None when there are no more.

        `random` gives a number in [0, 1).
        """
        if tries >= len(self.delays) and not endless:
            return None
        seconds = self.delays[min(tries, len(self.delays) - 1)]
        return timedelta(seconds=seconds * (1 + JITTER * (2 * random() - 1)))
