"""A partner that hangs delays nobody else: through queue, pollers, gate and suspicion, on a clock that is not real."""

import random
from datetime import timedelta
from itertools import pairwise

import pytest
from tests.support.delivery_world import NOON, ScriptedSender, World
from tests.support.pollers import Pollers
from tests.support.template import sam_template

from delivering.courier import SLOW_SECONDS
from slugline.deliveries import DeliveryState
from slugline.partners import EventType

ENDPOINTS = 100
FEW = 40
NEVER = 3600.0


def pollers(hung: int, *, fair: bool = True) -> Pollers:
    """A story each two seconds to a hundred partners, of whom some hang."""
    chance = random.Random(7)  # noqa: S311 - answering times
    world = World(ScriptedSender([]))
    for number in range(ENDPOINTS):
        world.endpoint(f"ep_{number}", host=f"partner-{number}.example")
    silent = {f"ep_{number}" for number in range(hung)}
    mapping = sam_template()["Resources"]["DeliverFunction"]["Properties"]["Events"]["Queue"]["Properties"]
    found = Pollers(
        world,
        lambda endpoint: NEVER if endpoint in silent else chance.lognormvariate(-2.5, 0.6),
        # As many handlers for each partner as the template has for a thousand, at least as many as a batch needs.
        handlers=mapping["ScalingConfig"]["MaximumConcurrency"] // 5,
        batch=mapping["BatchSize"],
        fair=fair,
    )
    for number in range(10):
        found.publish_at(2.0 * number, f"s{number}")
    found.run(120.0)
    return found


def p99(found: Pollers) -> float:
    waits = sorted(seconds for _, seconds in found.waits)
    return waits[int(len(waits) * 0.99)]


@pytest.mark.parametrize("fair", [True, False], ids=["fair queue", "plain order"])
def test_the_healthy_wait_no_more_than_half_as_long_again_when_one_hangs(fair: bool) -> None:
    well, one_hangs = pollers(0, fair=fair), pollers(1, fair=fair)

    assert len(one_hangs.waits) == 10 * (ENDPOINTS - 1)
    assert p99(one_hangs) <= 1.5 * p99(well)


def test_a_partner_that_hangs_holds_few_of_our_hands() -> None:
    found = pollers(1)

    # What had been sent before its silence was noticed: two seconds' worth, a story each.
    assert found.most_held["ep_0"] <= 2


def test_fifty_withdrawals_owed_to_a_partner_that_hangs_delay_nobody_elses() -> None:
    # given: fifty stories that all partners have, and one of them that has hung since
    well, one_hangs = withdrawals(0), withdrawals(1)

    # then
    assert len(one_hangs.waits) == 50 * (FEW - 1)
    assert p99(one_hangs) <= 1.5 * p99(well)


def test_of_the_withdrawals_owed_to_a_partner_that_hangs_one_is_waited_for_at_a_time() -> None:
    found = withdrawals(1)

    owed = [row for row in found.world.rows() if row.endpoint_id == "ep_0" and row.type is EventType.WITHDRAWN]
    assert len(owed) == 50
    assert all(row.state is DeliveryState.PENDING for row in owed)
    assert all(len(row.attempts) >= 1 for row in owed), "each has been sent, and says so"
    waited_for = sorted(
        (attempt.at, attempt.at + timedelta(milliseconds=attempt.ms))
        for row in owed
        for attempt in row.attempts
        if attempt.ms > SLOW_SECONDS * 1000
    )
    assert len(waited_for) > 3
    assert all(ended <= began for (_, ended), (began, _) in pairwise(waited_for))


@pytest.mark.parametrize("well_again_after", [5.0, 200.0])
def test_a_partner_that_hung_has_all_its_withdrawals_once_it_answers(well_again_after: float) -> None:
    found = withdrawals(1, well_again_after=well_again_after)

    rows = [row for row in found.world.rows() if row.type is EventType.WITHDRAWN]
    assert {row.state for row in rows} == {DeliveryState.DELIVERED}


def withdrawals(hung: int, *, well_again_after: float = NEVER, until: float = 4000.0) -> Pollers:
    """Fifty stories that everybody has are withdrawn at once, through the withdrawals' own lane."""
    chance = random.Random(7)  # noqa: S311 - answering times
    world = World(ScriptedSender([]))
    for number in range(FEW):
        world.endpoint(f"ep_{number}", host=f"partner-{number}.example")
    silent = {f"ep_{number}" for number in range(hung)}
    withdrawn_at = 1000.0
    since, till = (NOON + timedelta(seconds=withdrawn_at + after) for after in (0, well_again_after))

    def answer_after(endpoint: str) -> float:
        hangs = endpoint in silent and since <= world.clock.now() < till
        return NEVER if hangs else chance.lognormvariate(-2.5, 0.6)

    lane = sam_template()["Resources"]["DeliverFunction"]["Properties"]["Events"]["Withdrawals"]["Properties"]
    found = Pollers(world, answer_after, lane["ScalingConfig"]["MaximumConcurrency"], lane["BatchSize"], fair=False)
    for number in range(50):
        found.publish_at(float(number), f"s{number}")
        found.withdraw_at(withdrawn_at, f"s{number}")
    found.run(withdrawn_at - 1)
    found.waits.clear()
    found.run(until)
    return found
