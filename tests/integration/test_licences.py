"""An agency's picture reaches the partner that has a licence for it, by a signed link, and nobody else."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from tests.support.api_caller import ALL, http_event
from tests.support.newsroom import Newsroom
from tests.support.receiver import Receiver, receiver, status
from tests.support.wire import Message

from slugline.domain.api_keys import new_key

NAME = "ninjs-3.1.json"
PHOTO = (Path(__file__).parents[1] / "samples" / "photo" / "dust-bowl-farm.jpg").read_bytes()
ARTICLE = """---
id: plane
lang: en
{head}images:
  - file: plane.jpg
    credit: {credit}
---
# Plane lands

It landed on Monday. {more}

![A plane](plane.jpg)
"""


class Desk:
    """An operator of the newsroom, and the partners' servers."""

    def __init__(self, room: Newsroom, server: Receiver) -> None:
        self.room = room
        self.server = server
        key, self._key = new_key(ALL, room.clock.now())
        room.services["api"].partners.add_key(key)

    def call(self, route: str, body: object = None) -> Any:
        method, path = route.split(" ")
        headers = {"authorization": f"Bearer {self._key}", "content-type": "application/json"}
        answer = self.room.invoke("api", http_event(method, path, headers, body, ""))
        assert answer["statusCode"] < 300, answer
        return json.loads(answer["body"])

    def partner(self, *agencies: str, **endpoint: object) -> tuple[str, str]:
        """The ids of a partner with this licence and of its endpoint."""
        partner = self.call("POST /v1/partners", {"name": "P", "licensed_agencies": agencies})["id"]
        route = f"POST /v1/partners/{partner}/endpoints"
        return partner, self.call(route, {"url": self.server.url, **endpoint})["id"]

    def drop(self, credit: str = "AFP", more: str = "", head: str = "") -> None:
        self.room.drop("flight/plane.jpg", PHOTO)
        self.room.drop("flight/a.md", ARTICLE.format(credit=credit, more=more, head=head).encode())
        self.room.settle()

    def outputs(self, endpoint: str) -> dict[str, str]:
        """Of the newest message that the endpoint got."""
        own = {one["id"] for one in self.deliveries(endpoint)}
        sent = [Message.parse(request) for request in self.server.requests]
        *_, last = (one for one in sent if one.headers["webhook-id"] in own)
        found: dict[str, str] = json.loads(last.body)["data"]["outputs"]
        return found

    def deliveries(self, endpoint: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.call(f"GET /v1/endpoints/{endpoint}/deliveries")["deliveries"]
        return found

    def open(self, link: str) -> tuple[int, str]:
        """What a partner gets by a signed link: the file's text, or the problem's words."""
        address = urlsplit(link)
        answer = self.room.invoke("api", http_event("GET", address.path, {}, None, address.query))
        if answer["statusCode"] != 302:
            return answer["statusCode"], json.loads(answer["body"])["detail"]
        file = requests.get(answer["headers"]["Location"], timeout=5)
        return file.status_code, file.text

    def archived(self) -> list[str]:
        """The keys of forms that are not public."""
        return list(self.room.services["render"].archive.keys("licensed/"))


@pytest.fixture
def desk(newsroom: Newsroom) -> Iterator[Desk]:
    with receiver(status(200)) as server:
        yield Desk(newsroom, server)


def test_the_licensed_partner_gets_the_picture_and_the_others_and_the_site_do_not(desk: Desk) -> None:
    _, licensed = desk.partner("AFP")
    _, other = desk.partner("Reuters")

    desk.drop()

    code, ninjs = desk.open(desk.outputs(licensed)[NAME])
    public = desk.outputs(other)[NAME]
    on_the_site = desk.room.site(public.removeprefix("https://news.example/"))
    assert code == 200
    assert json.loads(ninjs)["associations"][0]["pubStatus"] == "usable"
    assert ".jpg" in ninjs
    assert json.loads(on_the_site)["associations"][0]["pubStatus"] == "withheld"
    assert b".jpg" not in on_the_site
    assert "/v1/files/" not in json.dumps(desk.outputs(other))
    assert desk.room.dead_letters() == 0


def test_each_signed_output_is_the_form_of_its_name_with_the_picture(desk: Desk) -> None:
    _, endpoint = desk.partner("AFP")
    desk.drop()

    signed = {name: url for name, url in desk.outputs(endpoint).items() if "/v1/files/" in url}

    assert {"story.json", NAME, "newsml-g2.xml", "nitf.xml"} <= signed.keys()
    for name, url in signed.items():
        code, text = desk.open(url)
        assert (code, ".jpg" in text) == (200, True), name


def test_a_withdrawal_takes_the_forms_away_and_no_late_render_brings_them_back(desk: Desk) -> None:
    _, endpoint = desk.partner("AFP")
    desk.drop()
    link = desk.outputs(endpoint)[NAME]
    assert desk.archived()

    desk.room.delete("flight/a.md")
    desk.room.settle()
    assert desk.open(link) == (410, "The story was withdrawn.")
    assert desk.archived() == []

    desk.room.repeat_everything()
    desk.room.settle()
    assert desk.archived() == []


def test_a_link_is_refused_when_changed_and_gone_when_its_licence_or_its_time_is_over(desk: Desk) -> None:
    partner, endpoint = desk.partner("AFP")
    desk.drop()
    link = desk.outputs(endpoint)[NAME]

    assert desk.open(link.replace(NAME, "story.json"))[0] == 403
    desk.call(f"PATCH /v1/partners/{partner}", {"licensed_agencies": []})
    assert desk.open(link) == (410, "The licence for pictures of AFP has ended.")
    desk.room.clock.advance(days=9)
    assert desk.open(link)[1].startswith("This link has expired")


def test_nothing_under_embargo_is_made_or_sent_before_its_time(desk: Desk) -> None:
    _, endpoint = desk.partner("AFP")
    desk.drop(head="embargo: 2026-11-23T12:00:00Z\n")

    assert desk.archived() == []
    assert desk.deliveries(endpoint) == []

    desk.room.clock.advance(hours=4)
    desk.room.tick()
    desk.room.settle()
    assert desk.open(desk.outputs(endpoint)[NAME])[0] == 200


def test_only_a_story_with_an_agencys_picture_asks_who_has_a_licence(desk: Desk) -> None:
    asked: list[str] = []

    def note(params: dict[str, Any], **_: Any) -> None:
        if params["ExpressionAttributeValues"].get(":list") == {"S": "PARTNERS"}:
            asked.append(desk.room.calls.function)

    desk.partner()
    desk.room.functions_session.register("provide-client-params.dynamodb.Query", note)
    desk.drop(credit="Ada Byron")
    assert asked == []

    desk.drop(credit="Reuters")
    assert asked == ["render", "notify"]
    assert desk.archived() == []


def test_reconciliation_sends_the_forms_too(desk: Desk) -> None:
    desk.partner("AFP")
    desk.drop()
    _, later = desk.partner("AFP", "Reuters")

    desk.call(f"POST /v1/endpoints/{later}/reconciliation", {"held": [], "send": True})
    desk.room.settle()

    assert desk.open(desk.outputs(later)[NAME])[0] == 200


def test_replaying_all_events_changes_no_form(desk: Desk) -> None:
    desk.partner("AFP")
    desk.drop()
    archive = desk.room.services["render"].archive
    before = {key: archive.read(key) for key in desk.archived()}

    desk.room.repeat_everything()
    desk.room.settle()

    assert before
    assert {key: archive.read(key) for key in desk.archived()} == before
