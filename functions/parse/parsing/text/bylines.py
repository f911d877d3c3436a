"""Byline lines: `By A and B`, `By A in London`, `BY A, Reuters`, `By A, Chief Correspondent`, in a dozen languages."""

import re
from dataclasses import dataclass

from parsing.text.agencies import AGENCIES
from parsing.text.moments import is_date_alone
from parsing.text.names import LONGEST_DESK, LONGEST_NAME, NO_PERSON, is_outlet, is_person
from slugline.story import Author

LONGEST = 220
SENTENCE_WORDS = 8
SEVERAL = ("correspondents", "reporters", "writers", "staff", "agencies")
"""Who signs together, in small letters too: `By dpa correspondents`."""

_INTERVIEWER = (
    r"(?:Propos recueillis par|Entretien réalisé par|Das (?:Interview|Gespräch) führten?|Die Fragen stellten?"
    r"|Aufgezeichnet von|Intervista (?:di|a cura di)|Entrevista(?:do)? por)"
)
_OUR = (
    r"(?i:dal(?:la)? nostr[oa] (?:inviat[oa]|corrispondente)|de notre (?:correspondante?|envoyée? spéciale?)"
    r"|van onze (?:\w+ )?(?:verslaggever|correspondent|redacteur)|de nuestr[oa] (?:corresponsal|enviad[oa] especial)"
    r"|von unsere[rmn] (?:\w+ )?(?:korrespondent|reporter|redakteur|mitarbeiter)\w*)"
)
_LABEL = (
    r"(?i:written by|story by|reported by|report by|words by|words|text|reporter|author|by|von|par|por|di|door|av|af"
    r"|tekst|autor|autorin|autore|auteur|redacción|texto|przez|napsal|yazan|от|автор|текст|מאת|بقلم|كتب|文|记者|記者"
    r"|作者|撰文|pewarta|penulis|wartawan|oleh|tác giả|teksti|írta|szerző|scris de|piše|napisala?|κείμενο|συντάκτης"
    r"|συντάκτρια|نویسنده|خبرنگار|โดย|ผู้เขียน|संवाददाता|लेखक|लेखिका|প্রতিবেদক|লেখক|글|글쓴이|취재)\s*[:：|]\s*"
    r"|(?i:edited by|compiled by|curated by)\s*:\s*"
)
"""Sure with its colon only."""
_BEFORE_NAME = (
    r"(?:By|BY|by|Von|VON|von|Par|PAR|par|Por|POR|por|Di|DI|di|Door|DOOR|Av|AV|Af|AF|Oleh|Piše|Írta|Του|Της|Των"
    r"|Γράφει|โดย|(?:Written|Story|Words|Report|Text) by|Escrito por|Texto de"
    r"|Servizio di|Reportaje de|Reportagem de|Reportage (?:de|von|di)|Geschrieben von|Écrit par"
    rf"|De(?=\s[^\W\d_a-z]\w+\s[^\W\d_a-z][\w-]+(?:,|$))|{_INTERVIEWER}|{_OUR}"
    r"|(?i:exclusive|analysis|opinion|comment|review|interview|report|column)\s*[:|–—-]?"
    r"\s*(?:by|By|BY|von|Von|par|Par))\s+"
)
_UNSPACED = r"(?:מאת|بقلم|كتب[ت]?|Автор|記者|记者|本报记者|本報記者|文／|文/)\s*"
_PREFIX = re.compile(rf"{_LABEL}|{_BEFORE_NAME}|{_UNSPACED}")
_GLUED = re.compile(r"By(?=[A-Z][a-z]+ )")
"""`ByAda ByronPolitical Correspondent`, as a page's spans run together when they are copied."""
_CAMEL = re.compile(r"(?<!\bMc)(?<!\bMac)(?<=[a-zß-öø-ÿ])(?=[A-Z])")
_PICTURED = re.compile(
    r"(?i)[\s,|/;·–-]+(?:bild(?:er)?|billeder|fotos?|photos?|kuvat?|zdjęcia|immagini|imágenes|imagens)\s?[:：]\s?.{3,60}$"
)
"""Who took the pictures, behind who wrote: `Text: Ada Byron Bilder: Bo Yi`."""
_PIECE = re.compile(r"\s*[|•·]\s*|\s+[–—-]\s+|\s+(?=(?:作者|记者|記者|责任编辑|編輯|编辑|来源|來源)\s?[:：])")
"""Between a name and what pages set on its line: a date, a source, a place."""
_AND = re.compile(
    r"(\s*(?:,\s*(?:and|und|et|y|e|en|og|och|oprac\.)\s+|\s+(?:and|und|et|y|e|en|og|och|&)\s+|\s*[,;/|•·，、]\s*"
    r"|\s+[–—-]\s+"
    r"|\s*(?:实习生|實習生|通讯员|通訊員)\s*)\s*)"
)
_ASIDE = re.compile(r"\s*[(（][^()（）]*,[^()（）]*[)）]")
"""`(Lyon, correspondante)`: where the author is, and as what."""
_AGENCY = "|".join(re.escape(name).replace("\\ ", r"\s") for name in sorted(AGENCIES, key=len, reverse=True))
_OF = re.compile(
    r"(?x)\s+(?:for|für|pour|para|per|voor)\s+(?:The\s+|the\s+)?[^\W\d_a-z].{1,40}$"
    r"|\s*[(（](?:(?:avec|mit|with|con|met)\s)?[^()（）]{2,30}[)）]$"
    r"|\s+(?:avec|mit|with|con|met|med|et)\s+(?:l['’]|la\s|der\s|agence\s)?(?:"
    + _AGENCY
    + r")$|\s+(?:"
    + _AGENCY
    + r")$"
    r"|\s+@\w{2,30}$"
    r"|\s+(?:(?:AP|AFP|CNN|BBC|Reuters|Associated\ Press)\s+)?(?:[A-Z]\w+\s){0,2}"
    r"(?:Writer|Reporter|Correspondent|Editor|Columnist|Journalist|Producer)$"
    r"|(?<=\w)\s?(?:기자|특파원)(?:\s\S+@\S+)?$|／.{2,12}報導$|(?:記者|记者)$"
)
"""What stands behind a name: for whom, a handle, a role, a Korean or Taiwanese reporter's word."""
_PLACE_BEFORE = re.compile(r"[^\W\d_a-z][\w-]+")
_WITH_AGENCY = re.compile(rf"[\s,]+(?:avec|mit|with|con|met|med)\s+(?:l['’]|la\s|der\s)?(?:{_AGENCY})$")
_AFTER_NAME = re.compile(r"(?P<name>[^,|•·]{3,60}?)\s*[,|•·]\s*(?P<rest>.+)")
_OF_AGENCY = re.compile(r"(?P<name>[^/]{3,60}?)\s?/\s?(?P<rest>[^/]{2,30})")
_DATE_BEHIND = re.compile(r"\s+\d.*$")
_KOREAN = re.compile(r"[가-힣]{2,4}\s(?:기자|특파원)(?:\s\S+@\S+)?")
_PLACE = re.compile(r"\s+(?:in|at|à|en|aus|in der|a)\s+(?P<place>[^\W\d_a-z].{1,40})$")
_ROLE = re.compile(
    r"(?i)\b(?:correspondent|reporter|editor|writer|journalist|columnist|bureau chief|critic|producer|analyst|"
    r"korrespondent\w*|redakteur\w*|reporterin|correspondante?|envoyée? spéciale?|journaliste|rédact\w+|corresponsal|"
    r"periodista|redactora?|inviato|giornalista|staff|contributor|photographer|oprac|chief|service|agencies"
    r"|news desk)\b"
)
_ROLE_BEFORE = re.compile(
    r"(?P<role>(?:[A-Z][\w-]+\s){0,3}(?:Reporter|Correspondent|Editor|Writer|Columnist|Journalist|Critic))"
    r"\s(?P<name>[^\W\d_a-z][\w’'-]+(?:\s[^\W\d_a-z][\w’'.-]*){1,3})"
)
_REPORTED_FROM = re.compile(r"(?P<name>[^\W\d_a-zA-Z]{2,4})[／/](?P<place>[^\W\d_a-zA-Z]{2,8})(?:報導|报道|報道)")
"""As Taiwan's papers sign: `林佳穎／台南報導`."""
_WEAK_LABEL = re.compile(
    r"(?i:interview|gespräch|protokoll|entretien|intervista|entrevista|interjú|intervjuu?|wywiad|rozhovor|haastattelu"
    r"|интервью|röportaj)\s?:\s|Na\s"
)
"""Elsewhere the first word of a headline: `Interview: Ada Byron`."""
_LIST = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|und|et|y|e|en|og|och|i|&)\s+")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SIGN_OFF = re.compile(
    r"(?is)[(\[]?(?:additional )?(?:reporting|writing|reported|written|editing|compiled|translated"
    r"|screenplay) by\b.{3,400}"
    r"|[(\[]?[^\W\d_][^.!?]{2,160}? (?:reported from|contributed (?:to this (?:report|story|article)|reporting"
    r"|from))\b"
    r".{0,300}"
)
_ASKED = re.compile(rf"[(\[]?{_INTERVIEWER}\s+(?=[^.!?]{{4,80}}[.)\]]*$)")
_LABELLED_SIGN_OFF = re.compile(
    r"(?i)(?:(?P<reporter>pewarta|penulis|wartawan|reporter|autor|text|tekst|корреспондент|記者|记者|기자|글)"
    r"|editor|penyunting|redaktor|redaktör|redaktør|redacteur|urednik|urednica|редактор|编辑|編輯|責任編輯|责任编辑"
    r"|편집)"
    r"\s?[:：]\s?(?P<names>.{2,80})"
)
"""One a line below the copy, as Asian and Slavonic agencies do: `Pewarta: A`, `Editor: B`."""
_REPORTER = re.compile(
    r"[（(【](?:本[报報刊台]|[^\W\d_]{2,6}[报報社网網])?\s?[记記]者\s?[:：]?\s?"
    r"(?P<names>[^\W\d_]{2,4}(?:[\s、，,][^\W\d_]{2,4}){0,4})[）)】]\s?(?=\w)"
)
_REPORTERS = re.compile(
    r"(?i)\b(?:reporting|writing|reported|written)(?: and (?:reporting|writing|editing))? by\s+([^;()\[\]]+)"
)


