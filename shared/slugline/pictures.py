"""What image_resize made of a story's pictures: the manifest that render reads."""

from slugline.model import Model


class Rendition(Model):
    """One web file of a picture. `key` is its path below the story's folder on the site, content-addressed.

    `crop` is None for the whole picture, else a name such as `16x9` or `social`.
    """

    key: str
    content_type: str
    width: int
    height: int
    bytes: int
    crop: str | None = None


class Picture(Model):
    """A picture that was made: its renditions, smallest first, and a placeholder (data: URI) shown while it loads."""

    image: str
    renditions: tuple[Rendition, ...]
    placeholder: str | None = None


class FailedPicture(Model):
    """A picture that the page goes without, and why."""

    image: str
    reason: str


class PictureManifest(Model):
    """All pictures of one story version."""

    story_id: str
    version: int
    pictures: tuple[Picture, ...] = ()
    failed: tuple[FailedPicture, ...] = ()
