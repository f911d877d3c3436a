"""A photo's metadata, by the property names of the IPTC Photo Metadata Standard."""

from slugline.model import Model
from slugline.story import ContentCredentials, FocalPoint


class PhotoMetadata(Model):
    """Texts as found. `created` and `release` (before which it is not to be used) are ISO 8601, as exact as the file
    says; `orientation` is Exif's."""

    headline: str | None = None
    title: str | None = None
    description: str | None = None
    alt: str | None = None
    creator: str | None = None
    creator_role: str | None = None
    credit: str | None = None
    source: str | None = None
    copyright: str | None = None
    usage_terms: str | None = None
    instructions: str | None = None
    data_mining: str | None = None
    digital_source_type: str | None = None
    created: str | None = None
    release: str | None = None
    location: str | None = None
    keywords: tuple[str, ...] = ()
    identifier: str | None = None
    focal_point: FocalPoint | None = None
    orientation: int = 1


class Photo(Model):
    """A photo as its header and metadata describe it. Width and height in pixels, after orientation is applied.

    `metadata` is what `sources` come to, each of which may say more of its rights than the one that overrules it.
    `cut` names the texts of either that were too long, as `Image` does.
    """

    content_type: str
    width: int
    height: int
    frames: int
    metadata: PhotoMetadata
    sources: tuple[PhotoMetadata, ...] = ()
    cut: tuple[str, ...] = ()
    has_gps: bool = False
    content_credentials: ContentCredentials | None = None
    warnings: tuple[str, ...] = ()


IMAGE_NAMES = {"description": "caption", "creator": "byline"}
"""What `Image` calls the properties for which it has a name of its own."""
