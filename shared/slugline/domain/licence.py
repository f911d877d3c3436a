"""What a licence for agencies' pictures opens to a partner or product, and no more.

A licence is the names of agencies, as the desk's `agencies` has them, or `*` for all of them. A picture that is kept
back for its terms, with no agency named, is opened by none.
"""

import hashlib
from collections.abc import Collection

from slugline.story import Image, Story

ALL = "*"
_ID_LENGTH = 16


def licensed(story: Story, licence: Collection[str]) -> Story:
    """The story with the pictures that the licence covers free to be passed on; itself when there are none."""
    if not freed_agencies(story, licence):
        return story
    return story.model_copy(update={"images": tuple(_freed(image, licence) for image in story.images)})


def freed_agencies(story: Story, licence: Collection[str]) -> frozenset[str]:
    """The agencies whose pictures in the story are free for whoever has the licence, and for nobody without one."""
    return frozenset(image.rights.agency for image in story.images if image.rights.agency and _frees(licence, image))


def covers(licence: Collection[str], agencies: Collection[str]) -> bool:
    """Whether the licence is for every one of these agencies."""
    return ALL in licence or set(agencies) <= set(licence)


def licence_id(agencies: Collection[str]) -> str:
    """A name for a set of agencies that may stand in an address: 16 hexadecimal digits of a SHA-256."""
    return hashlib.sha256("\n".join(sorted(agencies)).encode("utf-8", "surrogatepass")).hexdigest()[:_ID_LENGTH]


def _freed(image: Image, licence: Collection[str]) -> Image:
    if not _frees(licence, image):
        return image
    return image.model_copy(update={"rights": image.rights.model_copy(update={"syndicate": True})})


def _frees(licence: Collection[str], image: Image) -> bool:
    rights = image.rights
    return not rights.syndicate and rights.agency is not None and covers(licence, {rights.agency})
