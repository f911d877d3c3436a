"""A batch over sockets of localhost."""

from tests.support.delivery_world import FixedResolver, ScriptedSender, World
from tests.support.receiver import receiver, silent, status

from delivering.courier import Courier
from slugline.deliveries import Delivery, DeliveryState, Outcome
from slugline.domain.delivery_states import LET_GO, Answer
from slugline.outbound.http_sender import HttpSender

TAKEN = Answer(outcome=Outcome.DELIVERED, ms=10, status=200)


def test_of_the_withdrawals_to_a_partner_that_hangs_all_but_one_are_let_go_and_sent_again() -> None:
    # given: two partners have four stories, which are withdrawn, and one of the two hangs
    world = World(ScriptedSender([TAKEN]))
    with receiver(silent) as hung, receiver(status(204)) as well:
        world.endpoint("ep_hung", url=hung.url)
        world.endpoint("ep_well", url=well.url)
        for number in range(4):
            world.publish(story_id=f"s{number}")
        world.deliver()
        for number in range(4):
            world.withdraw(2, story_id=f"s{number}")
        sender = HttpSender(FixedResolver(), allow_loopback=True, seconds=1)
        courier = Courier(world.attempter, sender, slow_seconds=0.1)

        # when
        results = courier.deliver(world.queue.receive())
        courier.close()

    # then
    rows = [result for result in results if isinstance(result, Delivery)]
    assert len(rows) == 8
    assert {row.state for row in rows if row.endpoint_id == "ep_well"} == {DeliveryState.DELIVERED}
    owed = [row for row in rows if row.endpoint_id == "ep_hung"]
    assert {row.state for row in owed} == {DeliveryState.PENDING}
    assert sorted(row.tries for row in owed) == [0, 0, 0, 1]
    assert [row.attempts[-1].answer for row in owed].count(LET_GO) == 3
    # and each comes back by itself
    assert {pointer.delivery_id for _, pointer in world.queue.waiting} == {row.id for row in owed}
