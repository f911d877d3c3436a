"""Crops of a given shape around what matters in the picture."""

from typing import Any

from pixels.vips import readable_errors

Point = tuple[float, float]


def focal_point(image: Any) -> Point:
    """Where libvips' attention strategy (edges, skin tones, saturation) would look, as fractions of the sides."""
    side = min(image.width, image.height)
    with readable_errors():
        _, found = image.smartcrop(side, side, interesting="attention", attention_x=True, attention_y=True)
    return found["attention_x"] / image.width, found["attention_y"] / image.height


def cropped(image: Any, ratio: tuple[int, int], focal: Point) -> Any:
    """The largest part of the picture that has the ratio, its middle as near to the focal point as the edges allow."""
    width, height = largest(image.width, image.height, ratio)
    left = clamped(focal[0] * image.width - width / 2, image.width - width)
    top = clamped(focal[1] * image.height - height / 2, image.height - height)
    with readable_errors():
        return image.crop(left, top, width, height).copy_memory()


def largest(width: int, height: int, ratio: tuple[int, int]) -> tuple[int, int]:
    across, down = ratio
    if width * down > height * across:
        return max(1, round(height * across / down)), height
    return width, max(1, round(width * down / across))


def clamped(value: float, most: int) -> int:
    return min(max(round(value), 0), most)
