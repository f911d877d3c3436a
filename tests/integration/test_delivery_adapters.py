"""Delivery's adapters on moto's DynamoDB, SQS and KMS."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws
from tests.support.delivery_tables import create_table
from tests.support.delivery_world import NOON

from slugline.adapters.delivery_queue import SqsDeliveryQueue
from slugline.adapters.delivery_situation import SituationTable
from slugline.adapters.delivery_table import DeliveryTable
from slugline.adapters.message_log import MessageLog
from slugline.adapters.partner_table import PartnerTable
from slugline.adapters.secret_box import KmsSecretBox
from slugline.adapters.story_table import DynamoStoryTable
from slugline.deliveries import RETENTION, Attempt, Delivery, DeliveryState, Outcome, Pointer, delivery_id
from slugline.domain import endpoint_life as life
from slugline.domain.api_keys import new_key
from slugline.domain.circuit import EndpointHealth
from slugline.domain.delivery_schedule import Schedule
from slugline.domain.delivery_states import ATTEMPTS_KEPT, Answer, RetryPolicy, hold, lease, record, replay
from slugline.events import StoryRendered
from slugline.partners import Endpoint, EventType, Partner, Scope, SealedSecret
from slugline.ports.deliveries import BadCursor, Page, Situation
from slugline.ports.stories import StoryHead, VersionRow
from slugline.story import Status, Story
from slugline.webhooks.payload import rendered_body

EVENTS = Path(__file__).parents[2] / "events"


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[boto3.session.Session]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with mock_aws():
        yield boto3.session.Session(region_name="eu-west-1")


@pytest.fixture
def client(aws: boto3.session.Session) -> Any:
    """DynamoDB with the table."""
    client = aws.client("dynamodb")
    create_table(client)
    return client


@pytest.fixture
def table(client: Any) -> DeliveryTable:
    return DeliveryTable(client, "slugline")


@pytest.fixture
def partners(client: Any) -> PartnerTable:
    return PartnerTable(client, "slugline")


def delivery(number: int = 1, endpoint_id: str = "ep_1", version: int = 1) -> Delivery:
    created = NOON + timedelta(milliseconds=500 * number)
    return Delivery(
        id=delivery_id(endpoint_id, f"s{number}", version),
        endpoint_id=endpoint_id,
        partner_id="ptn_1",
        story_id=f"s{number}",
        version=version,
        type=EventType.PUBLISHED,
        body='{"text":"Überschwemmung 🌊"}',
        host="partner.example",
        created_at=created,
        correlation_id="drop",
        next_attempt_at=created,
        sweep_at=created,
    )


def endpoint(identifier: str = "ep_1", partner_id: str = "ptn_1") -> Endpoint:
    return Endpoint(
        id=identifier,
        partner_id=partner_id,
        url="https://partner.example/hook",
        host="partner.example",
        secrets=(SealedSecret(sealed="x", created_at=NOON),),
        created_at=NOON,
    )


def test_a_row_comes_back_as_it_was_written(table: DeliveryTable) -> None:
    row = delivery()

    assert table.add(row)

    assert table.get(row.id) == row
    assert table.get("nonsense") is None
    assert table.get(delivery_id("ep_1", "s9", 1)) is None


def test_a_row_of_before_rows_were_deflated_is_read_everywhere(table: DeliveryTable, client: Any) -> None:
    # given
    row = delivery()
    table.add(row)
    (item,) = client.scan(TableName="slugline")["Items"]
    client.put_item(TableName="slugline", Item=item | {"data": {"S": row.model_dump_json()}})

    # then
    assert table.get(row.id) == row
    assert table.of_endpoint("ep_1").items == (row,)
    (placed,) = MessageLog(client, "slugline").page("ep_1", cursor=None, limit=9).items
    assert placed.delivery == row
    situations = SituationTable(client, "slugline").look([row.id], {})
    assert situations[row.id].delivery == row


def test_the_row_of_a_thin_message_takes_one_kilobyte_which_is_one_write_unit(
    table: DeliveryTable, client: Any
) -> None:
    # given: a message about a story with all its outputs
    (sent,) = json.loads((EVENTS / "notify-story-rendered.json").read_text())["Records"]
    event = StoryRendered.model_validate(json.loads(sent["body"])["detail"]["data"])
    story = Story(id=event.story_id, headline="Thousands leave their homes as the river rises to its highest in years")
    row = delivery().model_copy(update={"body": rendered_body(event, EventType.PUBLISHED, story, NOON)})

    table.add(row)

    (item,) = client.scan(TableName="slugline")["Items"]
    values = [next(iter(value.values())) for value in item.values()]
    size = sum(map(len, item)) + sum(len(one) if isinstance(one, bytes) else len(str(one).encode()) for one in values)
    assert size < 1024


def test_a_row_is_added_once(table: DeliveryTable) -> None:
    row = delivery()
    table.add(row)

    assert not table.add(row.model_copy(update={"body": "other"}))
    assert table.get(row.id) == row


def test_of_two_writers_that_read_the_same_row_one_loses(table: DeliveryTable) -> None:
    row = delivery()
    table.add(row)
    leased = lease(row, row.created_at)
    assert leased

    assert table.save(leased, row)
    assert not table.save(replay(row, row.created_at), row)
    assert table.get(row.id) == leased


def test_an_endpoints_deliveries_are_paged_newest_first(table: DeliveryTable) -> None:
    for number in range(5):
        table.add(delivery(number))
    table.add(delivery(9, "ep_2"))

    first = table.of_endpoint("ep_1", limit=3)
    second = table.of_endpoint("ep_1", limit=3, cursor=first.cursor)

    assert [row.story_id for page in (first, second) for row in page.items] == ["s4", "s3", "s2", "s1", "s0"]
    assert second.cursor is None


def test_withdrawals_are_listed_over_all_endpoints_and_kept_when_other_deliveries_go(
    table: DeliveryTable, client: Any
) -> None:
    # given
    told = [
        delivery(number, f"ep_{number}", 2).model_copy(update={"type": EventType.WITHDRAWN}) for number in (2, 1, 3)
    ]
    for row in (*told, delivery(4).model_copy(update={"state": DeliveryState.SUPERSEDED})):
        assert table.add(row)

    # when
    first = table.withdrawals(limit=2)
    rest = table.withdrawals(limit=2, cursor=first.cursor)

    # then
    assert [row.endpoint_id for row in (*first.items, *rest.items)] == ["ep_1", "ep_2", "ep_3"]
    assert rest.cursor is None
    items = client.scan(TableName="slugline")["Items"]
    assert [item["sk"]["S"] for item in items if "expires" in item] == ["DELIVERY#s4#00000001"]


@pytest.mark.parametrize("state", sorted(set(DeliveryState) - {DeliveryState.PENDING, DeliveryState.HELD}))
def test_a_row_goes_90_days_after_the_last_that_came_of_it(
    table: DeliveryTable, client: Any, state: DeliveryState
) -> None:
    # given: created, tried a day later, or never
    later = NOON + timedelta(days=1)
    tried = Attempt(number=1, at=later, ms=1, outcome=Outcome.DELIVERED)
    table.add(delivery(0).model_copy(update={"state": state}))
    table.add(delivery(1).model_copy(update={"state": state, "attempts": (tried,)}))

    # then
    items = {item["sk"]["S"]: int(item["expires"]["N"]) for item in client.scan(TableName="slugline")["Items"]}
    assert items == {
        "DELIVERY#s0#00000001": (NOON + RETENTION).timestamp(),
        "DELIVERY#s1#00000001": (later + RETENTION).timestamp(),
    }


def tried(row: Delivery, times: int) -> Delivery:
    """The row after so many failed attempts, a minute apart."""
    policy = RetryPolicy(schedule=Schedule(delays=(60.0,) * 99), random=lambda: 0.5)
    for _ in range(times):
        failed_at = row.next_attempt_at or NOON
        row = record(row, Answer(outcome=Outcome.STATUS, status=500, ms=1), policy, failed_at)
    return row


@pytest.mark.parametrize(
    ("type_", "expiry"), [(EventType.PUBLISHED, (NOON + RETENTION).timestamp()), (EventType.WITHDRAWN, None)]
)
def test_attempts_that_a_row_has_no_room_for_are_kept_beside_it(
    table: DeliveryTable, client: Any, type_: EventType, expiry: float | None
) -> None:
    # given: a row that is full, and another's
    full = tried(delivery(0).model_copy(update={"type": type_}), ATTEMPTS_KEPT)
    assert table.add(full)
    assert table.add(tried(delivery(1), 1))

    # when
    now = tried(full, 2)
    assert table.save(now, full)

    # then
    assert [one.number for one in now.attempts] == list(range(3, ATTEMPTS_KEPT + 3))
    assert table.older_attempts(full.id, 3, 50) == [full.attempts[1], full.attempts[0]]
    assert table.older_attempts(full.id, 3, 1) == [full.attempts[1]]
    assert table.older_attempts(full.id, 2, 50) == [full.attempts[0]]
    assert table.older_attempts(delivery(1).id, 3, 50) == []
    (first,) = [item for item in client.scan(TableName="slugline")["Items"] if item["sk"]["S"] == "00000001"]
    assert first.get("expires") == (expiry and {"N": str(int(expiry))})


def test_a_row_with_room_is_saved_in_one_request(table: DeliveryTable, client: Any) -> None:
    # given
    row = tried(delivery(), ATTEMPTS_KEPT - 1)
    table.add(row)
    sent: list[str] = []
    client.meta.events.register("before-call.dynamodb.*", lambda model, **_: sent.append(model.name))

    # when
    table.save(tried(row, 1), row)

    # then
    assert sent == ["PutItem"]


def test_whoever_loses_the_race_changes_no_attempt(table: DeliveryTable) -> None:
    # given
    full = tried(delivery(), ATTEMPTS_KEPT)
    table.add(full)
    first = tried(full, 1)

    # when
    assert table.save(first, full)
    assert not table.save(tried(full, 1), full)

    # then
    assert table.get(full.id) == first
    assert table.older_attempts(full.id, first.attempts[0].number, 50) == [full.attempts[0]]


@pytest.mark.parametrize("state", [DeliveryState.PENDING, DeliveryState.HELD])
def test_a_row_that_is_under_way_or_owed_never_goes(table: DeliveryTable, client: Any, state: DeliveryState) -> None:
    table.add(delivery().model_copy(update={"state": state}))

    (item,) = client.scan(TableName="slugline")["Items"]
    assert "expires" not in item


def test_who_was_ever_told_of_a_story_is_kept_for_ever(table: DeliveryTable, client: Any) -> None:
    # when
    answers = [table.told("s1"), table.told("s1", {"ep_1", "ep_2"}), table.told("s1", {"ep_3"}), table.told("s1")]

    # then
    assert [set(answer) for answer in answers] == [
        set(),
        {"ep_1", "ep_2"},
        {"ep_1", "ep_2", "ep_3"},
        {"ep_1", "ep_2", "ep_3"},
    ]
    (item,) = client.scan(TableName="slugline")["Items"]
    assert "expires" not in item
    assert table.told("s10") == set()


def test_a_cursor_of_another_endpoint_is_refused(table: DeliveryTable) -> None:
    for number in (1, 2):
        table.add(delivery(number))
    cursor = table.of_endpoint("ep_1", limit=1).cursor

    with pytest.raises(BadCursor):
        table.of_endpoint("ep_2", cursor=cursor)


@pytest.mark.parametrize("cursor", ["*", "bm8=", "W10="])
def test_a_foreign_cursor_is_refused(table: DeliveryTable, cursor: str) -> None:
    with pytest.raises(BadCursor):
        table.of_endpoint("ep_1", cursor=cursor)


def test_no_list_takes_another_lists_cursor(table: DeliveryTable, partners: PartnerTable, client: Any) -> None:
    # given: a true cursor of each list
    log = MessageLog(client, "slugline")
    for number in range(3):
        table.add(delivery(number).model_copy(update={"type": EventType.WITHDRAWN}))
        partners.add_partner(Partner(id=f"ptn_{number}", name=f"N{number}", created_at=NOON))
    lists: dict[str, Callable[[str | None], Page[Any]]] = {
        "deliveries": lambda cursor: table.of_endpoint("ep_1", limit=1, cursor=cursor),
        "deliveries of another": lambda cursor: table.of_endpoint("ep_2", limit=1, cursor=cursor),
        "withdrawals": lambda cursor: table.withdrawals(limit=1, cursor=cursor),
        "partners": lambda cursor: partners.partners(limit=1, cursor=cursor),
        "events of another": lambda cursor: log.page("ep_2", limit=1, cursor=cursor),
    }
    cursors = {name: cursor for name, page in lists.items() if (cursor := page(None).cursor)}
    assert set(cursors) == {"deliveries", "withdrawals", "partners"}

    # then
    for owner, cursor in cursors.items():
        assert lists[owner](cursor).items
        for other in lists.keys() - {owner}:
            with pytest.raises(BadCursor):
                lists[other](cursor)


def test_what_an_endpoint_is_told_of_a_story_is_newest_first_without_that_of_a_longer_id(
    table: DeliveryTable,
) -> None:
    for version in (1, 2, 10):
        table.add(delivery(1, version=version))
    table.add(delivery(11))

    assert [row.version for row in table.of_story("ep_1", "s1")] == [10, 2, 1]


def test_due_is_what_has_come_to_its_time_and_nothing_that_is_final(table: DeliveryTable) -> None:
    # given: fifty rows, so that every shard has some
    for number in range(50):
        table.add(delivery(number))
    final = delivery(60).model_copy(update={"sweep_at": None})
    table.add(final)

    # when
    due = list(table.due(NOON + timedelta(seconds=10)))

    # then
    assert {row.story_id for row in due} == {f"s{number}" for number in range(21)}


def test_a_row_that_becomes_final_leaves_the_due_index(table: DeliveryTable) -> None:
    row = delivery()
    table.add(row)
    table.save(row.model_copy(update={"sweep_at": None, "fence": 1}), row)

    assert list(table.due(NOON + timedelta(days=1))) == []


def test_partners_are_kept_and_paged_by_name(partners: PartnerTable) -> None:
    for number, name in enumerate(["C", "A", "B"]):
        partners.add_partner(Partner(id=f"ptn_{number}", name=name, created_at=NOON))

    first = partners.partners(limit=2)
    second = partners.partners(limit=2, cursor=first.cursor)

    assert [partner.name for page in (first, second) for partner in page.items] == ["A", "B", "C"]
    assert partners.partner("ptn_1") == Partner(id="ptn_1", name="A", created_at=NOON)
    partners.delete_partner("ptn_1")
    assert partners.partner("ptn_1") is None


def test_a_partner_is_saved_only_over_the_revision_that_was_read(partners: PartnerTable) -> None:
    before = Partner(id="ptn_1", name="A", created_at=NOON)
    partners.add_partner(before)
    after = before.model_copy(update={"licensed_agencies": ("AFP",), "revision": 1})

    assert partners.save_partner(after, before)
    assert not partners.save_partner(before.model_copy(update={"name": "B"}), before)
    assert partners.partner("ptn_1") == after


def test_a_partner_from_before_there_were_revisions_can_be_changed(partners: PartnerTable, client: Any) -> None:
    before = Partner(id="ptn_1", name="A", created_at=NOON)
    partners.add_partner(before)
    key = {"pk": {"S": "PARTNER#ptn_1"}, "sk": {"S": "PARTNER"}}
    client.update_item(TableName="slugline", Key=key, UpdateExpression="REMOVE revision")

    assert partners.save_partner(before.model_copy(update={"name": "B", "revision": 1}), before)


def test_a_deleted_partner_does_not_come_back_by_a_late_save(partners: PartnerTable) -> None:
    before = Partner(id="ptn_1", name="A", created_at=NOON)
    partners.add_partner(before)
    partners.delete_partner("ptn_1")

    assert not partners.save_partner(before.model_copy(update={"revision": 1}), before)
    assert partners.partner("ptn_1") is None


def test_licences_are_those_of_the_partners_that_have_any(partners: PartnerTable) -> None:
    partners.add_partner(Partner(id="ptn_1", name="A", created_at=NOON, licensed_agencies=("AFP", "AP")))
    partners.add_partner(Partner(id="ptn_2", name="B", created_at=NOON))

    assert partners.licences() == {"ptn_1": ("AFP", "AP")}


def test_endpoints_are_listed_in_all_or_by_partner(partners: PartnerTable) -> None:
    partners.add_endpoint(endpoint("ep_1", "ptn_1"))
    partners.add_endpoint(endpoint("ep_2", "ptn_10"))

    assert [each.id for each in partners.endpoints()] == ["ep_1", "ep_2"]
    assert [each.id for each in partners.endpoints("ptn_1")] == ["ep_1"]
    partners.delete_endpoint("ep_1", NOON)
    assert partners.endpoint("ep_1") is None


def test_an_endpoint_is_saved_only_over_the_revision_that_was_read(partners: PartnerTable) -> None:
    before = endpoint()
    partners.add_endpoint(before)
    after = before.model_copy(update={"revision": 1, "description": "new"})

    assert partners.save_endpoint(after, before)
    assert not partners.save_endpoint(before, before)
    assert partners.endpoint("ep_1") == after


def test_a_deleted_endpoint_does_not_come_back_by_a_late_save(partners: PartnerTable) -> None:
    before = endpoint()
    partners.add_endpoint(before)
    partners.delete_endpoint(before.id, NOON)

    assert not partners.save_endpoint(before, before)
    assert partners.endpoint(before.id) is None


def test_endpoints_that_take_nothing_are_found_by_since_when(partners: PartnerTable) -> None:
    # given
    for number in range(3):
        before = endpoint(f"ep_{number}")
        partners.add_endpoint(before)
        partners.save_endpoint(life.paused(before, NOON + timedelta(hours=number)), before)
    enabled = partners.endpoint("ep_0")
    assert enabled

    # then
    assert [one.id for one in partners.held_endpoints(NOON + timedelta(hours=1))] == ["ep_0", "ep_1"]

    # when
    partners.save_endpoint(life.enabled(enabled, NOON), enabled)

    # then
    assert [one.id for one in partners.held_endpoints(NOON + timedelta(hours=1))] == ["ep_1"]
    assert [one.id for one in partners.owed_endpoints()] == ["ep_0"]


def test_a_deleted_endpoint_is_noted_until_it_is_forgotten(partners: PartnerTable) -> None:
    partners.add_endpoint(endpoint())

    partners.delete_endpoint("ep_1", NOON)

    assert [(one.id, one.deleted_at) for one in partners.deleted_endpoints()] == [("ep_1", NOON)]
    assert partners.endpoint("ep_1") is None
    partners.forget_endpoint("ep_1")
    assert list(partners.deleted_endpoints()) == []


def test_a_key_is_kept_without_its_secret(partners: PartnerTable, client: Any) -> None:
    row, text = new_key((Scope.PARTNERS_READ,), NOON)

    partners.add_key(row)

    assert partners.key(row.id) == row
    assert text.split("_", 2)[2] not in json.dumps(client.scan(TableName="slugline")["Items"])


def test_pointers_reach_the_queue_in_batches(aws: boto3.session.Session) -> None:
    # given
    sqs = aws.client("sqs")
    url = sqs.create_queue(QueueName="deliver")["QueueUrl"]

    # when
    SqsDeliveryQueue(sqs, url).send((delivery(number), timedelta()) for number in range(25))

    # then
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])["Attributes"]
    assert attributes["ApproximateNumberOfMessages"] == "25"
    (message,) = sqs.receive_message(QueueUrl=url, AttributeNames=["MessageGroupId"])["Messages"]
    assert json.loads(message["Body"]).keys() == {"delivery_id"}
    assert message["Attributes"]["MessageGroupId"] == "partner.example"


def test_a_sealed_secret_opens_only_for_its_own_endpoint(aws: boto3.session.Session) -> None:
    # given
    kms = aws.client("kms")
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    box = KmsSecretBox(kms, key)

    # when
    sealed = box.seal(b"secret", "ep_1")

    # then
    assert b"secret" not in sealed.encode()
    assert box.open(sealed, "ep_1") == b"secret"
    with pytest.raises(kms.exceptions.InvalidCiphertextException):
        box.open(sealed, "ep_2")


def test_an_opened_secret_is_asked_of_kms_once_in_five_minutes() -> None:
    # given
    class CountingKms:
        opened = 0

        def decrypt(self, **_: object) -> dict[str, bytes]:
            self.opened += 1
            return {"Plaintext": b"secret"}

    kms, now = CountingKms(), [0.0]
    box = KmsSecretBox(kms, "key", monotonic=lambda: now[0])  # type: ignore[arg-type]  # the one call that is made

    # when
    for moment in (0.0, 299.0, 301.0):
        now[0] = moment
        box.open("eA==", "ep_1")

    # then
    assert kms.opened == 2


@pytest.fixture
def situations(client: Any) -> SituationTable:
    return SituationTable(client, "slugline")


def test_an_attempt_looks_at_four_rows_in_one_request(
    situations: SituationTable, table: DeliveryTable, partners: PartnerTable, client: Any
) -> None:
    # given
    row = delivery()
    table.add(row)
    partners.add_endpoint(endpoint())
    health = EndpointHealth(endpoint_id="ep_1", revision=1, failures=3)
    situations.save_health(health, EndpointHealth(endpoint_id="ep_1"))
    DynamoStoryTable(client, "slugline").add_version(None, story_head(current=0), story_version())
    requests: list[str] = []
    client.meta.events.register("before-call", lambda model, **_: requests.append(model.name))

    # when
    situation = situations.look([row.id], {}).get(row.id)

    # then
    assert requests == ["BatchGetItem"]
    assert situation == Situation(delivery=row, endpoint=endpoint(), health=health, current_version=0)


def test_a_whole_batch_is_looked_at_in_one_request_without_the_rows_in_hand(
    situations: SituationTable, table: DeliveryTable, partners: PartnerTable, client: Any
) -> None:
    # given: three new deliveries to one endpoint
    rows = [delivery(version) for version in (1, 2, 3)]
    assert table.add_all(rows) == [True, True, True]
    partners.add_endpoint(endpoint())
    asked: list[int] = []
    client.meta.events.register(
        "provide-client-params.dynamodb.BatchGetItem",
        lambda params, **_: asked.append(len(params["RequestItems"]["slugline"]["Keys"])),
    )

    # when
    found = situations.look([row.id for row in rows], {row.id: row for row in rows})

    # then: endpoint and health once, and the head of each story
    assert asked == [2 + len({row.story_id for row in rows})]
    assert [situation.delivery for situation in found.values()] == rows


def test_of_rows_added_side_by_side_those_that_are_there_already_are_told_apart(table: DeliveryTable) -> None:
    table.add(delivery(2))

    assert table.add_all([delivery(1), delivery(2), delivery(3)]) == [True, False, True]


def test_a_new_delivery_goes_into_the_queue_whole(aws: boto3.session.Session) -> None:
    # given
    sqs = aws.client("sqs")
    url = sqs.create_queue(QueueName="deliver")["QueueUrl"]

    # when
    SqsDeliveryQueue(sqs, url).announce([delivery(1)])

    # then
    (message,) = sqs.receive_message(QueueUrl=url)["Messages"]
    assert Pointer.model_validate_json(message["Body"]).delivery == delivery(1)


def test_the_current_version_is_the_one_that_the_story_table_released(
    situations: SituationTable, table: DeliveryTable, client: Any
) -> None:
    row = delivery()
    table.add(row)
    stories = DynamoStoryTable(client, "slugline")
    stories.add_version(None, story_head(current=0), story_version())
    stories.release(story_head(current=0), story_head(current=1), {})

    situation = situations.look([row.id], {}).get(row.id)

    assert situation
    assert situation.current_version == 1


def test_what_is_not_there_is_well_or_nothing(situations: SituationTable, table: DeliveryTable) -> None:
    row = delivery()
    assert situations.look([row.id, "nonsense"], {}) == {}

    table.add(row)

    well = EndpointHealth(endpoint_id="ep_1")
    there = Situation(delivery=row, endpoint=None, health=well, current_version=0)
    assert situations.look([row.id], {}) == {row.id: there}


def test_of_two_writers_of_a_health_one_loses(situations: SituationTable) -> None:
    well = EndpointHealth(endpoint_id="ep_1")
    worse = well.model_copy(update={"revision": 1, "failures": 1})

    assert situations.save_health(worse, well)
    assert not situations.save_health(worse, well)
    assert situations.save_health(worse.model_copy(update={"revision": 2}), worse)
    assert situations.health("ep_1").revision == 2


def test_held_is_what_waits_for_its_endpoint(table: DeliveryTable) -> None:
    held = hold(delivery(1))
    table.add(held)
    table.add(delivery(2))

    assert list(table.held("ep_1")) == [held]


def test_owed_endpoints_are_those_enabled_again(partners: PartnerTable) -> None:
    partners.add_endpoint(endpoint("ep_1"))
    owed = endpoint("ep_2").model_copy(update={"owed_until": NOON})
    partners.add_endpoint(owed)

    assert list(partners.owed_endpoints()) == [owed]
    assert partners.save_endpoint(life.paid(owed), owed)
    assert list(partners.owed_endpoints()) == []


def test_withdrawals_have_a_lane_of_their_own(aws: boto3.session.Session) -> None:
    # given
    sqs = aws.client("sqs")
    urls = [sqs.create_queue(QueueName=name)["QueueUrl"] for name in ("deliver", "withdrawals")]
    withdrawal = delivery(2).model_copy(update={"type": EventType.WITHDRAWN})

    # when
    SqsDeliveryQueue(sqs, *urls).send([(delivery(1), timedelta()), (withdrawal, timedelta())])

    # then
    bodies = [sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"] for url in urls]
    assert [[json.loads(message["Body"])["delivery_id"] for message in each] for each in bodies] == [
        [delivery(1).id],
        [withdrawal.id],
    ]


def story_head(current: int) -> StoryHead:
    return StoryHead(
        story_id="s1",
        latest=1,
        current=current,
        path="articles/a.html",
        headline="Flood",
        digest="d",
        source_key="a.txt",
        dropped=NOON,
        first_published=NOON if current else None,
        updated=NOON,
    )


def story_version() -> VersionRow:
    return VersionRow(
        story_id="s1",
        version=1,
        story_key="stories/s1/v1.json",
        status=Status.USABLE,
        pictures=0,
        at=NOON,
        source_key="a.txt",
        sequencer="01",
        correlation_id="drop",
    )


def test_keys_are_listed_oldest_first_and_revoked(partners: PartnerTable) -> None:
    rows = [new_key((Scope.PARTNERS_READ,), NOON + timedelta(minutes=minute))[0] for minute in (2, 1)]
    for row in rows:
        partners.add_key(row)
    assert list(partners.api_keys()) == rows[::-1]

    partners.delete_key(rows[0].id)

    assert list(partners.api_keys()) == [rows[1]]
    assert partners.key(rows[0].id) is None
