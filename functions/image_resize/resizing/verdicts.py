"""Pictures that took their time and failed: they do not take it again each time that their story comes by.

Known by content, as what is made of it: the same file in another story, version or retry is the same picture.
"""

from datetime import datetime, timedelta

from decoder import PictureFailed
from slugline.model import Model
from slugline.ports.clock import Clock
from slugline.ports.objects import ObjectMissing, ObjectStore

REMEMBERED = timedelta(hours=1)
"""Beyond the queue's retries and a redrop or two; yet a decoder that was mended, or was slow for want of a processor,
gets its second chance the same day."""


class Verdict(Model):
    """Why a picture was not made, and when that was found."""

    reason: str
    remedy: str
    at: datetime


class Verdicts:
    """Those of the last hour."""

    def __init__(self, archive: ObjectStore, clock: Clock) -> None:
        self._archive, self._clock = archive, clock

    def obey(self, stem: str) -> None:
        """Raises PictureFailed for a picture that has failed within the hour."""
        try:
            verdict = Verdict.model_validate_json(self._archive.get(_key(stem)).body)
        except ObjectMissing:
            return
        if self._clock.now() - verdict.at < REMEMBERED:
            raise PictureFailed(verdict.reason, remedy=verdict.remedy)

    def remember(self, stem: str, failure: PictureFailed) -> None:
        """What failed at once is not kept: to find it out again takes no longer."""
        if failure.costly:
            verdict = Verdict(reason=failure.reason, remedy=failure.remedy, at=self._clock.now())
            self._archive.put(_key(stem), verdict.model_dump_json().encode(), content_type="application/json")


def _key(stem: str) -> str:
    return f"renditions/{stem}/failed.json"
