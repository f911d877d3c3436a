"""Reconciliation sends what was published before the endpoint was made, as it would have been sent then."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from tests.support.api_caller import ALL, http_event
from tests.support.newsroom import Newsroom
from tests.support.receiver import Receiver, receiver, status

from slugline.deliveries import Delivery
from slugline.domain.api_keys import new_key
from slugline.domain.webhook_signature import SharedSecret
from slugline.partners import Endpoint, Partner, Payload, PayloadFormat, SealedSecret

ARTICLE = b"# The river rose\n\nIt rose on Monday.\n"
FORMS: tuple[dict[str, Any], ...] = (
    {"payload": Payload.THIN},
    *({"payload": Payload.FULL, "format": form} for form in PayloadFormat),
)


@pytest.fixture
def partner() -> Iterator[Receiver]:
    with receiver(status(200)) as found:
        yield found


def add_endpoints(room: Newsroom, partner: Receiver, when: str) -> list[str]:
    """One endpoint of each form, of a partner of its own."""
    of, now = room.services["deliver"], room.clock.now()
    of.partners.add_partner(Partner(id=f"ptn_{when}", name=when, created_at=now))
    names = [f"ep_{when}_{number}" for number in range(len(FORMS))]
    for name, form in zip(names, FORMS, strict=True):
        sealed = SealedSecret(sealed=of.secret_box.seal(SharedSecret.new().sealable, name), created_at=now)
        endpoint = Endpoint(
            id=name,
            partner_id=f"ptn_{when}",
            url=partner.url,
            host="localhost",
            secrets=(sealed,),
            created_at=now,
            **form,
        )
        of.partners.add_endpoint(endpoint)
    return names


def reconcile(room: Newsroom, endpoint: str, held: dict[str, int]) -> list[dict[str, Any]]:
    """All differences, sent."""
    key, text = new_key(ALL, room.clock.now())
    room.services["api"].partners.add_key(key)
    headers = {"authorization": f"Bearer {text}", "content-type": "application/json"}
    stories = [{"id": story, "version": version} for story, version in held.items()]
    found, cursor = list[dict[str, Any]](), ""
    while cursor is not None:
        body = {"held": stories, "send": True, "cursor": cursor or None}
        answer = room.invoke("api", http_event("POST", f"/v1/endpoints/{endpoint}/reconciliation", headers, body, ""))
        assert answer["statusCode"] == 200, answer
        page = json.loads(answer["body"])
        found += page["differences"]
        cursor = page["cursor"]
    room.settle()
    return found


def told(room: Newsroom, endpoint: str) -> list[Delivery]:
    """What the endpoint was told, oldest first."""
    rows = room.services["deliver"].deliveries.of_endpoint(endpoint).items
    return sorted(rows, key=lambda row: row.version)


def said(delivery: Delivery) -> dict[str, Any]:
    """Of a message, all but when."""
    body: dict[str, Any] = json.loads(delivery.body)
    return body | {"timestamp": None}


def test_a_story_from_before_the_endpoint_is_sent_as_it_was_to_the_others(
    newsroom: Newsroom, partner: Receiver
) -> None:
    # given
    before = add_endpoints(newsroom, partner, "before")
    newsroom.drop("river.md", ARTICLE)
    newsroom.settle()
    later = add_endpoints(newsroom, partner, "later")

    # when: the first asks as who knows of the story and has no version of it
    story = told(newsroom, before[0])[0].story_id
    newsroom.calls.restart()
    found = [reconcile(newsroom, endpoint, {} if number else {story: 0}) for number, endpoint in enumerate(later)]

    # then
    assert newsroom.calls.made["api"] <= 20 * len(later)
    for old, new, (difference,) in zip(before, later, found, strict=True):
        (sent,), (wanted,) = told(newsroom, new), told(newsroom, old)
        assert said(sent) == said(wanted)
        assert (sent.id, sent.state) == (difference["delivery_id"], "delivered")
        assert (sent.type, sent.correlation_id) == (wanted.type, wanted.correlation_id)


def test_a_newer_version_from_before_the_endpoint_is_corrected_to_who_has_an_older_one(
    newsroom: Newsroom, partner: Receiver
) -> None:
    # given
    before = add_endpoints(newsroom, partner, "before")[0]
    newsroom.drop("river.md", ARTICLE)
    newsroom.settle()
    newsroom.clock.advance(minutes=1)
    newsroom.drop("river.md", b"Correction: it rose on Tuesday.\n\n" + ARTICLE.replace(b"Monday", b"Tuesday"))
    newsroom.settle()
    later = add_endpoints(newsroom, partner, "later")[0]
    _, wanted = told(newsroom, before)

    # when
    (found,) = reconcile(newsroom, later, {wanted.story_id: 1})

    # then
    (sent,) = told(newsroom, later)
    assert (found["difference"], found["version"], sent.type) == ("outdated", 2, wanted.type)
    assert said(sent) == said(wanted)


def test_a_withdrawal_from_before_the_endpoint_says_why(newsroom: Newsroom, partner: Receiver) -> None:
    # given
    before = add_endpoints(newsroom, partner, "before")[0]
    newsroom.drop("river.md", ARTICLE)
    newsroom.settle()
    newsroom.clock.advance(minutes=1)
    newsroom.delete("river.md")
    newsroom.settle()
    later = add_endpoints(newsroom, partner, "later")[0]
    _, wanted = told(newsroom, before)

    # when
    (found,) = reconcile(newsroom, later, {wanted.story_id: 1})

    # then
    (sent,) = told(newsroom, later)
    assert (found["difference"], sent.type) == ("withdrawn", "story.withdrawn")
    assert said(sent) == said(wanted)
    assert "deleted" in said(sent)["data"]["reason"]


def test_a_story_that_was_withdrawn_before_anybody_saw_it_is_unknown(newsroom: Newsroom, partner: Receiver) -> None:
    newsroom.drop("river.md", b"---\nstatus: canceled\n---\n" + ARTICLE)
    newsroom.settle()
    (drop,) = newsroom.services["api"].stories.recent_drops(["withdrawal"], 10)
    endpoint = add_endpoints(newsroom, partner, "later")[0]

    (found,) = reconcile(newsroom, endpoint, {drop.stories[0].story_id: 1})

    assert (found["difference"], found["headline"]) == ("unknown", None)
    assert told(newsroom, endpoint) == []
