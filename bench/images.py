"""Renditions of photos of 2, 6 and 24 MP: time, memory, bytes and visual quality, beside Pillow, sharp and thumbor.

    python bench/images.py --peers DIR > images.md

DIR holds what is compared; what it lacks is left out, and the script says so:

    photos/   any JPEG photos of at least 2000 x 1334 (the test photos are cut from a mosaic of them)
    sharp/    npm install sharp
    pillow/   a virtual environment with Pillow
    thumbor/  a virtual environment with thumbor and pillow-avif-plugin
    scorer/   a virtual environment with ssimulacra2

Programs take turns, round by round, and ratios are of runs of the same round: so a busy moment of the machine falls on
all of them. The load at start and end is printed; above 1 the figures are not to be quoted.
"""

# ruff: noqa: T201 - what it prints is its answer

import argparse
import json
import multiprocessing
import os
import platform
import shlex
import shutil
import statistics
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from importlib.metadata import PackagePath, distribution
from pathlib import Path

import pyvips

HERE = Path(__file__).parent
OURS, BOUND = "slugline", "lower bound"
BEST, DEFAULT, DEFAULTS = "sharp, best form", "sharp, default form", "sharp, default form and effort"
PACKAGES = ("pyvips", "pyvips-binary", "cffi", "pycparser", "pi_heif", "pillow")
"""What image_resize's requirements.txt installs; boto3 is in the runtime, the shared layer is not of this function."""
WIDTHS = [320, 640, 1280, 1920]
SIZES = {"2 MP": (1920, 1080), "6 MP": (3000, 2000), "24 MP": (6000, 4000)}
TILE = (2000, 1334)
QUALITIES = {"avif": 61, "webp": 82, "jpeg": 77}
"""The same for all, as they use the same encoders; the scores show how equal the outcomes are."""
EFFORTS = {"avif": 1, "webp": 2}
GB_SECOND_ARM64 = 0.0000133334
"""US dollars, Lambda on Graviton in us-east-1, list price; a request adds 0.0000002."""
REQUEST = 0.0000002
FULL_CORE_MB = 1_769
"""Lambda's memory setting that buys one core."""


@dataclass
class Runs:
    """What one program did with one photo on so many cores; `best` is the quickest picture of each round."""

    wall: list[float] = field(default_factory=list)
    best: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    ahead: list[float] = field(default_factory=list)
    memory_mb: float = 0
    bytes: int = 0


@dataclass(frozen=True)
class Once:
    """One run: seconds of each picture, CPU seconds of the whole, and peak memory, all processes added up.

    `ahead`: of the CPU seconds, those that a worker took for each picture before it came.
    """

    wall: list[float]
    cpu: float
    memory_mb: float
    ahead: list[float]


@dataclass(frozen=True)
class Program:
    """A contender: how it is called, and where it may leave its files. A slow one runs once."""

    name: str
    command: tuple[str, ...]
    work: Path
    sharp: Path
    slow: bool = False

    def out(self, photo: Path) -> Path:
        return self.work.resolve() / self.name.replace(" ", "-").replace(",", "") / photo.stem

    def once(self, photo: Path, cores: int, repeats: int) -> Once:
        """Runs it on these cores only."""
        shutil.rmtree(self.out(photo), ignore_errors=True)
        words = [str(photo.resolve()), str(self.out(photo)), str(repeats), json.dumps(WIDTHS)]
        command = [*self.command, *words, json.dumps(formats_for(self.name)), str(cores)]
        with subprocess.Popen(  # noqa: S603 - the programs that the user named
            command,
            env=OUR_PATH | {"SHARP_HOME": str(self.sharp.resolve())},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            preexec_fn=lambda: os.sched_setaffinity(0, range(cores)),  # noqa: PLW1509 - this script has one thread
        ) as process:
            answer = process.stdout.read() if process.stdout else b""
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{self.name} failed; run it by hand: {shlex.join(command)}")
        told = json.loads(answer)
        told = told if isinstance(told, dict) else {"wall": told}
        cpu = told.get("cpu", usage.ru_utime + usage.ru_stime)
        return Once(told["wall"], cpu, told.get("memory_mb", usage.ru_maxrss / 1024), told.get("ahead", []))


OUR_PATH = os.environ | {
    "PYTHONPATH": os.pathsep.join(str(HERE.parent / part) for part in ("functions/image_resize", "shared"))
}


def main() -> None:
    options = arguments()
    options.work.mkdir(parents=True, exist_ok=True)
    print(
        f"Load at start: {os.getloadavg()[0]:.2f}; {platform.processor() or platform.machine()}, Python "
        f"{platform.python_version()}; {options.rounds} rounds of {options.repeats} pictures.",
        flush=True,
    )
    # In a process of its own: a peak of this one's memory would be counted as that of each program it starts.
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        photos = pool.submit(test_photos, options.peers / "photos", options.work).result()
    photos = {name: path for name, path in photos.items() if name in options.photos}
    programs = given(options)
    results: dict[Key, Runs] = {}
    for cores in (1, 2):
        for photo, path in photos.items():
            for turn in range(options.rounds):
                for program in programs:
                    if turn == 0 or not program.slow:
                        repeats = 1 if program.slow else options.repeats
                        measure(program, path, cores, repeats, results.setdefault((program.name, photo, cores), Runs()))
        report(results, photos, cores)
    report_ratios(results, photos)
    report_start(next(iter(photos.values())))
    if not options.without_scores:
        report_quality(options, photos, programs)
    print(f"\nLoad at end: {os.getloadavg()[0]:.2f}")


