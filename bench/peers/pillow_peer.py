"""Pillow in its best form: draft decode, one pyramid, encodes in threads, each thread with its own copy.

python pillow_peer.py PHOTO OUT REPEATS WIDTHS FORMATS THREADS
"""

# ruff: noqa: T201 - what it prints is its answer

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

OPTIONS = {
    "jpeg": lambda o: {"quality": o["Q"], "optimize": True},
    "webp": lambda o: {"quality": o["Q"], "method": o["effort"]},
    "avif": lambda o: {"quality": o["Q"], "speed": 9 - o["effort"], "max_threads": 1},
}


def encode(image: Image.Image, name: str, options: dict[str, int]) -> bytes:
    buffer = BytesIO()
    image.copy().save(buffer, name.upper(), **OPTIONS[name](options))
    return buffer.getvalue()


def make(photo: Path, widths: list[int], formats: dict[str, dict[str, int]], threads: int) -> dict[str, bytes]:
    image = Image.open(photo)
    image.draft("RGB", (widths[0], widths[0] * image.height // image.width))
    image = ImageOps.exif_transpose(image)
    ratio = image.height / image.width
    with ThreadPoolExecutor(threads) as pool:
        work = {}
        for width in widths:
            image = image.resize((width, round(ratio * width)), Image.Resampling.LANCZOS)
            for name, options in formats.items():
                work[f"{width}.{name}"] = pool.submit(encode, image, name, options)
        return {name: future.result() for name, future in work.items()}


def main() -> None:
    photo, out, repeats, widths, formats, threads = sys.argv[1:]
    Path(out).mkdir(parents=True, exist_ok=True)
    seconds = []
    for _ in range(int(repeats)):
        start = time.perf_counter()
        files = make(Path(photo), sorted(json.loads(widths), reverse=True), json.loads(formats), int(threads))
        seconds.append(time.perf_counter() - start)
    for name, data in files.items():
        (Path(out) / name).write_bytes(data)
    print(json.dumps(seconds))


main()
