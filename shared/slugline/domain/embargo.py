"""What of a story may be seen when: its own embargo holds all of it, that of a picture the picture alone."""

from typing import NamedTuple

from slugline.model import Instant
from slugline.story import BlockType, Status, Story


class Release(NamedTuple):
    """What is to be seen of a story from an instant on; `due` is None when that is at once."""

    story: Story
    due: Instant | None


def releases(story: Story, now: Instant) -> tuple[Release, ...]:
    """The story as it comes out: whole, or without the pictures that are held longer and then whole.

    Pictures whose embargoes end one after the other come together, with the last. A story that is nothing but held
    pictures waits for them. One that a person has to release is never due.
    """
    if story.status is not Status.USABLE:
        return (Release(story, None),)
    due = story.embargo if story.embargo and story.embargo > now else None
    held = {image.id: image.embargo for image in story.images if image.embargo and image.embargo > (due or now)}
    if not held:
        return (Release(story, due),)
    whole = Release(story, max(held.values()))
    images = tuple(image for image in story.images if image.id not in held)
    body = tuple(block for block in story.body if block.type is not BlockType.IMAGE or block.image not in held)
    if not (images or any(block.type is not BlockType.IMAGE for block in body)):
        return (whole,)
    return Release(story.model_copy(update={"images": images, "body": body}), due), whole
