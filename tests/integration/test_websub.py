"""From a subscription to the content of a feed, over the real template's queues, table and functions."""

import hashlib
import hmac
import json
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from urllib.parse import urlencode

import pytest
from tests.support.api_caller import http_event
from tests.support.hub_world import Subscriber, subscriber
from tests.support.newsroom import Newsroom

from slugline.ports.deliveries import BadCursor
from slugline.subscriptions import Subscription, subscription_id

EVENTS = Path(__file__).parents[2] / "events"
ARTICLE = b"Ferry line reopens\n\nBy Jane Roe\n\nBERGEN, Norway \xe2\x80\x94 The ferry sails again after the storm.\n"
KEY = "feeds/atom.xml"
SECRET = "between us"  # noqa: S105 - of this test


def ask(newsroom: Newsroom, peer: Subscriber, mode: str, topic: str) -> None:
    peer.expects.add((mode, topic))
    form = {"hub.mode": mode, "hub.topic": topic, "hub.callback": peer.callback, "hub.secret": SECRET}
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = newsroom.invoke("api", http_event("POST", "/hub", headers, urlencode(form), ""))
    assert answer["statusCode"] == 202
    newsroom.settle()


def test_a_subscriber_gets_each_change_of_the_feed_signed_until_it_unsubscribes(newsroom: Newsroom) -> None:
    newsroom.drop("first.txt", ARTICLE)
    newsroom.settle()
    topic = f"https://news.example/{KEY}"
    with subscriber() as peer:
        ask(newsroom, peer, "subscribe", topic)

        newsroom.drop("second.txt", ARTICLE.replace(b"Ferry", b"Tram"))
        newsroom.settle()
        (got,) = peer.received
        hub = newsroom.outputs["HubUrl"]
        assert got.body == newsroom.site(KEY)
        assert b"Tram line reopens" in got.body
        assert f'rel="hub" href="{hub}"'.encode() in got.body
        assert got.headers["content-type"] == "application/atom+xml"
        assert got.headers["link"] == f'<{hub}>; rel="hub", <{topic}>; rel="self"'
        signature = hmac.new(SECRET.encode(), got.body, hashlib.sha256).hexdigest()
        assert got.headers["x-hub-signature"] == f"sha256={signature}"

        ask(newsroom, peer, "unsubscribe", topic)
        newsroom.drop("third.txt", ARTICLE.replace(b"Ferry", b"Bus"))
        newsroom.settle()
        assert len(peer.received) == 1
        assert newsroom.dead_letters() == 0


def test_repeating_every_event_sends_nothing_twice(newsroom: Newsroom) -> None:
    newsroom.drop("first.txt", ARTICLE)
    newsroom.settle()
    with subscriber() as peer:
        ask(newsroom, peer, "subscribe", f"https://news.example/{KEY}")
        newsroom.drop("second.txt", ARTICLE.replace(b"Ferry", b"Tram"))
        newsroom.settle()

        newsroom.repeat_everything()
        newsroom.settle()

        assert len(peer.received) == 1


def test_clock_hands_out_what_the_queue_lost_and_a_row_says_when_it_expires(newsroom: Newsroom) -> None:
    # given
    newsroom.drop("first.txt", ARTICLE)
    newsroom.settle()
    topic = f"https://news.example/{KEY}"
    with subscriber() as peer:
        ask(newsroom, peer, "subscribe", topic)
        newsroom.drop("second.txt", ARTICLE.replace(b"Ferry", b"Tram"))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("slugline.adapters.subscription_queue.SqsSubscriptionQueue.send", lambda *_: None)
            newsroom.settle()
        assert peer.received == []

        # when
        newsroom.clock.advance(minutes=3)
        newsroom.tick()
        newsroom.settle()

        # then
        assert len(peer.received) == 1
        with newsroom.running("hub") as services:
            row = services.subscriptions.get(KEY, subscription_id(topic, peer.callback))
            assert row
            assert services.subscriptions.of_host("127.0.0.1", 10) == 1
            assert list(services.subscriptions.due(newsroom.clock.now() + timedelta(days=1))) == []
            # and: a writer that read an older row has lost
            assert not services.subscriptions.save(row, row.model_copy(update={"fence": row.fence - 1}))
            assert not services.subscriptions.remove(row.model_copy(update={"fence": row.fence - 1}))
            assert services.subscriptions.remove(row)


