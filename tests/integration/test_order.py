"""Events come twice and in any order; at rest the newest drop has won, and no page ever went backwards."""

from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest
from tests.support.newsroom import Newsroom, die

from slugline.drops import Outcome
from slugline.feed import SITE
from slugline.ports.stories import HeadChanged

PHOTO = (Path(__file__).parents[1] / "samples" / "photo" / "dust-bowl-farm.jpg").read_bytes()
FIRST = b"# River\n\nThe river rose on Monday.\n"
SECOND = b"# River\n\nThe river rose on Tuesday.\n"
KILL = b'{"uri": "urn:example:river", "pubstatus": "canceled", "type": "text", "headline": "River"}'
STORY = (
    b'{"uri": "urn:example:river", "pubstatus": "usable", "type": "text", "headline": "River",'
    b' "body_html": "<p>The river rose on Monday.</p>"}'
)


@pytest.fixture
def room(newsroom: Newsroom) -> Newsroom:
    """A newsroom whose site keeps what each page was before."""
    newsroom.s3.put_bucket_versioning(
        Bucket=newsroom.outputs["SiteBucket"], VersioningConfiguration={"Status": "Enabled"}
    )
    return newsroom


def pages(room: Newsroom) -> list[str]:
    return [room.site(key).decode() for key in room.site_keys("articles/")]


def histories(room: Newsroom) -> list[list[int]]:
    """The story versions that each page showed, in order."""
    bucket = room.outputs["SiteBucket"]
    versions = room.s3.list_object_versions(Bucket=bucket, Prefix="articles/").get("Versions", [])
    shown: dict[str, list[int]] = {}
    for version in reversed(versions):
        head = room.s3.head_object(Bucket=bucket, Key=version["Key"], VersionId=version["VersionId"])
        shown.setdefault(version["Key"], []).append(int(head["Metadata"]["version"]))
    return list(shown.values())


def is_gone(room: Newsroom, words: str) -> bool:
    """Whether nothing of the story is left for readers."""
    feeds = [room.site(key).decode() for key in room.site_keys("feeds/")]
    return not room.site_keys("stories/") and not any(words in shown for shown in pages(room) + feeds)


def outcomes(room: Newsroom) -> list[Outcome]:
    """One per thing that happened."""
    table = room.services["parse"].stories
    found = [table.drop(one.detail["object"]["key"], one.detail["object"]["sequencer"]) for one in room.happenings]
    return [drop.outcome for drop in found if drop]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_three_drops_of_a_file_end_at_the_newest_in_whatever_order_they_arrive(
    room: Newsroom, order: tuple[int, ...]
) -> None:
    # given: the third says what the first said
    drops = []
    for text in (FIRST, SECOND, FIRST):
        drops.append(room.drop("river.md", text, delayed=True))
        room.clock.advance(minutes=1)

    for number in order:
        room.send(drops[number])
        room.settle()

    (page,) = pages(room)
    assert "on Monday" in page
    (history,) = histories(room)
    assert history == sorted(history)
    assert len(outcomes(room)) == len(drops)


def test_a_deletion_that_arrives_before_its_creation_wins(room: Newsroom) -> None:
    created = room.drop("river.md", FIRST, delayed=True)
    room.clock.advance(minutes=1)
    room.delete("river.md")
    room.settle()

    room.send(created)
    room.settle()

    assert is_gone(room, "on Monday")
    assert outcomes(room) == [Outcome.SUPERSEDED, Outcome.WITHDRAWAL]


def test_a_kill_notice_that_arrives_before_its_story_wins(room: Newsroom) -> None:
    story = room.drop("river.json", STORY, delayed=True)
    room.clock.advance(minutes=1)
    room.drop("kill.json", KILL)
    room.settle()

    room.send(story)
    room.settle()

    assert is_gone(room, "on Monday")


