"""Time stamps that a page prints, for pages whose metadata have none."""

import re
from datetime import datetime

from parsing.desk_time import assumed
from parsing.markup import dates
from parsing.markup.chunks import Chunk
from parsing.text.moments import is_date_alone, moment_of

LONGEST = 90
TIME_STAMP = re.compile(
    r"""^(?:(?:published|updated|last\ updated|posted|first\ published|modified|created|veröffentlicht|aktualisiert
        |stand
          |publié|mis\ à\ jour|publicado|pubblicato)\b.{0,80}\d.{0,40}
        |.{0,40}\b\d{1,2}[:.h]\d{2}\b.{0,25}
        |\D{0,25}\d{1,2}\.?(?:st|nd|rd|th)?[ ./-]\D{0,12}[ ./-]?\d{4}\D{0,20}
        |[A-Z][a-zé]+\.?\ \d{1,2},\ \d{4}.{0,60}
        |\d+\ (?:min|minutes?)\ read|\d+\ (?:hours?|days?|minutes?)\ ago)$""",
    re.IGNORECASE | re.VERBOSE,
)
UPDATED = re.compile(
    r"\b(?:updated|modified|aktualisiert|stand|mis à jour|actualizado|aggiornato|atualizado)\b", re.IGNORECASE
)


def is_stamp(chunk: Chunk) -> bool:
    short = len(chunk.text) <= LONGEST
    return short and (TIME_STAMP.search(chunk.text) is not None or is_date_alone(chunk.text))


def moment_in(chunk: Chunk, what: str, time_zone: str, warnings: list[str]) -> datetime | None:
    """The instant that the stamp says; without a zone it is the desk's, and a warning is added."""
    stated = next((time.get("datetime") for time in chunk.element.iter("time") if time.get("datetime")), None)
    if stated and dates.read(stated):
        return dates.instant(stated, what, time_zone, warnings)
    printed = moment_of(chunk.text)
    if printed is None:
        return None
    if printed.zone is None and printed.has_time:
        warnings.append(assumed(what, printed.local, time_zone))
    return printed.instant(time_zone)


def is_update(text: str) -> bool:
    return UPDATED.search(text) is not None
