"""Which pictures may leave the house: one that names a third party, or its terms, is for our own page only."""

import re
from collections.abc import Iterable
from functools import lru_cache

from slugline.story import Image, Rights

PLUS = "http://ns.useplus.org/ldf/vocab/"
SHORT_NAME = 4

SEARCHED = ("credit", "byline", "source", "copyright", "usage_terms", "instructions", "caption")
"""Where agencies and their terms are found; the first field that has one is the ground."""

TOLD = re.compile(
    r"\b(?:told|tells|telling|tell|spoke (?:to|with)|speaking (?:to|with)|said to|interview (?:with|by)|interviewed by|"
    r"according to|reported by|informed|seen by|obtained by)\s+(?:the\s+)?(?:news\s+agency\s+)?$",
    re.IGNORECASE,
)
"""Words before an agency's name, in a caption, that make it the source of news and not of the picture."""

TERMS = re.compile(
    r"\b[A-Z]{2,}(?:(?:[ ,/&]|, )[A-Z]{2,})* OUT\b"  # JAPAN OUT, UK AND IRELAND OUT
    r"|\b(?i:editorial use only|for editorial use|no (?:re)?sales?|no resales|no archives?|no archiving|no syndication|"
    r"not for (?:re)?sale|not for (?:syndication|redistribution)|(?:one|single)[- ]time use|no third[- ]party)\b"
)
"""The terms that agencies set, as they print them (IPTC: Instructions, Rights Usage Terms)."""


def rights_of(image: Image, agencies: Iterable[str]) -> Rights:
    """The decision about a picture and its ground.

    The ground is the first agency of the desk's list that its metadata names, else the first of an agency's terms. In a
    caption, which is copy, an agency that was told something does not count.
    """
    return _named(image, tuple(agencies)) or _restricted(image) or Rights()


def with_reservation(image: Image, data_mining: str) -> Image:
    """The image with the desk's PLUS Data Mining code, unless its own metadata states one."""
    return image if image.data_mining else image.model_copy(update={"data_mining": PLUS + data_mining})


def _named(image: Image, agencies: tuple[str, ...]) -> Rights | None:
    pattern, names = _pattern(agencies), dict(_keyed(agencies))
    if pattern is None:
        return None
    for field, value in _texts(image):
        for match in pattern.finditer(value):
            if field == "caption" and TOLD.search(value[: match.start()]):
                continue
            name = names[match.lastgroup or ""]
            return Rights(syndicate=False, agency=name, ground=f"{_words(field)} “{_around(match)}” names {name}")
    return None


def _restricted(image: Image) -> Rights | None:
    for field, value in _texts(image):
        if match := TERMS.search(value):
            return Rights(syndicate=False, ground=f"{_words(field)} “{_around(match)}” says {match[0]}")
    return None


def _around(match: re.Match[str]) -> str:
    """The text in which it was found, or the part around it where the text is long."""
    start, end = max(0, match.start() - EXCERPT), match.end() + EXCERPT
    text = match.string
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


EXCERPT = 200
"""Characters of a ground on either side of what was found."""


def _texts(image: Image) -> list[tuple[str, str]]:
    return [(field, value) for field in SEARCHED if (value := getattr(image, field))]


def _words(field: str) -> str:
    return field.replace("_", " ")


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