def test_subscriptions_are_listed_in_pages_those_of_a_host_together(newsroom: Newsroom) -> None:
    # given
    table, now = newsroom.services["hub"].subscriptions, newsroom.clock.now()
    hosts = [f"host{number % 7}.example" for number in range(25)]
    for number, host in enumerate(hosts):
        callback = f"https://{host}/{number}"
        row = Subscription(id=f"sub_{number}", key=KEY, topic=KEY, callback=callback, host=host, created_at=now)
        assert table.save(row, None)

    # when
    found, cursor = list[Subscription](), None
    for _ in range(20):
        page = table.page(cursor=cursor, limit=4)
        assert len(page.items) <= 4
        found += page.items
        if (cursor := page.cursor) is None:
            break

    # then
    assert sorted(row.id for row in found) == sorted(f"sub_{number}" for number in range(25))
    assert [host for host, _ in groupby(row.host for row in found)] == list(dict.fromkeys(row.host for row in found))
    assert table.of_host("host1.example", 100) == hosts.count("host1.example")
    for wrong in ("x", "9.", "0", "0.x", "-1."):
        with pytest.raises(BadCursor):
            table.page(cursor=wrong, limit=4)


def test_a_host_that_fails_is_remembered_between_containers_and_not_for_ever(newsroom: Newsroom) -> None:
    # given
    newsroom.drop("first.txt", ARTICLE)
    newsroom.settle()
    with subscriber() as peer:
        ask(newsroom, peer, "subscribe", f"https://news.example/{KEY}")
        peer.answers = [429, 204]

        # when
        newsroom.drop("second.txt", ARTICLE.replace(b"Ferry", b"Tram"))
        newsroom.settle()
        newsroom.clock.advance(seconds=10)
        newsroom.drop("third.txt", ARTICLE.replace(b"Ferry", b"Bus"))
        newsroom.tick()
        newsroom.settle()

        # then
        assert len(peer.received) == 1
        row = newsroom.session.client("dynamodb").get_item(
            TableName=newsroom.outputs["TableName"],
            Key={"pk": {"S": "ENDPOINT#hub:127.0.0.1"}, "sk": {"S": "HEALTH"}},
        )["Item"]
        assert int(row["expires"]["N"]) > newsroom.clock.now().timestamp()


def test_a_proxy_that_is_down_waits_without_a_dead_letter(newsroom: Newsroom) -> None:
    # given
    newsroom.drop("first.txt", ARTICLE)
    newsroom.settle()
    with subscriber() as peer:
        ask(newsroom, peer, "subscribe", f"https://news.example/{KEY}")
        of = newsroom.services["hub"]
        proxied = of.settings.model_copy(update={"webhook_proxy_url": "http://127.0.0.1:9"})
        newsroom.services["hub"] = newsroom.make_services(proxied)

        # when
        newsroom.drop("second.txt", ARTICLE.replace(b"Ferry", b"Tram"))
        newsroom.settle()

        # then
        assert (peer.received, newsroom.dead_letters()) == ([], 0)

        # when
        newsroom.services["hub"] = of
        newsroom.clock.advance(minutes=5)
        newsroom.tick()
        newsroom.settle()

        # then
        assert len(peer.received) == 1


@pytest.mark.parametrize("name", ["hub-feeds-updated", "hub-pointer"])
def test_a_sample_event_about_what_nobody_subscribed_to_is_no_failure(newsroom: Newsroom, name: str) -> None:
    event = json.loads((EVENTS / f"{name}.json").read_text())

    assert newsroom.invoke("hub", event) == {"batchItemFailures": []}


def test_a_message_that_is_none_fails_alone(newsroom: Newsroom) -> None:
    event = json.loads((EVENTS / "hub-pointer.json").read_text())
    (good,) = event["Records"]
    event["Records"].append(good | {"messageId": "bad", "body": '{"delivery_id": "msg_1"}'})

    assert newsroom.invoke("hub", event) == {"batchItemFailures": [{"itemIdentifier": "bad"}]}
