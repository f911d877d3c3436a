"""Datelines: `CITY, State (AP) — `, `CITY, March 5 (Reuters) - `, `PARIS, 5 mars (AFP) - `, `Berlin (dpa) - `."""

import re
from dataclasses import dataclass
from functools import lru_cache

from parsing.text.lines import ends_sentence
from slugline.story import Dateline

_SOURCE = r"[^()\[\]\n]{2,40}"
_MONTH = re.compile(
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
    r"|janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc|ene|jan|feb|mar|abr|apr|may|jun|jul|ago|aug|sep|okt|nov|dic|dec|mrt|mei"
    r"|Mär|Mai|Juni|Juli|Okt|Dez|gen|mag|giu|lug|set|ott|MAG|GIU|LUG|SET|OTT|DIC|GEN|fev|maio|abr|ago|out|dez"
    r"|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек|května|ledna|února|března|dubna|června|července|srpna|září|října"
    r"|listopadu|prosince|يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر)\w*\.?"
)
_WORD = r"(?!de\b)[^\W\d_]{3,15}\.?"
"""Where a month's name may stand; whether it is one is asked once: patterns with all names take long to compile."""
_DATE = rf"(?:{_WORD}\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\.?\s+(?:de\s+)?{_WORD}(?:\s+(?:de\s+)?\d{{4}})?)"
_UPPER = (
    r"[^\W\d_a-zß-öø-ÿ][^\W\d_a-zß-öø-ÿ.’'\-]+(?:[ \-/](?:de|la|du|DE"
    r"|and)?\s?[^\W\d_a-zß-öø-ÿ][^\W\d_a-zß-öø-ÿ.’'\-]*){0,4}"
)
_UPPER_NAMES = rf"{_UPPER}(?:\s*[/,]\s*{_UPPER})*"
_MIXED = (
    r"[^\W\d_a-z][\w.’'\-]+(?:[ /\-](?:(?:de|la|du|am|an der|im|ob|bei|nad|pod|upon|on|by|sur|le|les|lès|los|las|del"
    r"|do|di)\s)?[^\W\d_a-z(][\w.’'\-]*){0,4}"
)
_REGION = rf"(?:(?:,\s*{_MIXED}){{0,2}}|\s\((?![^\W\d_a-z]{{2,}}\)){_MIXED}\))"
"""`, Maine`, or as the French and Spanish agencies set countries, ` (Francia)`."""
_REPORTER = r"[^=\n()（）]{2,40}"
_BARE = r"(?:Kyodo(?: News)?|Jiji(?: Press)?|Bernama|Xinhua|Yonhap|Antara)"
"""Asian agencies that stand in no brackets: `TOKYO, March 4, Kyodo - `."""
_WIRE = (
    r"(?:AFP|AP|Reuters|UPI|dpa|APA|SDA|sda|EFE|ANSA|AAP|TASS|Bloomberg|CP|NTB|TT|STT|Belga|ANP|Lusa|PAP|MTI|Ukrinform"
    r"|Anadolu(?: Agency)?)"
)
_QUIET = rf"(?:{_BARE}|PTI|IANS|ANI|UNI|APP|BSS|UNB|VNA|QNA|WAM|SPA|MENA|KUNA|IRNA|CNA|KCNA|TNA|PNA|dpa|sda)"
"""Those that also print a place in small letters before it: elsewhere that is how a person is quoted."""
_DASH = r"\s*\.?\s*(?:[–—―_=]+|--+|-)\s*"

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<place>{_UPPER})\s*\((?P<source>AA)\)\s*[–—-]\s*(?P<byline>{_UPPER_NAMES})\s*[–—-]\s+",
        rf"[(\[](?P<source>ANSA|Adnkronos|AGI|askanews)[)\]]{_DASH}(?P<place>{_UPPER}|{_MIXED}),\s+(?P<date>{_DATE})"
        rf"{_DASH}",
        rf"(?P<place>{_UPPER}{_REGION}?|{_MIXED}{_REGION}?),?\s+(?P<date>{_DATE})[.,]?\s*/(?P<source>[^/\n]{{2,30}})/"
        rf"(?:\.|{_DASH})\s*",
        rf"(?P<place>{_MIXED})\s+/(?P<source>ritzau|Ritzau|TT|NTB|STT|FNB)/:\s+",
        rf"(?P<place>{_UPPER})--\((?P<source>{_SOURCE})\)--\s*",
        rf"(?P<place>{_UPPER}),\s+(?P<date>{_DATE})\s+-\s+(?P<source>РИА Новости|ТАСС|Интерфакс|Sputnik)\.\s+",
        rf"(?P<place>{_UPPER}{_REGION}?"
        rf"|{_MIXED}{_REGION}?),?\s+(?P<date>{_DATE}),?\s*[(\[](?P<source>{_SOURCE})[)\]]"
        rf"(?:{_DASH}|:\s+)",
        rf"(?P<place>{_UPPER}{_REGION}|{_MIXED}{_REGION})\s*[(\[](?P<source>{_SOURCE})[)\]](?:{_DASH}|:\s+"
        rf"|\s*\.\s*[–—-]+\s*|\.\s+)",
        rf"(?P<place>{_MIXED}{_REGION}),?\s+(?P<date>{_DATE})\s*[(\[](?P<source>PTI|IANS|ANI|UNI|APP|Xinhua)[)\]]\s+",
        rf"(?![^(\[]*(?:agentur|dienst))(?P<place>{_MIXED})\s*[(\[](?P<source>sda|SDA|sda[/-]\w+|Keystone-SDA|awp|apa|APA|sid|SID|epd|kna"
        rf"|KNA)[)\]]"
        rf"\s+(?=[^\W\d_a-z«„“\"])",
        rf"(?P<place>{_MIXED}),\s+(?P<source>[A-Z]\w+(?:\.com|\s[A-Z]\w+)?)\s+--\s+",
        rf"(?P<place>{_UPPER}):\s+(?=[^\W\d_a-z])",
        rf"(?P<date>{_DATE})\s*[(\[](?P<source>UPI|AP|AFP|Reuters)[)\]]{_DASH}",
        r"（(?P<place>[^\W\d_]{2,8})[＝=][^）\n]{2,12}）",
        rf"(?P<place>{_UPPER}{_REGION}?),\s+(?P<date>{_DATE})(?:,?\s+(?P<source>[A-Z]{{2,8}}|{_BARE}))?{_DASH}",
        rf"(?P<place>{_UPPER}{_REGION}?),?\s+(?P<source>{_BARE}){_DASH}",
        rf"(?P<place>{_MIXED}{_REGION}??),\s+(?P<date>(?={_DATE}\b)[^–—-]*\d{{4}})\s+(?:[–—]|--?)\s+",
        rf"(?P<place>{_UPPER}{_REGION}??),\s+(?:(?P<date>{_DATE}),?\s+)?(?P<source>{_WIRE}|{_QUIET})(?::\s+|{_DASH})",
        rf"(?P<place>{_MIXED}{_REGION}??),\s+(?:(?P<date>{_DATE}),?\s+)?(?P<source>{_QUIET}):\s+",
        rf"(?P<place>{_MIXED}{_REGION}??),\s+(?P<date>{_DATE}),?\s+(?P<source>{_WIRE}):\s+",
        rf"(?P<place>{_UPPER}{_REGION}),?\s*(?:[–—]+|(?<=\s)_+|_+(?=\s)|--+|\s-\s)\s*",
        r"[(\[（【](?P<source>Reuters|REUTERS|AP|AFP|UPI|Bloomberg)[)\]）】]" + _DASH,
        rf"[【（(\[](?P<place>[^\W\d_]{{2,8}})\s*[=＝]\s*(?P<source>[^】）)\]]{{2,20}})[】）)\]]"
        rf"(?:\s*(?P<byline>{_REPORTER})\s?=\s*)?",
        r"【(?P<place>[^\W\d_]{1,6})(?P<source>時事|共同|聯合報|中央社)】",
        r"(?P<source>新华社|新華社|中新社|中新网)(?P<place>[^\W\d_]{2,6}?)(?P<date>\d{1,2}月\d{1,2}日)电"
        rf"(?:[（(](?P<byline>{_REPORTER})[）)])?\s*",
    )
)
_PLACE_ALONE = re.compile(rf"(?P<place>{_MIXED}{_REGION})\s[–—-]\s(?=[^\W\d_a-z„“«\"])")
"""`Gundremmingen - `, as local papers set it: sure only above a whole sentence."""
_PLACE_STOPPED = re.compile(rf"(?P<place>{_UPPER}|{_MIXED})\.\s(?=[^\W\d_a-z„“«\"])")
_IN = "in|im|aus|bei|nach|von|um|près de|à|de|near|at|from"
_ARTICLE = "der|die|das|den|dem|des|ein|eine|einen|einem|einer|kein|keine|the|le|la|les|un|une|ihre?|seine?"
SENTENCE_WORDS = 8
PLACE_WORDS = 4
LONGEST = 120
_KNOWN = re.compile(
    r"(?:AP|AFP|Reuters|REUTERS|UPI|dpa\S*|APA|sda|SDA|epd|KNA|SID|sid|ots|EFE|ANSA|Ansa|AAP|PA|PTI|ANI"
    r"|IANS|TASS|Xinhua|Kyodo|Bloomberg|"
    r"CP|The Canadian Press|NTB|TT|STT|FNB|Ritzau|ritzau|Belga|ANP|Lusa|LUSA|PAP|CTK|ČTK|MTI|BBC|CNN|Yonhap|Anadolu|AA"
    r"|رويترز|فرانس برس|أ ف ب|د ب أ|الأناضول|وام|واس|قنا|РИА Новости|ТАСС|Интерфакс|Ukrinform"
    r"|VNA|WAFA|SANA|MENA|Europa Press|EUROPA PRESS|askanews|GLOBE NEWSWIRE|BUSINESS WIRE|PRNewswire"
    r"|ANTARA|Antara|Bernama|BERNAMA|IRNA|ISNA|ایرنا|ایسنا|مهر|فارس|БТА|BTA|HINA|Hina|Tanjug|Танјуг|LETA|BNS|ELTA"
    r"|TASR"
    r"|SITA|STA|AGERPRES|Agerpres|PNA|APS|MAP|SPA|KUNA|QNA|NAN|GNA|Укрінформ|УНІАН|awp|SDA"
    r"|時事|共同|연합뉴스|뉴시스|뉴스1)(?!\w)"
)
_NO_PLACE = re.compile(
    r"(?i)(?:update|correct\w*|editor\S* note|kill|embargo\w*|advisory|note|eds|watch|video|breaking|photos?"
    r"|exclusive|analysis|opinion|interview|explain(?:er|ed)|reviews?|previews?|live|quiz|factbox|fact.?check|comment"
    r"|column|profile|q&a|obituary|editorial|summary|recap|podcast|poll|reports?|revealed"
    r"|key points|highlights|timeline"
    r"|read|listen|more|related|gallery|pictures?|warning|spoiler|results?|scores?|faq|tips?|background|context|quotes?"
    r"|rpt|refile|wrapup|recasts|adds|just in|developing|must read|the latest|bottom line|what|why|how|who|when|where"
    r"|sirs?|madam|dear|monsieur|madame|sehr geehrte\w*|사진|자료|写真|画像|credit|caption|source|by|from|to|re"
    r"|subject|cc|date|ps|nb|pr|hd|hl|by-?line|slug|headline|anzeige"
    r"|eil(?:meldung)?"
    r"|kommentar|analyse|urgent|alerte|ultima hora|última hora|video|vidéo|foto|sondage|entrevista|opinión|срочно)\b"
)


