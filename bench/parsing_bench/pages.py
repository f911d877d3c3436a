"""Body of real pages: scrapinghub/article-extraction-benchmark, by its own metric."""

import argparse
import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median

from parsing_bench.peers import Extractor, Found, extractors

SHINGLE = 4
"""Words of the runs that are compared, as in the set's own `evaluate.py`."""


@dataclass
class Scores:
    """Precision and recall of each page, and its milliseconds. F1 is that of the two means, as in the set."""

    precision: list[float] = field(default_factory=list)
    recall: list[float] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)

    @property
    def f1(self) -> float:
        precision, recall = mean(self.precision), mean(self.recall)
        return 2 * precision * recall / (precision + recall)


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, help="a checkout of scrapinghub/article-extraction-benchmark")
    command.add_argument("--only", help="one extractor by name")


def run(arguments: argparse.Namespace) -> None:
    """Prints a table."""
    gold = json.loads((arguments.folder / "ground-truth.json").read_text(encoding="utf-8"))
    sys.stdout.write(f"{len(gold)} pages\n{'':25} |    F1 | precision | recall | ms (median)\n")
    for name, extract in extractors().items():
        if arguments.only in (None, name):
            scores = Scores()
            for key, page in gold.items():
                html = gzip.decompress((arguments.folder / "html" / f"{key}.html.gz").read_bytes()).decode(
                    "utf-8", "replace"
                )
                _score(page.get("articleBody", ""), _timed(extract, html, scores), scores)
            sys.stdout.write(
                f"{name:25} | {scores.f1:.3f} | {mean(scores.precision):9.3f} | {mean(scores.recall):6.3f}"
                f" | {median(scores.milliseconds):6.1f}\n"
            )


def _timed(extract: Extractor, html: str, scores: Scores) -> str:
    started = time.perf_counter()
    try:
        found = extract(html)
    except Exception as error:
        sys.stderr.write(f"{error!r}\n")
        found = Found([])
    scores.milliseconds.append(1000 * (time.perf_counter() - started))
    return "\n".join([*found.paragraphs, *found.others])


def _score(true: str, given: str, scores: Scores) -> None:
    """Shares of the runs of words that are right; a page without any counts in neither mean."""
    gold, found = Counter(_shingles(true)), Counter(_shingles(given))
    right = (gold & found).total()
    if found:
        scores.precision.append(right / found.total())
    if gold:
        scores.recall.append(right / gold.total())


def _shingles(text: str) -> Iterator[tuple[str, ...]]:
    words: Sequence[str] = re.findall(r"\w+", text)
    if words and len(words) < SHINGLE:
        yield tuple(words)
    for start in range(len(words) - SHINGLE + 1):
        yield tuple(words[start : start + SHINGLE])
