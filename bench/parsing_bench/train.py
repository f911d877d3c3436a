"""Learns the weights of `parsing.text.judge` from dumps of fundus' pages, the development half only."""

import argparse
import json
import re
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from parsing.text import judge
from parsing.text.evidence import observations
from parsing_bench.dumping import Dump, dump_of, squeezed
from parsing_bench.fundus import GoldImage, pages
from parsing_bench.split import half_of
from parsing_bench.training import labelled

FOLDS = 8
STRENGTH = 0.1
"""The inverse of the penalty on large weights."""
RAREST = 60
"""Lines an observation has to be true of to be learned from."""


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, help="fundus' tests/resources/parser/test_data")
    command.add_argument("--output", type=Path, default=Path(judge.__file__).with_name("weights.json"))


def run(arguments: argparse.Namespace) -> None:
    """Writes the table of weights and prints how well the lines of publishers left out were judged."""
    dumps = [dump for page in pages(arguments.folder) if half_of(page.name) == "dev" and (dump := dump_of(page))]
    examples = _Examples(dumps)
    weights, likelihoods = examples.fitted()
    examples.report(likelihoods)
    arguments.output.write_text(_table(weights), encoding="utf-8")


class _Examples:
    """The lines of all dumps, each dump as it is, without blank lines, and with nothing but its article."""

    def __init__(self, dumps: list[Dump]) -> None:
        self.seen: list[dict[str, float]] = []
        self.kinds: list[str] = []
        self.folds: list[int] = []
        self.plain: list[bool] = []
        self.documents: list[tuple[int, int]] = []
        publishers = sorted({_publisher(dump) for dump in dumps})
        for dump in dumps:
            fold = publishers.index(_publisher(dump)) % FOLDS
            for number, text in enumerate(_variants(dump)):
                self._add(dump, text, fold, plain=number == 0)

    def _add(self, dump: Dump, text: str, fold: int, *, plain: bool) -> None:
        page, kinds = labelled(dump, text)
        start = len(self.seen)
        for at, kind in enumerate(kinds):
            self.seen.append(dict.fromkeys(observations(page, at), 1.0))
            self.kinds.append(kind or "?")
            self.folds.append(fold)
            self.plain.append(plain)
        self.documents.append((start, len(self.seen)))

    def fitted(self) -> tuple[dict[str, list[float]], "np.ndarray"]:
        """The weights of all lines, and of each line the likelihoods by weights of the other publishers' lines."""
        seen = self.seen
        counts = Counter(name for one in seen for name in one)
        kept = [{name: value for name, value in one.items() if counts[name] >= RAREST} for one in seen]
        vectorizer = DictVectorizer()
        matrix = vectorizer.fit_transform(kept)
        kinds, folds = np.array(self.kinds), np.array(self.folds)
        known = kinds != "?"
        likelihoods = np.zeros((len(seen), len(judge.KINDS)))
        for fold in range(FOLDS):
            model = LogisticRegression(C=STRENGTH, max_iter=500).fit(
                matrix[(folds != fold) & known], kinds[(folds != fold) & known]
            )
            likelihoods[folds == fold] = model.predict_proba(matrix[folds == fold])
        model = LogisticRegression(C=STRENGTH, max_iter=500, fit_intercept=True).fit(matrix[known], kinds[known])
        assert tuple(model.classes_) == judge.KINDS  # noqa: S101 - the table's columns
        weights = {
            name: [round(float(weight), 3) for weight in model.coef_[:, column]]
            for name, column in vectorizer.vocabulary_.items()
        }
        always = zip(weights["always"], model.intercept_, strict=True)
        weights["always"] = [round(float(weight + intercept), 3) for weight, intercept in always]
        return weights, likelihoods

    def report(self, likelihoods: "np.ndarray") -> None:
        kinds, plain = np.array(self.kinds), np.array(self.plain)
        judged = np.array(judge.KINDS)[likelihoods.argmax(axis=1)]
        for name, chosen in (("dumps", plain), ("variants", ~plain)):
            for kind in judge.KINDS:
                here = chosen & (kinds != "?")
                right = int(((judged == kind) & (kinds == kind) & here).sum())
                wrong = int(((judged == kind) & (kinds != kind) & here).sum())
                missed = int(((judged != kind) & (kinds == kind) & here).sum())
                share = 2 * right / max(1, 2 * right + wrong + missed)
                print(f"{name} {kind:8} F1 {share:.3f} right {right} wrong {wrong} missed {missed}")  # noqa: T201 - a bench prints


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