def test_a_deleted_photo_dropped_before_its_story_is_not_on_the_page(room: Newsroom) -> None:
    photo = room.drop("dust/photo.jpg", PHOTO, delayed=True)
    room.delete("dust/photo.jpg")
    room.drop("dust/story.md", b"# Dust\n\nThe farm was buried on Monday.\n")
    room.settle()

    room.send(photo)
    room.settle()

    (page,) = pages(room)
    assert "<picture" not in page


def test_dying_while_a_photo_is_deleted_leaves_no_photo_on_the_page(room: Newsroom) -> None:
    def publish(folder: str) -> None:
        room.drop(f"{folder}/story.md", f"# Dust {folder}\n\nThe farm was buried on Monday.\n".encode())
        room.drop(f"{folder}/photo.jpg", PHOTO)
        room.settle()

    def delete(folder: str) -> None:
        room.clock.advance(minutes=1)
        room.calls.restart()
        room.delete(f"{folder}/photo.jpg")

    publish("whole")
    delete("whole")
    room.settle()
    for call in range(1, room.calls.made["parse"] + 1):
        publish(str(call))
        delete(str(call))
        room.calls.after("parse", call, die)
        room.settle()

    assert all("<picture" not in page for page in pages(room))


@pytest.mark.parametrize("racing", ["render", "image_resize"])
def test_a_withdrawal_in_the_midst_of_making_the_story_wins(room: Newsroom, racing: str) -> None:
    # given: how many calls the function makes
    room.drop("0/story.md", b"# Dust 0\n\nThe farm was buried on Monday.\n")
    room.drop("0/photo.jpg", PHOTO)
    room.settle()
    room.delete("0/story.md")
    room.settle()

    calls = 1
    while True:
        key = f"{calls}/story.md"
        room.clock.advance(minutes=1)
        room.drop(f"{calls}/photo.jpg", PHOTO, delayed=True)
        room.calls.restart()
        raced: list[int] = []

        def withdraw(key: str = key, raced: list[int] = raced) -> None:
            raced.append(1)
            room.delete(key)
            room.settle()
            if racing == "image_resize":
                # Worst of all: what it wrote after the withdrawal had swept is left to the next try.
                room.calls.restart()
                room.calls.after(racing, 12, die)

        room.drop(key, f"# Dust {calls}\n\nThe farm was buried on Monday.\n".encode())
        room.send(room.happenings[-2])
        room.calls.after(racing, calls, withdraw)
        room.settle()
        if not raced:
            room.delete(key)
            room.settle()
            break
        assert room.site_keys("stories/") == [], f"after call {calls}"
        calls += 4

    assert calls > 8
    assert is_gone(room, "buried")
    assert all(history == sorted(history) for history in histories(room))


def test_all_events_repeated_change_no_byte(room: Newsroom) -> None:
    room.drop("dust/story.md", b"# Dust\n\nThe farm was buried on Monday.\n")
    room.drop("dust/photo.jpg", PHOTO)
    room.drop("river.md", FIRST)
    room.settle()
    room.clock.advance(minutes=1)
    room.drop("river.md", SECOND)
    room.delete("dust/story.md")
    room.settle()
    before = {key: room.site(key) for key in room.site_keys()}

    room.clock.advance(minutes=30)
    room.repeat_everything()
    room.settle()

    assert {key: room.site(key) for key in room.site_keys()} == before
    assert room.dead_letters() == 0
    assert all(history == sorted(history) for history in histories(room))


def test_a_release_that_missed_the_storys_first_one_makes_no_second_feed_entry(room: Newsroom) -> None:
    # given: a render that read the story's head before another version was the first to be published
    room.drop("river.md", FIRST)
    room.settle()
    table = room.services["render"].stories
    (entry,) = table.feed(SITE, 10)
    head = table.head(entry.story_id)
    assert head
    late = head.model_copy(update={"current": 2, "first_published": room.clock.now() + timedelta(minutes=1)})

    with pytest.raises(HeadChanged):
        table.release(head, late, {SITE: entry})

    assert table.feed(SITE, 10) == [entry]
