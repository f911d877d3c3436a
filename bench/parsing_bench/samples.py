"""The project's own inputs, `tests/samples/text/*.txt` with their gold: every convention, two dozen languages."""

import argparse
import json
from pathlib import Path
from statistics import mean
from typing import Any

from parsing import Document, Rejected, parse
from parsing_bench.dumping import squeezed
from parsing_bench.split import half_of
from slugline.story import Author, BlockType, Story

FOLDER = Path(__file__).parents[2] / "tests" / "samples" / "text"
FIELDS = ("headline", "authors", "dateline", "paragraphs", "captions", "credits", "notices", "language")


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--folder", type=Path, default=FOLDER)
    command.add_argument("--show", action="store_true", help="print what went wrong (dev half only)")


def run(arguments: argparse.Namespace) -> None:
    """Prints the mean of each field and of all, for both halves, and the furniture found in bodies."""
    for half in ("dev", "apart"):
        files = [file for file in sorted(arguments.folder.glob("*.gold.json")) if half_of(_name(file)) == half]
        scores = {_name(file): scored(file, show=arguments.show and half == "dev") for file in files}
        means = {field: mean(one[field] for one in scores.values()) for field in (*FIELDS, "furniture")}
        print(f"{half}: {len(files)} inputs, mean {mean(means[field] for field in FIELDS):.3f}")  # noqa: T201 - a bench prints
        print("  " + "  ".join(f"{field} {means[field]:.3f}" for field in FIELDS))  # noqa: T201 - a bench prints
        print(f"  furniture in bodies: {sum(one['furniture'] for one in scores.values()):.0f} lines")  # noqa: T201 - a bench prints


def scored(gold_file: Path, *, show: bool = False) -> dict[str, float]:
    """Each field between 0 and 1, and the number of furniture lines in the body."""
    gold = json.loads(gold_file.read_text(encoding="utf-8"))
    name = f"{_name(gold_file)}.txt"
    try:
        story = parse(Document(name, gold_file.with_name(name).read_bytes()))[0].story
    except Rejected:
        story = Story()
    found = _fields(story)
    scores = {field: _score(gold[field], found[field]) for field in FIELDS}
    body = {squeezed(text) for text in found["paragraphs"]}
    scores["furniture"] = sum(squeezed(text) in body for text in gold["furniture"])
    for field in FIELDS if show else ():
        if scores[field] < 1:
            print(f"{name} {field} {scores[field]:.2f}\n  gold  {gold[field]}\n  found {found[field]}")  # noqa: T201 - a bench prints
    if show and scores["furniture"]:
        print(f"{name}: furniture in body")  # noqa: T201 - a bench prints
    return scores


def _fields(story: Story) -> dict[str, Any]:
    authors: tuple[Author, ...] = story.authors
    return {
        "headline": story.headline,
        "authors": [author.name for author in authors],
        "dateline": story.dateline.place if story.dateline else None,
        "paragraphs": [block.text for block in story.body if block.type is not BlockType.IMAGE],
        "captions": [image.caption for image in story.images if image.caption],
        "credits": [image.credit for image in story.images if image.credit],
        "notices": [notice.kind.value for notice in story.notices],
        "language": story.language,
    }


def _score(gold: Any, found: Any) -> float:
    if not isinstance(gold, list):
        return float(squeezed(gold or "") == squeezed(found or ""))
    left = [squeezed(text) for text in found]
    wanted = [squeezed(text) for text in gold]
    right = 0
    for text in wanted:
        if text in left:
            left.remove(text)
            right += 1
    return 2 * right / (len(wanted) + len(found)) if wanted or found else 1.0


def _name(gold_file: Path) -> str:
    return gold_file.name.removesuffix(".gold.json")
