"""A dropped file is published, and the partner told, on the real template."""

import hashlib
import hmac
import re
from html import unescape

import httpx
import pytest
from tests.e2e.conftest import SAMPLES, Newsroom, eventually
from tests.support.hub_world import subscriber

from slugline.drops import Outcome

pytestmark = pytest.mark.e2e

HUNDRED_MB = 100_000_000


def test_an_article_is_published_and_the_partner_told(newsroom: Newsroom) -> None:
    newsroom.drop("pakistan.txt", (SAMPLES / "text" / "us-equipment-pakistan.txt").read_bytes())

    head = newsroom.published("pakistan.txt")

    page = newsroom.page(head)
    assert "style-src 'sha256-" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "Pakistani militants are reportedly using US military equipment" in page.text
    told = newsroom.told(head)
    assert told.payload["type"] == "story.published"
    assert told.payload["data"]["url"] == str(page.url)


def test_every_output_the_partner_is_told_of_can_be_read(newsroom: Newsroom) -> None:
    newsroom.drop("outputs.txt", newsroom.article("Ferry line gets a third ship"))

    outputs = newsroom.told(newsroom.published("outputs.txt")).payload["data"]["outputs"]

    assert outputs
    for name, url in outputs.items():
        assert httpx.get(url, trust_env=False).status_code == 200, name


def test_a_page_leads_to_its_embed(newsroom: Newsroom) -> None:
    newsroom.drop("embed.txt", newsroom.article("Ferry line gets a fourth ship"))
    page = newsroom.page(newsroom.published("embed.txt"))

    link = re.search(r'<link rel="alternate" type="application/json\+oembed" [^>]*href="([^"]+)"', page.text)

    assert link
    assert httpx.get(unescape(link[1]), trust_env=False, timeout=30).json()["title"] in page.text


def test_a_photo_is_published_with_its_renditions(newsroom: Newsroom) -> None:
    newsroom.drop("airplane.jpg", (SAMPLES / "photo" / "airplane.jpg").read_bytes())

    page = newsroom.page(newsroom.published("airplane.jpg"))

    source = re.search(r'<img[^>]* src="([^"]+)"', page.text)
    assert source
    image = httpx.get(page.url.join(source[1]), trust_env=False)
    assert image.status_code == 200
    assert image.headers["content-type"].startswith("image/")
    assert "immutable" in image.headers["cache-control"]


def test_the_feed_lists_what_was_published(newsroom: Newsroom) -> None:
    newsroom.drop("feed.txt", newsroom.article("Lighthouse opens to visitors"))

    head = newsroom.published("feed.txt")

    feed = f"{newsroom.stack.site}/feeds/rss.xml"
    eventually(lambda: head.path in httpx.get(feed, trust_env=False).text)


def test_a_subscriber_of_the_feed_gets_it_when_it_changes(newsroom: Newsroom) -> None:
    newsroom.drop("before.txt", newsroom.article("Harbour before the feast"))
    newsroom.published("before.txt")
    topic = f"{newsroom.stack.site}/feeds/rss.xml"
    hub = eventually(lambda: httpx.get(topic, trust_env=False).links.get("hub"))["url"]
    with subscriber() as peer:
        peer.expects.add(("subscribe", topic))
        form = {"hub.mode": "subscribe", "hub.topic": topic, "hub.callback": peer.callback, "hub.secret": "ours"}
        assert httpx.post(hub, data=form, trust_env=False, timeout=30).status_code == 202
        eventually(lambda: peer.challenged)

        newsroom.drop("websub.txt", newsroom.article("Fireworks over the bay"))

        got = eventually(lambda: next((one for one in peer.received if b"Fireworks over the bay" in one.body), None))
    signature = hmac.new(b"ours", got.body, hashlib.sha256).hexdigest()
    assert got.headers["x-hub-signature"] == f"sha256={signature}"
    assert f'<{topic}>; rel="self"' in got.headers["link"]


def test_a_deleted_file_takes_its_story_off_the_site(newsroom: Newsroom) -> None:
    newsroom.drop("gone.txt", newsroom.article("A claim that turned out wrong"))
    head = newsroom.published("gone.txt")
    newsroom.told(head)

    newsroom.stack.aws.s3.delete_object(Bucket=newsroom.stack.intake_bucket, Key="gone.txt")

    eventually(lambda: "A claim that turned out wrong" not in newsroom.page(head).text)
    eventually(
        lambda: any(
            webhook.payload["type"] == "story.withdrawn" and webhook.payload["data"]["id"] == head.story_id
            for webhook in newsroom.partner.verified
        )
    )


@pytest.mark.parametrize(
    "key",
    [
        "with several spaces.txt",
        "plus+and%20percent.txt",
        "hash#and?question.txt",
        "emoji 🚢 and ümlaut.txt",
        "../up/and away.txt",
        "desk/sport/deep.txt",
    ],
)
def test_a_strange_name_is_published_like_any_other(newsroom: Newsroom, key: str) -> None:
    newsroom.drop(key, newsroom.article("Harbour reopens"))

    assert newsroom.page(newsroom.published(key)).status_code == 200


@pytest.mark.parametrize(
    ("key", "body", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("binary.dat", bytes(range(256)) * 8, "no type"),
        ("endless.txt", b"x" * HUNDRED_MB, "100,000,000 bytes"),
    ],
    ids=["empty", "binary of unknown type", "100 MB"],
)
def test_a_bad_file_is_quarantined_with_a_reason_and_its_neighbour_published(
    newsroom: Newsroom, key: str, body: bytes, reason: str
) -> None:
    neighbour = f"beside-{key}.txt"
    newsroom.drop(key, body)
    newsroom.drop(neighbour, newsroom.article("Neighbour"))

    drop = newsroom.outcome(key)

    assert drop.outcome is Outcome.QUARANTINED
    assert reason in (drop.reason or "")
    assert drop.remedy
    newsroom.published(neighbour)
