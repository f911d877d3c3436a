"""The pictures of a story: made once, announced once, and never a hole or a half."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
import pyvips

from decoder import PictureFailed
from imaging import MadePicture, make_renditions
from resizing import Resizer
from slugline.desk import DeskSettings
from slugline.drops import Drop, Outcome
from slugline.events import ImagesResized, StoryParsed
from slugline.picture_settings import PictureSettings
from slugline.pictures import PictureManifest
from slugline.ports.objects import ObjectMissing, Stored
from slugline.story import Asset, Image, Story


@dataclass
class Bucket:
    """A bucket in memory that remembers what it was asked."""

    objects: dict[str, bytes] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)

    def get(self, key: str) -> Stored:
        self.calls.append("get")
        if key not in self.objects:
            raise ObjectMissing(key)
        return Stored(self.objects[key], "etag")

    def put(self, key: str, body: bytes, **_: Any) -> None:
        self.calls.append("put")
        self.objects[key] = body

    def copy_in(self, source: "Bucket", source_key: str, key: str) -> None:
        self.calls.append("copy")
        self.objects[key] = source.objects[source_key]

    def keys(self, prefix: str) -> Iterator[str]:
        return iter([key for key in self.objects if key.startswith(prefix)])


@dataclass
class World:
    """All that a resizer sees. `events` tells of each what the site held when it was published."""

    archive: Bucket = field(default_factory=Bucket)
    site: Bucket = field(default_factory=Bucket)
    drops: list[Drop] = field(default_factory=list)
    events: list[tuple[ImagesResized, set[str]]] = field(default_factory=list)
    seconds: float = 0
    """What the clock shows, after the start."""
    desk: DeskSettings = field(default_factory=lambda: DeskSettings(pictures=PictureSettings(widths=(64,), crops=())))

    @property
    def stories(self) -> "World":
        return self

    @property
    def bus(self) -> "World":
        return self

    @property
    def clock(self) -> "World":
        return self

    def now(self) -> datetime:
        return datetime(2026, 11, 23, tzinfo=UTC) + timedelta(seconds=self.seconds)

    def head(self, _: str) -> None:
        return None

    def record_drop(self, drop: Drop) -> None:
        self.drops.append(drop)

    def publish(self, data: ImagesResized, _: str) -> None:
        self.events.append((data, set(self.site.objects)))

    def resize(self, story_id: str, *originals: bytes) -> ImagesResized:
        """Drops a story with these pictures and gives what was announced."""
        images = []
        for number, data in enumerate(originals, 1):
            digest = sha256(data).hexdigest()
            self.archive.objects[f"originals/{digest}"] = data
            asset = Asset(
                key=f"originals/{digest}", sha256=digest, content_type="image/jpeg", bytes=len(data), width=1, height=1
            )
            images.append(Image(id=f"image-{number}", file=f"{number}.jpg", asset=asset))
        story = Story(id=story_id, headline="A headline", images=tuple(images))
        self.archive.objects[f"{story_id}.json"] = story.model_dump_json().encode()
        self.archive.calls.clear()
        self.site.calls.clear()
        parsed = StoryParsed.model_construct(
            story_id=story_id, version=1, story_key=f"{story_id}.json", pictures=len(images)
        )
        Resizer(self).resize(parsed, "correlation")  # type: ignore[arg-type]  # the parts of the ports that it uses
        return self.events[-1][0]

    def manifest(self, event: ImagesResized) -> PictureManifest:
        return PictureManifest.model_validate_json(self.archive.objects[event.manifest_key])


@pytest.fixture
def world() -> World:
    return World()


def jpeg(shade: int = 0) -> bytes:
    return bytes((pyvips.Image.black(90, 60, bands=3) + shade).cast("uchar").jpegsave_buffer())


def test_the_event_tells_sizes_formats_and_bytes(world: World) -> None:
    event = world.resize("a", jpeg())
    (picture,) = world.manifest(event).pictures
    assert event.sizes == ("64x43",)
    assert event.formats == ("image/avif", "image/jpeg")
    assert event.bytes == sum(rendition.bytes for rendition in picture.renditions) > 0


def test_a_picture_made_before_costs_copies_and_no_pixel(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    # Given a picture that another story has shown already
    world.resize("a", jpeg())
    # When it is dropped again, and nothing can decode it
    monkeypatch.setattr("resizing.resizer.make_renditions", lambda *_: pytest.fail("pixels were touched"))
    event = world.resize("b", jpeg())
    # Then its files are there, after reading story and list, writing the manifest, and one copy for each file
    assert event.renditions == 2
    assert world.archive.calls == ["get", "get", "put"]
    assert world.site.calls == ["copy", "copy"]


def test_a_broken_picture_is_quarantined_with_a_reason_and_its_neighbour_is_shown(world: World) -> None:
    event = world.resize("a", b"not a picture", jpeg())
    # The story goes on with the other picture
    manifest = world.manifest(event)
    assert [picture.image for picture in manifest.pictures] == ["image-2"]
    assert [failed.image for failed in manifest.failed] == ["image-1"]
    # And the desk is told
    (drop,) = world.drops
    assert (drop.key, drop.outcome) == ("1.jpg", Outcome.QUARANTINED)
    assert "cannot be decoded" in (drop.reason or "")
    assert drop.remedy


def test_nothing_is_announced_before_every_file_is_there(world: World) -> None:
    event = world.resize("a", jpeg(), jpeg(90))
    ((_, there),) = world.events
    shown = {f"stories/a/v1/{r.key}" for picture in world.manifest(event).pictures for r in picture.renditions}
    assert len(shown) == 4
    assert shown <= there


def test_a_picture_carries_the_desks_reservation(world: World) -> None:
    world.resize("a", jpeg())
    code = f"http://ns.useplus.org/ldf/vocab/{world.desk.data_mining}".encode()
    assert all(code in data for data in world.site.objects.values())


@pytest.fixture
def hanging(world: World, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A picture that the decoder never answers; the clock then shows that its deadline has passed."""
    picture = b"hangs"

    def make(data: bytes, *args: Any, seconds: float) -> MadePicture:
        if not data.startswith(picture):
            return make_renditions(data, *args)
        world.seconds += seconds
        raise PictureFailed(f"The picture took longer than {seconds:g} seconds.")

    monkeypatch.setattr("resizing.resizer.make_renditions", make)
    return picture


