"""What no pipeline can beat: one decode, then the encoders alone, shared perfectly by the cores.

python lower_bound.py PHOTO OUT REPEATS WIDTHS FORMATS THREADS
"""

# ruff: noqa: T201 - what it prints is its answer

import json
import sys
import time
from pathlib import Path

from imaging.renditions import job_for
from imaging.spec import RenditionSpec
from pixels.decode import decoded
from pixels.encode import encoded
from pixels.header import checked_header
from pixels.label import labelled
from pixels.pyramid import levels
from slugline.picture_settings import PictureLimits
from slugline.story import Image


def main() -> None:
    photo, _, repeats, widths_text, formats_text, threads = sys.argv[1:]
    data, widths, formats = Path(photo).read_bytes(), json.loads(widths_text), json.loads(formats_text)
    job = job_for(RenditionSpec(), Image(id=""))
    seconds = []
    for _ in range(int(repeats)):
        header = checked_header(data, PictureLimits().model_dump())
        start = time.perf_counter()
        base = labelled(decoded(data, header, max(widths)), job["blocks"], job["exif"])
        decode = time.perf_counter() - start
        encodes = []
        for _, level in levels(base, widths):
            for name, settings in formats.items():
                start = time.perf_counter()
                encoded(level, name, settings)
                encodes.append(time.perf_counter() - start)
        seconds.append(decode + max(sum(encodes) / int(threads), *encodes))
    print(json.dumps(seconds))


main()
