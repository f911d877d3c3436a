"""Learns the weights of `parsing.text.judge`: from fundus' dumps, the development half only, and from pages we read.

Fundus' pages are of one convention, and few; the pages that we read are many, and of every kind. So each observation is
learned twice, once from all and once more from fundus' alone ("frustratingly easy domain adaptation", Daumé 2007,
https://aclanthology.org/P07-1033/), and the sum of both is its weight.
"""

import argparse
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from parsing.text import judge
from parsing.text.evidence import Page, observations
from parsing.text.trees import LEAVES
from parsing_bench.dumping import Dump, dump_of, squeezed
from parsing_bench.fundus import GoldImage, pages
from parsing_bench.read_pages import labelled as labels_of
from parsing_bench.read_pages import read_pages
from parsing_bench.split import half_of
from parsing_bench.training import labelled

FOLDS = 8
STRENGTH = 0.1
"""The inverse of the penalty on large weights."""
READ_WEIGHT = 0.5
"""What a line of a page that we read weighs beside one of fundus'."""
RAREST = 100
"""Lines an observation has to be true of to be learned from."""
ITERATIONS = 300
ROUNDS = 80
"""Trees of each kind."""
TREES = {
    "objective": "multiclass",
    "num_class": len(judge.KINDS),
    "num_leaves": LEAVES - 1,
    "learning_rate": 0.15,
    "min_data_in_leaf": 40,
    "lambda_l2": 5,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "verbose": -1,
    "deterministic": True,
    "seed": 1,
}


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, help="fundus' tests/resources/parser/test_data")
    command.add_argument(
        "pages", type=Path, help="a folder of public repositories, <owner>/<name>: see read_pages.jsonl"
    )
    command.add_argument("--output", type=Path, default=Path(judge.__file__).parent)


def run(arguments: argparse.Namespace) -> None:
    """Writes weights and trees, and prints how well the lines of publishers left out were judged."""
    dumps = [dump for page in pages(arguments.folder) if half_of(page.name) == "dev" and (dump := dump_of(page))]
    examples = _Examples()
    examples.add_dumps(dumps)
    read = examples.add_read_pages(arguments.pages)
    print(f"{len(dumps)} dumps of fundus, {read} pages that we read")  # noqa: T201 - a bench prints
    weights, trees, likelihoods = examples.fitted()
    examples.report(likelihoods)
    (arguments.output / "weights.json").write_text(_table(weights), encoding="utf-8")
    (arguments.output / "trees.json").write_text(_lines_of_trees(trees), encoding="utf-8")


@dataclass
class _Examples:
    """The lines to learn from, in one list of each of their properties."""

    seen: list[dict[str, float]] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    folds: list[int] = field(default_factory=list)
    """By fundus' publisher; -1 of pages that we read, which are of none of them."""
    plain: list[bool] = field(default_factory=list)
    """Whether the dump is as it was, and not a variant of it."""

    def add_dumps(self, dumps: list[Dump]) -> None:
        """Each as it is, without blank lines, and with nothing but its article."""
        publishers = sorted({_publisher(dump) for dump in dumps})
        for dump in dumps:
            fold = publishers.index(_publisher(dump)) % FOLDS
            for number, text in enumerate(_variants(dump)):
                self._add(*labelled(dump, text), fold, plain=number == 0)

    def add_read_pages(self, folder: Path) -> int:
        """Each as it is and without blank lines. Returns how many were found."""
        count = 0
        for lines in read_pages(folder):
            count += 1
            for spaced in (True, False):
                self._add(*labels_of(lines, spaced=spaced), -1, plain=False)
        return count

    def _add(self, page: Page, kinds: list[str | None], fold: int, *, plain: bool) -> None:
        for at, kind in enumerate(kinds):
            self.seen.append(dict.fromkeys(observations(page, at), 1.0))
            self.kinds.append(kind or "?")
            self.folds.append(fold)
            self.plain.append(plain)

    def fitted(self) -> tuple[dict[str, list[float]], dict[str, Any], "np.ndarray"]:
        """Weights and trees of all lines; and of each of fundus' the likelihoods by those without its publisher."""
        counts = Counter(name for one in self.seen for name in one)
        kept = [{name: value for name, value in one.items() if counts[name] >= RAREST} for one in self.seen]
        vectorizer = DictVectorizer()
        matrix = csr_matrix(vectorizer.fit_transform(kept))
        folds = np.array(self.folds)
        likelihoods = np.zeros((len(self.seen), len(judge.KINDS)))
        for fold in range(FOLDS):
            coefficients, intercepts = self._fit(matrix, folds != fold)
            here = folds == fold
            weighed = _likelihoods(matrix[here] @ coefficients.T + intercepts)
            walked = self._grow(matrix, folds != fold).predict(self._with_origin(matrix)[here])
            mixed = judge.WEIGHTS_SHARE * weighed + (1 - judge.WEIGHTS_SHARE) * walked
            likelihoods[here] = np.where(weighed.max(axis=1, keepdims=True) >= judge.SURE, weighed, mixed)
        everything = np.full(len(folds), fill_value=True)
        coefficients, intercepts = self._fit(matrix, everything)
        weights = {
            name: [round(float(weight), 3) for weight in coefficients[:, column]]
            for name, column in vectorizer.vocabulary_.items()
        }
        always = zip(weights["always"], intercepts, strict=True)
        weights["always"] = [round(float(weight + intercept), 3) for weight, intercept in always]
        names = list(vectorizer.get_feature_names_out())
        return weights, _forest(self._grow(matrix, everything), names), likelihoods

    def _with_origin(self, matrix: csr_matrix) -> csr_matrix:
        """The observations, and in the last column whether the line is of fundus' pages, for the trees to ask."""
        return csr_matrix(hstack([matrix, (np.array(self.folds) >= 0).astype(float)[:, None]]))

    def _grow(self, matrix: csr_matrix, chosen: "np.ndarray") -> lightgbm.Booster:
        kinds = np.array([judge.KINDS.index(kind) if kind != "?" else -1 for kind in self.kinds])
        rows = chosen & (kinds >= 0)
        weighed = np.where(np.array(self.folds) >= 0, 1.0, READ_WEIGHT)[rows]
        data = lightgbm.Dataset(self._with_origin(matrix)[rows], kinds[rows], weight=weighed)
        return lightgbm.train(TREES, data, ROUNDS)

    def _fit(self, matrix: csr_matrix, chosen: "np.ndarray") -> tuple["np.ndarray", "np.ndarray"]:
        """The weights of the observations, rows by `judge.KINDS`, and the intercepts."""
        kinds = np.array(self.kinds)
        fundus = np.array(self.folds) >= 0
        twice = csr_matrix(hstack([matrix, diags(fundus.astype(float)) @ matrix]))
        rows = chosen & (kinds != "?")
        weighed = np.where(fundus, 1.0, READ_WEIGHT)[rows]
        model = LogisticRegression(C=STRENGTH, max_iter=ITERATIONS).fit(twice[rows], kinds[rows], sample_weight=weighed)
        assert tuple(model.classes_) == judge.KINDS  # noqa: S101 - the table's columns
        count = matrix.shape[1]
        return model.coef_[:, :count] + model.coef_[:, count:], model.intercept_

    def report(self, likelihoods: "np.ndarray") -> None:
        kinds, plain, fundus = np.array(self.kinds), np.array(self.plain), np.array(self.folds) >= 0
        judged = np.array(judge.KINDS)[likelihoods.argmax(axis=1)]
        for name, chosen in (("dumps", plain), ("variants", fundus & ~plain)):
            for kind in judge.KINDS:
                here = chosen & (kinds != "?")
                right = int(((judged == kind) & (kinds == kind) & here).sum())
                wrong = int(((judged == kind) & (kinds != kind) & here).sum())
                missed = int(((judged != kind) & (kinds == kind) & here).sum())
                share = 2 * right / max(1, 2 * right + wrong + missed)
                print(f"{name} {kind:8} F1 {share:.3f} right {right} wrong {wrong} missed {missed}")  # noqa: T201 - a bench prints


