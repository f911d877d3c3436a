"""A function that dies in mid-work loses nothing: at rest everything is as if it had not died.

Story number n has each function die right after that function's n-th call to AWS, and once more in the repeat, so many
calls before the last: half as many stories as there are calls then have a death after every one of them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from moto import mock_aws
from receiver import Receiver, receiver, status
from tests.support.newsroom import Json, Newsroom, die

from slugline.domain.webhook_signature import SharedSecret
from slugline.partners import Endpoint, SealedSecret

pytestmark = pytest.mark.usefixtures("environment")

FUNCTIONS = ("parse", "image_resize", "render", "notify", "deliver")
ENDPOINT = "ep_5f0d3c1b2a49687766aa"


@dataclass(frozen=True)
class AtRest:
    """All that anybody can see of the service."""

    site: dict[str, bytes]
    rows: dict[tuple[str, str], Json]
    deliveries: dict[str, str]
    dead_letters: int


def at_rest(room: Newsroom) -> AtRest:
    pages = room.session.client("dynamodb").get_paginator("scan").paginate(TableName=room.physical["Table"])
    rows = [
        item for page in pages for item in page["Items"] if not item["pk"]["S"].startswith(("ENDPOINT#", "PARTNER"))
    ]
    keys = [version["Key"] for version in room.s3.list_objects_v2(Bucket=room.outputs["SiteBucket"])["Contents"]]
    deliveries = room.services["deliver"].deliveries.of_endpoint(ENDPOINT, limit=1000).items
    return AtRest(
        site={key: room.site(key) for key in keys},
        rows={(row["pk"]["S"], row["sk"]["S"]): row for row in rows if "data" in row},
        deliveries={delivery.id: delivery.state for delivery in deliveries},
        dead_letters=room.dead_letters(),
    )


def add_endpoint(room: Newsroom, url: str) -> None:
    of = room.services["deliver"]
    sealed = SealedSecret(sealed=of.secret_box.seal(SharedSecret.new().sealable, ENDPOINT), created_at=room.clock.now())
    of.partners.add_endpoint(
        Endpoint(
            id=ENDPOINT, partner_id="ptn_1", url=url, host="localhost", secrets=(sealed,), created_at=room.clock.now()
        )
    )


@contextmanager
def deployed(partner: Receiver) -> Iterator[Newsroom]:
    with mock_aws():
        room = Newsroom()
        room.deploy()
        add_endpoint(room, partner.url)
        yield room


def live(room: Newsroom, stories: int, *, dying: bool) -> int:
    """So many stories published, corrected and deleted; the most calls that a function made for one."""
    most = 0
    for phase in ("publish", "correct", "delete"):
        for number in range(1, stories + 1):
            room.clock.moment += timedelta(seconds=1)
            room.calls.restart()
            for function in FUNCTIONS if dying else ():
                room.calls.after(function, number, die)
                room.calls.after(function, 2 * stories + 1, die)
            key = f"{number:02}/story.md"
            if phase == "delete":
                room.delete(key)
            else:
                room.drop(key, f"# Story {number}\n\nIt was {phase}ed on Monday.\n".encode())
            room.settle()
            most = max(most, *room.calls.made.values())
        # What a dead sender held in lease comes again.
        room.clock.advance(minutes=10)
        room.tick()
        room.settle()
    return most


def messages(partner: Receiver) -> set[tuple[str, bytes]]:
    """What the partner got: each message by its id, once."""
    found = set()
    for request in partner.requests:
        head, _, body = request.partition(b"\r\n\r\n")
        headers = dict(line.lower().split(": ", 1) for line in head.decode().splitlines()[1:])
        found.add((headers["webhook-id"], body))
    return found


# A function that has nothing to count is no fault; Powertools warns of it.
@pytest.mark.filterwarnings("ignore:No application metrics to publish:UserWarning")
def test_dying_after_any_call_changes_nothing_at_rest() -> None:
    # given: how many calls the busiest function makes, all of one story's life taken together
    with receiver(status(200)) as partner, deployed(partner) as room:
        most = live(room, 1, dying=False)
    assert most > 20, "render alone writes more outputs than that"

    # when
    with receiver(status(200)) as partner, deployed(partner) as room:
        live(room, (most + 1) // 2, dying=False)
        expected, told = at_rest(room), messages(partner)
    with receiver(status(200)) as partner, deployed(partner) as room:
        live(room, (most + 1) // 2, dying=True)
        found, told_after_deaths = at_rest(room), messages(partner)

    # then
    assert found.site == expected.site
    assert found.rows == expected.rows
    assert found.deliveries == expected.deliveries
    assert set(found.deliveries.values()) == {"delivered"}
    assert told_after_deaths == told
    assert found.dead_letters == 0
