"""A second opinion about doubtful lines: boosted decision trees over the same observations, where sums of weights fail.

`trees.json` holds them, learned by `bench/parse.py train`. A tree is `[observation, tree if absent, tree if seen]` or a
number, what the leaf adds to its kind. All trees are walked at once, by one bit a leaf: an observation that is seen
clears the leaves of its `absent` sides, and of each tree's leaves the first one left is where the walk ends
(QuickScorer, Lucchese et al. 2015, https://doi.org/10.1145/2766462.2767733).
"""

import json
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeAlias, cast

Tree: TypeAlias = "float | list[int | Tree]"

LEAVES = 16
"""Bits of a tree; none has more leaves."""


@dataclass(slots=True)
class Forest:
    """The trees of each kind, in the kinds' order, ready to be walked."""

    trees: list[list[Tree]]
    names: list[str]
    cleared: dict[str, int] = field(init=False, default_factory=dict)
    """The bits of all leaves but those that an observation clears."""
    values: list[dict[int, float]] = field(init=False, default_factory=list)
    """Of each tree, what a leaf adds, by the leaf's bit."""
    ones: int = field(init=False, default=0)
    """The first bit of each tree."""

    def __post_init__(self) -> None:
        trees = [tree for kind in self.trees for tree in kind]
        absent: dict[int, array[int]] = {}
        for number, tree in enumerate(trees):
            leaves: list[float] = []
            _spread(tree, leaves, number, absent, len(trees))
            self.values.append({1 << at: leaf for at, leaf in enumerate(leaves)})
        everything = (1 << (LEAVES * len(trees))) - 1
        self.ones = everything // ((1 << LEAVES) - 1)
        self.cleared = {
            self.names[name]: everything ^ int.from_bytes(sides.tobytes(), "little") for name, sides in absent.items()
        }

    def totals(self, seen: Iterable[str]) -> list[float]:
        """What all trees add to each kind, for a line of which the observations are true."""
        left = self.ones * ((1 << LEAVES) - 1)
        for name in seen:
            left &= self.cleared.get(name, left)
        first = left & ~(left - self.ones)  # each tree's lowest bit: none of them is empty, so nothing is borrowed
        reached = memoryview(first.to_bytes(LEAVES // 8 * len(self.values), "little")).cast("H")
        added = [values[bit] for values, bit in zip(self.values, reached, strict=True)]
        totals: list[float] = []
        for kind in self.trees:
            start = len(totals) * len(kind)
            totals.append(sum(added[start : start + len(kind)]))
        return totals


def _spread(tree: Tree, leaves: list[float], number: int, absent: "dict[int, array[int]]", count: int) -> None:
    """Take the tree's leaves in order, and note by observation which of them are on `absent` sides.

    `number`: the tree's, of `count`; `absent` has the bits of every tree's leaves by the observation's number.
    """
    if not isinstance(tree, list):
        leaves.append(tree)
        return
    name, unseen, seen = cast("tuple[int, Tree, Tree]", tuple(tree))
    first = len(leaves)
    _spread(unseen, leaves, number, absent, count)
    if name not in absent:
        absent[name] = array("H", bytes(LEAVES // 8 * count))
    absent[name][number] |= (1 << len(leaves)) - (1 << first)
    _spread(seen, leaves, number, absent, count)


@cache
def forest() -> Forest:
    table = json.loads(Path(__file__).with_name("trees.json").read_text(encoding="utf-8"))
    return Forest(table["trees"], table["observations"])
