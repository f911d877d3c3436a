"""One story's outputs as files in a folder that opens from disk."""

from datetime import UTC, datetime
from pathlib import Path

from imaging import PictureFailed, RenditionSpec, make_renditions
from rendering import FeedLinks, StoryLinks, feed_entry, render_feeds, render_story
from rendering.lint import Verdict, lint_story
from slugline.desk import DeskSettings
from slugline.domain.identity import article_path
from slugline.domain.rights import with_reservation
from slugline.model import Instant
from slugline.pictures import FailedPicture, Picture, PictureManifest, Rendition
from slugline.site import folder
from slugline.story import Story

_PICTURES = "pictures/"


def render_to(out: Path, story: Story, originals: dict[str, bytes], dated: datetime, desk: DeskSettings) -> list[Path]:
    """Write the page, every format, the renditions and the feeds of this one story; gives the files.

    `dated` stands for the time of release where the story gives no date of its own. Raises OSError.
    """
    files, manifest = _pictures(story, originals, desk)
    links = _links(story, desk, dated)
    files |= {output.name: output.body for output in render_story(story, manifest, desk, links=links)}
    feeds = render_feeds([feed_entry(story, manifest, links)], desk, links=_feed_links(desk))
    files |= {f"feeds/{output.name}": output.body for output in feeds}
    return [_written(out / name, body) for name, body in files.items()]


def verdicts(story: Story, originals: dict[str, bytes], dated: datetime, desk: DeskSettings) -> tuple[Verdict, ...]:
    """What each platform would say of the story, its pictures made as `render_to` makes them."""
    _, manifest = _pictures(story, originals, desk)
    return lint_story(story, manifest, desk, links=_links(story, desk, dated))


def modified(path: Path) -> datetime:
    """When the file was last changed: the nearest to a date of release that a file has."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(microsecond=0)


def _pictures(
    story: Story, originals: dict[str, bytes], desk: DeskSettings
) -> tuple[dict[str, bytes], PictureManifest]:
    spec = RenditionSpec.of(desk.pictures)
    files: dict[str, bytes] = {}
    pictures, failed = [], []
    for image in story.images:
        if image.asset is None:
            continue
        try:
            made = make_renditions(originals[image.asset.key], spec, with_reservation(image, desk.data_mining))
        except PictureFailed as failure:
            failed.append(FailedPicture(image=image.id, reason=failure.reason))
            continue
        files |= {_PICTURES + file.name: file.data for file in made.files}
        renditions = tuple(
            Rendition(
                key=_PICTURES + file.name, bytes=len(file.data), **file.model_dump(exclude={"name", "data", "bytes"})
            )
            for file in made.files
        )
        pictures.append(Picture(image=image.id, renditions=renditions, placeholder=made.placeholder))
    manifest = PictureManifest(story_id=story.id, version=story.version, pictures=tuple(pictures), failed=tuple(failed))
    return files, manifest


def _links(story: Story, desk: DeskSettings, dated: Instant) -> StoryLinks:
    below = f"{desk.site_url}/{folder(story.id, story.version)}"
    return StoryLinks(
        uri=f"urn:slugline:{story.id}",
        canonical=f"{desk.site_url}/{article_path(story)}",
        outputs=below,
        pictures=below,
        first_released=dated,
        released=dated,
    )


def _feed_links(desk: DeskSettings) -> FeedLinks:
    return FeedLinks(
        title=desk.site_name,
        description=f"Latest stories from {desk.site_name}",
        home=f"{desk.site_url}/",
        base=f"{desk.site_url}/feeds/",
        language=desk.language,
    )


def _written(path: Path, body: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    return path
