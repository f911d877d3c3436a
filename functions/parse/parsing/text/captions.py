"""Picture groups in text: alt text, caption and credit on lines that follow one another.

Decided by blocks between blank lines: a short block that ends in a credit reads alt, caption, credit, whatever its
parts are missing. In a file without blank lines, or with one after every line, a credit's neighbours are judged.
"""

from dataclasses import dataclass, field

from parsing.text.bylines import sign_off_people
from parsing.text.credits import Credit, after_repeated, credit_of, is_agency_alone, names_agency, split_tail
from parsing.text.cues import is_placed
from parsing.text.evidence import Page
from parsing.text.furniture import RELATED, TIME_STAMP
from parsing.text.judge import Verdict
from parsing.text.lines import OPENERS, QUOTES, ends_sentence
from parsing.text.names import is_full_name

ALT_WORDS = 12
CAPTION_WORDS = 90
LONELY_CAPTION_WORDS = 45
"""Words of a caption that only its place before a credit betrays."""
NAME_WORDS = 6
LEAST_WORDS = 3
SOURCES = (
    "source", "quelle", "fuente", "fonte", "źródło", "kaynak", "nguồn", "zdroj", "kilde", "källa", "bron", "来源",
)  # fmt: skip
"""Labels that name the agency of the copy as well as of a picture."""
SHORTEST_TWICE = 12
SURELY_BODY = 0.85


@dataclass(frozen=True, slots=True)
class Picture:
    """The lines of one picture, by their index; a caption and credit may share a line."""

    lines: tuple[int, ...]
    alt: str | None = None
    caption: str | None = None
    credit: Credit | None = None


def pictures_of(page: Page, verdicts: list[Verdict]) -> list[Picture]:
    """The pictures that the lines describe, in order. No line belongs to two, and none begins the text."""
    groups = _Groups(page, verdicts)
    found: list[Picture] = []
    free_from = 1
    at = 1
    while at < len(page.lines):
        picture = groups.picture_at(at, free_from)
        if picture:
            found.append(picture)
            free_from = picture.lines[-1] + 1
        at = max(at + 1, free_from)
    return found


