"""A job and a picture in, files out. The job is `imaging.spec.Job` as JSON."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from pixels.decode import decoded, upright_width
from pixels.encode import encoded
from pixels.header import checked_header
from pixels.label import labelled
from pixels.placeholder import placeholder
from pixels.pyramid import pyramid, widths_for


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
    files: tuple[File, ...]
    placeholder: str


def make(job: dict[str, Any], data: bytes) -> Made:
    """Raises Refused, with the reason, for a picture that is over a limit or cannot be decoded."""
    header = checked_header(data, job["limits"])
    widths = widths_for(job["widths"], upright_width(header))
    levels = pyramid(decoded(data, header, widths[-1]), widths)
    levels = {width: labelled(level, job["blocks"], job["exif"]) for width, level in levels.items()}
    return Made(encode_all(levels, job["formats"], job["threads"]), placeholder(levels[widths[0]]))


def encode_all(levels: dict[int, Any], formats: dict[str, dict[str, int]], threads: int) -> tuple[File, ...]:
    """Every level in every format, `threads` at a time; the costliest first, so that the last one to end is short."""
    work = sorted(((width, name) for width in levels for name in formats), key=cost, reverse=True)
    with ThreadPoolExecutor(threads) as pool:
        data = dict(
            zip(work, pool.map(lambda item: encoded(levels[item[0]], item[1], formats[item[1]]), work), strict=True)
        )
    return tuple(
        File(name, None, width, levels[width].height, data[width, name]) for width in sorted(levels) for name in formats
    )


RELATIVE_COST = {"avif": 4, "webp": 3, "jpeg": 1}


def cost(item: tuple[int, str]) -> int:
    width, name = item
    return width * width * RELATIVE_COST[name]
