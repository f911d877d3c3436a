"""A story's pictures joined with the files made of them."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from slugline.pictures import Picture, PictureManifest, Rendition
from slugline.story import BlockType, Image, Story

# Best first: a browser takes the first source that it can show.
_MODERN = ("image/avif", "image/webp")
_SAFE_PLACEHOLDER = re.compile(r"data:image/(?:avif|gif|jpeg|png|webp);base64,[A-Za-z0-9+/]+={0,2}")
_PAGE_WIDTH = 1280


@dataclass(frozen=True)
class Figure:
    """A picture as outputs see it. `fallbacks` is empty when no file was made of it.

    `sources` are the modern formats, best first; `fallbacks` the files every reader can show, else whatever there is.
    Renditions are of the whole picture, smallest first; `card` is the crop for link previews.
    """

    number: int
    image: Image
    sources: tuple[tuple[str, tuple[Rendition, ...]], ...] = ()
    fallbacks: tuple[Rendition, ...] = ()
    card: Rendition | None = None
    placeholder: str | None = None

    @property
    def shown(self) -> bool:
        """Whether our own page can show it."""
        return bool(self.fallbacks)

    @property
    def syndicable(self) -> bool:
        """Whether partners may have its files."""
        return self.shown and self.image.rights.syndicate

    @property
    def files(self) -> tuple[Rendition, ...]:
        """Every file of the whole picture, once, those that every reader can show first."""
        modern = (item for _, items in self.sources for item in items)
        return tuple(dict.fromkeys((*self.fallbacks, *modern)))

    @property
    def main(self) -> Rendition:
        """The file for a plain link: the largest that is not wider than a page needs, else the smallest."""
        fitting = [item for item in self.fallbacks if item.width <= _PAGE_WIDTH]
        return fitting[-1] if fitting else self.fallbacks[0]


class Figures(Mapping[str, Figure]):
    """A story's figures by image id, in the story's order."""

    def __init__(self, story: Story, manifest: PictureManifest) -> None:
        made = {picture.image: picture for picture in manifest.pictures}
        self._figures = {
            image.id: _figure(number, image, made.get(image.id)) for number, image in enumerate(story.images, start=1)
        }
        self._placed = {block.image for block in story.body if block.type == BlockType.IMAGE}

    def __getitem__(self, image: str) -> Figure:
        return self._figures[image]

    def __iter__(self) -> Iterator[str]:
        return iter(self._figures)

    def __len__(self) -> int:
        return len(self._figures)

    @property
    def unplaced(self) -> tuple[Figure, ...]:
        """Figures that no block of the body asks for."""
        return tuple(figure for image, figure in self._figures.items() if image not in self._placed)


def _figure(number: int, image: Image, picture: Picture | None) -> Figure:
    if picture is None:
        return Figure(number, image)
    placeholder = picture.placeholder
    return Figure(
        number,
        image,
        sources=_sources(picture),
        fallbacks=_fallbacks(picture),
        card=_card(picture),
        placeholder=placeholder if placeholder and _SAFE_PLACEHOLDER.fullmatch(placeholder) else None,
    )


def _sources(picture: Picture) -> tuple[tuple[str, tuple[Rendition, ...]], ...]:
    by_type = ((kind, _whole(picture, kind.__eq__)) for kind in _MODERN)
    return tuple((kind, files) for kind, files in by_type if files)


def _fallbacks(picture: Picture) -> tuple[Rendition, ...]:
    common = _whole(picture, lambda kind: kind not in _MODERN)
    return common or _whole(picture, "image/webp".__eq__) or _whole(picture, "image/avif".__eq__)


def _whole(picture: Picture, wanted: Callable[[str], bool]) -> tuple[Rendition, ...]:
    files = (item for item in picture.renditions if item.crop is None and wanted(item.content_type))
    return tuple(sorted(files, key=lambda item: item.width))


def _card(picture: Picture) -> Rendition | None:
    cards = (item for item in picture.renditions if item.crop == "social" and item.content_type not in _MODERN)
    return next(cards, None)
