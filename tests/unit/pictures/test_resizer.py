"""The pictures of a story: made once, announced once, and never a hole or a half."""

from collections.abc import Iterable, Iterator
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
from slugline.ports.stories import StoryHead
from slugline.site import sweep
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
        if source_key not in source.objects:
            raise ObjectMissing(source_key)
        self.objects[key] = source.objects[source_key]

    def delete(self, keys: Iterable[str]) -> None:
        for key in keys:
            self.objects.pop(key, None)

    def keys(self, prefix: str) -> Iterator[str]:
        self.calls.append("list")
        return iter([key for key in self.objects if key.startswith(prefix)])


@dataclass
class World:
    """All that a resizer sees. `events` tells of each what the site held when it was published."""

    archive: Bucket = field(default_factory=Bucket)
    site: Bucket = field(default_factory=Bucket)
    drops: list[Drop] = field(default_factory=list)
    events: list[tuple[ImagesResized, set[str]]] = field(default_factory=list)
    last_withdrawal: int = 0
    calls: int = 0
    """Reads of the table."""
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

    def head(self, _: str) -> StoryHead:
        self.calls += 1
        return StoryHead.model_construct(current=0, last_withdrawal=self.last_withdrawal)

    def record_drop(self, drop: Drop) -> None:
        self.drops.append(drop)

    def publish(self, data: ImagesResized, _: str) -> None:
        self.events.append((data, set(self.site.objects)))

    def resize(self, story_id: str, *originals: bytes, version: int = 1) -> ImagesResized:
        """Drops a story with these pictures and gives what was announced."""
        images = []
        for number, data in enumerate(originals, 1):
            digest = sha256(data).hexdigest()
            self.archive.objects[f"originals/{digest}"] = data
            asset = Asset(
                key=f"originals/{digest}", sha256=digest, content_type="image/jpeg", bytes=len(data), width=1, height=1
            )
            images.append(Image(id=f"image-{number}", file=f"{number}.jpg", asset=asset))
        story = Story(id=story_id, version=version, headline="A headline", images=tuple(images))
        self.archive.objects[f"{story_id}.json"] = story.model_dump_json().encode()
        self.archive.calls.clear()
        self.site.calls.clear()
        self.calls = 0
        parsed = StoryParsed.model_construct(
            story_id=story_id, version=version, story_key=f"{story_id}.json", pictures=len(images)
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
    assert world.site.calls == ["list", "copy", "copy"]


@pytest.mark.parametrize("version", [1, 2], ids=["the same version again", "the next version"])
def test_a_storys_picture_is_resized_again_for_seven_calls_and_no_copy(world: World, version: int) -> None:
    # Given a story with a picture in every size, format and crop of the default
    world.desk = DeskSettings()
    first = world.manifest(world.resize("a", jpeg()))
    # When it is parsed again, or changed elsewhere
    again = world.manifest(world.resize("a", jpeg(), version=version))
    # Then its files are where they were: two reads of the table, story and list, the folder, the manifest, the event
    assert again.pictures == first.pictures
    assert again.folder == first.folder == "stories/a/v1/"
    assert (world.calls, world.archive.calls, world.site.calls) == (2, ["get", "get", "put"], ["list"])


def test_only_a_new_picture_of_a_new_version_is_copied(world: World) -> None:
    world.resize("a", jpeg())
    world.resize("a", jpeg(), jpeg(90), version=2)
    assert world.site.calls == ["list", "copy", "copy"]


def test_after_a_withdrawal_pictures_have_another_folder_which_no_late_sweep_reaches(world: World) -> None:
    # Given a story withdrawn as version 2 and published again as version 3
    world.resize("a", jpeg())
    world.last_withdrawal = 2
    event = world.resize("a", jpeg(), version=3)
    # When the withdrawal sweeps, late
    sweep(world.site, "a", up_to=2)  # type: ignore[arg-type]  # the parts of the port that it uses
    # Then every file of the new version is there, and none of the old
    manifest = world.manifest(event)
    shown = {f"{manifest.folder}{r.key}" for picture in manifest.pictures for r in picture.renditions}
    assert set(world.site.objects) == shown
    # And the next withdrawal takes them
    sweep(world.site, "a", up_to=4)  # type: ignore[arg-type]  # as above
    assert not world.site.objects


def test_a_picture_that_comes_after_its_storys_withdrawal_is_swept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a withdrawal, as version 3, while the pictures of version 2 are made
    world.resize("a", jpeg())

    def make(*args: Any, **options: Any) -> MadePicture:
        world.last_withdrawal = 3
        return make_renditions(*args, **options)

    monkeypatch.setattr("resizing.resizer.make_renditions", make)
    world.resize("a", jpeg(), jpeg(90), version=2)
    # Then nothing of the story is left, and nothing is announced
    assert not world.site.objects
    assert len(world.events) == 1


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

    def make(data: bytes, *args: Any, seconds: float, **options: Any) -> MadePicture:
        if not data.startswith(picture):
            return make_renditions(data, *args, **options)
        world.seconds += seconds
        raise PictureFailed(f"The picture took longer than {seconds:g} seconds.", costly=True)

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
    assert "Drop the same file again" in (last.remedy or "")


def test_a_picture_made_before_is_shown_even_when_the_time_is_up(world: World, hanging: bytes) -> None:
    world.resize("a", jpeg())
    event = world.resize("b", *(hanging + bytes([number]) for number in range(30)), jpeg())
    assert [picture.image for picture in world.manifest(event).pictures] == ["image-31"]


def test_the_manifest_tells_pictures_that_had_no_time_from_those_that_failed(world: World, hanging: bytes) -> None:
    # Given pictures that hang until the time is up, and one behind them
    event = world.resize("a", *(hanging + bytes([number]) for number in range(30)), jpeg())
    failed = {one.image: one.untried for one in world.manifest(event).failed}
    # Then the last was not tried, and the first was
    assert (failed["image-1"], failed["image-31"]) == (False, True)
    assert world.manifest(event).unfinished
    # But a picture that is broken stays so, however often it is dropped
    assert not world.manifest(world.resize("b", b"not a picture")).unfinished


def test_pictures_that_hang_take_no_time_from_those_behind_them_when_they_are_dropped_again(
    world: World, hanging: bytes
) -> None:
    # Given a story whose first pictures hang until its time is up
    originals = [*(hanging + bytes([number]) for number in range(30)), jpeg()]
    first = world.manifest(world.resize("a", *originals))
    tried = [one.image for one in first.failed if not one.untried]
    # When it is dropped again, or its message comes back, within the hour
    second = world.manifest(world.resize("a", *originals, version=2))
    # Then those that hung are left out at once, for the same reason, and the others have all the time
    assert [one.reason for one in second.failed][: len(tried)] == [one.reason for one in first.failed][: len(tried)]
    assert world.manifest(world.resize("a", *originals, version=3)).pictures
    assert world.seconds <= 2 * world.desk.pictures.limits.story_seconds


def test_a_picture_that_hung_is_tried_again_after_an_hour(
    world: World, hanging: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.resize("a", hanging)
    monkeypatch.setattr("resizing.resizer.make_renditions", lambda *_, **__: make_renditions(jpeg()))
    assert not world.manifest(world.resize("a", hanging, version=2)).pictures
    world.seconds += 3_600
    assert world.manifest(world.resize("a", hanging, version=3)).pictures


def test_a_picture_that_hung_in_one_story_is_known_in_the_next(world: World, hanging: bytes) -> None:
    world.resize("a", hanging)
    spent = world.seconds
    event = world.resize("b", hanging, jpeg())
    assert (event.failed, world.seconds) == (1, spent)
    assert "took longer" in (world.drops[-1].reason or "")


def test_a_picture_that_is_refused_at_once_is_not_remembered(world: World) -> None:
    world.resize("a", b"not a picture")
    assert not [key for key in world.archive.objects if key.endswith("failed.json")]


def test_a_picture_of_which_a_file_is_gone_from_the_archive_is_made_anew(world: World) -> None:
    # Given a picture made for one story, and somebody who deletes one of its files
    first = world.resize("a", jpeg())
    stem_files = [key for key in world.archive.objects if key.startswith("renditions/") and key.endswith(".avif")]
    del world.archive.objects[stem_files[0]]
    # When another story has the same picture
    event = world.resize("b", jpeg())
    # Then it is there whole
    assert (event.renditions, event.failed) == (first.renditions, 0)
    shown = {f"stories/b/v1/{r.key}" for picture in world.manifest(event).pictures for r in picture.renditions}
    assert shown <= set(world.site.objects)
