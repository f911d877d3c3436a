"""Events on the bus. Thin (claim check): ids, versions and locations, never bodies.

`detail = {meta, data}`; the detail-type is the data model's name. A field may be added with a default within a schema
version; anything else is a new version.
"""

from enum import StrEnum
from typing import ClassVar, Generic, TypeVar

from pydantic import Field, SerializeAsAny

from slugline.model import Instant, Model
from slugline.story import Status
from slugline.verdict import Verdict

SOURCE = "slugline"


class Meta(Model):
    """`id` is deterministic, so that a repeated event is recognisable; `correlation_id` is one per dropped file."""

    id: str
    type: str
    schema_version: int = 1
    time: Instant
    correlation_id: str


class EventData(Model):
    """Base of every event's data."""

    schema_version: ClassVar[int] = 1


class StoryParsed(EventData):
    """A new version of a story is in the archive, free to be published now."""

    story_id: str
    version: int
    status: Status
    pictures: int = Field(description="how many of the story's images have their file")
    story_key: str = Field(description="the story's JSON in the archive bucket")


class ImagesResized(EventData):
    """Every picture of a story version was made, or failed with a reason."""

    story_id: str
    version: int
    story_key: str
    manifest_key: str = Field(description="the PictureManifest in the archive bucket")
    renditions: int
    bytes: int = Field(description="of all renditions together")
    failed: int = Field(description="pictures that the page goes without")
    sizes: tuple[str, ...] = Field(default=(), description="width x height of the renditions, each once: 640x427")
    formats: tuple[str, ...] = Field(default=(), description="content types of the renditions, each once")


class StoryRendered(EventData):
    """A story version is complete and is what readers see."""

    story_id: str
    version: int
    story_key: str
    kind: str = Field(description="published, updated or corrected")
    url: str = Field(description="the article page")
    outputs: dict[str, str] = Field(description="address of each output, by its name (ninjs-3.1.json, …)")
    verdicts: tuple[Verdict, ...] = Field(default=(), description="what each platform would say of the story")


class UpdatedFeed(Model):
    """One file of a feed, or a page, that is now written anew."""

    key: str = Field(description="its key in the site bucket")
    url: str
    content_type: str


class FeedsUpdated(EventData):
    """Feeds on the site have changed, and what is named here is written. A long list comes as several events."""

    feeds: tuple[UpdatedFeed, ...]


class StoryWithdrawn(EventData):
    """A story is gone from every output; its withdrawal is a version of its own."""

    story_id: str
    version: int
    reason: str
    path: str | None = Field(default=None, description="the article page's path on the site, when readers ever saw it")


class FileRejected(EventData):
    """A dropped file is in quarantine."""

    key: str
    sequencer: str
    reason: str
    remedy: str


class AlertState(StrEnum):
    """What an alert says: four attempts failed, a message was given up, nothing more is sent, what is held waits too
    long, all is well again."""

    FAILING = "failing"
    EXHAUSTED = "exhausted"
    DISABLED = "disabled"
    HELD = "held"
    RECOVERED = "recovered"


class EndpointAlert(EventData):
    """Something that the partner, or who looks after it, should know about a webhook endpoint."""

    endpoint_id: str
    partner_id: str
    url: str
    state: AlertState
    reason: str
    partner: str = Field(default="", description="the partner's name")
    delivery_id: str | None = Field(default=None, description="the message, where the alert is about one")
    summary: str = Field(default="", description="what is, in one line for a person")
    advice: str = Field(default="", description="what to do, in one line for a person")


EVENTS: tuple[type[EventData], ...] = (
    StoryParsed,
    ImagesResized,
    StoryRendered,
    FeedsUpdated,
    StoryWithdrawn,
    FileRejected,
    EndpointAlert,
)

Data = TypeVar("Data", bound=EventData)


class Detail(Model, Generic[Data]):
    """The envelope: EventBridge's `detail`."""

    meta: Meta
    data: SerializeAsAny[Data]
