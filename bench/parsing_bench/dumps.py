"""Plain-text dumps made from fundus' pages: body lines, captions and credits."""

import argparse
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median

from parsing import Document, Rejected, parse
from parsing.text.evidence import tokens_of
from parsing_bench.dumping import Dump, dump_of, squeezed
from parsing_bench.fundus import pages
from parsing_bench.split import half_of
from slugline.story import BlockType, Image, Story

ALIKE = 0.8
"""Share of words two captions or credits have to have in common (F1 of their words) to be the same."""


@dataclass
class Score:
    """Counts of one dump or of many: found and right, found and wrong, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def f1(self) -> float:
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0

    @property
    def empty(self) -> bool:
        return not (self.right or self.wrong or self.missed)


@dataclass
class Result:
    name: str
    body: Score
    captions: Score
    credits: Score
    headline: bool
    milliseconds: float
    wrong_lines: list[str] = field(default_factory=list)
    missed_lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, help="fundus' tests/resources/parser/test_data")
    command.add_argument("--half", choices=("dev", "apart", "both"), default="both")
    command.add_argument("--show", action="store_true", help="print the lines that went wrong (dev half only)")
    command.add_argument("--write", type=Path, help="a folder to write the dumps of the dev half to")


def run(arguments: argparse.Namespace) -> None:
    """Prints a table of both halves."""
    made = [dump for page in pages(arguments.folder) if (dump := dump_of(page))]
    for half in ("dev", "apart"):
        if arguments.half not in {half, "both"}:
            continue
        dumps = [dump for dump in made if half_of(dump.name) == half]
        results = [measured(dump) for dump in dumps]
        _print_table(half, results)
        if half == "dev":
            _show(results, show=arguments.show)
            _write(dumps, arguments.write)


def measured(dump: Dump) -> Result:
    """The parser's story of the dump against the page's gold."""
    started = time.perf_counter()
    try:
        story = parse(Document(f"{dump.name}.txt", dump.text.encode()))[0].story
    except Rejected:
        story = Story()
    spent = (time.perf_counter() - started) * 1000
    titled = squeezed(story.headline or "") == squeezed(dump.page.title)
    result = Result(dump.name, Score(), Score(), Score(), titled, spent)
    _score_body(dump, story, result)
    present = squeezed(dump.text)
    words = _words("\n".join(_not_gold(dump)))
    captions = [image.caption for image in dump.page.images if image.caption and squeezed(image.caption) in present]
    credited = [
        " ".join(image.credits)
        for image in dump.page.images
        if image.credits and all(_words(name) in words for name in image.credits)
    ]
    found = [(image.caption, f"{image.caption} {image.credit or ''}") for image in story.images if image.caption]
    figures = squeezed(" ".join((*dump.captions, *dump.credits, *dump.beside_pictures)))
    alts = [squeezed(alt) for alt in dump.alts]
    captioned_alts = " ".join(alt for alt in alts if any(_says_both(image, alt) for image in story.images))
    result.captions = _matched(found, captions, result, "caption", f"{figures} {captioned_alts}")
    shown = [(image.credit,) for image in story.images if image.credit]
    result.credits = _matched(shown, credited, result, "credit", f"{figures} {' '.join(alts)}")
    return result


def _not_gold(dump: Dump) -> Iterator[str]:
    """The lines besides the gold's paragraphs: a credit `AP` is not shown by a paragraph about the AP."""
    paragraphs = {squeezed(text) for text in dump.page.paragraphs}
    return (line for line in dump.text.split("\n") if squeezed(line) not in paragraphs)


def _words(text: str) -> str:
    """The words with spaces about them, so that `AP` is not found within another word."""
    return f" {' '.join(tokens_of(text))} "


def _says_both(image: Image, alt: str) -> bool:
    """Whether the page has caption and credit together as an alternative text: a caption kept in the wrong place."""
    caption, credit = squeezed(image.caption or ""), squeezed(image.credit or "")
    return bool(caption and credit) and alt.startswith(caption) and credit in alt[len(caption) :]


