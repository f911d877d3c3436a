"""Pictures of a package are matched to the story by file name, order and caption."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from slugline.ports.stories import PackagePicture
from slugline.story import Block, BlockType, Image, Story

_NUMBER = re.compile(r"(\d+)$")
_SAME_WORDS = 0.6
"""Share of the shorter caption's words that the other has too, from which on they are one caption."""
_OWN_FIELDS = ("file", "asset")
"""What the file always knows better than the copy that speaks of it."""


def match_pictures(story: Story, pictures: Sequence[PackagePicture]) -> Story:
    """The story with each picture at the image it belongs to; those that belong to none are added at the end.

    The copy's words on a picture win over the file's metadata: an editor wrote them for this story. A picture that the
    story has already (same bytes) changes nothing.
    """
    images = list(story.images)
    body = list(story.body)
    held = {image.asset.sha256 for image in images if image.asset}
    for picture in sorted(pictures, key=lambda picture: picture.name):
        asset = picture.image.asset
        if asset is None or asset.sha256 in held:
            continue
        held.add(asset.sha256)
        position = _place_of(picture, images)
        if position is None:
            added = picture.image.model_copy(update={"id": _free_id(images)})
            images.append(added)
            body.append(Block(type=BlockType.IMAGE, image=added.id))
        else:
            images[position] = _joined(images[position], picture.image)
    return story.model_copy(update={"images": tuple(images), "body": tuple(body)})


def without_picture(story: Story, picture: PackagePicture) -> Story:
    """The story after the picture's file was deleted: what the copy says of it stays, the file does not."""
    gone = picture.image.asset
    images = tuple(
        image.model_copy(update={"asset": None})
        if gone and image.asset and image.asset.sha256 == gone.sha256
        else image
        for image in story.images
    )
    return story.model_copy(update={"images": images})


def _place_of(picture: PackagePicture, images: Sequence[Image]) -> int | None:
    """The image that lacks its file and that this picture is: by name, then caption, then number."""
    free = [(position, image) for position, image in enumerate(images) if image.asset is None]
    name = PurePosixPath(picture.name).name.casefold()
    for position, image in free:
        if image.file and PurePosixPath(image.file).name.casefold() == name:
            return position
    for position, image in free:
        if _same_caption(image.caption, picture.image.caption):
            return position
    number = _NUMBER.search(PurePosixPath(name).stem)
    if number and 0 < int(number[1]) <= len(images):
        wanted = int(number[1]) - 1
        if any(position == wanted and not image.file for position, image in free):
            return wanted
    return None


def _same_caption(one: str | None, other: str | None) -> bool:
    words, others = _words(one), _words(other)
    if not words or not others:
        return False
    return len(words & others) / min(len(words), len(others)) >= _SAME_WORDS


def _words(text: str | None) -> set[str]:
    return set(re.findall(r"\w+", (text or "").casefold()))


def _joined(image: Image, picture: Image) -> Image:
    """The story's words on the picture, filled up from the file's metadata."""
    update = {
        name: getattr(picture, name)
        for name in Image.model_fields
        if name not in {"id", "rights"}
        and getattr(picture, name) not in {None, ()}
        and (name in _OWN_FIELDS or getattr(image, name) in {None, ()})
    }
    update["embargo"] = max(filter(None, (image.embargo, picture.embargo)), default=None)
    if not picture.rights.syndicate:
        # Either ground is enough to withhold a picture from partners.
        update["rights"] = picture.rights
    return image.model_copy(update=update)


def _free_id(images: Sequence[Image]) -> str:
    taken = {image.id for image in images}
    return next(name for number in range(1, len(images) + 2) if (name := f"image-{number}") not in taken)
