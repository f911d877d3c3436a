"""What kind of line each line is: the evidence weighed, then weighed again with what the neighbours seem to be.

The weights are learned (logistic regression, `bench/parse.py train`) and lie beside this module as a table that can be
read: observation, then its weight for each kind.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

from parsing.text.evidence import Page, observations

KINDS = ("alt", "body", "caption", "credit", "other")
STEPS = (-3, -2, -1, 1, 2, 3)
AROUND = 6


@dataclass(frozen=True, slots=True)
class Verdict:
    """The likelihood of each kind; they sum to one."""

    likelihoods: tuple[float, ...]

    @property
    def kind(self) -> str:
        return KINDS[max(range(len(KINDS)), key=self.likelihoods.__getitem__)]

    def of(self, kind: str) -> float:
        return self.likelihoods[KINDS.index(kind)]


@dataclass(frozen=True, slots=True)
class _Weights:
    first: dict[str, list[float]]
    second: dict[str, list[float]]


def judge(page: Page) -> list[Verdict]:
    """A verdict for each line of the page."""
    weights = _weights()
    seen = [dict.fromkeys(observations(page, at), 1.0) for at in range(len(page.lines))]
    first = [_weighed(one, weights.first) for one in seen]
    return [Verdict(tuple(_weighed(seen[at] | around(first, at), weights.second))) for at in range(len(seen))]


def around(likelihoods: Sequence[Sequence[float]], at: int) -> dict[str, float]:
    """What the first weighing says of the line and its neighbours, as further evidence."""
    found = {f"own {kind}": value for kind, value in zip(KINDS, likelihoods[at], strict=True)}
    for step in STEPS:
        if 0 <= at + step < len(likelihoods):
            for kind, value in zip(KINDS, likelihoods[at + step], strict=True):
                found[f"{kind} at {step}"] = value
        else:
            found[f"edge at {step}"] = 1.0
    body = KINDS.index("body")
    near = [likelihoods[other][body] for other in range(max(0, at - AROUND), min(len(likelihoods), at + AROUND + 1))]
    found["body near"] = sum(near) / len(near)
    return found


def _weighed(seen: dict[str, float], weights: dict[str, list[float]]) -> list[float]:
    totals = [0.0] * len(KINDS)
    for name, value in seen.items():
        if row := weights.get(name):
            for index, weight in enumerate(row):
                totals[index] += weight * value
    highest = max(totals)
    powers = [exp(total - highest) for total in totals]
    whole = sum(powers)
    return [power / whole for power in powers]


@cache
def _weights() -> _Weights:
    table = json.loads(Path(__file__).with_name("weights.json").read_text(encoding="utf-8"))
    return _Weights(table["first"], table["second"])