def _score_body(dump: Dump, story: Story, result: Result) -> None:
    gold = {squeezed(text) for text in (*dump.page.paragraphs, *dump.page.subheads)}
    open_to_both = dump.unlisted | {squeezed(text) for text in dump.page.summary}
    found = _body_lines(story)
    for line in dict.fromkeys(filter(None, dump.text.split("\n"))):
        key = squeezed(line)
        if not key or (key in open_to_both and key not in gold):
            continue
        if key in gold and key in found:
            result.body.right += 1
        elif key in gold:
            result.body.missed += 1
            result.missed_lines.append(line)
        elif key in found:
            result.body.wrong += 1
            result.wrong_lines.append(line)


def _body_lines(story: Story) -> set[str]:
    texts = [block.text for block in story.body if block.type is not BlockType.IMAGE]
    found = {squeezed(text) for text in texts}
    if story.dateline and texts:
        found.add(squeezed(story.dateline.text + texts[0]))
    numbers = [removed.text for removed in story.removed if removed.reason == "number of a list item"]
    return found | {squeezed(number + text) for number in numbers for text in texts}


def _matched(found: Iterable[tuple[str, ...]], gold: Iterable[str], result: Result, kind: str, figures: str) -> Score:
    """Each gold text once against each distinct found one, given in its spellings (with and without its credit).

    The gold lists only some of a page's pictures: a found text that the page has in an element about a picture, and
    the gold does not list, counts neither way. So does a credit in an alternative text, with the caption before it;
    an alternative text without a credit is no caption.
    """
    left = list(dict.fromkeys(found))
    score = Score()
    for text in dict.fromkeys(gold):
        match = max(left, key=lambda other, text=text: _best(text, other), default=None)  # type: ignore[misc]  # mypy does not see the bound name
        if match is not None and _best(text, match) >= ALIKE:
            left.remove(match)
            score.right += 1
        else:
            score.missed += 1
            result.notes.append(f"missed {kind}: {text}")
    wrong = [texts[0] for texts in left if squeezed(texts[0]) not in figures]
    score.wrong = len(wrong)
    result.notes += [f"wrong {kind}: {text}" for text in wrong]
    return score


def _best(text: str, spellings: tuple[str, ...]) -> float:
    return max(likeness(text, spelling) for spelling in spellings)


def likeness(one: str, other: str) -> float:
    first, second = _tokens(one), _tokens(other)
    shared = len(set(first) & set(second))
    return 2 * shared / (len(set(first)) + len(set(second))) if first and second else 0.0


def _tokens(text: str) -> list[str]:
    words = [squeezed(word) for word in text.replace("/", " ").split()]
    joined = [word for word in words if word]
    return joined if len(joined) > 1 or (joined and joined[0].isascii()) else list(squeezed(text))


def _print_table(half: str, results: list[Result]) -> None:
    print(f"{half}: {len(results)} dumps")  # noqa: T201 - a bench prints
    for part in ("body", "captions", "credits"):
        scores: list[Score] = [getattr(result, part) for result in results]
        total = sum(scores, Score())
        each = mean(score.f1 for score in scores if not score.empty)
        counts = f"right {total.right}, wrong {total.wrong}, missed {total.missed}"
        print(f"  {part:9} F1 {total.f1:.3f} of all, {each:.3f} mean of dumps  ({counts})")  # noqa: T201 - a bench prints
    print(f"  headlines {sum(result.headline for result in results)} right")  # noqa: T201 - a bench prints
    print(f"  time      {median(result.milliseconds for result in results):.1f} ms median")  # noqa: T201 - a bench prints


def _show(results: list[Result], *, show: bool) -> None:
    for result in sorted(results, key=lambda one: one.body.f1) if show else ():
        print(f"\n=== {result.name} body {result.body.f1:.2f}")  # noqa: T201 - a bench prints
        for mark, lines in (("+", result.wrong_lines), ("-", result.missed_lines), ("!", result.notes)):
            for line in lines:
                print(f"  {mark} {line[:200]}")  # noqa: T201 - a bench prints


def _write(dumps: list[Dump], folder: Path | None) -> None:
    for dump in dumps if folder else ():
        target = folder / f"{dump.name.replace('/', '-')}.txt"  # type: ignore[operator]  # no folder, no dump is looked at
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(dump.text, encoding="utf-8")