Key = tuple[str, str, int]
"""Program, photo and cores."""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--repeats", type=int, default=4, help="pictures in a row per round, after one to warm up")
    parser.add_argument("--photos", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--programs", nargs="+", metavar="NAME", help="only these, and slugline; all by default")
    parser.add_argument("--without-scores", action="store_true", help="a short run: times, memory and bytes only")
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
        found[name] = work / f"{width}x{height}.jpg"
        left, top = (mosaic.width - width) // 2, (mosaic.height - height) // 2
        if not found[name].exists():
            mosaic.crop(left, top, width, height).jpegsave(str(found[name]), Q=92)
    return found


def given(options: argparse.Namespace) -> list[Program]:
    """The programs that are there."""
    peers, folder = HERE / "peers", options.peers.resolve()
    sharp, script = folder / "sharp", str(peers / "sharp.mjs")
    found = [
        (OURS, sys.executable, str(peers / "ours.py")),
        (BOUND, sys.executable, str(peers / "lower_bound.py")),
        (BEST, "node", script, "best"),
        (DEFAULT, "node", script, "default"),
        (DEFAULTS, "node", script, "default"),
        ("Pillow", str(folder / "pillow/bin/python"), str(peers / "pillow_peer.py")),
        ("thumbor", str(folder / "thumbor/bin/python"), str(peers / "thumbor_peer.py")),
    ]
    there = [
        (name, *command)
        for name, *command in found
        if (sharp / "node_modules/sharp").is_dir() or command[0] != "node"
        if command[0] == "node" or Path(command[0]).exists()
    ]
    for name in sorted({name for name, *_ in found} - {name for name, *_ in there}):
        print(f"{name} is not in {folder} and left out.")
    wanted = [one for one in there if not options.programs or one[0] in {OURS, *options.programs}]
    return [Program(name, tuple(command), options.work, sharp, name == DEFAULTS) for name, *command in wanted]


def formats_for(name: str) -> dict[str, dict[str, int]]:
    """The format settings in the words of the program."""
    key = "quality" if name.startswith("sharp") else "Q"
    efforts = {} if name == DEFAULTS else EFFORTS
    return {
        form: {key: quality} | ({"effort": efforts[form]} if form in efforts else {})
        for form, quality in QUALITIES.items()
    }


def measure(program: Program, photo: Path, cores: int, repeats: int, runs: Runs) -> None:
    """One round: a single picture for the memory, several in a row for the time, the first of them left out."""
    single = program.once(photo, cores, 1)
    several = program.once(photo, cores, 1 + repeats)
    runs.wall += several.wall[1:]
    runs.best.append(min(several.wall[1:]))
    runs.cpu.append((several.cpu - single.cpu) / repeats)
    runs.ahead += several.ahead[1:]
    runs.memory_mb = max(runs.memory_mb, single.memory_mb)
    runs.bytes = sum(path.stat().st_size for path in program.out(photo).glob("*"))


def report(results: dict[Key, Runs], photos: dict[str, Path], cores: int) -> None:
    """A Markdown table: best and median, as the machine is shared."""
    print(f"\n### {cores} core{'s' if cores > 1 else ''}\n")
    print("| photo | program | wall best | wall median | CPU | peak memory | bytes | $ per 1,000 |")
    print("|---|---|---|---|---|---|---|---|")
    for photo in photos:
        for (name, of, on), runs in results.items():
            if (of, on) == (photo, cores):
                print(row(photo, name, runs, cores), flush=True)
    ahead = [f"{photo} {1000 * min(results[OURS, photo, cores].ahead):.1f} ms" for photo in photos]
    print(f"\nOf slugline's CPU, not of its wall time: a worker's start before its picture comes, {', '.join(ahead)}.")


def row(photo: str, name: str, runs: Runs, cores: int) -> str:
    best, median, cpu = min(runs.wall), statistics.median(runs.wall), min(runs.cpu)
    if name == BOUND:
        return f"| {photo} | *{name}* | {best:.3f} s | {median:.3f} s | | | | |"
    return (
        f"| {photo} | {name} | {best:.3f} s | {median:.3f} s | {cpu:.3f} s | {runs.memory_mb:.0f} MB"
        f" | {runs.bytes / 1000:.0f} kB | {1000 * cost(best, cores):.4f} |"
    )


TARGETS = {BOUND: "at most 1.05", BEST: "at most 1.05", DEFAULT: "at most 0.5", DEFAULTS: "", "thumbor": "at most 0.5"}
"""What the wall time of ours, divided by theirs, must be (sharp and thumbor: 24 MP, two cores)."""


def report_ratios(results: dict[Key, Runs], photos: dict[str, Path]) -> None:
    """Ours by each other program's: wall time of the best picture in the same round, and CPU seconds."""
    print("\n### slugline as a share of others: wall time, median and range of the rounds; then CPU seconds\n")
    print("| divided by | must be | " + " | ".join(f"{photo}, {cores}" for cores in (1, 2) for photo in photos) + " |")
    print("|---|---|" + "---|" * 2 * len(photos))
    for name, target in TARGETS.items():
        cells = []
        for cores in (1, 2):
            for photo in photos:
                theirs = results.get((name, photo, cores), Runs()).best
                ratios = [a / b for a, b in zip(results[OURS, photo, cores].best, theirs, strict=False)]
                wall = f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})" if ratios else "–"
                used, their = results[OURS, photo, cores].cpu, results.get((name, photo, cores), Runs()).cpu
                cells.append(f"{wall}; {min(used) / min(their):.2f}" if their else wall)
        print(f"| {name} | {target} | {' | '.join(cells)} |")


