"""Paragraphs, authors, captions and credits of real pages: the parser test pages of flairNLP/fundus."""

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median

from parsing_bench.fundus import Page, pages
from parsing_bench.peers import Extractor, Found, extractors
from parsing_bench.split import half_of

ALIKE = 0.8
"""Share of words (F1) that two captions, credits or names have in common to be the same."""
SAME_PARAGRAPH = 0.9
"""The same for paragraphs: a dateline more or less does not make another paragraph, a caption glued on does."""
PARTS = ("paragraphs", "authors", "captions", "credits")


@dataclass
class Tally:
    """F1 of each part over the pages seen, and the milliseconds of each page."""

    scores: dict[str, list[float]] = field(default_factory=lambda: {part: [] for part in PARTS})
    counts: dict[str, Counter[str]] = field(default_factory=lambda: {part: Counter() for part in PARTS})
    milliseconds: list[float] = field(default_factory=list)

    def row(self) -> str:
        """Paragraphs: mean over the pages; the others, of which a page has few: over all of them together."""
        cells = [100 * mean(self.scores["paragraphs"]), *(self._over_all(part) for part in PARTS[1:])]
        return " | ".join([*(f"{cell:5.1f}" for cell in cells), f"{median(self.milliseconds):6.1f}"])

    def _over_all(self, part: str) -> float:
        count = self.counts[part]
        total = 2 * count["right"] + count["wrong"] + count["missed"]
        return 200 * count["right"] / total if total else 0.0


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, help="fundus' tests/resources/parser/test_data")
    command.add_argument("--half", choices=("dev", "apart", "both"), default="both")
    command.add_argument("--only", help="one extractor by name")
    command.add_argument("--show", type=float, metavar="F1", help="print what pages of the dev half below this F1 miss")


def run(arguments: argparse.Namespace) -> None:
    """Prints a table for each half."""
    chosen = [page for page in pages(arguments.folder) if page.paragraphs]
    for half in ("dev", "apart"):
        if arguments.half in (half, "both"):
            _table(half, [page for page in chosen if half_of(page.name) == half], arguments)


def _table(half: str, chosen: Sequence[Page], arguments: argparse.Namespace) -> None:
    sys.stdout.write(
        f"{half}: {len(chosen)} pages\n{'':25} | " + " | ".join(f"{part[:5]:5}" for part in PARTS) + " |     ms\n"
    )
    for name, extract in extractors().items():
        if arguments.only in (None, name):
            tally = Tally()
            for page in chosen:
                found = _timed(extract, page.html, tally)
                _score(page, found, tally, arguments.show if half == "dev" else None)
            sys.stdout.write(f"{name:25} | {tally.row()}\n")


def _timed(extract: Extractor, html: str, tally: Tally) -> Found:
    started = time.perf_counter()
    try:
        found = extract(html)
    except Exception as error:
        sys.stderr.write(f"{error!r}\n")
        found = Found([])
    tally.milliseconds.append(1000 * (time.perf_counter() - started))
    return found


def _score(page: Page, found: Found, tally: Tally, show: float | None) -> None:
    neutral = {_key(text) for text in (*page.summary, *page.subheads, page.title)}
    given = [text for text in found.paragraphs if text and _key(text) not in neutral]
    parts: dict[str, tuple[Sequence[str], Sequence[str] | None, float]] = {
        "paragraphs": ([text for text in page.paragraphs if _key(text) not in neutral], given, SAME_PARAGRAPH),
        "authors": (page.authors, found.authors, ALIKE),
        "captions": ([image.caption for image in page.images if image.caption], found.captions, ALIKE),
        "credits": ([", ".join(image.credits) for image in page.images if image.credits], found.credits, ALIKE),
    }
    for part, (gold, texts, alike) in parts.items():
        if texts is None or not (gold or texts):
            continue
        wrong, missed = _differences(gold, texts, alike)
        right = len(gold) - len(missed)
        tally.counts[part] += Counter(right=right, wrong=len(wrong), missed=len(missed))
        score = 2 * right / (len(gold) + len(texts))
        tally.scores[part].append(score)
        if show is not None and score < show:
            _print_differences(page.name, part, score, wrong, missed)


def _differences(gold: Iterable[str], given: Iterable[str], alike: float) -> tuple[list[str], list[str]]:
    """What was given and is not gold, and what is gold and was not given, each gold text matched once."""
    missed, wrong = list(gold), []
    for text in given:
        match = next((other for other in missed if _key(other) == _key(text)), None)
        match = match or next((other for other in missed if _similarity(other, text) >= alike), None)
        if match is None:
            wrong.append(text)
        else:
            missed.remove(match)
    return wrong, missed


def _similarity(first: str, second: str) -> float:
    one, two = Counter(_key(first).split()), Counter(_key(second).split())
    total = one.total() + two.total()
    return 2 * (one & two).total() / total if total else 0.0


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _print_differences(name: str, part: str, score: float, wrong: list[str], missed: list[str]) -> None:
    sys.stdout.write(f"--- {name} {part} {score:.2f}\n")
    for sign, texts in (("+", wrong), ("-", missed)):
        sys.stdout.writelines(f"  {sign} {text[:160]!r}\n" for text in texts)