@dataclass(frozen=True, slots=True)
class Byline:
    text: str
    authors: tuple[Author, ...]


def byline_of(line: str) -> Byline | None:
    """The line as a byline with its people, or None. A prefix is asked for; bare names are judged by `head`."""
    text = line.strip().strip("^=<").strip()
    if len(text) > LONGEST or _is_sentence(text):
        return None
    if _GLUED.match(text):
        return _byline(text, "By " + _CAMEL.sub(" ", text[2:]))
    if (pictured := _PICTURED.search(text)) and (signed := byline_of(text[: pictured.start()])):
        return Byline(text, signed.authors)
    pieces = [piece for piece in _PIECE.split(text) if piece]
    named = next((at for at, piece in enumerate(pieces) if _is_prefixed(piece)), None)
    before = pieces[:named]
    if named is None or (before and not any(is_date_alone(piece) for piece in before)):
        return None
    return _byline(text, text[text.index(pieces[named]) :])


def _is_prefixed(text: str) -> bool:
    return _PREFIX.match(text) is not None or _KOREAN.fullmatch(text) is not None


def _byline(line: str, text: str) -> Byline | None:
    prefix = _PREFIX.match(text)
    named = text[prefix.end() :] if prefix else text
    dated = _DATE_BEHIND.search(named)
    people = people_of(named[: dated.start()] if dated and is_date_alone(dated[0]) else named)
    nobody = not people and prefix is not None and _is_desk(named)
    return Byline(line, people) if people or nobody else None


