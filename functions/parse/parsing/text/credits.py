"""Picture credits: `X via Getty Images`, `AFP/Getty`, `REUTERS/Name`, `(AP Photo/Name)`, `Photo: …`, `© …`, `Handout`.

A pattern is trusted only on a line of its own or after the full stop of a caption: agencies are also sources ("told
the Associated Press"). Bare names are credits by position alone, which `captions` judges.
"""

import re
from dataclasses import dataclass, replace

from parsing.text.agencies import AGENCIES
from parsing.text.prompts import prompt_words

LONGEST = 160
"""Characters of the longest credit line seen, with every owner of a handout named."""
LONGEST_CAPTION = 1_200
MOST_WORDS = 14
REPEATED_WORDS = 3

_AGENCY = "|".join(re.escape(name) for name in sorted(AGENCIES, key=len, reverse=True))
_ANY_AGENCY = re.compile(rf"(?<!\w)(?:{_AGENCY})(?!\w)")
_NAME = r"[^\W\d_a-z][\w.’'\-]*"
_NAMES = rf"{_NAME}(?:\s+(?:(?:of|the|for|de|la|von|van|der|den|di|da|and|&|y|et|und|bin|al)\s+)*{_NAME}){{0,6}}"
_NOUN = (
    r"(?:(?:main|lead|file|cover|still)\s)?(?:photo(?:graph|graphy|graphs|s)?|image|images|picture|pictures|pic|"
    r"illustrations?|graphic|video|artwork|collage)"
)
_LABEL = re.compile(
    rf"""(?ix)
    (?:mandatory\s)?credits?\s*(?:…|\.{{2,3}})\s*|(?:image|photo)\ source,\s*|mandatory\ credit\s*:\s*
    | (?:{_NOUN}|header)\s*(?:credits?|source)?\s*:\s*
    | (?:{_NOUN})\s+(?:credit|by|courtesy\ of|courtesy|via|from|provided\ by|supplied\ by)\b\s*:?\s*
    | (?:credits?|source|photographer|foto(?:grafie|grafía|grafia|s|graf|credit|quelle)?|bild(?:er|quelle|rechte)?
       |quelle|archivbild|symbolbild|archivfoto|symbolfoto|crédits?(?:\ photos?)?|photo\ credit|©\ photo|imagen(?:es)?
       |fuente|crédito|créditos|fonte|immagini?|bron|beeld|kuva|kuvat|kilde|källa|źródło|fot|zdroj|autor|фото|фотография
       |источник|джерело|фотограф|תצלום|צילום|المصدر|تصوير|الصورة|عکس|写真|画像|提供|사진|图片来源|圖片來源|图|圖|图片|图源|圖源|사진제공|제공
       |자료사진|screenshot|screen\ ?grab|video\ still
       |資料來源|摄影|攝影|fotoğraf|kaynak|ảnh|nguồn|copyright|collage|коллаж|ljósmynd|mynd|skjáskot
       |снимка|снимки|фотографія|світлина|фотаздымак|fotografija|fotó|fotók|képek?|fotografie|nuotr\.|nuotrauka
       |foto-?autor
       |φωτο(?:γραφία|γραφίες)?|πηγή|gambar|hình ảnh|picha|फोटो|फ़ोटो|तस्वीर|साभार|ছবি|படம்|ภาพ|ภาพถ่าย|ที่มา|تصویر|ഫോട്ടോ
       |ფოტო|լուսանկար(?:ը)?|isithombe|foto-?grafik|grafik|fotocollage|valokuva|obr(?:ázek)?|foto\ autor)\s*(?:/|／
       |：|:|\.:|\||=|＝)\s*
    | (?:courtesy\ of|courtesy|supplied\ by|provided\ by|photography\ by)\b\s*[:/]?\s*
    """,
)
_SIGN = re.compile(r"(?:©|\(c\)|\(C\)|（[cC]）|ⓒ|&copy;)\s*(?:(?:19|20)\d\d,?\s+)?")
_BARE = re.compile(
    r"(?i)(?:supplied|handout|(?:handout|courtesy|contributed|file|submitted|pool|stock) (?:photo|image)|zvg\.?"
    r"|contributed|submitted|screenshot|screen ?grab)"
)
_HANDOUT = re.compile(r"(?i:handout|pool)(?:\s(?i:from|by|via)\s|\s?/\s?).{2,110}")
_VIA = re.compile(rf"(?:[^()\[\]]{{2,70}}\s)?(?i:via)\s+(?:{_AGENCY}|{_NAMES})(?:\W.{{0,40}})?")
_OWNER = (
    rf"(?:(?i:via\s)?(?:{_AGENCY})(?:\s(?i:photo|file))?|Staff"
    r"|(?i:handout(?:\svia\s\w+)?|pool|contributed photo|submitted|supplied))"
)
_SLASHED = re.compile(
    rf"(?:(?:(?!(?:\w{{4}}|[가-힣]{{2}})[.!?]\s)[^/|]){{2,60}}\s?[/|]\s?){{0,4}}{_OWNER}(?:\s?[/|]\s?[^/|]{{2,60}}){{0,4}}"
)
_COMMA = re.compile(rf"{_NAMES},\s*(?:(?:The\s)?(?:{_AGENCY})(?:,?\s(?i:file|pool))?|{_NAME}\sStaff)")
_BRACKETED = re.compile(rf"{_NAMES}\s?[(（](?:{_AGENCY})[)）]")
_SAYING = re.compile(
    rf"(?i:photos?|fotos?|beeld|bild|fot\.|kuva|crédits?|copyright)\s(?:(?:{_AGENCY})(?:\s?[/|]\s?.{{2,60}})?"
    rf"|{_NAMES}\s?[/|]\s?(?:{_AGENCY}))"
    rf"|(?:Foto di|foto di|Foto|Fot\.|fot\.|Beeld|Copyright|(?:{_NAMES}\s)?[Pp]hotos? by)\s{_NAME}\s{_NAMES}"
    rf"(?:\s?[/|]\s?{_NAMES})?|Photo\s{_NAMES}\s/\s{_NAME}\s{_NAMES}"
)
"""A label that no colon follows: only a name or an agency behind it makes it one."""
_WIDE = re.compile(
    rf"(?:[^\s。]{{1,24}}[＝=])?(?:{_AGENCY})|(?:{_AGENCY})[＝=].{{1,24}}|[^\s。]{{2,24}}\s?.{{0,8}}\s?[摄攝]"
)
"""Chinese and Japanese: `AP＝共同`, `新华社记者 某某 摄`."""
_AGENCY_ALONE = re.compile(rf"(?:{_AGENCY})(?:\s+(?:{_AGENCY}|Photo|photo))*")
_AGENCY_PHOTO = re.compile(
    rf"(?:{_NAMES}\s)?(?:{_AGENCY}|{_NAMES})\s(?:[Pp]hoto|[Ff]ile [Pp]hoto|[Ii]llustration"
    rf"|[Ff]ile)(?:\s?[/|].{{2,60}})?"
)
_OUTLET = (
    rf"(?:{_NAME}\s){{1,4}}(?:Post|Times|Gazette|Tribune|Herald|Courier|Chronicle|Journal|Observer|Telegraph|Echo"
    rf"|News|Star"
    r"|Press|Register|Record|Ledger|Sentinel|Bee|Globe|Examiner|Inquirer|Dispatch|Bulletin|Argus|Network|Newspapers"
    r"|Media"
    r"|TV|Radio|Zeitung|Anzeiger|Nachrichten|Kurier|Tagblatt|Rundschau|Presse|Blatt|Bladet|Dagblad|Avis|Tidende"
    r"|Tidning"
    r"|Nyheter|Posten|Sanomat|Viesti|Lehti|deník|Deník|noviny|Gazeta|Dziennik|Magazine|Review|Weekly|Daily)"
)
_OF_OUTLET = re.compile(rf"{_NAME}(?:\s{_NAME}){{1,2}}\s?/\s?{_OUTLET}|{_NAME}\s{_NAME},\s{_OUTLET}(?:\s{_NAME})?")
"""`Owen Parr/The Tidewater Post`: a person and a newspaper, by its name."""
_OF_BROADCASTER = re.compile(rf"[A-ZÄÖÜ]{{2,5}}\s?/\s?{_NAME}\s{_NAMES}")
"""`| BR/Name Surname`, where a rule sets it off from the caption."""
_LABEL_ALONE = re.compile(r"(?i)(?:copyright|photos?|images?|credits?|fotos?|bild)[\s:]*")
_NAME_OF_DESK = re.compile(rf"{_NAME}\s{_NAMES}\s?/\s?{_NAMES}")
"""`(Mohamed Saife/CBC)`: in brackets at the end of a caption; elsewhere two names with a slash may be anything."""
_FOR = re.compile(rf"{_NAMES}\s+for\s+(?:The\s+)?{_NAMES}")
_CAPITALS = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ.’'\-]+(?:\s[A-ZÀ-Þ][A-ZÀ-Þ.’'\-]*){1,3}")
"""`… de la balsa. / ADA BYRON`, as Spanish newspapers end a caption."""
_POUR = re.compile(r"(?:[A-ZÀ-Þ][A-ZÀ-Þ.’'\-]*\s){2,4}POUR\s«\s?[^«»]{2,40}»")
"""`ADA BYRON POUR « LE COURRIER »`, as French newspapers set it."""
_DESK = re.compile(rf"(?:{_AGENCY}|{_NAME}(?:\s{_NAME})?):\s{_NAME}\s{_NAMES}")
"""`(ABC News: Name Surname)`; without the brackets it would be a headline."""
_SOLD = re.compile(r"\s+Purchase Licensing Rights.*$")
"""The button that follows Reuters' credits."""
_RIGHTS = re.compile(
    r"(?i)all rights reserved|alle rechte vorbehalten|tous droits|todos los derechos|tutti i diritti"
    r"|riproduzione riservata|무단\s?전재|無断転載|转载|轉載"
)
_PROSE = re.compile(
    r"(?i)\b(?:said|says|told|reported|reports|was|were|has|have|had|is|are|will|would)\b"
    r"|(?<=\w{4})[.!?]\s+\S+\s+\S+\s+\S+"
)
_TAIL = re.compile(
    r"(?P<caption>.*?[^\s(\[（【])\s*(?P<credit>[(\[][^()\[\]]{2,140}[)\]]|[（【][^（）【】]{2,60}[）】]|(?:©|\(c\)|（c）"
    r"|ⓒ)\s?[^.!?]{2,100})\.?$",
    re.DOTALL,
)
_TAIL_ENDS = (")", "]", ").", "].", "）", "】")
_LABELS = (
    r"(?:File [Pp]hotos?|Photos?|Photograph|Picture|Image|Credit|Image [Cc]redit|Photo [Cc]redit|Fotos?|Bild|Crédit"
    r"|Ljósmynd|Isithombe)"
)
_STOP = re.compile(
    r"[.!?…。”\"’)]\s+|(?<=[。！？])(?=[^\s」』）])|(?<=[^\W\d_A-Z][.!?)])(?=[^\W\d_a-z(©])|\s[|–—-]\s|\s{2,}"
    rf"|\s?(?<!File\s)(?={_LABELS}\s?(?:[:/©]|by\b|courtesy\b))|\s(?=©)"
)
_NAMED_TAIL = re.compile(rf"(?P<caption>.*\S)\s(?P<credit>{_NAME}\s{_NAME}\s?/\s?(?:via\s)?(?:{_AGENCY}))", re.DOTALL)
"""Without a full stop between them, only first and last name before a slash and an agency are sure."""
_TAKEN_BY = re.compile(r"[^\W\d_]{2,12}(?=(?:記者)?撮影$)")
_PLAYER = re.compile(r"(?i)(?:our|view|see|show|open|all|\d+ of|next|previous|sent|shared?|posted)\s")
_NUMBERED = re.compile(r"\d{4,}[-/:]\d")
"""Agencies number their dispatches: `dpa:230428-99-483045/5`."""


