"""A partner that hangs delays nobody else: through queue, pollers, gate and suspicion, on a clock that is not real."""

import random

import pytest
from tests.support.delivery_world import ScriptedSender, World
from tests.support.pollers import Pollers
from tests.support.template import sam_template

ENDPOINTS = 100
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