@dataclass(slots=True)
class _Groups:
    """The lines with what tells a picture's lines from others."""

    page: Page
    verdicts: list[Verdict]
    spaced: bool = field(init=False)
    last_body: int = field(init=False)

    def __post_init__(self) -> None:
        """Blank lines say nothing about blocks when there are none, or one after every line."""
        gaps = [line.gap > 0 for line in self.page.lines[1:]]
        self.spaced = all(gaps) or not any(gaps)
        prose = (
            at for at, verdict in enumerate(self.verdicts) if verdict.kind == "body" and self.page.strengths[at] > 1
        )
        self.last_body = max(prose, default=-1)

    def picture_at(self, at: int, free_from: int) -> Picture | None:
        """The picture whose first telling line, credit or caption, is at the index."""
        line = self.page.lines[at]
        if at > free_from and (credit := after_repeated(line.text, self.page.lines[at - 1].text)):
            return self._repeating(at, credit)
        if self.page.facts[at].credit and (credit := credit_of(line.text)):
            return self._before_credit(at, free_from, credit)
        if self.page.facts[at].tail and self._may_be_picture(at) and (tail := split_tail(line.text)):
            alts = self._alts_before(at, free_from)
            twice = _said_twice(tail[0])
            return Picture(
                (*alts, at), "\n".join(filter(None, (self._alt(alts), twice))) or None, twice or tail[0], tail[1]
            )
        if self._is_caption(at) and not self._is_alt_of_next(at):
            return self._with_credit_after(at, free_from)
        if self._is_above_name(at):
            return Picture((at, at + 1), caption=line.text, credit=Credit(self.page.lines[at + 1].text))
        return None

    def _is_above_name(self, at: int) -> bool:
        """Whether line and photographer's name are a block by themselves within the article."""
        lines, name, after = self.page.lines, at + 1, at + 2
        if self.spaced or after >= len(lines) or not lines[at].gap or lines[name].gap or not lines[after].gap:
            return False
        text, facts = lines[at].text, self.page.facts[at]
        known = facts.furniture or facts.byline or facts.bio or text[0] in OPENERS or is_full_name(text)
        captioned = LEAST_WORDS < lines[at].words <= LONELY_CAPTION_WORDS and self._may_be_picture(at) and not known
        named = lines[name].words <= NAME_WORDS and is_full_name(lines[name].text)
        return captioned and named and name <= self.last_body and self.page.facts[after].furniture != TIME_STAMP

    def _stands_alone(self, at: int) -> bool:
        """Whether a caption without credit may stand here: within the article, and more than a label."""
        return at <= self.last_body and self.page.lines[at].words >= LEAST_WORDS

    def _repeating(self, at: int, credit: Credit) -> Picture:
        """The alternative text above; this line is the caption, up to where the credit begins."""
        alt, text = self.page.lines[at - 1].text, self.page.lines[at].text
        end = len(alt.rstrip(".… "))
        stop = text[end] if text[end] in ".…" else ""
        return Picture((at - 1, at), alt, text[:end] + stop, credit)

    def _may_be_picture(self, at: int) -> bool:
        return self.verdicts[at].of("body") < SURELY_BODY or self.page.facts[at].cue

    def _is_caption(self, at: int) -> bool:
        line = self.page.lines[at]
        if self.page.facts[at].furniture or line.words > CAPTION_WORDS or self._is_teaser(at) or self._is_related(at):
            return False
        if at in self.page.echoes and line.text[0] in QUOTES:
            return False  # a pull quote, which a paragraph says too
        if self.verdicts[at].kind == "caption":
            return True
        cued = self.page.facts[at].cue and line.words <= LONELY_CAPTION_WORDS
        return cued and (self.verdicts[at].kind != "body" or is_placed(line.text))

    def _is_teaser(self, at: int) -> bool:
        """Whether a time stamp follows, as it does the titles of other articles, said once or twice."""
        after = at + 1
        while after < len(self.page.lines) and self.page.keys[after] == self.page.keys[at]:
            after += 1
        return after < len(self.page.lines) and self.page.facts[after].furniture == TIME_STAMP

    def _is_related(self, at: int) -> bool:
        """Whether the line above, in the same block, announces links to other articles."""
        return at > 0 and self.page.lines[at].gap == 0 and self.page.facts[at - 1].furniture == RELATED

    def _is_alt_of_next(self, at: int) -> bool:
        """The alternative text often says what the caption below it says, or is one of several lines of a group."""
        after = at + 1
        if after >= len(self.page.lines):
            return False
        if not (self._is_caption(after) or self.page.facts[after].tail or self._leads_to_credit(after)):
            return False
        if self.page.facts[after].tail and not self._may_be_picture(after):
            return False
        return self._tied(after) and self._is_alt(at)

    def _leads_to_credit(self, at: int) -> bool:
        below = at + 1
        tied = not self.spaced and below < len(self.page.lines) and self.page.lines[below].gap == 0
        return tied and self.page.facts[below].credit

    def _with_credit_after(self, at: int, free_from: int) -> Picture | None:
        alts = self._alts_before(at, free_from)
        text, after = self.page.lines[at].text, at + 1
        if after < len(self.page.lines) and (credit := self._credit_below(after)):
            return Picture((*alts, at, after), self._alt(alts), text, credit)
        if twice := _said_twice(text):
            return Picture((*alts, at), "\n".join(filter(None, (self._alt(alts), twice))), twice)
        return Picture((*alts, at), self._alt(alts), text) if alts or self._stands_alone(at) else None

    def _credit_below(self, at: int) -> Credit | None:
        """The line under a caption, in the same block: a credit, be it but a name."""
        text = self.page.lines[at].text
        if not self._tied(at):
            return None
        if self.page.facts[at].credit:
            return credit_of(text)
        first = text.lstrip("([")[:1]
        named = first.isupper() and not any(map(str.isdigit, text))
        bare = named and self.page.lines[at].words <= NAME_WORDS and not ends_sentence(text)
        judged = self.verdicts[at].kind == "credit"
        return (
            Credit(text.strip("()[]"))
            if bare and (judged or (self.page.lines[at].gap == 0 and not self.spaced))
            else None
        )

    def _before_credit(self, at: int, free_from: int, credit: Credit) -> Picture | None:
        caption = at - 1
        if self._names_source(at, credit):
            return None
        if caption < free_from or not self._may_caption(caption):
            if self._may_be_below(at):
                return Picture((at, at + 1), caption=self.page.lines[at + 1].text, credit=credit)
            footer = self.page.facts[at].furniture and not names_agency(self.page.lines[at].text)
            alone = footer or is_agency_alone(self.page.lines[at].text)
            return None if alone else Picture((at,), credit=credit)
        text = self.page.lines[caption].text
        if self._is_repeated(caption) and not ends_sentence(text):
            return Picture((caption, at), alt=text, credit=credit)
        alts = self._alts_before(caption, free_from)
        return Picture((*alts, caption, at), self._alt(alts), text, credit)

    def _may_be_below(self, credit: int) -> bool:
        """Whether the line below the credit may be its caption: the two are a block by themselves."""
        lines, at = self.page.lines, credit + 1
        ends = at + 1 >= len(lines) or lines[at + 1].gap
        if self.spaced or not lines[credit].gap or at >= len(lines) or lines[at].gap or not ends:
            return False
        known = self.page.facts[at].furniture or self.page.facts[at].credit or self.page.facts[at].tail
        return not known and LEAST_WORDS <= lines[at].words <= LONELY_CAPTION_WORDS and self._may_be_picture(at)

    def _names_source(self, at: int, credit: Credit) -> bool:
        """Whether the agency stands by itself above or below the copy, as its source: `Źródło: PAP`."""
        labelled = credit.label is not None and credit.label.strip(" :：").lower() in SOURCES
        outside = at > self.last_body or not any(self.page.strengths[other] > 1 for other in range(1, at))
        return labelled and outside and is_agency_alone(credit.text) and self.page.lines[at].gap > 0

    def _may_caption(self, at: int) -> bool:
        line = self.page.lines[at]
        if sign_off_people(line.text) is not None or (self.spaced and self._is_said(at)):
            return False
        if line.words > CAPTION_WORDS or self.page.facts[at].furniture or self._is_answer(at):
            return False
        if not self.spaced:
            return self.page.lines[at + 1].gap == 0 or self.verdicts[at].kind == "caption"
        if self._is_repeated(at - 1):
            return True
        return line.words <= LONELY_CAPTION_WORDS and self.verdicts[at].of("body") < SURELY_BODY

    def _is_said(self, at: int) -> bool:
        """Whether the line opens with a quotation and ends as a sentence, as the copy above a picture may."""
        text = self.page.lines[at].text
        return text[0] in OPENERS[:-2] and ends_sentence(text) and not self._is_repeated(at)

    def _is_answer(self, at: int) -> bool:
        """Whether the line follows a question of the body: an interview's last answer often stands above a credit."""
        return (
            at > 0
            and self.page.facts[at - 1].ending == "question"
            and self.verdicts[at - 1].kind == "body"
            and self.verdicts[at].kind == "body"
        )

    def _alts_before(self, at: int, free_from: int) -> tuple[int, ...]:
        before = at - 1
        if before < free_from or not self._is_alt(before) or self.page.facts[before].furniture:
            return ()
        return (before,) if self._tied(at) or self._alike(before, at) else ()

    def _tied(self, at: int) -> bool:
        """Whether the line is of one block with the line before it."""
        if self.spaced:
            return self._is_repeated(at - 1) or self.verdicts[at - 1].kind == "caption"
        return self.page.lines[at].gap == 0

    def _is_alt(self, at: int) -> bool:
        line = self.page.lines[at]
        if self.verdicts[at].kind == "alt" or (self.verdicts[at].kind == "caption" and self._alike(at, at + 1)):
            return True
        if self._heads_caption(at):
            return True
        return line.words <= ALT_WORDS and (not ends_sentence(line.text) or self._is_repeated(at))

    def _heads_caption(self, at: int) -> bool:
        """Whether the block's next line is the caption: this one is then what the picture shows."""
        after = at + 1
        if self.spaced or after >= len(self.page.lines) or self.page.lines[after].gap or not self._may_be_picture(at):
            return False
        own = self.page.facts[at]
        captioned = self.page.facts[after].tail or self._leads_to_credit(after) or self._is_caption(after)
        return captioned and not (own.tail or own.credit)

    def _alike(self, one: int, other: int) -> bool:
        keys = self.page.keys
        if other >= len(keys) or not keys[one] or not keys[other]:
            return False
        return keys[other].startswith(keys[one]) or keys[one].startswith(keys[other])

    def _is_repeated(self, at: int) -> bool:
        return self.page.counts[self.page.keys[at]] > 1 and 0 < self.page.lines[at].words <= ALT_WORDS

    def _alt(self, indexes: tuple[int, ...]) -> str | None:
        return "\n".join(self.page.lines[at].text for at in indexes) or None


def _said_twice(text: str) -> str | None:
    """The half of a line that says everything twice: alternative text and caption run together."""
    half = text[: len(text) // 2].strip()
    return half if len(half) >= SHORTEST_TWICE and text == f"{half} {half}" else None
