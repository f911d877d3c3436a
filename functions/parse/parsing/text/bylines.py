"""Byline lines: `By A and B`, `By A in London`, `BY A, Reuters`, `By A, Chief Correspondent`, in a dozen languages."""

import re
from dataclasses import dataclass

from parsing.text.agencies import AGENCIES
from slugline.story import Author

LONGEST = 220
LONGEST_NAME = 60
SENTENCE_WORDS = 8

_PREFIX = re.compile(
    r"(?:(?i:written by|story by|reported by|report by|words by|words|text|reporter|author|by|von|par|por"
    r"|di|door|av|af|"
    r"autor|autorin|autore|auteur|redacción|texto|przez|napsal|yazan|от|автор|текст|מאת|بقلم|كتب|文|记者|記者|作者|撰文)"
    r"\s*[:：|]\s*|(?:By|BY|by|Von|VON|von|Par|PAR|par|Por|POR|por|Di|DI|di|Door|DOOR|Av|AV|Af|AF)\s+"
    r"|(?:מאת|بقلم|Автор|記者|记者)\s*)"
)
_PARTICLE = r"(?:de|del|della|di|da|do|dos|das|van|von|der|den|la|le|el|al|bin|ibn|ter|ten|zu|y|e|af|av|Mc|O’|d’)"
_WORD = r"(?:[^\W\d_a-z][\w’'\-]*\.?)"
_NAME = re.compile(rf"{_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_WORD}){{1,4}}|{_WORD}")
_AND = re.compile(
    r"\s*(?:,\s*(?:and|und|et|y|e|en|og|och)\s+|\s+(?:and|und|et|y|e|en|og|och|&)\s+|\s*[,;/|•·，、]\s*|\s+[–—-]\s+)\s*"
)
_PLACE = re.compile(r"\s+(?:in|at|à|en|aus|in der|a)\s+(?P<place>[^\W\d_a-z].{1,40})$")
_ROLE = re.compile(
    r"(?i)\b(?:correspondent|reporter|editor|writer|journalist|columnist|bureau chief|critic|producer|analyst|"
    r"korrespondent\w*|redakteur\w*|reporterin|correspondante?|envoyée? spéciale?|journaliste|rédact\w+|corresponsal|"
    r"periodista|redactora?|inviato|giornalista|staff|contributor|photographer|chief|service|agencies|news desk)\b"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SIGN_OFF = re.compile(
    r"(?is)[(\[]?(?:additional )?(?:reporting|writing|reported|written|editing|compiled|translated"
    r"|screenplay) by\b.{3,400}"
    r"|[(\[]?[^\W\d_][^.!?]{2,160}? (?:reported from|contributed (?:to this (?:report|story|article)|reporting|from))\b"
    r".{0,300}"
)
_REPORTERS = re.compile(
    r"(?i)\b(?:reporting|writing|reported|written)(?: and (?:reporting|writing|editing))? by\s+([^;()\[\]]+)"
)
_NO_PERSON = re.compile(
    r"(?i)\b(?:agency|agencies|press|news|staff|desk|team|online|redaktion|rédaction|redacción|redazione|media|times|"
    r"post|guardian|reuters|afp|dpa|wires?|service|bureau|editorial|reporters?|writers?)\b"
)


@dataclass(frozen=True, slots=True)
class Byline:
    text: str
    authors: tuple[Author, ...]


def byline_of(line: str) -> Byline | None:
    """The line as a byline with its people, or None. A prefix is asked for; bare names are judged by `head`."""
    text = line.strip().strip("^=<").strip()
    if len(text) > LONGEST or not (prefix := _PREFIX.match(text)):
        return None
    people = people_of(text[prefix.end() :])
    return Byline(text, people) if people and not _is_sentence(text) else None


def people_of(text: str) -> tuple[Author, ...]:
    """The people in a list such as `A and B in Paris, Chief Correspondent`; agencies and desks are no people."""
    mail = _MAIL.search(text)
    people: list[Author] = []
    for part in filter(None, (piece.strip(" .") for piece in _AND.split(_MAIL.sub(" ", text).strip(" .()<>|,")))):
        if people and _ROLE.search(part):
            people[-1] = people[-1].model_copy(update={"role": part})
        elif is_person((person := _author(part)).name):
            people.append(person)
        elif not people:
            return ()
    return _completed(people, mail[0] if mail else None)


def is_person(text: str) -> bool:
    """Whether the text has the shape of one person's name."""
    if text in AGENCIES or _NO_PERSON.search(text) or len(text) > LONGEST_NAME:
        return False
    return _NAME.fullmatch(text) is not None and (" " in text or not text.isascii())


def sign_off_people(line: str) -> tuple[Author, ...] | None:
    """The reporters of a desk's sign-off, `(Reporting by A; Editing by B)`; None when the line is no sign-off."""
    text = line.strip()
    if not _SIGN_OFF.fullmatch(text):
        return None
    return tuple(person for names in _REPORTERS.findall(text) for person in people_of(names))


def _author(part: str) -> Author:
    place = _PLACE.search(part)
    return Author(name=part[: place.start()], location=place["place"].strip(" .,")) if place else Author(name=part)


def _completed(people: list[Author], mail: str | None) -> tuple[Author, ...]:
    """A place after the last name is everybody's, as in `A and B in Paris`; an address is one person's."""
    places = [person.location for person in people]
    if places and places[-1] and not any(places[:-1]):
        people = [person.model_copy(update={"location": places[-1]}) for person in people]
    if len(people) == 1 and mail:
        people = [people[0].model_copy(update={"email": mail})]
    return tuple(people)


def _is_sentence(text: str) -> bool:
    return text.endswith((".", "!", "?")) and len(text.split()) > SENTENCE_WORDS
