"""What kind of line each line is: the evidence, weighed.

The weights are learned (logistic regression, `bench/parse.py train`) and lie beside this module as a table that can be
read: observation, then its weight for each kind.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

from parsing.text.evidence import Page, observations

KINDS = ("alt", "body", "caption", "credit", "other")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The likelihood of each kind; they sum to one."""

    likelihoods: tuple[float, ...]

    @property
    def kind(self) -> str:
        return KINDS[max(range(len(KINDS)), key=self.likelihoods.__getitem__)]

    def of(self, kind: str) -> float:
        return self.likelihoods[KINDS.index(kind)]


def judge(page: Page) -> list[Verdict]:
    """A verdict for each line of the page."""
    weights = _weights()
    return [Verdict(_weighed(observations(page, at), weights)) for at in range(len(page.lines))]


def _weighed(seen: Iterable[str], weights: dict[str, list[float]]) -> tuple[float, ...]:
    """The likelihoods of a multinomial logistic model: each kind's weights summed, then made to sum to one."""
    rows = [row for name in seen if (row := weights.get(name))]
    totals = [sum(column) for column in zip(*rows, strict=True)]
    highest = max(totals)
    powers = [exp(total - highest) for total in totals]
    whole = sum(powers)
    return tuple(power / whole for power in powers)


@cache
def _weights() -> dict[str, list[float]]:
    table: dict[str, list[float]] = json.loads(Path(__file__).with_name("weights.json").read_text(encoding="utf-8"))
    return table