def people_of(text: str) -> tuple[Author, ...]:
    """The people in a list such as `A and B in Paris, Chief Correspondent`; agencies and desks are no people."""
    mail = _MAIL.search(text)
    people: list[Author] = []
    bare = _ASIDE.sub("", _MAIL.sub(" ", text)).strip(" .<>|,")
    split = [",", *_AND.split(bare)]
    for separator, piece in zip(split[::2], split[1::2], strict=True):
        part = piece.strip(" .")
        if not part or (not people and any(map(str.isdigit, part))):
            continue
        if people and not part.startswith("a ") and (place := _PLACE.fullmatch(f" {part}")):
            people[-1] = people[-1].model_copy(update={"location": place["place"]})
        elif people and _ROLE.search(part):
            people[-1] = people[-1].model_copy(update={"role": part})
        elif people and (separator.strip() == "|" or (separator.strip() == "," and NO_PERSON.search(part))):
            continue
        elif is_person((person := _author(part)).name):
            people.append(person)
        elif not people and " " in part:
            return ()
    return _completed(people, mail[0] if mail else None)


def people_below_headline(text: str) -> tuple[Author, ...]:
    """The people of a line that is a byline below a headline, though not elsewhere.

    `Court Reporter Ada Byron`, `Interview: Ada Byron`, `Ada Byron, Max Roth and Ida Lund`, `Na Asha Mwinyi`.
    """
    if (titled := _ROLE_BEFORE.fullmatch(text)) and is_person(titled["name"]):
        return (Author(name=titled["name"], role=titled["role"]),)
    if reported := _REPORTED_FROM.fullmatch(text):
        return (Author(name=reported["name"], location=reported["place"]),)
    if (labelled := _WEAK_LABEL.match(text)) and " " in (name := text[labelled.end() :]) and is_person(name):
        return (Author(name=name),)
    names = _LIST.split(text)
    several = len(names) > 1 and all(" " in name and is_person(name) for name in names)
    return tuple(Author(name=name) for name in names) if several else ()