def _likelihoods(totals: "np.ndarray") -> "np.ndarray":
    powers = np.exp(totals - totals.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _forest(model: lightgbm.Booster, names: list[str]) -> dict[str, Any]:
    """The trees as `parsing.text.trees` walks them, for lines that are taken for fundus'."""

    def tree_of(node: dict[str, Any]) -> Any:
        if "leaf_value" in node:
            return round(node["leaf_value"], 3)
        if node["split_feature"] == len(names):
            return tree_of(node["right_child"])
        return [node["split_feature"], tree_of(node["left_child"]), tree_of(node["right_child"])]

    trees = [tree_of(each["tree_structure"]) for each in model.dump_model()["tree_info"]]
    return {"observations": names, "trees": [trees[kind :: len(judge.KINDS)] for kind in range(len(judge.KINDS))]}


def _lines_of_trees(forest: dict[str, Any]) -> str:
    """One tree a line."""
    kinds = (",\n".join(json.dumps(tree, separators=(",", ":")) for tree in kind) for kind in forest["trees"])
    names = json.dumps(forest["observations"], ensure_ascii=False)
    return f'{{"observations": {names},\n"trees": [[\n' + "\n],[\n".join(kinds) + "\n]]}\n"


def _publisher(dump: Dump) -> str:
    return re.sub(r"_\d.*", "", dump.name)


def _variants(dump: Dump) -> list[str]:
    """The dump; without blank lines; cut down to its article; and the article alone, with pictures, whole and short."""
    page = dump.page
    pictures = [_group(image) for image in page.images if image.caption]
    article = _with_pictures([page.title, *page.paragraphs], pictures)
    short = _with_pictures([page.title, *page.paragraphs[: 2 + len(page.title) % 5]], pictures[:2])
    return [
        dump.text,
        re.sub(r"\n+", "\n", dump.text),
        _cropped(dump),
        "\n\n".join(article),
        "\n".join(article),
        "\n\n".join(short),
        "\n".join(short),
    ]


def _group(image: GoldImage) -> str:
    return f"{image.caption}\n{' / '.join(image.credits)}".strip()


def _with_pictures(texts: list[str], pictures: list[str]) -> list[str]:
    """A picture after every second paragraph, as long as there are any."""
    mixed: list[str] = []
    left = list(pictures)
    for number, text in enumerate(texts):
        mixed.append(text)
        if number % 2 and left:
            mixed.append(left.pop(0))
    return mixed


def _cropped(dump: Dump) -> str:
    """From the headline to a few lines after the last paragraph, as a careful hand would copy it."""
    lines = dump.text.split("\n")
    wanted = {squeezed(text) for text in dump.page.paragraphs}
    places = [at for at, line in enumerate(lines) if squeezed(line) in wanted]
    title = [at for at, line in enumerate(lines[: places[0]]) if squeezed(line) == squeezed(dump.page.title)]
    return "\n".join(lines[title[-1] if title else max(0, places[0] - 6) : places[-1] + 9])


def _table(weights: dict[str, list[float]]) -> str:
    """One observation a line, so that a change of the weights can be read in a diff."""
    rows = (f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(row)}" for name, row in sorted(weights.items()))
    return "{\n" + ",\n".join(rows) + "\n}\n"