@pytest.mark.parametrize("count", [1, 5, 40])
def test_however_many_pictures_hang_the_story_goes_on_within_its_time(world: World, hanging: bytes, count: int) -> None:
    event = world.resize("a", *(hanging + bytes([number]) for number in range(count)))
    # Then the story is announced without them, before the function's own end
    assert (event.renditions, event.failed) == (0, count)
    assert world.seconds <= world.desk.pictures.limits.story_seconds
    # And the desk is told of each
    assert [drop.outcome for drop in world.drops] == [Outcome.QUARANTINED] * count


def test_pictures_that_hang_leave_the_others_their_share(world: World, hanging: bytes) -> None:
    event = world.resize("a", *(hanging + bytes([number]) for number in range(5)), jpeg())
    assert [picture.image for picture in world.manifest(event).pictures] == ["image-6"]
    assert "took longer than 15 seconds" in (world.drops[0].reason or "")


def test_once_the_time_is_up_the_rest_are_left_out_and_the_desk_is_told_what_to_do(
    world: World, hanging: bytes
) -> None:
    world.resize("a", *(hanging + bytes([number]) for number in range(30)), jpeg())
    last = world.drops[-1]
    assert last.key == "31.jpg"
    assert "took longer than 90 seconds, and no time was left for this one" in (last.reason or "")
    assert "drop it again" in (last.remedy or "")


def test_a_picture_made_before_is_shown_even_when_the_time_is_up(world: World, hanging: bytes) -> None:
    world.resize("a", jpeg())
    event = world.resize("b", *(hanging + bytes([number]) for number in range(30)), jpeg())
    assert [picture.image for picture in world.manifest(event).pictures] == ["image-31"]