@dataclass(frozen=True, slots=True)
class Split:
    """`byline`: the reporters that some agencies name within the dateline, as printed."""

    dateline: Dateline
    rest: str
    byline: str | None = None


@lru_cache(maxsize=64)  # of the first paragraphs asked several times
def split_dateline(paragraph: str) -> Split | None:
    """The dateline that opens a paragraph and what follows it, or None."""
    head = paragraph[:LONGEST]
    for pattern in _PATTERNS:
        match = pattern.match(head)
        if match and _is_sound(match) and len(paragraph) > match.end():
            byline = (match.groupdict().get("byline") or "").strip() or None
            return Split(_dateline(match), paragraph[match.end() :].strip(), byline)
    if (alone := _PLACE_ALONE.match(head)) and _is_sound(alone) and _opens_sentence(alone, paragraph):
        return Split(_dateline(alone), paragraph[alone.end() :].strip())
    return None


def split_place(paragraph: str, others: str) -> Split | None:
    """The place that opens a paragraph with no more than a full stop, as German and Swiss local papers set it, or None.

    A sentence of one word looks the same, so the text has to name the place again: one in capitals anywhere, another
    behind a word that places are named with. `others`: the text's other lines.
    """
    match = _PLACE_STOPPED.match(paragraph[:LONGEST])
    if match is None or not _is_sound(match) or not _opens_sentence(match, paragraph):
        return None
    place = re.escape(match["place"])
    text = f"{others}\n{paragraph[match.end() :]}"
    again = rf"(?i)\b{place}\b" if match["place"].isupper() else rf"\b(?i:{_IN})\s{place}\b"
    common = re.search(rf"\b(?i:{_ARTICLE})\s{place}\b", text)
    if common or not re.search(again, text):
        return None
    return Split(_dateline(match), paragraph[match.end() :].strip())


def _opens_sentence(match: re.Match[str], paragraph: str) -> bool:
    rest = paragraph[match.end() :]
    return len(match["place"].split()) <= PLACE_WORDS and len(rest.split()) >= SENTENCE_WORDS and ends_sentence(rest)


def _is_sound(match: re.Match[str]) -> bool:
    """Brackets hold asides too, `(left)`: a source is a known agency, or in capitals behind a place in capitals."""
    found = match.groupdict()
    place, source = found.get("place") or "", found.get("source") or ""
    date = found.get("date")
    if date and "日" not in date and not any(map(_MONTH.fullmatch, date.replace(",", " ").split())):
        return False
    if _NO_PLACE.match(match[0].lstrip("[(【（")):
        return False
    if found.get("byline"):
        return True
    known = _KNOWN.search(source) or re.fullmatch(_QUIET, source)
    return not source or found.get("date") is not None or known is not None or place[:4].isupper()


def _dateline(match: re.Match[str]) -> Dateline:
    found = match.groupdict()
    return Dateline(
        place=(found.get("place") or "").strip(" ,"),
        date=found.get("date"),
        source=found.get("source"),
        text=match[0].strip().rstrip("–—―_=- ").strip(),
    )