def is_person_with_role(text: str) -> bool:
    """Whether the text is a name and what pages set beside it: a role, an agency, a date.

    `Ada Byron, Staff Writer`, `Ada Byron | Valley Courier`, `Ada Byron/TT`, `Ada Byron with AFP`,
    `Ada Byron | 5 May 2026, 10:32`.
    """
    if len(text) > LONGEST:
        return False
    if (behind := _WITH_AGENCY.search(text)) and is_person(text[: behind.start()].rstrip(" ,")):
        return " " in text[: behind.start()].rstrip(" ,")
    pieces = _PIECE.split(text)
    if len(pieces) == 2 and _PLACE_BEFORE.fullmatch(pieces[0]) and " " in pieces[1]:  # noqa: PLR2004 - place, name
        return is_person(pieces[1])
    undated = [piece for piece in pieces if not is_date_alone(piece)]
    if len(undated) == 1 < len(pieces):
        return is_person(undated[0]) or is_person_with_role(undated[0])
    match = _AFTER_NAME.fullmatch(text) or _OF_AGENCY.fullmatch(text)
    name, rest = (match["name"], match["rest"]) if match else ("", "")
    if " " not in name or not is_person(name) or len(rest) > LONGEST_NAME:
        return False
    return is_outlet(rest) or rest in AGENCIES or _ROLE.search(rest) is not None or NO_PERSON.search(rest) is not None


def split_reporter(paragraph: str) -> tuple[Byline, str] | None:
    """The reporters in brackets that open a Chinese paragraph, `（本报记者 某某）`, and what follows them; or None."""
    match = _REPORTER.match(paragraph)
    people = people_of("、".join(match["names"].split())) if match else ()
    return (Byline(match[0].strip(), people), paragraph[match.end() :]) if match and people else None


def sign_off_people(line: str) -> tuple[Author, ...] | None:
    """The reporters of a desk's sign-off, `(Reporting by A; Editing by B)`; None when the line is no sign-off."""
    text = line.strip()
    if (labelled := _LABELLED_SIGN_OFF.fullmatch(text)) and (people := people_of(labelled["names"])):
        return people if labelled["reporter"] else ()
    if asked := _ASKED.match(text):
        return people_of(text[asked.end() :])
    if not _SIGN_OFF.fullmatch(text):
        return None
    return tuple(person for names in _REPORTERS.findall(text) for person in people_of(names))


def _is_desk(text: str) -> bool:
    """Whether an agency or a desk signs, not a person: `By The Associated Press`, `By Staff Reporter`."""
    bare = text.strip(" .").removeprefix("The ").removeprefix("the ")
    words = bare.split()
    named = words[1:] if words[:1] and words[0] in AGENCIES else words
    several = bool(named) and named[-1] in SEVERAL
    capital = 0 < len(words) <= LONGEST_DESK and (several or all(word[0].isupper() for word in words))
    return bare in AGENCIES or (capital and NO_PERSON.search(bare) is not None)


def _author(part: str) -> Author:
    if behind := _OF.search(part, _after_two_words(part)) or _OF.search(part):
        role = behind[0].strip() if _ROLE.fullmatch(behind[0].split()[-1]) else None
        return _placed(part[: behind.start()]).model_copy(update={"role": role})
    return _placed(part)


def _after_two_words(part: str) -> int:
    """Where a role may begin: `Ada Byron Senior Reporter` is more than a first name and a role of three words."""
    first = part.find(" ")
    return max(part.find(" ", first + 1), 0) if first > 0 else 0


def _placed(part: str) -> Author:
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
