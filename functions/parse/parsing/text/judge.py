"""What kind of line each line is: the evidence, weighed.

The weights are learned (logistic regression, `bench/parse.py train`) and lie beside this module as a table that can be
read: observation, then its weight for each kind. Where they doubt, boosted trees are asked as well.
"""

import json
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

from parsing.text.evidence import Page, observations
from parsing.text.lines import BULLET, ends_sentence
from parsing.text.trees import forest

SHORT_TEXT = 20
"""Lines; a page's furniture alone is longer."""
CLEAN = 0.1
FEWEST_WORDS = 4
HEADING_WORDS = 6
SURE = 0.9
"""A likelihood from which on the weights need no second opinion."""
WEIGHTS_SHARE = 0.4
KINDS = ("alt", "body", "caption", "credit", "headline", "other", "standfirst")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The likelihood of each kind; they sum to one."""

    likelihoods: tuple[float, ...]

    @property
    def kind(self) -> str:
        return KINDS[max(range(len(KINDS)), key=self.likelihoods.__getitem__)]

    def of(self, kind: str) -> float:
        return self.likelihoods[KINDS.index(kind)]


_HEAD = ("headline", "standfirst")
BODY = Verdict(tuple(0.6 if kind == "body" else 0.0 if kind in _HEAD else 0.1 for kind in KINDS))
"""Body for all that is known, but a credit below still makes a caption of it."""


def judge(page: Page) -> list[Verdict]:
    """A verdict for each line of the page."""
    verdicts = [Verdict(_opinion(observations(page, at))) for at in range(len(page.lines))]
    return give_benefit(page, verdicts)


def give_benefit(page: Page, verdicts: list[Verdict]) -> list[Verdict]:
    """In a short or clean text a sentence, row or list item with nothing against it is copy.

    The weights are learned from whole pages. The same holds in any text in which otherwise nothing would be body.
    """
    bare = not any(verdict.kind == "body" for verdict in verdicts)
    if len(page.lines) > SHORT_TEXT and _noise(page) > CLEAN and not bare:
        return verdicts
    return [
        BODY if verdict.of("body") < BODY.of("body") and _is_copy(page, at) else verdict
        for at, verdict in enumerate(verdicts)
    ]


def _noise(page: Page) -> float:
    """The share of lines that pages have and manuscripts do not: furniture, prompts, labels in a row."""
    values = page.strengths
    noisy = sum(
        bool(facts.furniture or facts.prompts)
        or (values[at] == 0 and 0 in values[max(0, at - 1) : at] and at not in page.rows)
        for at, facts in enumerate(page.facts)
    )
    return noisy / len(page.lines)


def _is_copy(page: Page, at: int) -> bool:
    return at in page.rows | page.signatures | page.timed_titles or _is_plain_sentence(page, at)


def _is_plain_sentence(page: Page, at: int) -> bool:
    facts, line = page.facts[at], page.lines[at]
    if facts.marked or facts.prompts or page.counts[page.keys[at]] > 1:
        return False
    return _is_listed(page, at) or _heads_rows(page, at) or (line.words >= FEWEST_WORDS and ends_sentence(line.text))


def _is_listed(page: Page, at: int) -> bool:
    """Whether the line is an item of a list: it has a bullet, and so has a line beside it."""
    beside = page.lines[max(0, at - 1) : at] + page.lines[at + 1 : at + 2]
    return bool(BULLET.match(page.lines[at].text)) and any(BULLET.match(other.text) for other in beside)


def _heads_rows(page: Page, at: int) -> bool:
    """Whether a short line stands above rows (`Ingredients`), or above the paragraph after them (`Method`)."""
    line, after = page.lines[at], at + 1
    if not line.gap or after == len(page.lines) or line.words > HEADING_WORDS or not line.text[0].isalpha():
        return False
    return after in page.rows or (at - 1 in page.rows and page.strengths[after] > 0)


def _opinion(seen: list[str]) -> tuple[float, ...]:
    """The likelihood of each kind by the weights, and where they doubt, by the trees too."""
    weights = _weights()
    rows = [row for name in seen if (row := weights.get(name))]
    weighed = _likelihoods([sum(column) for column in zip(*rows, strict=True)])
    if max(weighed) >= SURE:
        return weighed
    walked = _likelihoods(forest().totals(seen))
    return tuple(WEIGHTS_SHARE * one + (1 - WEIGHTS_SHARE) * other for one, other in zip(weighed, walked, strict=True))


def _likelihoods(totals: list[float]) -> tuple[float, ...]:
    """The totals made to sum to one, as in a multinomial logistic model."""
    highest = max(totals)
    powers = [exp(total - highest) for total in totals]
    whole = sum(powers)
    return tuple(power / whole for power in powers)


@cache
def _weights() -> dict[str, list[float]]:
    table: dict[str, list[float]] = json.loads(Path(__file__).with_name("weights.json").read_text(encoding="utf-8"))
    return table
