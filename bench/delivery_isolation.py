"""What healthy partners wait while others hang.

    .venv/bin/python bench/delivery_isolation.py [--partners 1000] [--stories 20] [--gap 2]

The template's numbers of handlers and of messages in a batch, the real lease, gate, breaker and records; queue, pollers
and partners' answering times (log-normal, median 80 ms; hung ones never) on a clock that jumps from event to event. So
the figures are of the mechanism, not of this machine, and come out the same each time.
"""

# ruff: noqa: T201 - prints are a benchmark's own

import argparse
import math
import random
import sys
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.support.delivery_world import NOON, ScriptedSender, World
from tests.support.pollers import Pollers
from tests.support.template import sam_template

NEVER = 3600.0


def run(partners: int, hung: int, stories: int, gap: float, *, fair: bool) -> list[float]:
    """Seconds from announcement to answer of each delivery to a healthy partner, in order of size."""
    chance = random.Random(7)  # noqa: S311 - answering times
    world = World(ScriptedSender([]))
    for number in range(partners):
        world.endpoint(f"ep_{number}", host=f"partner-{number}.example")
    silent = {f"ep_{number}" for number in range(hung)}
    queue = sam_template()["Resources"]["DeliverFunction"]["Properties"]["Events"]["Queue"]["Properties"]
    pollers = Pollers(
        world,
        lambda endpoint: NEVER if endpoint in silent else chance.lognormvariate(math.log(0.08), 0.6),
        handlers=queue["ScalingConfig"]["MaximumConcurrency"],
        batch=queue["BatchSize"],
        fair=fair,
    )
    for number in range(stories):
        pollers.publish_at(gap * number, f"s{number}")
    pollers.run(gap * stories + 120)
    return sorted(seconds for _, seconds in pollers.waits)


def run_withdrawals(partners: int, hung: int, stories: int) -> list[float]:
    """As `run`, of stories that all had been told of and that are withdrawn at once, in the withdrawals' own lane."""
    chance = random.Random(7)  # noqa: S311 - answering times
    world = World(ScriptedSender([]))
    for number in range(partners):
        world.endpoint(f"ep_{number}", host=f"partner-{number}.example")
    silent = {f"ep_{number}" for number in range(hung)}
    at = 600.0 + stories
    since = NOON + timedelta(seconds=at)

    def answer_after(endpoint: str) -> float:
        hangs = endpoint in silent and world.clock.now() >= since
        return NEVER if hangs else chance.lognormvariate(math.log(0.08), 0.6)

    lane = sam_template()["Resources"]["DeliverFunction"]["Properties"]["Events"]["Withdrawals"]["Properties"]
    # In plain order, which is the worse one.
    pollers = Pollers(world, answer_after, lane["ScalingConfig"]["MaximumConcurrency"], lane["BatchSize"], fair=False)
    for number in range(stories):
        pollers.publish_at(float(number), f"s{number}")
        pollers.withdraw_at(at, f"s{number}")
    pollers.run(at - 1)
    pollers.waits.clear()
    pollers.run(at + 600)
    return sorted(seconds for _, seconds in pollers.waits)


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--partners", type=int, default=1000)
    arguments.add_argument("--stories", type=int, default=20)
    arguments.add_argument("--gap", type=float, default=2.0, help="seconds between stories")
    given = arguments.parse_args()
    print("50 stories withdrawn at once, 100 healthy partners")
    for hung in (0, 1, 10):
        waits = run_withdrawals(100 + hung, hung, 50)
        p50, p99 = (waits[int(len(waits) * q)] for q in (0.5, 0.99))
        print(f"  {hung:3} hang: {len(waits)} withdrawals at healthy partners, p50 {p50:.1f} s, p99 {p99:.1f} s")
    for fair in (True, False):
        print("fair queue" if fair else "plain order")
        base: list[float] = []
        for hung in (0, 1, 10):
            waits = run(given.partners + hung, hung, given.stories, given.gap, fair=fair)
            base = base or waits
            p50, p99 = (waits[int(len(waits) * q)] for q in (0.5, 0.99))
            ratio = p99 / base[int(len(base) * 0.99)]
            print(
                f"  {hung:3} hang: {len(waits)} deliveries to healthy partners, "
                f"p50 {p50 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms, {ratio:.2f} of the p99 without"
            )


if __name__ == "__main__":
    main()
