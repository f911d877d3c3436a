"""The catalogue of stories and the log of messages, on moto's DynamoDB and S3."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import boto3
import pytest
from moto import mock_aws
from tests.support.delivery_tables import create_table
from tests.support.delivery_world import NOON

from slugline.adapters.catalogue import TableCatalogue
from slugline.adapters.delivery_table import DeliveryTable
from slugline.adapters.message_log import MessageLog
from slugline.adapters.paging import cursor_at
from slugline.adapters.recovery_table import RecoveryTable
from slugline.adapters.s3 import S3ObjectStore
from slugline.adapters.story_table import DynamoStoryTable
from slugline.deliveries import Delivery, delivery_id
from slugline.partners import EventType
from slugline.ports.deliveries import BadCursor
from slugline.ports.stories import StoryHead, VersionRow
from slugline.recovery import Recovery, advanced
from slugline.story import Status, Story


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        client = boto3.client("dynamodb")
        create_table(client)
        yield client


@pytest.fixture
def catalogue(client: Any) -> TableCatalogue:
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="archive")
    return TableCatalogue(client, "slugline", DynamoStoryTable(client, "slugline"), S3ObjectStore(s3, "archive"))


def add_story(  # noqa: PLR0913 - what a story's rows say
    client: Any, story_id: str, current: int, *, latest: int = 0, minutes: int = 0, withdrawn: bool = False
) -> None:
    head = StoryHead(
        story_id=story_id,
        latest=max(current, latest, 1),
        current=current,
        last_withdrawal=current if withdrawn else 0,
        path=f"articles/{story_id}.html",
        headline=story_id.upper(),
        digest="d",
        source_key="k",
        dropped=NOON,
        first_published=NOON if current else None,
        updated=NOON + timedelta(minutes=minutes),
    )
    row = VersionRow(
        story_id=story_id,
        version=max(current, 1),
        story_key=f"stories/{story_id}.json",
        status=Status.USABLE,
        pictures=0,
        at=NOON,
        source_key=story_id,
        sequencer="1",
        correlation_id=story_id,
    )
    DynamoStoryTable(client, "slugline").add_version(None, head, row)


def test_states_of_more_stories_than_one_request_takes(client: Any, catalogue: TableCatalogue) -> None:
    for number in range(105):
        add_story(client, f"s{number}", 1)
    add_story(client, "hidden", 0)
    add_story(client, "gone", 2, withdrawn=True)

    states = catalogue.states([*(f"s{number}" for number in range(105)), "hidden", "gone", "other", "", "x" * 2000])

    assert len(states) == 107
    assert (states["hidden"].version, states["gone"].withdrawn, states["s1"].withdrawn) == (0, True, False)


def test_a_newer_version_under_embargo_does_not_tell_its_headline(client: Any, catalogue: TableCatalogue) -> None:
    add_story(client, "s1", 1, latest=2)
    add_story(client, "s2", 2, latest=2)

    states = catalogue.states(["s1", "s2"])

    assert (states["s1"].version, states["s1"].headline) == (1, "")
    assert (states["s2"].version, states["s2"].headline) == (2, "S2")


def test_pages_are_newest_first_and_lose_none_that_changed_at_the_same_instant(
    client: Any, catalogue: TableCatalogue
) -> None:
    for number in range(5):
        add_story(client, f"s{number}", 1, minutes=number // 3)
    add_story(client, "old", 1, minutes=-60)

    pages, cursor = [], None
    for _ in range(5):
        page = catalogue.page(cursor=cursor, since=NOON, limit=2)
        pages.append([state.story_id for state in page.items])
        cursor = page.cursor
        if cursor is None:
            break

    seen = [story_id for page in pages for story_id in page]
    assert sorted(seen) == ["s0", "s1", "s2", "s3", "s4"]
    assert set(seen[:2]) == {"s3", "s4"}


@pytest.mark.parametrize(
    "cursor", ["x", cursor_at("2026", "STORIES"), cursor_at("#", "STORIES"), cursor_at("a#b", "X")]
)
def test_a_cursor_that_is_none_is_refused(catalogue: TableCatalogue, cursor: str) -> None:
    with pytest.raises(BadCursor):
        catalogue.page(cursor=cursor, since=None, limit=1)


def test_a_cursor_older_than_the_start_is_the_end(client: Any, catalogue: TableCatalogue) -> None:
    add_story(client, "s1", 1)

    assert catalogue.page(cursor=cursor_at("2020-01-01#s9", "STORIES"), since=NOON, limit=1).items == ()


def test_a_story_is_read_from_the_archive(client: Any, catalogue: TableCatalogue) -> None:
    add_story(client, "s1", 1)
    assert catalogue.story("s1", 1) is None

    story = Story(id="s1", headline="Flood")
    boto3.client("s3").put_object(Bucket="archive", Key="stories/s1.json", Body=story.model_dump_json())

    assert catalogue.story("s1", 1) == story
    assert catalogue.story("s2", 1) is None


def test_messages_are_oldest_first_from_a_time_or_cursor_up_to_a_time(client: Any) -> None:
    # given
    table, log = DeliveryTable(client, "slugline"), MessageLog(client, "slugline")
    for number in (3, 1, 2, 4):
        table.add(_delivery(number))

    # when
    first = log.page("ep_1", cursor=None, limit=2)
    rest = log.page("ep_1", cursor=first.cursor, limit=9)
    window = log.page(
        "ep_1", cursor=log.since("ep_1", NOON + timedelta(seconds=2)), limit=9, until=NOON + timedelta(seconds=4)
    )

    # then
    def names(page: Any) -> list[str]:
        return [one.delivery.story_id for one in page.items]

    assert (names(first), names(rest), rest.cursor, names(window)) == (["s1", "s2"], ["s3", "s4"], None, ["s2", "s3"])
    assert names(log.page("ep_1", cursor=rest.items[-1].cursor, limit=9, until=NOON)) == []
    with pytest.raises(BadCursor):
        log.page("ep_2", cursor=first.cursor, limit=1)


def _delivery(number: int) -> Delivery:
    return Delivery(
        id=delivery_id("ep_1", f"s{number}", 1),
        endpoint_id="ep_1",
        partner_id="ptn_1",
        story_id=f"s{number}",
        version=1,
        type=EventType.PUBLISHED,
        body="{}",
        host="partner.example",
        created_at=NOON + timedelta(seconds=number),
        correlation_id="drop",
    )


def test_a_recovery_is_kept_and_found_while_it_runs_and_written_by_the_first_only(client: Any) -> None:
    # given
    table = RecoveryTable(client, "slugline")
    recovery = Recovery(
        id="rcv_1",
        endpoint_id="ep_1",
        partner_id="ptn_1",
        since=NOON,
        until=NOON,
        failures=3,
        created_at=NOON,
        cursor="x",
    )
    table.add_recovery(recovery)
    assert (table.recovery("rcv_1"), table.running(), table.recovery("rcv_2")) == (recovery, [recovery], None)

    # when
    further, done = advanced(recovery, "y", 2, NOON), advanced(recovery, None, 3, NOON)

    # then
    assert table.save_recovery(further, recovery)
    assert not table.save_recovery(done, recovery)
    assert table.running() == [further]
    assert table.save_recovery(advanced(further, None, 1, NOON), further)
    assert table.running() == []
    (item,) = client.scan(TableName="slugline")["Items"]
    assert int(item["expires"]["N"]) == int((NOON + timedelta(days=30)).timestamp())
