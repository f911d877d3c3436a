"""What image_resize made of a story's pictures: the manifest that render reads."""

from slugline.model import Model
from slugline.site import folder


class Rendition(Model):
    """One web file of a picture. `key` is its path below the manifest's folder, content-addressed.

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
    """A picture that the page goes without, and why. `untried` is for one that no time was left to begin."""

    image: str
    reason: str
    untried: bool = False


class PictureManifest(Model):
    """All pictures of one story version. `folder_version` is the one in whose folder they lie, else its own."""

    story_id: str
    version: int
    folder_version: int | None = None
    pictures: tuple[Picture, ...] = ()
    failed: tuple[FailedPicture, ...] = ()

    @property
    def unfinished(self) -> bool:
        """Whether the same file dropped again would bring pictures that this version lacks."""
        return any(picture.untried for picture in self.failed)

    @property
    def folder(self) -> str:
        """The folder on the site, with its slash."""
        return folder(self.story_id, self.folder_version or self.version)
