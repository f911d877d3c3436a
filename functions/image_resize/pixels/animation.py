"""Animated GIF and WebP, every frame made smaller."""

from typing import Any

import pyvips

from pixels.decode import ANY_HEIGHT, in_srgb
from pixels.label import labelled
from pixels.vips import readable_errors

LOADERS = ("gifload", "webpload")
TIMING = ("delay", "loop", "page-height", "n-pages")


def is_animated(header: Any) -> bool:
    return header.get("vips-loader").startswith(LOADERS) and frames(header) > 1


def frames(header: Any) -> int:
    return int(header.get("n-pages")) if header.get_typeof("n-pages") else 1


class Animation:
    """The frames of one animation, to be had at any width up to its own."""

    def __init__(self, data: bytes, job: dict[str, Any]) -> None:
        self._data, self._job = data, job
        self._heights: dict[int, int] = {}

    def at(self, width: int) -> Any:
        """All frames, one below the other as libvips keeps them, with their timing and our labels."""
        with readable_errors():
            strip: Any = pyvips.Image.thumbnail_buffer(
                self._data, width, height=ANY_HEIGHT, size="down", option_string="[n=-1]"
            )
            strip = in_srgb(strip).copy_memory()
        self._heights[width] = strip.get("page-height")
        return labelled(strip, self._job["blocks"], self._job["exif"], keep=TIMING)

    def height_at(self, width: int) -> int:
        """The height of one frame; known once the width has been made."""
        return self._heights[width]
