"""Signed links to forms that are not public: who holds one gets the file, as long as all that it stands on holds."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.api_caller import Caller

from slugline.partners import EndpointStatus

NAME = "ninjs-3.1.json"


class Licensed:
    """A partner that was sent a story with a picture of AFP, and the link that it got."""

    def __init__(self) -> None:
        self.caller = Caller()
        self.world = self.caller.world
        self.partner = self.caller.partner()
        self.endpoint = self.caller.endpoint(self.partner)
        self.license("AFP")
        self.world.render_forms("AFP")
        self.world.publish()
        self.world.deliver()
        body = json.loads(self.world.sender.sent[-1][2])
        self.link: str = body["data"]["outputs"][NAME]

    def license(self, *agencies: str) -> None:
        self.caller.call(f"PATCH /v1/partners/{self.partner}", {"licensed_agencies": agencies})

    def open(self, link: str = "") -> tuple[int, Any]:
        """Status, and the address or the problem's words."""
        address = urlsplit(link or self.link)
        answer = self.caller.answer(f"GET {address.path}", query=address.query, key="")
        if answer["statusCode"] == 302:
            return 302, answer["headers"]["Location"]
        return answer["statusCode"], json.loads(answer["body"])["detail"]


@pytest.fixture
def licensed() -> Licensed:
    return Licensed()


def test_a_link_leads_without_a_key_to_the_file_for_a_minute(licensed: Licensed) -> None:
    status, address = licensed.open()

    assert status == 302
    assert address.startswith("https://archive.example/licensed/s1/v1/")
    assert address.endswith(f"/{NAME}?seconds=60")


def test_no_cache_keeps_the_redirect(licensed: Licensed) -> None:
    address = urlsplit(licensed.link)
    answer = licensed.caller.answer(f"GET {address.path}", query=address.query, key="")

    assert answer["headers"]["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ("/s1/", "/s2/"),
        ("/1/", "/2/"),
        (NAME, "story.json"),
        ("/ep_", "/ep_0"),
        ("expires=", "expires=9"),
        ("e=", "e=x"),
    ],
)
def test_a_link_that_was_changed_in_any_part_is_refused(licensed: Licensed, part: str, other: str) -> None:
    status, _ = licensed.open(licensed.link.replace(part, other))

    assert status == 403


def test_a_link_to_another_endpoint_needs_that_endpoints_signature(licensed: Licensed) -> None:
    other = licensed.caller.endpoint(licensed.partner)

    assert licensed.open(licensed.link.replace(licensed.endpoint["id"], other["id"]))[0] == 403


def test_without_a_signature_nothing_is_given(licensed: Licensed) -> None:
    assert licensed.open(licensed.link.partition("&")[0])[0] == 422


def test_a_link_expires(licensed: Licensed) -> None:
    licensed.world.clock.forward(timedelta(days=7))
    assert licensed.open()[0] == 302

    licensed.world.clock.forward(timedelta(days=1))
    assert licensed.open() == (
        410, "This link has expired: ask for the message again, by a replay or in the feed of messages."
    )  # fmt: skip


def test_a_licence_that_ends_ends_the_links_and_one_that_comes_back_brings_them_back(licensed: Licensed) -> None:
    licensed.license("Reuters")
    assert licensed.open() == (410, "The licence for pictures of AFP has ended.")

    licensed.license("*")
    assert licensed.open()[0] == 302


def test_a_withdrawal_ends_the_links_at_once(licensed: Licensed) -> None:
    licensed.world.withdraw(2)

    assert licensed.open() == (410, "The story was withdrawn.")


def test_a_story_published_again_does_not_bring_back_the_links_to_what_was_withdrawn(licensed: Licensed) -> None:
    licensed.world.withdraw(2)
    licensed.world.publish(3)

    assert licensed.open()[0] == 410


def test_a_correction_leaves_links_to_the_older_version_as_the_site_leaves_its_forms(licensed: Licensed) -> None:
    licensed.world.publish(2, "corrected")

    assert licensed.open()[0] == 302


def test_a_form_that_is_not_there_any_more_is_gone(licensed: Licensed) -> None:
    licensed.world.archive.files.clear()

    assert licensed.open() == (410, "There is no such file any more.")


def test_a_disabled_endpoints_links_are_gone_and_a_deleted_ones_refused(licensed: Licensed) -> None:
    row = licensed.world.partners.endpoint(licensed.endpoint["id"])
    assert row
    licensed.world.partners.add_endpoint(row.model_copy(update={"status": EndpointStatus.DISABLED}))
    assert licensed.open()[0] == 410

    licensed.caller.call(f"DELETE /v1/endpoints/{row.id}")
    assert licensed.open()[0] == 403


