"""Messages to editors and readers about a story: correction, embargo, kill, update, note.

Their words are also common in copy ("killed", "embargo", "corrected"), so a notice is known by how its line begins.
"""

import re

from slugline.story import NoticeKind

LONGEST = 1_200

_PATTERNS: tuple[tuple[NoticeKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            NoticeKind.KILL,
            r"(?:KILL\W+){2,}|(?:BULLETIN\s+)?KILL\s*[:–—-]|BULLETIN KILL\b|WITHDRAWAL\s*(?:[:–—-]|$)|(?i:"
            r"(?:the )?(?:associated press|ap|afp|reuters|dpa|efe|ansa|upi|epa) (?:has |have )?"
            r"(?:withdrawn|withdraws|retracts|retracted) "
            r"(?:its|the|this|our) (?:\w+ )?(?:story|article|item|report|photos?|pictures?)"
            r"|(?:meldung|bericht|artikel|beitrag|text)(?: wird| wurde)? zurückgezogen"
            r"|mandatory kill|kill mandatory|kill notice|kill/takedown"
            r"|the (?:[\w.]+ ){0,5}(?:story|article|item|dispatch) (?:headlined|slugged|titled|datelined)\b.{1,200}"
            r" (?:is|has been|was) (?:withdrawn|retracted|killed)\b"
            r"|story withdrawn|withdrawn\s*[:–—-]|withdrawal notice|story killed|takedown notice|please"
            r" (?:(?:kill|withdraw|delete)\b|remove (?:it|them|the story|this story) from)"
            r"|a kill is mandatory|this (?:story|article|item) (?:has been|is|was) (?:withdrawn|retracted"
            r"|killed|removed|deleted)"
            r"|(?:annulation|annulé|annuler)\s*[:–—-]|prière d.annuler|zurückgezogen\b|bitte (?:löschen"
            r"|nicht verwenden)"
            r"|anulad[ao]\s*[:–—-]|anular\b|annullat[oa]\s*[:–—-])",
        ),
        (
            NoticeKind.EMBARGO,
            r"(?:HOLD\W+){2,}|(?i:(?:strictly )?embargo(?:ed)?\b\s*(?:[:–—-]|until|till|for|to|by|notice|not for)"
            r"|under embargo\b"
            r"|[(\[]embargoed|hold (?:for|until)\b|not for (?:publication|release|broadcast|use) (?:before|until)"
            r"|not to be (?:published|used|released) before|for release (?:at|on|after|\d)|release (?:at|on|after)\b"
            r"|sperrfrist|frei ab|sous embargo|embargo (?:jusqu|hasta|fino|bis|tot)|embargad[oa]\b|vrijgave|صالح للنشر"
            r"|эмбарго|解禁)",
        ),
        (
            NoticeKind.CORRECTION,
            r"(?i:corrections?\s*(?:[:–—-]|\band\b|$|[,(]\s?[^:]{3,30}[):]\s)"
            r"|korrigierte (?:fassung|version)|in einer (?:früheren|vorherigen|ersten) (?:version|fassung)"
            r"|dieser (?:artikel|text|beitrag) wurde (?:korrigiert|berichtigt)"
            r"|une (?:première |précédente )version (?:précédente )?de (?:cet|ce)"
            r"|una versión (?:anterior|previa) de est"
            r"|una versione precedente di quest|uma versão anterior dest|in een eerdere versie|i en tidigare version"
            r"|i en tidligere versjon|w poprzedniej wersji|corrected\s*(?:[:–—-]|on\b)|corrects\b"
            r"|clarifications?\s*(?:[:–—-]|\band\b)"
            r"|clarified\s*[:–—-]|corrective\b|[(\[]correct(?:s|ed|ion|ing)\b|eds\s*[:.]\s*corrects"
            r"|erratum\b|rectificatif"
            r"|rectification|correction\s*(?::|et)|berichtigung|korrektur\b\s*[:–—-]|anmerkung der"
            r" redaktion.{0,20}korrig"
            r"|corrección\b|fe de errata|rettifica\b|correzione\b|rectificatie\b|rättelse\b|rettelse\b|sprostowanie"
            r"|oikaisu\b|исправлен|поправка|訂正|更正|정정|תיקון|تصحيح"
            r"|(?:an earlier|a previous|the original|this|the) (?:version|article|story|report|headline"
            r"|caption)s?\b.{0,80}"
            r"(?:misstated|incorrect|(?:was|were) (?:amended|corrected)|(?:has|have) been (?:amended|corrected"
            r"|clarified|changed|updated to correct)"
            r"|misspelled|mistakenly|erroneous|wrongly|gave the wrong|misidentified))",
        ),
        (
            NoticeKind.UPDATE,
            r"(?:(?:UPDATES?|WRAPUP)(?:\s+\d+)?\s*[:–—-]|RPT\s?-|RECASTS|REFILE\b|ADDS\b|UPDATES\b|\d+(?:st|nd|rd"
            r"|th)\s+(?:Ld|Lead|Writethru))"
            r"|(?i:.{0,60}\b(?:\d+(?:st|nd|rd|th) )?ld-writethru\b|.{0,60}\bwritethru\b|updated version\b"
            r"|[(\[](?:updates|adds|recasts)\b"
            r"|(?:eds\s*[:.]\s*)(?:updates|adds|recasts)|mise à jour\s*:|aktualisiert\s*:\s*mit"
            r"|(?:(?:tages)?zusammenfassung|überblick|meldung|neufassung)\b[^:]{0,30}\bneu\s*:"
            r"|actualización\s*:|actualiza\b|annule et remplace\b|anula y sustituye\b"
            r"|(?:this|the) (?:article|story|report"
            r"|version) (?:was|has been) (?:last )?updated\b)",
        ),
        (
            NoticeKind.NOTE,
            r"(?:Eds|EDS)\s*[:.]|(?:EDITORIAL )?ADVISORY(?: TO EDITORS)?\s*(?:$|[:–—-])"
            r"|(?i:for editors?\s*:|(?:attention\s+)?editors\b\s*[:–—]|attention\s+editor\s*[:–—]|editor(?:s|'s|’s|s'"
            r"|s’)?\s+notes?\b|notes? to (?:editors|desks?|readers)"
            r"|attention (?:editors|desks?|subscribers)|(?:media )?advisory\s*[:–—-]|[(\[]editor"
            r"|note\s*:\s*(?:this|the) "
            r"|note (?:the )?(?:reporting restrictions?|(?:strong |graphic )?(?:language|contents?)"
            r" in par(?:a|s|agraph)?\b)"
            r"|editorial note\b|publisher.s note|trigger warning\b|content warning\b"
            r"|warning\s*:\s*(?:this|contains|graphic)"
            r"|anmerkung der redaktion|hinweis der redaktion|redaktioneller hinweis|(?:an die|achtung) redaktion"
            r"|note de la rédaction|(?:nota|aviso) (?:de la redacción|del editor|a los editores|della"
            r" redazione|da redação)"
            r"|ndlr\b|ndr\b\s*:|disclosure\s*[:–—-]|disclaimer\s*[:–—-]|от редакции|примечание редакции"
            r"|编者按|編者按|編集部注)",
        ),
    )
)


