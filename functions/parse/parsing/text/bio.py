"""Biographies of authors at the end of an article: a proper name with a news role, or how to reach the author."""

import re

from slugline.story import Author

_CAPITAL = r"[^\W\d_a-z]"
_NAME = (
    rf"(?:(?:Dr|Prof|Sir|Dame)\.?\s+)?{_CAPITAL}[\w.’'\-]*(?:\s+(?:de|van|von|der|bin|al|el|da|di|la|le)\s+"
    rf"|\s+){_CAPITAL}[\w.’'\-]+(?:\s+{_CAPITAL}[\w.’'\-]+){{0,2}}"
)
_ROLE = (
    r"(?i:reporter|correspondent|journalist|columnist|editor|writer|author|contributor|producer|critic|fellow|"
    r"professor|bureau chief|photographer|freelance\w*|redakteur\w*|korrespondent\w*|journaliste"
    r"|journalistin|autorin|autor"
    r"|correspondante?|rédactrice|rédacteur|periodista|corresponsal|redactora?|giornalista|inviat[oa]|redattore)"
)
_SUBJECT = rf"(?P<name>{_NAME})(?:,[^,.]{{3,80}},)?"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_SUBJECT}\s+(?:is|was|ist|est|es|è)\s+(?:(?:an?|the|our|eine?|une?|una?|un|el|la|le|der"
        rf"|die)\s+)?(?P<role>(?:[^.]|(?<=[A-Z])\.){{0,90}}?\b{_ROLE}\b)(?P<rest>.*)",
        rf"{_SUBJECT}\s+(?:covers|writes (?:about|on|for)|reports (?:on|for|from)|reported from|joined|has"
        rf" (?:covered|written|worked)"
        rf"|contributed to this (?:report|story|article)|schreibt (?:über|für)|arbeitet (?:als|für|bei)"
        rf"|couvre|écrit|cubre|escribe)\b(?P<rest>.*)",
    )
)
_CONTACT = re.compile(
    r"(?i)(?:you can (?:get in touch|reach|contact|e-?mail|follow|find)|get in touch with|(?:contact"
    r"|e-?mail|reach) (?:the (?:author|reporter|writer)|me|him|her|them)\b"
    r"|follow (?:him|her|them|me|@\w+|\w+ \w+ on)\b|(?:on )?twitter:|she tweets|he tweets|tweets at|read"
    r" more from|about the author"
    r"|do you have a story|über (?:den autor|die autorin)|à propos de l.auteur|sobre el autor)"
)
_PLACE = re.compile(
    r"(?:\bbased in|\bbased out of|\bcorrespondent in|\breporting from|\blives in|\bmit Sitz in"
    r"|\bbasé(?:e)? à)\s+(?P<place>[^\W\d_a-z][\w’'\-]+(?:[ ,]+[^\W\d_a-z][\w.’'\-]+){0,3})"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CUT = re.compile(
    r"(?i)\b(?:by emailing|by e-?mail(?:ing)?|by email at|at|on (?:twitter|x|facebook)|e-?mail|here|via)\s*[:@]?$"
)
_CLOSING = re.compile(
    r"(?i)(?:a version of this (?:article|story) appear(?:s|ed)"
    r"|this (?:article|story) (?:originally|first) appeared"
    r"|(?:the )?(?:views|opinions) (?:expressed|in this)\b|do you have an opinion on\b|our standards:).{0,200}"
)
"""Where the article was printed, whose views it has, what to write to the editor."""
LONGEST = 1_500
FEWEST_SPACES = 3


def is_bio(line: str, known: tuple[str, ...] = ()) -> bool:
    """Whether the line tells who wrote the article. `known`: names of the byline, which a bio often begins with."""
    if len(line) > LONGEST:
        return False
    if not line[:1].isupper() or line.count(" ") < FEWEST_SPACES:
        return False
    starts = any(line.lower().startswith(name.lower()) for name in known)
    return _CONTACT.match(line) is not None or bio_author(line) is not None or (starts and bool(_CONTACT.search(line)))


def is_closing(line: str) -> bool:
    """Whether the line is about the article rather than of it, as papers set below it."""
    return _CLOSING.fullmatch(line) is not None


def bio_author(line: str) -> Author | None:
    """The author whose biography the line is, or None. The role is as printed."""
    match = next((found for pattern in _PATTERNS if (found := pattern.fullmatch(line))), None)
    if match is None:
        return None
    place, mail = _PLACE.search(line), _MAIL.search(line)
    return Author(
        name=match["name"].strip(),
        role=match.groupdict().get("role"),
        location=place["place"].strip(" ,") if place else None,
        email=mail[0].rstrip(".") if mail else None,
        bio=line,
    )


def is_truncated(line: str) -> bool:
    """Whether the end of the biography was lost, as where a page had a link or a button."""
    return _CUT.search(line.rstrip()) is not None
