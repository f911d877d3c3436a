"""One fresh process that does what Lambda's does at a cold start: import the handler, then handle one event."""

import json
import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).with_name("child.py").read_text(encoding="utf-8")
_RESULT = "RESULT "


@dataclass(frozen=True)
class Code:
    """A handler to start. `paths` go before the runtime's own packages, as /var/task and /opt/python do."""

    name: str
    handler: str
    paths: tuple[Path, ...] = ()

    @property
    def bytes(self) -> int:
        """Unpacked size of the function itself, without the layer."""
        return sum(path.stat().st_size for path in self.paths[0].rglob("*") if path.is_file()) if self.paths else 0


@dataclass(frozen=True)
class Start:
    """Milliseconds since the process was started, and CPU milliseconds, its children's included."""

    ready_ms: float
    ready_cpu_ms: float
    handled_ms: float
    handled_cpu_ms: float
    peak_bytes: int
    modules: int
    answer: Any


def start(python: Path, code: Code, event: Any, environment: dict[str, str]) -> Start:
    """Raises RuntimeError when the handler could not be imported or raised."""
    began = time.monotonic()
    done = subprocess.run(  # noqa: S603 - the runtime's interpreter and our own program
        # -B: Lambda cannot write bytecode beside the code either.
        [str(python), "-I", "-B", "-c", PROGRAM, code.handler, repr(began), *map(str, code.paths)],
        input=json.dumps(event),
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **environment},
    )
    results = [line for line in done.stdout.splitlines() if line.startswith(_RESULT)]
    if done.returncode or not results:
        raise RuntimeError(f"{code.name} did not handle its event:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return Start(**json.loads(results[-1].removeprefix(_RESULT)))
