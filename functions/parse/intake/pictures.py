"""A story's pictures: their originals into the archive, their metadata into the story."""

from collections.abc import Iterable
from functools import partial

from intake.services import IntakeServices
from parsing import parse, warm
from parsing.document import Document, ParsedStory, PictureFile, Rejected
from parsing.holds import doubts_of
from parsing.limits import Limits
from parsing.matching import match_pictures
from parsing.sandbox import Sandbox, confined
from slugline.desk import DeskSettings
from slugline.domain.identity import asset_key
from slugline.ports.stories import PackagePicture
from slugline.story import Status, Story


def is_photo(parsed: ParsedStory) -> bool:
    """Whether the document is a picture by itself."""
    return parsed.story.provenance is not None and parsed.story.provenance.format == "photo"


def parse_confined(document: Document, limits: Limits, desk: DeskSettings) -> tuple[ParsedStory, ...]:
    """The document's stories, parsed in a process of its own. Raises Rejected."""
    return confined(partial(parse, document, limits, desk), limits)


def sandbox_ahead(name: str, limits: Limits, desk: DeskSettings) -> Sandbox:
    """A process that waits for the bytes of the document of this name; see `Sandbox`."""
    return Sandbox(lambda data: parse(Document(name, data), limits, desk), limits, warm)


def with_pictures(parsed: ParsedStory, services: IntakeServices, limits: Limits) -> Story:
    """The story with the pictures that its document carried, archived and matched to its images.

    A picture that cannot be read is left out with a warning; the story goes on without it.
    """
    archive(parsed.pictures, services)
    desk = services.desk
    if is_photo(parsed):
        return parsed.story.model_copy(update={"images": (picture_of(parsed).image,)})
    found, warnings = [], []
    for picture in parsed.pictures:
        try:
            found.append(read_picture(picture, limits, desk))
        except Rejected as rejected:
            warnings.append(f"The picture {picture.name} is left out: {rejected.reason}")
    story = match_pictures(parsed.story, found)
    told = dict.fromkeys((*story.warnings, *warnings, *doubts_of(story)))
    return story.model_copy(update={"warnings": tuple(told)})


def read_picture(picture: PictureFile, limits: Limits, desk: DeskSettings) -> PackagePicture:
    """What the picture's own metadata say of it. Raises Rejected when it is no picture that Slugline reads."""
    parsed = parse_confined(Document(picture.name, picture.data), limits, desk)
    if len(parsed) != 1 or not is_photo(parsed[0]):
        raise Rejected("It is no picture.", remedy="Send pictures as JPEG, PNG, WebP, TIFF or HEIC.")
    if parsed[0].story.status is not Status.USABLE:
        raise Rejected("Its own metadata hold it.", remedy="Release it in its metadata, and send the story again.")
    return picture_of(parsed[0])


def picture_of(photo: ParsedStory) -> PackagePicture:
    """The one picture of a picture story."""
    (image,) = photo.story.images
    (picture,) = photo.pictures
    return PackagePicture(name=picture.name, image=image)


def archive(pictures: Iterable[PictureFile], services: IntakeServices) -> None:
    """Keep the originals where their images' assets say; a picture dropped twice is kept once."""
    for picture in pictures:
        services.archive.put(asset_key(picture.data), picture.data, content_type="application/octet-stream")
