"""Renditions of photos of 2, 6 and 24 MP: time, memory, bytes and visual quality, beside Pillow, sharp and thumbor.

    python bench/images.py --photos DIR --sharp DIR --pillow PYTHON --thumbor PYTHON --scorer PYTHON

`--photos` is a folder of any JPEG photos; the test photos are cut from a mosaic of them, so that every pixel is a
camera's. `--sharp` is a folder with sharp in its node_modules; the others are interpreters of virtual environments
with Pillow, with thumbor and pillow-avif-plugin, and with the packages ssimulacra2 and pyvips[binary]. What is not
given is left out.
"""

# ruff: noqa: T201 - what it prints is its answer

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pyvips

HERE = Path(__file__).parent
WIDTHS = [320, 640, 1280, 1920]
SIZES = {"2 MP": (1732, 1155), "6 MP": (3000, 2000), "24 MP": (6000, 4000)}
TILE = (2000, 1334)
# The same for all so far. To compare at equal quality, tune each program to the same SSIMULACRA2 with --scorer.
QUALITIES = {
    "slugline": {"avif": 61, "webp": 82, "jpeg": 77},
    "lower bound": {"avif": 61, "webp": 82, "jpeg": 77},
    "sharp, best form": {"avif": 61, "webp": 82, "jpeg": 77},
    "sharp, default form": {"avif": 61, "webp": 82, "jpeg": 77},
    "Pillow": {"avif": 61, "webp": 82, "jpeg": 77},
    "thumbor": {"avif": 61, "webp": 82, "jpeg": 77},
}
EFFORTS = {"avif": 1, "webp": 2}
GB_SECOND_ARM64 = 0.0000133334
"""US dollars, Lambda on Graviton in us-east-1, list price; a request adds 0.0000002."""
REQUEST = 0.0000002
FULL_CORE_MB = 1_769
"""Lambda's memory setting that buys one core."""


@dataclass
class Runs:
    """What one program did with one photo on so many cores."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    memory_mb: float = 0
    bytes: int = 0


@dataclass(frozen=True)
class Program:
    """A contender: how it is called, and where it may leave its files."""

    name: str
    command: tuple[str, ...]
    work: Path
    sharp: Path | None = None

    def out(self, photo: Path) -> Path:
        return self.work.resolve() / self.name.replace(" ", "-").replace(",", "") / photo.stem

    def once(self, photo: Path, cores: int, repeats: int) -> "Once":
        """Runs it on these cores only."""
        shutil.rmtree(self.out(photo), ignore_errors=True)
        paths = [str(HERE.parent / part) for part in ("functions/image_resize", "shared")]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths), "SHARP_HOME": str(self.sharp)}
        words = [json.dumps(WIDTHS), json.dumps(formats_for(self.name)), str(cores)]
        with subprocess.Popen(  # noqa: S603 - the programs that the user named
            [*self.command, str(photo.resolve()), str(self.out(photo)), str(repeats), *words],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            preexec_fn=lambda: os.sched_setaffinity(0, range(cores)),  # noqa: PLW1509 - this script has one thread
        ) as process:
            answer = process.stdout.read() if process.stdout else b""
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{self.name} failed; run it by hand: {' '.join(self.command)}")
        return Once(json.loads(answer), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


@dataclass(frozen=True)
class Once:
    """One run: seconds of each picture, CPU seconds and peak memory of the whole."""

    wall: list[float]
    cpu: float
    memory_mb: float


def main() -> None:
    options = arguments()
    options.work.mkdir(parents=True, exist_ok=True)
    photos = test_photos(options.photos, options.work)
    programs = given(options)
    results: dict[tuple[str, str, int], Runs] = {}
    for cores in (1, 2):
        for photo, path in photos.items():
            for _ in range(options.rounds):  # in turns, so that a busy moment of the machine falls on all of them
                for program in programs:
                    runs = results.setdefault((program.name, photo, cores), Runs())
                    measure(program, path, cores, options.repeats, runs)
    report(results, photos)
    if options.scorer:
        report_quality(options, photos, programs)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=Path, required=True)
    parser.add_argument("--sharp", type=Path)
    parser.add_argument("--pillow", type=Path)
    parser.add_argument("--thumbor", type=Path)
    parser.add_argument("--scorer", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--repeats", type=int, default=4, help="pictures in a row per round, after one to warm up")
    parser.add_argument("--work", type=Path, default=Path(".cache/bench-images"))
    return parser.parse_args()


def test_photos(folder: Path, work: Path) -> dict[str, Path]:
    """Photos of the wanted sizes, cut from the middle of a mosaic of the folder's photos."""
    sources = [pyvips.Image.new_from_file(str(path))[:3] for path in sorted(folder.glob("*.jpg"))]
    tiles = [image.crop(0, 0, *TILE) for image in sources if image.width >= TILE[0] and image.height >= TILE[1]]
    if not tiles:
        raise SystemExit(f"{folder} has no JPEG of at least {TILE[0]} x {TILE[1]}; give a folder with larger photos.")
    mosaic = pyvips.Image.arrayjoin([tiles[i % len(tiles)] for i in range(9)], across=3)
    found = {}
    for name, (width, height) in SIZES.items():
        found[name] = work / f"{name.replace(' ', '')}.jpg"
        left, top = (mosaic.width - width) // 2, (mosaic.height - height) // 2
        if not found[name].exists():
            mosaic.crop(left, top, width, height).jpegsave(str(found[name]), Q=92)
    return found


