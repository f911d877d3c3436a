"""Which pictures may leave the house: one that names a third party is for our own page only."""

import re
from collections.abc import Iterable
from functools import lru_cache

from slugline.story import Image, Rights

SHORT_NAME = 4


def rights_of(image: Image, agencies: Iterable[str]) -> Rights:
    """The decision about a picture and its ground: the first agency of the desk's list that its metadata names.

    Credit, copyright, source and usage terms are read; a caption is copy and may name an agency as the source of news.
    """
    pattern = _pattern(tuple(agencies))
    for field in ("credit", "copyright", "source", "usage_terms", "byline"):
        value = getattr(image, field)
        if value and pattern and (match := pattern.search(value)):
            agency = match.lastgroup
            name = next(name for key, name in _keyed(tuple(agencies)) if key == agency)
            return Rights(syndicate=False, agency=name, ground=f"{field.replace('_', ' ')} “{value}” names {name}")
    return Rights()


@lru_cache(maxsize=8)
def _pattern(agencies: tuple[str, ...]) -> re.Pattern[str] | None:
    """Whole names only, so that "AP" is not found in "APA" or "Naples"; a capitalised short name is read as printed."""
    parts = [rf"(?P<{key}>{_spelling(name)})" for key, name in _keyed(agencies)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else None


def _keyed(agencies: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each name with a group's name, longest first: "Getty Images" wins over "Getty"."""
    return [(f"a{at}", name) for at, name in enumerate(sorted(agencies, key=len, reverse=True)) if name.strip()]


def _spelling(name: str) -> str:
    """Short names are words in other languages ("ap", "epa"), so only longer ones are found in any case."""
    words = r"[\s\-]+".join(re.escape(word) for word in name.split())
    return words if len(name) <= SHORT_NAME and not name.islower() else f"(?i:{words})"
