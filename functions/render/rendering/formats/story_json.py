"""The canonical story as others may have it."""

from rendering.edition import Edition
from rendering.formats.json_text import json_bytes
from slugline.story import Image, Story


def render(edition: Edition) -> bytes:
    """Word for word as parsed, without what is the newsroom's alone: provenance, warnings, what was taken out."""
    return json_bytes(public(edition.verbatim).model_dump(mode="json"))


def public(story: Story) -> Story:
    return story.model_copy(
        update={
            "images": tuple(_public(image) for image in story.images),
            "removed": (),
            "warnings": (),
            "provenance": None,
        }
    )


def _public(image: Image) -> Image:
    """Originals are never served, and of a withheld picture not even the file's name goes out."""
    return image.model_copy(update={"asset": None, "file": image.file if image.rights.syndicate else None})