def report_start(photo: Path) -> None:
    """A new container's import and first thumbnail, and what the function's requirements unpack to."""
    command = [sys.executable, str(HERE / "peers/cold_start.py"), str(photo.resolve())]
    answers = [subprocess.run(command, env=OUR_PATH, check=True, capture_output=True).stdout for _ in range(10)]  # noqa: S603 - our own script
    runs = [json.loads(answer) for answer in answers]
    first = sorted(1000 * run[1] for run in runs)
    size = sum(Path(file.locate()).stat().st_size for name in PACKAGES for file in installed(name))
    print(
        f"\nCold start, import and first thumbnail: best {first[0]:.0f} ms, median {statistics.median(first):.0f} ms "
    )
    print(f"(must be under 250). Unpacked requirements: {size / 1e6:.1f} MB (must be under 60).", flush=True)


def installed(name: str) -> list[PackagePath]:
    return [file for file in distribution(name).files or [] if file.suffix != ".pyc" and Path(file.locate()).exists()]


def cost(seconds: float, cores: int) -> float:
    """US dollars for one picture on a Lambda of as many cores, its transfers not counted."""
    return seconds * cores * FULL_CORE_MB / 1024 * GB_SECOND_ARM64 + REQUEST


def report_quality(options: argparse.Namespace, photos: dict[str, Path], programs: list[Program]) -> None:
    """SSIMULACRA2 (90: visually lossless, 70: high) of every output against an exact, uncompressed shrink."""
    scorer = options.peers.resolve() / "scorer/bin/python"
    if not scorer.exists():
        print("No scorer; the files are not scored.")
        return
    print("\n### Visual quality, SSIMULACRA2 (in brackets kB)\n")
    columns = " | ".join(f"{photo} at {width}" for photo in photos for width in WIDTHS)
    print(f"| program | format | {columns} | mean |")
    print("|---|---|" + "---|" * (len(photos) * len(WIDTHS) + 1))
    for program in programs:
        if program.name == BOUND:
            continue
        for form, quality in QUALITIES.items():
            files = [
                (path, width, program.out(path) / f"{width}.{form}") for path in photos.values() for width in WIDTHS
            ]
            scores = scored(scorer, [pair(options.work, *file) for file in files])
            sizes = [file.stat().st_size / 1000 for _, _, file in files]
            cells = " | ".join(f"{value:.1f} ({size:.0f})" for value, size in zip(scores, sizes, strict=True))
            print(f"| {program.name} | {form} {quality} | {cells} | {statistics.mean(scores):.1f} |", flush=True)


def scored(scorer: Path, pairs: list[tuple[str, str]]) -> list[float]:
    words = [str(scorer), str(HERE / "peers/score.py")]
    answer = subprocess.run(words, input=json.dumps(pairs).encode(), check=True, capture_output=True)  # noqa: S603 - as named
    return [float(value) for value in json.loads(answer.stdout)]


def pair(work: Path, photo: Path, width: int, file: Path) -> tuple[str, str]:
    """Two PNGs: the uncompressed shrink of the photo, and the file as shown."""
    reference, shown = work / f"{photo.stem}-{width}.png", work / f"shown-{photo.stem}-{width}.png"
    if not reference.exists():
        full = pyvips.Image.new_from_file(str(photo))
        height = round(full.height * width / full.width)
        exact = full.resize(width / full.width, vscale=height / full.height, kernel="lanczos3", gap=0)
        exact.pngsave(str(reference), compression=1, keep="none")
    original = pyvips.Image.new_from_file(str(reference))
    made = pyvips.Image.new_from_file(str(file))[:3]
    if (made.width, made.height) != (original.width, original.height):  # a rounding apart
        made = made.gravity("north-west", original.width, original.height, extend="copy")
    made.pngsave(str(shown), compression=1, keep="none")
    return str(reference), str(shown)


if __name__ == "__main__":
    main()
