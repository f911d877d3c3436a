"""Slugline as deployed: a process for each picture, which is there before it and gets ready while AWS is waited for.

Wall time is from the picture's bytes at hand to its files. The worker's CPU time before that is told as `ahead`.

python ours.py PHOTO OUT REPEATS WIDTHS FORMATS THREADS
"""

# ruff: noqa: T201 - what it prints is its answer

import json
import resource
import sys
import time
from hashlib import sha256
from pathlib import Path

from decoder import DECODER
from imaging import RenditionSpec, make_renditions


def main() -> None:
    photo, out, repeats, widths, formats, threads = sys.argv[1:]
    spec = RenditionSpec(widths=json.loads(widths), formats=json.loads(formats), crops=(), threads=int(threads))
    Path(out).mkdir(parents=True, exist_ok=True)
    data = Path(photo).read_bytes()
    digest = sha256(data).hexdigest()  # in the story, since parse worked it out
    seconds, ahead = [], []
    for _ in range(int(repeats)):
        process = DECODER.start()
        time.sleep(AWS_SECONDS)
        ahead.append(cpu_seconds_of_worker(process.pid))
        start = time.perf_counter()
        made = make_renditions(data, spec, digest=digest)
        seconds.append(time.perf_counter() - start)
    DECODER.close()  # so that what it used is counted
    suffixes = {"image/avif": "avif", "image/webp": "webp", "image/jpeg": "jpeg"}
    for file in made.files:
        (Path(out) / f"{file.width}.{suffixes[file.content_type]}").write_bytes(file.data)
    # This process and its largest child, though they share the libraries' pages: no less than what Lambda would count.
    peaks = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    print(json.dumps({"wall": seconds, "memory_mb": sum(peaks), "ahead": ahead}))


AWS_SECONDS = 0.1
"""Between pictures: the files of one are put into S3, the original of the next is read from there."""


def cpu_seconds_of_worker(process: int) -> float:
    """Of the decoder's only child, all its threads; the kernel's own figure, in nanoseconds (proc(5), schedstat)."""
    (worker,) = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return sum(int(each.read_text().split()[0]) for each in Path(f"/proc/{worker}/task").glob("*/schedstat")) / 1e9


main()
