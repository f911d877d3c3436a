"""Cold starts: from the start of a process to the imported handler, and to the first event handled.

    .venv/bin/python bench/cold_start.py [--runs 15] [--without-bytecode]
    .venv/bin/python bench/cold_start.py --imports Render

Each function runs as it is deployed: what the build made, the layer and Lambda's boto3 (here of the laptop's AWS), in a
fresh isolated interpreter of this Python version, against MiniStack with the real template. Every run is one story
whose every step finds its function cold. Beside them stand a handler that does nothing, and one that makes a boto3
client and reads one row. Wall time has the answers of AWS in it (MiniStack shares the machine); CPU time is the
function's own with its child processes. Lambda's own start of the sandbox is not in it.
"""

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from cold_start_bench.artefacts import LAYER, functions
from cold_start_bench.newsroom import Newsroom, newsroom
from cold_start_bench.process import PROGRAM, Code, Start, start

from slugline_local.api import Api
from slugline_local.build.environment import emulator_python
from slugline_local.demo.receiver import Receiver, receiver
from slugline_local.project import root

BARE = """
def handler(event, context):
    return event
"""
BOTO3 = """
import os
import boto3

table = boto3.client("dynamodb")

def handler(event, context):
    table.get_item(TableName=os.environ["TABLE_NAME"], Key={"pk": {"S": "x"}, "sk": {"S": "y"}})
"""
SAMPLES = Path("tests/samples")
ARTICLE = (root() / SAMPLES / "text/us-equipment-pakistan.txt").read_bytes()
PHOTO = next((root() / SAMPLES / "photo").glob("*.jpg")).read_bytes()
PACKAGES = 30


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--without-bytecode", action="store_true", help="compile all source at each start")
    parser.add_argument("--imports", metavar="FUNCTION", help="milliseconds of import by package, and nothing else")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        code = functions(Path(folder), bytecode=not arguments.without_bytecode)
        if arguments.imports:
            imports(code[f"{arguments.imports}Function"], arguments.runs)
        else:
            compare(code | bare(Path(folder)), arguments.runs, size(Path(folder) / LAYER))


def bare(folder: Path) -> dict[str, Code]:
    """The handlers to compare with."""
    for name, source in (("bare", BARE), ("boto3_client", BOTO3)):
        (folder / name).mkdir()
        (folder / name / f"{name}_handler.py").write_text(source)
    return {
        name: Code(title, f"{name}_handler.handler", (folder / name,))
        for name, title in (("bare", "bare handler"), ("boto3_client", "bare boto3 client"))
    }


def compare(code: dict[str, Code], runs: int, layer_bytes: int) -> None:
    """Prints a row for each function."""
    starts: dict[str, list[Start]] = defaultdict(list)
    with newsroom() as room, receiver() as partner:
        begin(room, partner)
        for number in range(runs + 1):
            for name, one in story(room, code, number):
                if number:  # the first run warms the disk and MiniStack
                    starts[name].append(one)
    print(f"Python {sys.version.split()[0]}, {runs} runs; ms; layer {layer_bytes / 1e6:.1f} MB")  # noqa: T201 - a bench prints
    print("| function | ready, min | median | CPU | first event, min | median | CPU | peak MB | modules | MB |")  # noqa: T201 - as above
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")  # noqa: T201 - as above
    for name, found in starts.items():
        print(f"| {' | '.join((code[name].name, *figures(found), f'{code[name].bytes / 1e6:.1f}'))} |")  # noqa: T201 - as above


def figures(found: list[Start]) -> Iterator[str]:
    for wall, cpu in (("ready_ms", "ready_cpu_ms"), ("handled_ms", "handled_cpu_ms")):
        walls = [getattr(one, wall) for one in found]
        yield f"{min(walls):.0f}"
        yield f"{statistics.median(walls):.0f}"
        yield f"{min(getattr(one, cpu) for one in found):.0f}"
    yield f"{max(one.peak_bytes for one in found) / 1e6:.0f}"
    yield str(found[0].modules)


def begin(room: Newsroom, partner: Receiver) -> None:
    """A partner that wants every story."""
    api = Api(room.running.api, room.running.api_key)
    made = api.create_endpoint(api.create_partner("Bench")["id"], partner.url)
    partner.secret = made["secret"]
    api.close()


def story(room: Newsroom, code: dict[str, Code], number: int) -> Iterator[tuple[str, Start]]:
    """One text and one photo on their way through functions that are all cold."""
    python = emulator_python()

    def cold(name: str, event: object) -> Start:
        of = name if name.endswith("Function") else "ParseFunction"
        one = start(python, code[name], event, room.environment(of))
        if of == name and name != "ApiFunction" and one.answer != {"batchItemFailures": []}:
            raise RuntimeError(f"{name} failed: {one.answer}")
        return one

    yield "bare", cold("bare", {})
    yield "boto3_client", cold("boto3_client", {})
    room.drop(f"story-{number}.txt", ARTICLE.replace(b"\n", f" {number}\n".encode(), 1))
    yield "ParseFunction", cold("ParseFunction", room.take("ParseQueue"))
    yield "RenderFunction", cold("RenderFunction", room.take("RenderQueue"))
    yield "NotifyFunction", cold("NotifyFunction", room.take("NotifyQueue"))
    yield "DeliverFunction", cold("DeliverFunction", room.take("DeliverQueue"))
    room.drop(f"photo-{number}.jpg", PHOTO)
    cold("ParseFunction", room.take("ParseQueue"))
    yield "ImageResizeFunction", cold("ImageResizeFunction", room.take("ImageResizeQueue"))
    room.put("ClockQueue", {"detail-type": "Scheduled Event"})
    yield "ClockFunction", cold("ClockFunction", room.take("ClockQueue"))
    yield "HubFunction", cold("HubFunction", room.take("HubQueue"))
    room.put("RenderDeadLetterQueue", {"detail-type": "StoryParsed", "detail": {"data": {"story_id": "none"}}})
    yield "DeadLetterFunction", cold("DeadLetterFunction", room.take("RenderDeadLetterQueue"))
    yield "ApiFunction", cold("ApiFunction", request("/v1/partners", room.running.api_key))


def request(path: str, key: str) -> dict[str, object]:
    """A request as the HTTP API hands it over."""
    event: dict[str, object] = json.loads((root() / "events/api-health.json").read_text(encoding="utf-8"))
    event["rawPath"] = path
    event["headers"] = {"accept": "application/json", "authorization": f"Bearer {key}"}
    event["requestContext"]["http"]["path"] = path  # type: ignore[index]  # the sample has it
    return event


def imports(code: Code, runs: int) -> None:
    """Self time of each package in the import of one handler, the least of all runs: what it costs undisturbed."""
    least: dict[str, float] = {}
    for _ in range(runs):
        done = subprocess.run(  # noqa: S603 - our own program
            [
                emulator_python(),
                "-X",
                "importtime",
                "-I",
                "-B",
                "-c",
                PROGRAM,
                code.handler,
                "0",
                *map(str, code.paths),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        for microseconds, name in re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", done.stderr):
            least[name] = min(least.get(name, 1e9), float(microseconds))
    packages: Counter[str] = Counter()
    for name, microseconds in least.items():
        packages[".".join(name.split(".")[: 3 if name.startswith("aws_lambda") else 2])] += microseconds / 1000
    print(f"{packages.total():8.1f} ms, all")  # noqa: T201 - as above
    for name, milliseconds in packages.most_common(PACKAGES):
        print(f"{milliseconds:8.1f} ms, {name}")  # noqa: T201 - as above


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
