"""A photo by itself is a picture story: its IPTC metadata is the story, the photo its only block.

As for a ninjs item of type picture, the caption stays with the picture and is not repeated as a paragraph.
"""

from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath

from parsing.document import Context, Document, ParsedStory, PictureFile, Rejected
from parsing.formats.manifest import verified
from slugline.domain.identity import asset_key
from slugline.domain.rights import SEARCHED, rights_of
from slugline.photo_metadata import BadPhoto, Photo, image_of, read_photo
from slugline.story import Asset, Author, Block, BlockType, Image, Rights, Status, Story

IMAGE_ID = "1"
UNREADABLE = "date_unreadable"
"""How the warning on a date begins that is none."""
LONGEST_HEADLINE = 150


def stories_of(document: Document, context: Context) -> tuple[ParsedStory, ...]:
    """The one story of the photo. Raises Rejected for a damaged one."""
    try:
        photo = verified(read_photo(document.data, context.limits.photo_text), document.data)
    except BadPhoto as bad:
        raise Rejected(
            f"The photo is damaged: {bad}.",
            remedy="Export the photo again from the program that made it, and drop the new file.",
        ) from bad
    name = PurePosixPath(document.name).name
    image = image_of(photo, image_id=IMAGE_ID, file=name)
    release, doubts = latest_release(photo, context.time_zone)
    unclear = any(one.startswith(UNREADABLE) for one in doubts)
    facts = {
        "asset": asset_of(photo, document.data),
        "rights": strictest_rights(photo, image, context.agencies),
        "embargo": release,
    }
    story = story_of(photo, name, image.model_copy(update=facts))
    status = Status.WITHHELD if unclear else Status.USABLE
    return (
        ParsedStory(
            story=story.model_copy(update={"warnings": (*story.warnings, *doubts), "status": status}),
            identifier=photo.metadata.identifier,
            pictures=(PictureFile(name, document.data),),
        ),
    )


def asset_of(photo: Photo, data: bytes) -> Asset:
    """The original's type and size, and where it will lie in the archive."""
    return Asset(
        key=asset_key(data),
        sha256=sha256(data).hexdigest(),
        content_type=photo.content_type,
        bytes=len(data),
        width=photo.width,
        height=photo.height,
    )


def strictest_rights(photo: Photo, image: Image, agencies: tuple[str, ...]) -> Rights:
    """What any of the photo's metadata says, even where another overrules it: a wrong credit must not set it free."""
    if cut := next((name for name in photo.cut if name in SEARCHED), None):
        ground = f"{cut.replace('_', ' ')} is too long to be read whole, so it may name anyone"
        return Rights(syndicate=False, ground=ground)
    for source in photo.sources:
        told = photo.model_copy(update={"metadata": source})
        rights = rights_of(image_of(told, image_id=image.id, file=image.file or ""), agencies)
        if not rights.syndicate:
            return rights
    return image.rights


def latest_release(photo: Photo, time_zone: str) -> tuple[datetime | None, tuple[str, ...]]:
    """The latest of the moments from which its metadata let it be used, and doubts about them.

    A day alone begins at midnight at the desk; a time is then told to be the desk's, too.
    """
    texts = dict.fromkeys(source.release for source in (*photo.sources, photo.metadata) if source.release)
    if not texts:
        return None, ()
    from parsing.markup import dates  # noqa: PLC0415 - few photos have a date of release

    warnings: list[str] = []
    found = [dates.instant(text, "release", time_zone, warnings) for text in texts]
    return max(filter(None, found), default=None), tuple(warnings)


def story_of(photo: Photo, name: str, image: Image) -> Story:
    found = photo.metadata
    return Story(
        headline=headline_of(photo, name),
        byline=found.creator,
        authors=(Author(name=found.creator, role=found.creator_role),) if found.creator else (),
        body=(Block(type=BlockType.IMAGE, image=IMAGE_ID),),
        images=(image,),
        keywords=found.keywords,
        warnings=photo.warnings + missing(photo),
    )


def headline_of(photo: Photo, name: str) -> str:
    """The headline, else a short caption, else the title (often a code), else the file name as words."""
    found = photo.metadata
    caption = (found.description or "").partition("\n")[0].strip()
    short_caption = caption if len(caption) <= LONGEST_HEADLINE else None
    words = PurePosixPath(name).stem.replace("_", " ").replace("-", " ").strip()
    return found.headline or short_caption or found.title or words or "Photo"


def missing(photo: Photo) -> tuple[str, ...]:
    """What an editor should add before anyone sees the photo."""
    wanted = {
        "headline": photo.metadata.headline,
        "caption": photo.metadata.description,
        "credit": photo.metadata.credit,
    }
    return tuple(
        f"The photo has no {name}; add it in its IPTC metadata." for name, value in wanted.items() if not value
    )