_HELD = re.compile(
    r"\bembargoed:? (?:until|till|to)\b|\bembargo:? (?:until|till)\b|\bunder (?:strict )?embargo\b"
    r"|\bnot (?:for|to be) (?:publication|published|release|released|use|used)"
    r" (?:before|until)\b|\b(?:sperrfrist|sous embargo jusqu|embargo hasta|embargo fino)\b",
    re.IGNORECASE,
)
_TAGGED = re.compile(
    r"(?P<tag>(?:(?:UPDATE|WRAPUP) \d+|RPT|REFILE|CORRECTED|CORRECTION|WITHDRAWN"
    r"|WITHDRAWAL)(?:-\([A-Z ]{3,30}\))?\s?[-–—:])"
    r"\s?(?P<headline>\S.{11,180})"
)


def tagged_headline(line: str) -> tuple[str, str] | None:
    """The tag and the headline of `UPDATE 1-Minister resigns`, as Reuters slugs its takes; None for other lines."""
    match = _TAGGED.fullmatch(line)
    sentence = match is not None and match["headline"].endswith((".", ":"))
    return (match["tag"], match["headline"]) if match and not sentence else None


def notice_of(line: str) -> NoticeKind | None:
    """The kind of notice that the line opens with, or None."""
    if len(line) > LONGEST:
        return None
    text = line.lstrip('*•^ (-–—=[【（"“')
    for kind, pattern in _PATTERNS:
        if pattern.match(text) or pattern.match(line):
            return kind
    return None


def speaks_of_embargo(note: str) -> bool:
    """Whether a note to the desk, which no reader sees, names an embargo after other things."""
    return _HELD.search(note) is not None
