"""What becomes of a delivery, attempt by attempt."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook
from tests.support.delivery_world import NOON, SECRET, ScriptedSender, World

from delivering.attempt import Sending
from slugline.deliveries import DeliveryState, Outcome, Pointer, delivery_id
from slugline.domain.delivery_schedule import Schedule
from slugline.domain.delivery_states import Answer
from slugline.partners import EndpointStatus, SealedHeaders

TAKEN = Answer(outcome=Outcome.DELIVERED, ms=40, status=200, text="thanks")
BUSY = Answer(outcome=Outcome.STATUS, ms=40, status=503, text="busy")
GONE = Answer(outcome=Outcome.STATUS, ms=40, status=410)


def world_of(*answers: Answer, schedule: Schedule | None = None) -> tuple[World, ScriptedSender]:
    sender = ScriptedSender(list(answers))
    world = World(sender, schedule)
    world.endpoint()
    return world, sender


def test_a_published_story_is_delivered_once_and_logged() -> None:
    world, sender = world_of(TAKEN)

    world.publish()
    world.deliver()

    (row,) = world.rows()
    assert row.state is DeliveryState.DELIVERED
    assert [(attempt.number, attempt.status, attempt.ms, attempt.answer) for attempt in row.attempts] == [
        (1, 200, 40, "thanks")
    ]
    assert len(sender.sent) == 1


def test_the_official_client_verifies_what_was_sent() -> None:
    # given: the client looks at the machine's clock
    world, sender = world_of(TAKEN)
    world.clock.time = datetime.now(tz=UTC)

    # when
    world.publish()
    world.deliver()

    # then
    _, headers, body = sender.sent[0]
    message = Webhook(SECRET).verify(body, headers)
    assert message["type"] == "story.published"
    assert message["data"]["headline"] == "Flood reaches the harbour"


def test_a_failed_attempt_is_made_again_when_the_schedule_says_with_the_same_id_and_a_new_timestamp() -> None:
    # given
    world, sender = world_of(BUSY, TAKEN)
    world.publish()
    world.deliver()

    # when: 5 s and the answer's 40 ms have passed, which the queue rounds up
    world.clock.forward(timedelta(seconds=6))
    world.deliver()

    # then
    first, second = (headers for _, headers, _ in sender.sent)
    assert first["webhook-id"] == second["webhook-id"]
    assert int(second["webhook-timestamp"]) - int(first["webhook-timestamp"]) == 6
    assert first["webhook-signature"] != second["webhook-signature"]
    assert sender.sent[0][2] == sender.sent[1][2]


def test_a_delay_that_the_queue_cannot_hold_is_kept_by_the_row_until_clock_finds_it() -> None:
    # given: the fourth attempt is due half an hour after the third
    world, sender = world_of(BUSY, schedule=Schedule(delays=(0, 1800)))
    world.publish()
    world.deliver()
    assert world.queue.waiting == []

    # when
    world.clock.forward(timedelta(minutes=29))
    assert world.sweep.run() == 0
    world.clock.forward(timedelta(minutes=2))
    assert world.sweep.run() == 1
    world.deliver()

    # then
    assert len(sender.sent) == 2


def test_after_the_last_attempt_the_delivery_is_visibly_exhausted() -> None:
    world, sender = world_of(BUSY, schedule=Schedule(delays=(0, 5, 5)))

    world.publish()
    for _ in range(10):
        world.deliver()
        world.clock.forward(timedelta(seconds=6))

    assert len(sender.sent) == 3
    assert [row.state for row in world.rows()] == [DeliveryState.EXHAUSTED]
    assert world.rows()[0].sweep_at is None


def test_a_withdrawal_is_chased_beyond_the_schedule_until_it_is_acknowledged() -> None:
    # given: the story was delivered, then the partner's server broke
    world, sender = world_of(TAKEN, *[BUSY] * 9, TAKEN, schedule=Schedule(delays=(0, 5)))
    world.publish(1)
    world.deliver()

    # when
    world.withdraw(2)
    for _ in range(20):
        world.deliver()
        world.clock.forward(timedelta(seconds=6))

    # then
    assert [row.state for row in world.rows()] == [DeliveryState.DELIVERED] * 2
    assert len(sender.sent) == 11


def test_retry_after_is_honoured_when_it_asks_for_more_than_the_schedule() -> None:
    world, _ = world_of(BUSY.model_copy(update={"retry_after": "600"}))

    world.publish()
    world.deliver()

    assert world.rows()[0].next_attempt_at == NOON + timedelta(seconds=600, milliseconds=40)


def test_410_disables_the_endpoint_at_once_and_holds_what_it_is_owed() -> None:
    # given
    world, sender = world_of(GONE)
    world.publish(story_id="s1")
    world.publish(story_id="s2")

    # when
    world.deliver()

    # then
    endpoint = world.partners.endpoint("ep_1")
    assert endpoint
    assert (endpoint.status, endpoint.status_reason) == (EndpointStatus.DISABLED, "The endpoint answered 410 Gone.")
    assert [row.state for row in world.rows()] == [DeliveryState.HELD] * 2
    assert len(sender.sent) == 1


def test_nothing_is_sent_to_an_endpoint_that_was_deleted_meanwhile() -> None:
    world, sender = world_of(TAKEN)
    world.publish()

    world.partners.delete_endpoint("ep_1")
    world.deliver()

    assert sender.sent == []
    assert world.rows()[0].state is DeliveryState.CANCELED


def test_a_retry_gives_way_to_the_newest_version() -> None:
    # given: version 1 failed and waits
    world, sender = world_of(BUSY, TAKEN)
    world.publish(1)
    world.deliver()

    # when
    world.publish(2, "corrected")
    world.deliver()
    world.clock.forward(timedelta(seconds=6))
    world.deliver()

    # then
    assert [json.loads(body)["data"]["version"] for _, _, body in sender.sent] == [1, 2]
    assert [row.state for row in world.rows()] == [DeliveryState.SUPERSEDED, DeliveryState.DELIVERED]


def test_a_withdrawal_stops_a_publication_that_still_waits() -> None:
    # given: the partner has version 1, and waits for version 2
    world, sender = world_of(TAKEN, BUSY, TAKEN)
    for version in (1, 2):
        world.publish(version)
        world.deliver()

    # when
    world.withdraw(3)
    world.deliver()
    world.clock.forward(timedelta(hours=1))
    world.sweep.run()
    world.deliver()

    # then
    assert [json.loads(body)["data"]["version"] for _, _, body in sender.sent] == [1, 2, 3]
    assert json.loads(sender.sent[-1][2])["type"] == "story.withdrawn"


def test_a_delivery_is_as_old_as_its_row_however_long_it_waited_in_the_queue() -> None:
    world, _ = world_of(TAKEN)
    world.publish()
    world.clock.forward(timedelta(minutes=10))

    world.deliver()

    assert world.rows()[0].created_at == NOON + timedelta(minutes=10)


def test_duplicates_in_one_batch_make_one_post() -> None:
    # given
    world, _ = world_of(TAKEN)
    world.publish()
    ((_, pointer),) = world.queue.waiting

    # when
    prepared = world.attempter.prepare([pointer, pointer])

    # then
    assert isinstance(prepared[0], Sending)
    assert prepared[1] is None


def test_duplicate_pointers_make_one_post() -> None:
    # given
    world, sender = world_of(TAKEN)
    world.publish()
    world.queue.waiting *= 3

    # when
    world.deliver()

    # then
    assert len(sender.sent) == 1


def test_a_pointer_that_comes_while_another_sender_holds_the_lease_does_nothing() -> None:
    # given: a sender during whose POST the same pointer arrives
    class Meanwhile(ScriptedSender):
        def post(self, url: str, headers: dict[str, str], body: bytes) -> Answer:
            assert world.attempt(pointer) is None
            return super().post(url, headers, body)

    sender = Meanwhile([TAKEN])
    world = World(sender)
    world.endpoint()

    # when
    world.publish()
    ((_, pointer),) = world.queue.waiting
    world.deliver()

    # then
    assert len(sender.sent) == 1


def test_a_crash_after_the_post_sends_the_same_id_again_once_the_lease_is_over() -> None:
    # given
    class Crash(ScriptedSender):
        def post(self, url: str, headers: dict[str, str], body: bytes) -> Answer:
            answer = super().post(url, headers, body)
            if len(self.sent) == 1:
                raise MemoryError("the container died")
            return answer

    sender = Crash([TAKEN])
    world = World(sender)
    world.endpoint()
    world.publish()
    with pytest.raises(MemoryError):
        world.deliver()

    # when: nobody but clock knows of it any more
    world.clock.forward(timedelta(minutes=5))
    world.sweep.run()
    world.deliver()

    # then
    assert len({headers["webhook-id"] for _, headers, _ in sender.sent}) == 1
    assert world.rows()[0].state is DeliveryState.DELIVERED


def test_a_pointer_to_no_delivery_is_dropped() -> None:
    world, sender = world_of(TAKEN)

    assert world.attempt(Pointer(delivery_id=delivery_id("ep_9", "s9", 1))) is None
    assert world.attempt(Pointer(delivery_id="nonsense")) is None
    assert sender.sent == []


def test_a_rotated_secret_signs_until_it_expires() -> None:
    # given
    world, sender = world_of(TAKEN)
    endpoint = world.partners.endpoint("ep_1")
    assert endpoint
    (secret,) = endpoint.secrets
    old = secret.model_copy(update={"expires_at": NOON + timedelta(hours=1)})
    world.partners.add_endpoint(endpoint.model_copy(update={"secrets": (secret, old)}))

    # when
    world.publish(story_id="s1")
    world.deliver()
    world.clock.forward(timedelta(hours=1))
    world.publish(story_id="s2")
    world.deliver()

    # then
    signatures = [headers["webhook-signature"].split(" ") for _, headers, _ in sender.sent]
    assert [len(each) for each in signatures] == [2, 1]


def test_the_partners_own_headers_go_along() -> None:
    # given
    world, sender = world_of(TAKEN)
    sealed = world.secrets.seal(json.dumps({"X-Api-Key": "k1"}).encode(), "ep_2")
    world.partners.delete_endpoint("ep_1")
    world.endpoint("ep_2", headers=SealedHeaders(names=("X-Api-Key",), sealed=sealed))

    # when
    world.publish()
    world.deliver()

    # then
    _, headers, _ = sender.sent[0]
    assert headers["X-Api-Key"] == "k1"
    assert headers["Content-Type"] == "application/json"
