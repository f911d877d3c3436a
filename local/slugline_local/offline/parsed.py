"""One file to stories, as the function `parse` does it."""

from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from intake.pictures import parse_confined, with_pictures
from intake.services import IntakeServices
from parsing.document import Document, Rejected
from parsing.limits import Limits
from slugline.desk import DeskSettings
from slugline.domain.identity import story_id
from slugline.story import Provenance, Status, Story
from slugline_local.errors import Trouble
from slugline_local.files import read_file

_PARSER = "slugline parse"


@dataclass
class Originals:
    """Stands where the archive bucket does, as far as parse writes pictures to it: bytes by key."""

    by_key: dict[str, bytes] = field(default_factory=dict)

    def put(self, key: str, body: bytes, *, content_type: str) -> None:  # noqa: ARG002 - as the archive takes it
        self.by_key[key] = body


@dataclass(frozen=True)
class ParsedFile:
    """A file's stories and the originals of their pictures, by their key in the archive."""

    stories: tuple[Story, ...]
    originals: dict[str, bytes]


def parse_file(path: Path, desk: DeskSettings = DeskSettings()) -> ParsedFile:  # noqa: B008 - frozen
    """Raises Rejected for a file that would be quarantined, Trouble for one that cannot be read."""
    originals = Originals()
    services = cast(IntakeServices, SimpleNamespace(archive=originals, desk=desk))  # what pictures need
    limits = Limits()
    stories = tuple(
        with_pictures(parsed, services, limits).model_copy(
            update={"id": story_id(parsed.identifier, path.name, position)}
        )
        for position, parsed in enumerate(parse_confined(Document(path.name, read_file(path)), limits, desk))
    )
    return ParsedFile(stories, originals.by_key)


def quarantined(path: Path, rejected: Rejected) -> Story:
    """What is known of a file that would be quarantined, in the form of a story."""
    provenance = Provenance(key=path.name, format="unknown", parser=_PARSER)
    return Story(status=Status.WITHHELD, provenance=provenance, warnings=(f"quarantined: {rejected.reason}",))


def trouble(path: Path, rejected: Rejected) -> Trouble:
    """The rejection for a person: file, place, reason and remedy."""
    where = f"{path}, {rejected.place}" if rejected.place else str(path)
    return Trouble(f"{where}: {rejected.reason}", remedy=rejected.remedy)