def test_an_endpoint_that_is_paused_to_poll_keeps_its_links(licensed: Licensed) -> None:
    licensed.caller.call(f"PATCH /v1/endpoints/{licensed.endpoint['id']}", {"status": "paused"})

    assert licensed.open()[0] == 302


@pytest.mark.parametrize(("overlap", "status"), [(0, 403), (60, 302)])
def test_new_keys_without_overlap_end_the_links_too(licensed: Licensed, overlap: int, status: int) -> None:
    licensed.caller.call(f"POST /v1/endpoints/{licensed.endpoint['id']}/secret", {"overlap_seconds": overlap})

    assert licensed.open()[0] == status


def test_the_feed_of_messages_brings_links_that_are_good_long_after(licensed: Licensed) -> None:
    licensed.world.clock.forward(timedelta(days=80))
    _, feed = licensed.caller.call(f"GET /v1/endpoints/{licensed.endpoint['id']}/events")
    (event,) = feed["events"]

    link = json.loads(event["body"])["data"]["outputs"][NAME]

    assert link != licensed.link
    assert licensed.open(link)[0] == 302


def test_a_delivery_shows_the_body_as_it_would_be_sent_now(licensed: Licensed) -> None:
    route = f"GET /v1/deliveries/{licensed.world.rows()[0].id}"
    _, shown = licensed.caller.call(route)
    assert licensed.open(json.loads(shown["body"])["data"]["outputs"][NAME])[0] == 302

    licensed.license()
    _, shown = licensed.caller.call(route)
    assert json.loads(shown["body"])["data"]["outputs"][NAME].startswith("https://site.example/")


def test_a_replay_after_weeks_brings_a_link_that_is_good(licensed: Licensed) -> None:
    licensed.world.clock.forward(timedelta(days=30))
    licensed.caller.call(f"POST /v1/deliveries/{licensed.world.rows()[0].id}/replay")
    licensed.world.deliver()

    link = json.loads(licensed.world.sender.sent[-1][2])["data"]["outputs"][NAME]
    assert licensed.open(link)[0] == 302


def test_an_endpoint_from_before_there_were_links_gets_its_key_with_the_licence(licensed: Licensed) -> None:
    row = licensed.world.partners.endpoint(licensed.endpoint["id"])
    assert row
    licensed.world.partners.add_endpoint(row.model_copy(update={"link_key": None}))

    licensed.license("AFP", "Reuters")

    changed = licensed.world.partners.endpoint(row.id)
    assert changed
    assert len(licensed.world.secrets.open(changed.link_key or "", row.id)) == 32


STEPS = st.lists(
    st.sampled_from(["license", "unlicense", "withdraw", "publish", "disable", "enable", "day", "week", "rotate"]),
    max_size=6,
)


@given(STEPS)
def test_whatever_happens_a_link_opens_only_while_all_that_it_stands_on_holds(steps: list[str]) -> None:
    case = Licensed()
    held, alive, shown, age = True, True, True, 0
    rotated = False
    version = 1
    for step in steps:
        match step:
            case "license" | "unlicense":
                held = step == "license"
                case.license(*(["AFP"] if held else ["Reuters"]))
            case "withdraw":
                version, shown = version + 1, False
                case.world.withdraw(version)
            case "publish":
                version += 1
                case.world.publish(version)
            case "disable" | "enable":
                alive = step == "enable"
                row = case.world.partners.endpoints_by_id[case.endpoint["id"]]
                status = EndpointStatus.ENABLED if alive else EndpointStatus.DISABLED
                case.world.partners.add_endpoint(row.model_copy(update={"status": status}))
            case "day" | "week":
                days = 1 if step == "day" else 7
                age += days
                case.world.clock.forward(timedelta(days=days))
            case "rotate":
                rotated = True
                case.caller.call(f"POST /v1/endpoints/{case.endpoint['id']}/secret", {"overlap_seconds": 0})

    status, _ = case.open()

    expected = 403 if rotated else 302 if held and alive and shown and age < 8 else 410
    assert status == expected


def test_each_link_that_is_opened_is_logged_without_its_signature(
    licensed: Licensed, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", logger="slugline"):
        licensed.open()
        licensed.open(licensed.link.replace(NAME, "story.json"))

    (line,) = (record for record in caplog.records if record.message == "A signed link was opened.")
    assert vars(line)["link"] == urlsplit(licensed.link).path