def given(options: argparse.Namespace) -> list[Program]:
    """The programs that were given."""
    peers = HERE / "peers"
    found = [
        ("slugline", sys.executable, str(peers / "ours.py")),
        ("lower bound", sys.executable, str(peers / "lower_bound.py")),
    ]
    if options.sharp:
        found.append(("sharp, best form", "node", str(peers / "sharp.mjs"), "best"))
        found.append(("sharp, default form", "node", str(peers / "sharp.mjs"), "default"))
    if options.pillow:
        found.append(("Pillow", str(options.pillow), str(peers / "pillow_peer.py")))
    if options.thumbor:
        found.append(("thumbor", str(options.thumbor), str(peers / "thumbor_peer.py")))
    return [Program(name, tuple(command), options.work, options.sharp) for name, *command in found]


def formats_for(name: str) -> dict[str, dict[str, int]]:
    """The format settings in the words of the program."""
    key = "quality" if name.startswith("sharp") else "Q"
    return {
        form: {key: quality} | ({"effort": EFFORTS[form]} if form in EFFORTS else {})
        for form, quality in QUALITIES[name].items()
    }


def measure(program: Program, photo: Path, cores: int, repeats: int, runs: Runs) -> None:
    """One round: a single picture for the memory, several in a row for the time, the first of them left out."""
    single = program.once(photo, cores, 1)
    several = program.once(photo, cores, 1 + repeats)
    runs.wall += several.wall[1:]
    runs.cpu.append((several.cpu - single.cpu) / repeats)
    runs.memory_mb = max(runs.memory_mb, single.memory_mb)
    runs.bytes = sum(path.stat().st_size for path in program.out(photo).glob("*"))


def report(results: dict[tuple[str, str, int], Runs], photos: dict[str, Path]) -> None:
    """A Markdown table for each number of cores: best and median, as the machine is shared."""
    for cores in (1, 2):
        print(f"\n### {cores} core{'s' if cores > 1 else ''}\n")
        print("| photo | program | wall best | wall median | CPU | peak memory | bytes | $ per 1,000 |")
        print("|---|---|---|---|---|---|---|---|")
        for photo in photos:
            for (name, of, on), runs in results.items():
                if (of, on) == (photo, cores):
                    print(row(photo, name, runs, cores))


def row(photo: str, name: str, runs: Runs, cores: int) -> str:
    best, median, cpu = min(runs.wall), statistics.median(runs.wall), min(runs.cpu)
    if name == "lower bound":
        return f"| {photo} | *{name}* | {best:.3f} s | {median:.3f} s | | | | |"
    used = f"{cpu:.3f} s | {runs.memory_mb:.0f} MB"
    if name == "thumbor":
        used = "not counted | not counted"  # its server's processes are not ours to wait for
    return (
        f"| {photo} | {name} | {best:.3f} s | {median:.3f} s | {used} | {runs.bytes / 1000:.0f} kB"
        f" | {1000 * cost(best, cores):.4f} |"
    )


def cost(seconds: float, cores: int) -> float:
    """US dollars for one picture on a Lambda of as many cores, its transfers not counted."""
    return seconds * cores * FULL_CORE_MB / 1024 * GB_SECOND_ARM64 + REQUEST


def report_quality(options: argparse.Namespace, photos: dict[str, Path], programs: list[Program]) -> None:
    """SSIMULACRA2 (90: visually lossless, 70: high) of every output against an uncompressed shrink."""
    print("\n### Visual quality, SSIMULACRA2\n")
    columns = " | ".join(f"{photo} at {width}" for photo in photos for width in WIDTHS)
    print(f"| program | format | {columns} | mean |")
    print("|---|---|" + "---|" * (len(photos) * len(WIDTHS) + 1))
    for program in programs:
        if program.name == "lower bound":
            continue
        for form, quality in QUALITIES[program.name].items():
            scores = [
                score(options, path, width, program.out(path) / f"{width}.{form}")
                for path in photos.values()
                for width in WIDTHS
            ]
            cells = " | ".join(f"{value:.1f}" for value in scores)
            print(f"| {program.name} | {form} {quality} | {cells} | {statistics.mean(scores):.1f} |", flush=True)


def score(options: argparse.Namespace, photo: Path, width: int, file: Path) -> float:
    reference, shown = options.work / f"{photo.stem}-{width}.png", options.work / "shown.png"
    if not reference.exists():
        pyvips.Image.thumbnail(str(photo), width).pngsave(str(reference), compression=1)
    original = pyvips.Image.new_from_file(str(reference))
    made = pyvips.Image.new_from_file(str(file))[:3]
    if (made.width, made.height) != (original.width, original.height):  # a rounding apart
        made = made.gravity("north-west", original.width, original.height, extend="copy")
    made.pngsave(str(shown), compression=1, keep="none")
    words = [str(options.scorer), "-c", SCORE, str(reference), str(shown)]
    return float(subprocess.run(words, check=True, capture_output=True).stdout)  # noqa: S603 - the user's interpreter


SCORE = "import sys, ssimulacra2; print(ssimulacra2.compute_ssimulacra2(sys.argv[1], sys.argv[2]))"

if __name__ == "__main__":
    main()
