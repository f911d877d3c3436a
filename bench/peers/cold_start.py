"""A new container's first thumbnail, as the handler gets there: its imports, the decoder's start, one small JPEG.

python cold_start.py PHOTO
"""

# ruff: noqa: T201, E402 - what it prints is its answer; the order of imports is what it measures

import time

START = time.perf_counter()

from decoder import DECODER

DECODER.start()

from imaging import RenditionSpec, make_renditions

IMPORTED = time.perf_counter()

import json
import sys
from pathlib import Path

spec = RenditionSpec(widths=(320,), formats={"jpeg": {"Q": 77}}, crops=())
make_renditions(Path(sys.argv[1]).read_bytes(), spec)
print(json.dumps([IMPORTED - START, time.perf_counter() - START]))
