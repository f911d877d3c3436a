"""The time that a story's pictures share, so that those that hang cost the story its pictures, never itself."""

from datetime import timedelta

from decoder import PictureFailed
from slugline.picture_settings import PictureLimits
from slugline.ports.clock import Clock

LEAST_SECONDS = 5.0
"""Enough for any picture within the limits (50 MP take 3 s on one core); no share is less."""


class TimeBudget:
    """Runs from when it is made. What a picture leaves of its share goes to those after it."""

    def __init__(self, clock: Clock, limits: PictureLimits) -> None:
        self._clock, self._limits = clock, limits
        self._end = clock.now() + timedelta(seconds=limits.story_seconds)

    def share(self, waiting: int) -> float:
        """Seconds for a picture, when `waiting` are still to be made, itself included.

        Raises PictureFailed when too little is left to begin one.
        """
        left = (self._end - self._clock.now()).total_seconds()
        least = min(LEAST_SECONDS, self._limits.seconds)
        if left < least:
            raise PictureFailed(
                f"The pictures of the story took longer than {self._limits.story_seconds:g} seconds, "
                "and no time was left for this one.",
                remedy="Drop the same file again: pictures made already take no time then.",
                untried=True,
            )
        return min(self._limits.seconds, max(least, left / waiting))
