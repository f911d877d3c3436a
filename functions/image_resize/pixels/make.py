"""A job and a picture in, files out. `imaging.spec` says what is in a job."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from pixels.animation import Animation, is_animated
from pixels.crop import cropped, focal_point
from pixels.decode import decoded, upright_width
from pixels.encode import encoded, holds
from pixels.header import checked_header
from pixels.label import labelled
from pixels.placeholder import placeholder
from pixels.pyramid import levels, widths_for
from pixels.refused import Refused
from pixels.slowest_first import SlowestFirst

Job = dict[str, Any]


@dataclass(frozen=True)
class File:
    """One encoded rendition."""

    format: str
    crop: str | None
    width: int
    height: int
    data: bytes


@dataclass(frozen=True)
class Made:
    """Whole pictures first, then crops, each smallest first and in the order of the job's formats."""

    files: tuple[File, ...]
    placeholder: str


def make(job: Job, data: bytes) -> Made:
    """Raises Refused, with the reason, for a picture that is over a limit or cannot be decoded."""
    header = checked_header(data, job["limits"])
    with ThreadPoolExecutor(job["threads"]) as pool:
        if job["animation"] and is_animated(header):
            return Work(job, pool).animated(header, data)
        return Work(job, pool).still(header, data)


class Work:
    """The encodes of one picture. Of those whose pixels are there the slowest is next, so that a short one is last."""

    def __init__(self, job: Job, pool: ThreadPoolExecutor) -> None:
        self._job, self._encoders = job, SlowestFirst(pool)
        self._encodes: dict[tuple[str, int, str], tuple[int, Future[bytes]]] = {}

    def still(self, header: Any, data: bytes) -> Made:
        return self._finished(self._whole(header, data, list(self._job["formats"])))

    def animated(self, header: Any, data: bytes) -> Made:
        """WebP moves, whatever the desk's formats; JPEG shows the first frame; a page would prefer an AVIF to both."""
        base = self._whole(header, data, ["jpeg"])
        animation = Animation(data, self._job)
        for width in reversed(widths_for(self._job["widths"], upright_width(header))):
            self._start("", width, "webp", animation.at(width), height=animation.height_at(width))
        return self._finished(base)

    def _whole(self, header: Any, data: bytes, formats: list[str]) -> Any:
        """Starts all encodes of the whole picture and of its crops; returns the smallest picture made."""
        widths = widths_for(self._job["widths"], upright_width(header))
        base = decoded(data, header, widths[-1], self._job["threads"])
        base = labelled(base, self._job["blocks"], self._job["exif"])
        smallest = base
        for width, level in levels(base, widths):
            smallest = level
            for name in formats:
                self._start("", width, name, level)
        self._crops(base, smallest)
        return smallest

    def _crops(self, base: Any, smallest: Any) -> None:
        if not self._job["crops"]:
            return
        focal = self._job["focal"] or focal_point(smallest)
        for crop in self._job["crops"]:
            whole = cropped(base, crop["ratio"], focal)
            for width, level in levels(whole, widths_for(crop["widths"], whole.width)):
                for name in crop["formats"]:
                    self._start(crop["name"], width, name, level)

    def _start(self, crop: str, width: int, name: str, level: Any, *, height: int | None = None) -> None:
        """`height` is that of one frame, where `level` is a strip of them. What a format cannot hold is left out."""
        if not holds(name, width, height or level.height):
            return
        moving = self._job["animation"] if height else None
        encode = partial(encoded, level, name, moving or self._job["formats"].get(name, FALLBACK))
        encoding = self._encoders.submit(COST[name] * (width * level.height + SMALL), encode)
        self._encodes[crop, width, name] = height or level.height, encoding

    def _finished(self, smallest: Any) -> Made:
        crops = ["", *(crop["name"] for crop in self._job["crops"])]
        formats = list(dict.fromkeys([*self._job["formats"], "webp", "jpeg"]))
        shown_first = placeholder(smallest)  # while the encoders work
        files = [
            File(format=name, crop=crop or None, width=width, height=height, data=encode.result())
            for (crop, width, name), (height, encode) in self._encodes.items()
        ]
        if not any(file.crop is None for file in files):
            raise Refused("The picture is too long for every format of the desk's; JPEG would hold it.")
        files.sort(key=lambda file: (crops.index(file.crop or ""), file.width, formats.index(file.format)))
        return Made(tuple(files), shown_first)


FALLBACK = {"Q": 77}
"""Of a JPEG, for the still of an animation, where the desk has none."""
COST = {"avif": 16, "webp": 5, "jpeg": 1}
"""Of a pixel, beside that of the others."""
SMALL = 100_000
"""What a file costs however small it is, in pixels."""