@dataclass(frozen=True, slots=True)
class Credit:
    """`text` without label, brackets, sign and year; `label` the words taken off, so that none is lost."""

    text: str
    label: str | None = None
    copyright: str | None = None


def credit_of(line: str) -> Credit | None:
    """The line as a credit, or None when it does not look like one by itself."""
    sold = _SOLD.search(line)
    credit = _credit_of(line[: sold.start()] if sold else line)
    if not (credit and sold):
        return credit
    return replace(credit, label=" ".join(filter(None, (credit.label, sold[0].strip()))))


def _credit_of(line: str) -> Credit | None:
    if len(line) > LONGEST or _RIGHTS.search(line) or _NUMBERED.search(line) or prompt_words(line) > 1:
        return None
    if _PLAYER.match(line):
        return None
    inner = _unbracketed(line)
    if sign := _SIGN.match(inner):
        return _signed(inner, inner[sign.end() :])
    if (label := _LABEL.match(inner)) and _plausible(inner[label.end() :]):
        return _labelled(inner[label.end() :], inner[: label.end()])
    if _BARE.fullmatch(inner) or _TAKEN_BY.match(inner):
        return Credit(inner)
    desk = inner != line and _DESK.fullmatch(inner)
    return Credit(inner) if desk or _names_a_source(inner) else None


