"""What no pipeline can beat: one decode, then the encoders alone, shared perfectly by the cores.

The decode may use all cores. Each encode is timed on one core, since libvips reads and writes in threads of its own
and a time over two cores divided by two would count the second core twice. Their sum is divided by the cores, but not
below the longest of them, which cannot be divided. Shrinking, labels, processes and pipes cost nothing here, and the
memory is warm from the rounds before: one heap that is kept, in huge pages, as the decoder's is.

python lower_bound.py PHOTO OUT REPEATS WIDTHS FORMATS THREADS
"""

# ruff: noqa: T201 - what it prints is its answer

import json
import os
import sys
import time
from pathlib import Path

from decoder import MALLOC
from imaging.renditions import job_for
from imaging.spec import RenditionSpec
from pixels.decode import decoded
from pixels.encode import encoded
from pixels.header import checked_header
from pixels.heap import ask_for_huge_pages
from pixels.label import labelled
from pixels.pyramid import levels
from slugline.picture_settings import PictureLimits
from slugline.story import Image


def main() -> None:
    ask_for_huge_pages()
    photo, _, repeats, widths_text, formats_text, threads = sys.argv[1:]
    data, widths, formats = Path(photo).read_bytes(), json.loads(widths_text), json.loads(formats_text)
    cores, job = os.sched_getaffinity(0), job_for(RenditionSpec(), Image(id=""))
    seconds = []
    for _ in range(int(repeats)):
        run_on(cores)
        header = checked_header(data, PictureLimits().model_dump())
        start = time.perf_counter()
        base = labelled(decoded(data, header, max(widths), len(cores)), job["blocks"], job["exif"])
        decode = time.perf_counter() - start
        encodes = []
        pyramid = list(levels(base, widths))
        run_on({min(cores)})
        for _, level in pyramid:
            for name, settings in formats.items():
                start = time.perf_counter()
                encoded(level, name, settings)
                encodes.append(time.perf_counter() - start)
        seconds.append(decode + max(sum(encodes) / int(threads), *encodes))
    print(json.dumps(seconds))


def run_on(cores: set[int]) -> None:
    """All threads of this process, libvips' own among them."""
    for thread in Path("/proc/self/task").iterdir():
        os.sched_setaffinity(int(thread.name), cores)


if not MALLOC.items() <= os.environ.items():  # glibc reads them at its start
    os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | MALLOC)  # noqa: S606 - itself
main()
