"""All trees walked at once end where each would by itself."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsing.text import trees
from parsing.text.judge import KINDS
from parsing.text.trees import Forest, Tree, forest

NAMES: list[str] = json.loads(Path(trees.__file__).with_name("trees.json").read_text(encoding="utf-8"))["observations"]


def walked(tree: Tree, names: list[str], seen: set[str]) -> float:
    while isinstance(tree, list):
        name, absent, present = tree
        assert isinstance(name, int)
        tree = present if names[name] in seen else absent
    return tree


def test_a_tree_asks_one_observation_after_another() -> None:
    asked = Forest([[[0, 1.0, [1, 2.0, 3.0]]], [[1, [0, 10.0, 20.0], 30.0]]], ["a", "b"])

    assert asked.totals([]) == [1.0, 10.0]
    assert asked.totals(["a"]) == [2.0, 20.0]
    assert asked.totals(["b", "unknown"]) == [1.0, 30.0]
    assert asked.totals(["a", "b"]) == [3.0, 30.0]


@given(st.sets(st.sampled_from(NAMES), max_size=80))
def test_the_learned_trees_end_where_each_would_by_itself(seen: set[str]) -> None:
    whole = forest()

    expected = [sum(walked(tree, whole.names, seen) for tree in kind) for kind in whole.trees]
    assert whole.totals(seen) == pytest.approx(expected)
    assert len(expected) == len(KINDS)