def parted(text: str) -> tuple[str, Credit | None]:
    """A line beside a picture as its caption and its credit: the credit that it ends in or is as a whole, if any."""
    if tail := split_tail(text):
        return tail
    credit = credit_of(text)
    return ("" if credit else text), credit


def split_tail(line: str) -> tuple[str, Credit] | None:
    """A caption and the credit that ends the same line, or None."""
    found = _split_tail(line) if len(line) <= LONGEST_CAPTION else None
    return None if found and _LABEL_ALONE.fullmatch(found[0]) else found


def _split_tail(line: str) -> tuple[str, Credit] | None:
    may_end = line.endswith(_TAIL_ENDS) or "©" in line or "ⓒ" in line or "（c）" in line or "(c)" in line.lower()
    if may_end and (match := _TAIL.fullmatch(line)) and (credit := _tail_credit(match["credit"])):
        return match["caption"].strip(), credit
    for stop in reversed(list(_STOP.finditer(line, max(0, len(line) - LONGEST - 2)))[-6:]):
        rest = line[stop.end() :].strip()
        if rest and not rest[0].islower() and (credit := _tail_credit(rest)):
            return line[: stop.end()].rstrip(" |–—(["), credit
        if stop[0] == " | " and _OF_BROADCASTER.fullmatch(rest):
            return line[: stop.start()], Credit(rest)
    if "/" in line and (match := _NAMED_TAIL.fullmatch(line)):
        return match["caption"].strip(), Credit(match["credit"])
    return None


