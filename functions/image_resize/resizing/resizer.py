"""The pictures of a story version, made once and then copied to wherever they are shown.

A picture's files are kept in the archive under a name that covers the original's bytes and all that is done to them, so
that the same picture dropped twice is made once. What readers get is a copy in a folder of the story
(`picture_folder`): a withdrawal can then delete the folder without asking who else shows the picture.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Protocol

from imaging import MadePicture, PictureFailed, RenditionSpec, make_renditions, stem_for
from resizing.at_once import all_at_once
from resizing.picture_folder import PictureFolder, folder_version
from resizing.time_budget import TimeBudget
from resizing.verdicts import Verdicts
from slugline.desk import DeskSettings
from slugline.domain.identity import pictures_key
from slugline.domain.rights import with_reservation
from slugline.drops import Drop, Outcome
from slugline.events import ImagesResized, StoryParsed
from slugline.pictures import FailedPicture, Picture, PictureManifest, Rendition
from slugline.ports.bus import EventBus
from slugline.ports.clock import Clock
from slugline.ports.objects import ObjectMissing, ObjectStore
from slugline.ports.stories import StoryHead, StoryTable
from slugline.site import IMMUTABLE, sweep
from slugline.story import Asset, Image, Story


class ResizeServices(Protocol):
    """The ports that resizing needs."""

    @property
    def archive(self) -> ObjectStore: ...
    @property
    def site(self) -> ObjectStore: ...
    @property
    def stories(self) -> StoryTable: ...
    @property
    def bus(self) -> EventBus: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def desk(self) -> DeskSettings: ...


class Resizer:
    """Makes the pictures of one story version and says so."""

    def __init__(self, services: ResizeServices) -> None:
        self._services = services
        self._spec = RenditionSpec.of(services.desk.pictures)
        self._verdicts = Verdicts(services.archive, services.clock)

    def resize(self, parsed: StoryParsed, correlation_id: str) -> None:
        """Make every picture, or note why not; then announce them all at once. A superseded version is left alone."""
        services = self._services
        head = services.stories.head(parsed.story_id)
        if _is_withdrawn(head, parsed):
            # An earlier try may have died after the withdrawal had swept.
            return sweep(services.site, parsed.story_id, parsed.version)
        if head and head.current > parsed.version:
            return None
        story = Story.model_validate_json(services.archive.get(parsed.story_key).body)
        manifest = self._manifest(story, folder_version(head), correlation_id)
        if _is_withdrawn(services.stories.head(parsed.story_id), parsed):
            # A late picture does not bring the story back.
            return sweep(services.site, parsed.story_id, parsed.version)
        key = pictures_key(story.id, story.version)
        services.archive.put(key, manifest.model_dump_json().encode(), content_type="application/json")
        renditions = [rendition for picture in manifest.pictures for rendition in picture.renditions]
        resized = ImagesResized(
            story_id=story.id,
            version=story.version,
            story_key=parsed.story_key,
            manifest_key=key,
            renditions=len(renditions),
            bytes=sum(rendition.bytes for rendition in renditions),
            failed=len(manifest.failed),
            sizes=tuple(f"{width}x{height}" for width, height in sorted({(r.width, r.height) for r in renditions})),
            formats=tuple(sorted({rendition.content_type for rendition in renditions})),
        )
        services.bus.publish(resized, correlation_id)
        return None

    def _manifest(self, story: Story, folder_version: int, correlation_id: str) -> PictureManifest:
        manifest = PictureManifest(story_id=story.id, version=story.version, folder_version=folder_version)
        shown = PictureFolder(manifest, self._services.site, self._services.archive)
        pictures: list[Picture] = []
        failed: list[FailedPicture] = []
        present = [(image, image.asset) for image in story.images if image.asset]
        budget = TimeBudget(self._services.clock, self._spec.limits)
        for waiting, (image, asset) in zip(range(len(present), 0, -1), present, strict=True):
            labels = with_reservation(image, self._services.desk.data_mining)
            try:
                pictures.append(self._picture(labels, asset, shown, partial(budget.share, waiting)))
            except PictureFailed as failure:
                failed.append(FailedPicture(image=image.id, reason=failure.reason, untried=failure.untried))
                self._services.stories.record_drop(self._quarantined(story, image, failure, correlation_id))
        return manifest.model_copy(update={"pictures": tuple(pictures), "failed": tuple(failed)})

    def _picture(self, image: Image, asset: Asset, shown: PictureFolder, seconds: Callable[[], float]) -> Picture:
        """The picture, where readers get it. `seconds` gives its share of the time. Raises PictureFailed."""
        stem = stem_for(asset.sha256, self._spec, image)
        made = self._kept(stem)
        if made:
            with suppress(ObjectMissing):  # a file of it is gone from the archive: it is made anew
                return shown.show(stem, made.model_copy(update={"image": image.id}))
        else:
            self._verdicts.obey(stem)
        try:
            made = self._make(stem, asset, image, seconds())
        except PictureFailed as failure:
            self._verdicts.remember(stem, failure)
            raise
        return shown.show(stem, made)

    def _kept(self, stem: str) -> Picture | None:
        """The picture as made before; its list is written last, so what it lists is there."""
        try:
            return Picture.model_validate_json(self._services.archive.get(f"renditions/{stem}/picture.json").body)
        except ObjectMissing:
            return None

    def _make(self, stem: str, asset: Asset, image: Image, seconds: float) -> Picture:
        archive = self._services.archive
        original = archive.get(asset.key).body
        made = make_renditions(original, self._spec, image, seconds=seconds, digest=asset.sha256)
        all_at_once(
            partial(
                archive.put,
                f"renditions/{stem}/{file.name}",
                file.data,
                content_type=file.content_type,
                cache_control=IMMUTABLE,
            )
            for file in made.files
        )
        picture = _described(made, image)
        archive.put(
            f"renditions/{stem}/picture.json", picture.model_dump_json().encode(), content_type="application/json"
        )
        return picture

    def _quarantined(self, story: Story, image: Image, failure: PictureFailed, correlation_id: str) -> Drop:
        return Drop(
            key=image.file or image.id,
            sequencer=f"{story.id}-{story.version}",
            outcome=Outcome.QUARANTINED,
            at=self._services.clock.now(),
            correlation_id=correlation_id,
            reason=f"The picture is left out of “{story.headline}”: {failure.reason}",
            remedy=failure.remedy,
        )


def _is_withdrawn(head: StoryHead | None, parsed: StoryParsed) -> bool:
    return head is not None and head.last_withdrawal > parsed.version


def _described(made: MadePicture, image: Image) -> Picture:
    renditions = tuple(
        Rendition(
            key=file.name,
            content_type=file.content_type,
            width=file.width,
            height=file.height,
            bytes=len(file.data),
            crop=file.crop,
        )
        for file in made.files
    )
    return Picture(image=image.id, renditions=renditions, placeholder=made.placeholder)
