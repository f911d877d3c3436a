"""What a partner's licence for agencies' pictures changes in its messages."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.delivery_world import ScriptedSender, World

from slugline.deliveries import Outcome
from slugline.domain.delivery_states import Answer
from slugline.partners import Payload, PayloadFormat

DOWN = Answer(outcome=Outcome.STATUS, ms=1, status=503)
PUBLIC = "https://site.example/stories/s1/v1/ninjs-3.1.json"
FILES = "https://api.example/v1/files/ep_1/s1/1/"
AGENCIES = ["AFP", "AP", "Reuters"]


@pytest.fixture
def world() -> World:
    world = World(ScriptedSender([DOWN]))
    world.endpoint("ep_1")
    return world


def sent(world: World, at: int = -1) -> dict[str, Any]:
    """The data of a message as the partner got it."""
    data: dict[str, Any] = json.loads(world.sender.sent[at][2])["data"]
    return data


def deliver(world: World) -> dict[str, Any]:
    world.publish()
    world.deliver()
    return sent(world)


def test_a_licensed_partner_gets_signed_links_to_the_forms_that_have_the_pictures(world: World) -> None:
    world.license_partner("AFP")
    world.render_forms("AFP")

    data = deliver(world)

    address = urlsplit(data["outputs"]["ninjs-3.1.json"])
    assert data["outputs"]["ninjs-3.1.json"].startswith(FILES)
    assert address.path.endswith("/ninjs-3.1.json")
    assert "signature=" in address.query
    assert data["licensed_agencies"] == ["AFP"]


@pytest.mark.parametrize("licence", [(), ("Reuters",)])
def test_whoever_has_no_licence_for_it_gets_what_everybody_gets(world: World, licence: tuple[str, ...]) -> None:
    world.license_partner(*licence)
    world.render_forms("AFP")

    data = deliver(world)

    assert data["outputs"] == {"ninjs-3.1.json": PUBLIC}
    assert "licensed_agencies" not in data


def test_a_licence_that_is_younger_than_the_version_opens_nothing_of_it(world: World) -> None:
    world.license_partner("AFP")
    world.render_forms("AFP")
    world.archive.files.clear()

    assert deliver(world)["outputs"] == {"ninjs-3.1.json": PUBLIC}


def test_a_licence_that_ended_before_the_message_was_sent_opens_nothing(world: World) -> None:
    world.license_partner("AFP")
    world.render_forms("AFP")
    world.publish()

    world.license_partner()
    world.deliver()

    assert sent(world)["outputs"] == {"ninjs-3.1.json": PUBLIC}


def test_retries_of_one_day_have_the_same_bytes_and_later_ones_links_that_are_good(world: World) -> None:
    world.license_partner("AFP")
    world.render_forms("AFP")
    world.publish()
    for _ in range(10):
        world.deliver()
        world.clock.forward(timedelta(days=1) if len(world.sender.sent) == 2 else timedelta(hours=2))
        world.sweep.run()

    bodies = [body for _, _, body in world.sender.sent]
    assert bodies[0] == bodies[1] != bodies[2]


def test_a_full_message_embeds_the_form_with_the_pictures(world: World) -> None:
    world.endpoint("ep_1", payload=Payload.FULL, format=PayloadFormat.NINJS)
    world.outputs.files["stories/s1/v1/ninjs-3.1.json"] = b'{"without": "picture"}'
    world.license_partner("AFP")
    world.render_forms("AFP")
    assert deliver(world)["content"]["value"] == {"with": "picture"}

    world.license_partner()
    world.clock.forward(timedelta(minutes=1))
    world.deliver()
    assert sent(world)["content"]["value"] == {"without": "picture"}


def test_above_20_kb_a_signed_link_stands_in_its_place(world: World) -> None:
    world.endpoint("ep_1", payload=Payload.FULL, format=PayloadFormat.NINJS)
    world.outputs.files["stories/s1/v1/ninjs-3.1.json"] = b"{}"
    world.license_partner("AFP")
    world.render_forms("AFP", forms={"ninjs-3.1.json": json.dumps({"text": "x" * 20_000}).encode()})

    data = deliver(world)

    assert "value" not in data["content"]
    assert data["content"]["url"] == data["outputs"]["ninjs-3.1.json"]
    assert data["content"]["url"].startswith(FILES)


def test_signed_links_keep_a_message_within_its_20_kb(world: World) -> None:
    world.endpoint("ep_1", payload=Payload.FULL, format=PayloadFormat.NINJS)
    world.outputs.files["stories/s1/v1/ninjs-3.1.json"] = b"{}"
    world.license_partner("AFP")
    for length in range(18_800, 19_700, 50):
        world.render_forms("AFP", forms={"ninjs-3.1.json": json.dumps({"text": "x" * length}).encode()})
        world.deliveries.rows.clear()
        deliver(world)
        assert len(world.sender.sent[-1][2]) <= 20_000


def test_a_form_that_is_as_everybody_s_is_embedded_from_the_site(world: World) -> None:
    world.endpoint("ep_1", payload=Payload.FULL, format=PayloadFormat.NITF)
    world.outputs.files["stories/s1/v1/nitf.xml"] = b"<nitf/>"
    world.license_partner("AFP")
    world.render_forms("AFP")

    assert deliver(world)["content"]["value"] == "<nitf/>"


def test_an_endpoint_without_a_key_for_links_gets_what_everybody_gets(world: World) -> None:
    world.endpoint("ep_1", link_key=None)
    world.license_partner("AFP")
    world.render_forms("AFP")

    assert deliver(world)["outputs"] == {"ninjs-3.1.json": PUBLIC}


def test_filters_see_which_pictures_the_partner_may_have(world: World) -> None:
    pattern = {"pictures": {"all_syndicated": [True]}}
    world.endpoint("ep_1", filter=pattern)
    world.endpoint("ep_2", filter=pattern, partner_id="ptn_2")
    world.license_partner("AFP")
    world.license_partner("Reuters", partner_id="ptn_2")
    world.render_forms("AFP")

    world.publish()

    assert [row.endpoint_id for row in world.told()] == ["ep_1"]


@given(st.sets(st.sampled_from(AGENCIES), min_size=1), st.sets(st.sampled_from([*AGENCIES, "*"])))
def test_no_licence_brings_a_form_with_a_picture_that_it_does_not_cover(pictures: set[str], licence: set[str]) -> None:
    # given: forms for every set of agencies that some partner may have
    world = World(ScriptedSender([DOWN]))
    world.endpoint("ep_1")
    for agencies in ([one for at, one in enumerate(AGENCIES) if bits >> at & 1] for bits in range(1, 8)):
        world.render_forms(*agencies)
    world.render_forms(*sorted(pictures))
    world.license_partner(*sorted(licence))

    # when
    data = deliver(world)

    # then: all that the licence covers, and no more
    covered = pictures if "*" in licence else pictures & licence
    assert set(data.get("licensed_agencies", ())) == covered
