"""The headline among the lines above the first paragraph: breadcrumbs, kickers and buttons stand there too."""

import re
from collections.abc import Callable

from parsing.text.datelines import split_dateline
from parsing.text.evidence import Page
from parsing.text.judge import Verdict
from parsing.text.lines import ends_sentence

LONGEST = 40
LONGEST_SENTENCE = 25
"""A headline that ends in a full stop is shorter than a first paragraph."""
_ROLE = re.compile(
    r"(?i).{0,40}\b(?:correspondent|reporter|editor|writer|journalist|columnist|bureau chief|critic|producer|"
    r"korrespondent\w*|redakteur\w*|journaliste|corresponsal|periodista|giornalista|inviato|journalist)\b.{0,40}"
)

_BRIEFS = re.compile(
    r"(?i)(?:news )?in brief|news briefs|briefs|kurz (?:notiert|gemeldet|berichtet)|kurzmeldungen|in kürze"
    r"|en bref|brèves|in breve|brevi|en breve|breves|kort nieuws|i korthet|kort fortalt|notiser|krótko|w skrócie"
    r"|stručně|lyhyesti|röviden|pe scurt|kısa kısa|коротко|кратко|стисло|简讯|簡訊|短信|短讯|단신|باختصار"
)
"""What a column of briefs is headed with; each brief has a title of its own below."""


def is_role(text: str) -> bool:
    """Whether a short line is what stands under an author's name."""
    return _ROLE.fullmatch(text) is not None and not ends_sentence(text)


def heads_briefs(text: str) -> bool:
    """Whether the line is the title of a column of briefs: the lines below it are their titles and texts."""
    return _BRIEFS.fullmatch(text) is not None


def headline_of(page: Page, verdicts: list[Verdict], free: Callable[[int], bool]) -> int | None:
    """The index of the headline's line, or None when no line above the text reads like one."""
    if len(page.lines) < 2:  # noqa: PLR2004 - one line is the text itself
        return None
    end = _first_paragraph(page, verdicts, free)
    if free(0) and heads_briefs(page.lines[0].text):
        return 0
    candidates = [at for at in range(end) if free(at) and _may_be(page, at)]
    return max(candidates, key=lambda at: verdicts[at].of("headline"), default=None)


def _first_paragraph(page: Page, verdicts: list[Verdict], free: Callable[[int], bool]) -> int:
    opening = next((at for at in range(len(page.lines)) if free(at)), 0)
    for at, line in enumerate(page.lines):
        heads = at == opening and line.words <= LONGEST_SENTENCE
        if free(at) and page.strengths[at] > 1 and verdicts[at].kind == "body" and not heads:
            return at
    return len(page.lines)


def _may_be(page: Page, at: int) -> bool:
    line, facts = page.lines[at], page.facts[at]
    if ends_sentence(line.text) and split_dateline(line.text):
        return False
    if facts.furniture or facts.credit or facts.tail or facts.byline or line.words > LONGEST:
        return False
    return not (ends_sentence(line.text) and line.words > LONGEST_SENTENCE) and any(map(str.isalpha, line.text))
