"""Slugline as deployed: a child process for each picture.

python ours.py PHOTO OUT REPEATS WIDTHS FORMATS THREADS
"""

# ruff: noqa: T201 - what it prints is its answer

import json
import resource
import sys
import time
from pathlib import Path

from decoder import DECODER
from imaging import RenditionSpec, make_renditions


def main() -> None:
    photo, out, repeats, widths, formats, threads = sys.argv[1:]
    spec = RenditionSpec(widths=json.loads(widths), formats=json.loads(formats), crops=(), threads=int(threads))
    Path(out).mkdir(parents=True, exist_ok=True)
    data = Path(photo).read_bytes()
    seconds = []
    for _ in range(int(repeats)):
        start = time.perf_counter()
        made = make_renditions(data, spec)
        seconds.append(time.perf_counter() - start)
    DECODER.close()  # so that what it used is counted
    suffixes = {"image/avif": "avif", "image/webp": "webp", "image/jpeg": "jpeg"}
    for file in made.files:
        (Path(out) / f"{file.width}.{suffixes[file.content_type]}").write_bytes(file.data)
    # This process and its largest child, though they share the libraries' pages: no less than what Lambda would count.
    peaks = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps({"wall": seconds, "memory_mb": sum(peaks)}))


main()
