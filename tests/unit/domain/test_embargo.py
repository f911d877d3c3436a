"""What of a story may be seen when."""

from datetime import UTC, datetime, timedelta

from slugline.domain.embargo import releases
from slugline.model import Instant
from slugline.story import Block, BlockType, Image, Status, Story

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SOON, LATER = NOW + timedelta(hours=1), NOW + timedelta(hours=3)


def story(*embargoes: Instant | None, text: str = "The mayor spoke.", embargo: Instant | None = None) -> Story:
    images = tuple(Image(id=f"image-{n}", embargo=until) for n, until in enumerate(embargoes, 1))
    shown = tuple(Block(type=BlockType.IMAGE, image=image.id) for image in images)
    return Story(headline="Medal", body=((Block(text=text),) if text else ()) + shown, images=images, embargo=embargo)


def seen(of: Story) -> list[tuple[list[str], Instant | None]]:
    return [([image.id for image in release.story.images], release.due) for release in releases(of, NOW)]


def test_a_story_without_embargoes_is_seen_whole_at_once() -> None:
    assert seen(story(None)) == [(["image-1"], None)]


def test_a_held_picture_comes_at_its_time_and_the_rest_at_once() -> None:
    assert seen(story(None, LATER)) == [(["image-1"], None), (["image-1", "image-2"], LATER)]


def test_no_block_of_the_story_shows_a_picture_that_is_held() -> None:
    first, _ = releases(story(None, LATER), NOW)

    assert [block.image for block in first.story.body if block.image] == ["image-1"]


def test_of_several_held_pictures_all_come_with_the_last() -> None:
    assert seen(story(SOON, LATER)) == [([], None), (["image-1", "image-2"], LATER)]


def test_a_picture_held_no_longer_than_its_story_comes_with_it() -> None:
    assert seen(story(SOON, embargo=LATER)) == [(["image-1"], LATER)]


def test_a_picture_held_longer_than_its_story_comes_after_it() -> None:
    assert seen(story(LATER, embargo=SOON)) == [([], SOON), (["image-1"], LATER)]


def test_an_embargo_that_is_over_holds_nothing() -> None:
    assert seen(story(NOW - timedelta(minutes=1), embargo=NOW)) == [(["image-1"], None)]


def test_a_story_of_nothing_but_held_pictures_waits_for_them() -> None:
    assert seen(story(SOON, LATER, text="")) == [(["image-1", "image-2"], LATER)]


def test_a_gallery_goes_out_without_the_picture_that_is_held() -> None:
    assert seen(story(None, LATER, text="")) == [(["image-1"], None), (["image-1", "image-2"], LATER)]


def test_what_a_person_has_to_release_is_never_due() -> None:
    withheld = story(LATER, embargo=SOON).model_copy(update={"status": Status.WITHHELD})

    assert seen(withheld) == [(["image-1"], None)]
