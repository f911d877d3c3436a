"""Time stamps of an article: `Published 10:32, 4 May 2026`, `Aktualisiert: 4. Mai 2026, 10.32 Uhr`.

One line may hold both (`Published … Updated …`), and a label may stand on the line above its date.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from parsing.text.moments import Moment, moment_of

PUBLISHED = (
    r"(?:first |originally )?(?:published|posted|issued|filed|created)|date|veröffentlicht|erstellt|erschienen"
    r"|publiée?|publicado|publicada|pubblicat[oa]|gepubliceerd|geplaatst|publicerad|publisert|publiceret|udgivet"
    r"|julkaistu|opublikowan[oy]|publikováno|vydáno|megjelent|publicat|yayın(?:lanma|landı)?(?: tarihi)?"
    r"|giriş(?: tarihi)?|oluşturulma"
    r"|опубликовано|опубліковано|δημοσιεύ(?:θηκε|τηκε)|diterbitkan|đăng lúc"
    r"|発表|公開|配信|掲載|发布时间|发布|發布|發佈|입력|등록|प्रकाशित|نُ?شر(?: في)?|تاريخ النشر|منتشر شده|פורסם"
)
UPDATED = (
    r"(?:last )?(?:updated?|modified|edited|revised|amended)(?: on)?|aktualisiert|stand|zuletzt geändert|mise? à jour"
    r"|modifiée?|actualizado|actualizada|actualización|atualizado|atualizada|aggiornat[oa]|bijgewerkt|uppdaterad"
    r"|oppdatert|opdateret|päivitetty|aktualizacja|zaktualizowano|aktualizováno|frissítve|actualizat"
    r"|(?:son )?güncelle(?:me|ndi)"
    r"|обновлено|оновлено|ενημερώθηκε|diperbarui|cập nhật|更新(?:时间|日時)?|最終更新|수정|업데이트|अपडेट(?:ेड)?"
    r"|آخر تحديث|تحديث|به‌روزرسانی|עודכן"
)
LONGEST = 140
MOST_WORDS = 16
_LABEL = re.compile(rf"(?i)(?<![^\W\d_])(?:(?P<published>{PUBLISHED})|(?P<updated>{UPDATED}))(?![^\W\d_])\s*[:：|]?")
_LABEL_ALONE = re.compile(rf"(?i)(?:{PUBLISHED}|{UPDATED})\s*(?:on|am|le|el|il)?\s*[:：]?")


@dataclass(frozen=True, slots=True)
class Stamps:
    """When the text says that it was published and updated."""

    published: Moment | None = None
    updated: Moment | None = None


def stamps_of(lines: Iterable[str]) -> Stamps:
    """Of the time stamps in the lines the first of each kind; a date without a label says when it was published."""
    published = updated = None
    for label, text in _labelled(lines):
        moment = moment_of(text)
        if label == "updated":
            updated = updated or moment
        else:
            published = published or moment
    return Stamps(published, updated)


def is_stamp(line: str) -> bool:
    """Whether the line is a labelled date and little else."""
    return len(line) <= LONGEST and is_labelled(line) and line.count(" ") < MOST_WORDS and moment_of(line) is not None


def is_label(line: str) -> bool:
    """Whether the line is nothing but the label of the date below it."""
    return _LABEL_ALONE.fullmatch(line.strip()) is not None


def is_labelled(line: str) -> bool:
    """Whether the line itself says what its date is of."""
    return _LABEL.match(line.strip(" (|•·-–—")) is not None


def _labelled(lines: Iterable[str]) -> Iterator[tuple[str | None, str]]:
    """Each piece of the lines with its label; a label alone is the label of what follows."""
    kind: str | None = None
    for line in lines:
        start = 0
        for match in _LABEL.finditer(line):
            yield kind, line[start : match.start()]
            kind, start = match.lastgroup, match.end()
        yield kind, line[start:]
        if not is_label(line):
            kind = None