def after_repeated(line: str, before: str) -> Credit | None:
    """The credit in a line that first repeats the line before it: alternative text, then caption and credit."""
    key = before.rstrip(".… ")
    if len(key.split()) < REPEATED_WORDS or not line.startswith(key):
        return None
    rest = line[len(key) :].strip(" .-–—|")
    if not rest or len(rest.split()) > MOST_WORDS or _PROSE.search(rest) or rest[0].islower():
        return None
    return credit_of(rest) or Credit(_unbracketed(rest))


def is_agency_alone(text: str) -> bool:
    """Whether the line is an agency's name and no more: under a caption a credit, elsewhere the source of the copy."""
    return _AGENCY_ALONE.fullmatch(_unbracketed(text)) is not None


def names_agency(text: str) -> bool:
    return _ANY_AGENCY.search(text) is not None


def _tail_credit(text: str) -> Credit | None:
    slashed, text = text.startswith("/"), text.removeprefix("/").strip()
    found = credit_of(text)
    if found is None and slashed and _CAPITALS.fullmatch(text):
        return Credit(text)
    inner = _unbracketed(text)
    if found is None and text[:1] in "([" and (_FOR.fullmatch(inner) or _NAME_OF_DESK.fullmatch(inner)):
        return Credit(inner)
    return found


def _unbracketed(line: str) -> str:
    text = line.strip()
    while text[1:-1] and (text[0], text[-1]) in {("(", ")"), ("[", "]"), ("（", "）"), ("【", "】")}:
        text = text[1:-1].strip()
    return text.removesuffix(".").strip() if not text.endswith((".S.", ".A.", "Inc.", "Ltd.", "zvg.", "Zvg.")) else text


def _signed(whole: str, rest: str) -> Credit | None:
    if not _plausible(rest):
        return None
    inner = credit_of(rest)
    return Credit(inner.text if inner else rest.strip(), inner.label if inner else None, copyright=whole)


def _labelled(rest: str, label: str) -> Credit:
    inner = _unbracketed(rest)
    if (second := _LABEL.match(inner)) and inner[second.end() :].strip():
        return Credit(inner[second.end() :].strip(), label + inner[: second.end()])
    if sign := _SIGN.match(inner):
        return Credit(inner[sign.end() :].strip(), label, copyright=inner)
    return Credit(inner, label)


def _plausible(text: str) -> bool:
    stripped = text.strip(" .:/|")
    return (
        bool(stripped)
        and any(map(str.isalnum, stripped))
        and len(stripped.split()) <= MOST_WORDS
        and not _PROSE.search(stripped)
    )


def _names_a_source(text: str) -> bool:
    if len(text.split()) > MOST_WORDS or _PROSE.search(text):
        return False
    patterns = (_AGENCY_ALONE, _SLASHED, _OF_OUTLET, _VIA, _COMMA, _BRACKETED, _AGENCY_PHOTO, _HANDOUT, _SAYING, _POUR)
    wide = not text.isascii() and _WIDE.fullmatch(text) is not None
    return wide or any(pattern.fullmatch(text) for pattern in patterns)
