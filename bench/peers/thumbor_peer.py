"""thumbor as it is run: a server, one request per file, as many processes and requests at once as there are cores.

python thumbor_peer.py PHOTO OUT REPEATS WIDTHS FORMATS THREADS
"""

# ruff: noqa: T201 - what it prints is its answer

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

CONFIG = """
LOADER = 'thumbor.loaders.file_loader'
FILE_LOADER_ROOT_PATH = {root!r}
STORAGE = 'thumbor.storages.no_storage'
RESULT_STORAGE = None
MAX_PIXELS = 50_000_000
RESPECT_ORIENTATION = True
WEBP_METHOD = {effort}
AVIF_SPEED = {speed}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
    except OSError:
        return False
    return True


def main() -> None:
    photo, out, repeats, widths, formats_text, threads = sys.argv[1:]
    formats = json.loads(formats_text)
    Path(out).mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as config:
        speed, effort = 9 - formats["avif"]["effort"], formats["webp"]["effort"]
        config.write(CONFIG.format(root=str(Path(photo).parent), speed=speed, effort=effort))
        config.flush()
        port = free_port()
        command = [sys.executable, "-m", "thumbor.server", "-i", "127.0.0.1", "-p", str(port), "-c", config.name]
        with subprocess.Popen(  # noqa: S603 - a fixed command
            [*command, "--processes", threads], stdout=subprocess.DEVNULL, process_group=0
        ) as server:
            while not answers(port):
                time.sleep(0.05)
            base = f"http://127.0.0.1:{port}/unsafe"

            def fetch(item: tuple[int, str]) -> bytes:
                width, name = item
                url = f"{base}/{width}x0/filters:format({name}):quality({formats[name]['Q']})/{Path(photo).name}"
                with urllib.request.urlopen(url, timeout=120) as answer:  # noqa: S310 - our own server
                    return bytes(answer.read())

            work = [(width, name) for width in json.loads(widths) for name in formats]
            seconds = []
            before = used(server.pid)[0]
            for _ in range(int(repeats)):
                start = time.perf_counter()
                with ThreadPoolExecutor(int(threads)) as pool:
                    files = list(pool.map(fetch, work))
                seconds.append(time.perf_counter() - start)
            cpu, memory = used(server.pid)
            os.killpg(server.pid, signal.SIGINT)  # its own processes too
    for (width, name), data in zip(work, files, strict=True):
        (Path(out) / f"{width}.{name}").write_bytes(data)
    print(json.dumps({"wall": seconds, "cpu": cpu - before, "memory_mb": memory}))


def used(group: int) -> tuple[float, float]:
    """CPU seconds so far, and the sum of the peak memories in MB, of the processes of a group."""
    cpu = memory = 0.0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            state = (process / "stat").read_text().rpartition(")")[2].split()
            status = (process / "status").read_text()
        except OSError:  # gone meanwhile
            continue
        if int(state[2]) == group:
            cpu += (int(state[11]) + int(state[12])) / os.sysconf("SC_CLK_TCK")
            memory += int(status.partition("VmHWM:")[2].split()[0]) / 1024
    return cpu, memory


main()
