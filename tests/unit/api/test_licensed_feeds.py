"""Feeds of products with agencies' pictures: for partners whose licence covers them, by addresses that stay."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.support.api_caller import ALL, Caller

from slugline.desk import DeskSettings, Product
from slugline.licensed_forms import feed_folder

PRODUCTS = {
    "open": Product(name="Open", filter={}),
    "wire": Product(name="Wire", filter={}, licensed_agencies=("AFP",)),
    "both": Product(name="Both", filter={}, licensed_agencies=("AFP", "Reuters")),
}


@pytest.fixture
def caller() -> Caller:
    caller = Caller()
    caller.world.desk = DeskSettings(products=PRODUCTS)
    for name in ("rss.xml", "atom.xml", "feed.json"):
        caller.world.archive.files[feed_folder("wire", ["AFP"]) + name] = b"news"
    return caller


@pytest.fixture
def partner(caller: Caller) -> str:
    partner = caller.partner()
    license_partner(caller, partner, "AFP")
    return partner


@pytest.fixture
def endpoint(caller: Caller, partner: str) -> str:
    return str(caller.endpoint(partner)["id"])


def license_partner(caller: Caller, partner: str, *agencies: str) -> None:
    caller.call(f"PATCH /v1/partners/{partner}", {"licensed_agencies": agencies})


def feeds(caller: Caller, endpoint: str, **how: Any) -> dict[str, dict[str, Any]]:
    status, found = caller.call(f"GET /v1/endpoints/{endpoint}/feeds", **how)
    assert status == 200
    return {feed["product"]: feed for feed in found["feeds"]}


def opened(caller: Caller, link: str) -> tuple[int, str]:
    address = urlsplit(link)
    answer = caller.answer(f"GET {address.path}", query=address.query, key="")
    return answer["statusCode"], answer["headers"].get("Location") or json.loads(answer["body"])["detail"]


def test_a_partner_is_given_the_products_that_its_licence_covers_whole(
    caller: Caller, partner: str, endpoint: str
) -> None:
    assert feeds(caller, endpoint).keys() == {"wire"}

    license_partner(caller, partner, "AFP", "Reuters")
    assert feeds(caller, endpoint, key=caller.new_key(ALL, partner)).keys() == {"wire", "both"}


def test_without_a_licence_there_are_none(caller: Caller) -> None:
    assert feeds(caller, caller.endpoint(caller.partner())["id"]) == {}


@pytest.mark.parametrize(("form", "name"), [("rss", "rss.xml"), ("atom", "atom.xml"), ("json_feed", "feed.json")])
def test_each_form_is_served_from_the_archive_for_years(caller: Caller, endpoint: str, form: str, name: str) -> None:
    link = feeds(caller, endpoint)["wire"][form]
    caller.world.clock.forward(timedelta(days=2000))

    folder = feed_folder("wire", ["AFP"])
    assert opened(caller, link) == (302, f"https://archive.example/{folder}{name}?seconds=60")
    assert feeds(caller, endpoint)["wire"][form] == link


@pytest.mark.parametrize(
    ("part", "other"), [("/wire/", "/both/"), ("rss.xml", "atom.xml"), ("signature=", "signature=x")]
)
def test_a_changed_address_is_refused(caller: Caller, endpoint: str, part: str, other: str) -> None:
    link = feeds(caller, endpoint)["wire"]["rss"]

    assert opened(caller, link.replace(part, other))[0] == 403


def test_the_signature_of_a_feed_opens_no_file(caller: Caller, endpoint: str) -> None:
    link = feeds(caller, endpoint)["wire"]["rss"].replace("/feeds/", "/files/")

    assert opened(caller, f"{link.replace('/wire/', '/s1/1/wire/')}&expires=0")[0] == 403


def test_an_address_ends_with_the_licence_the_product_and_the_endpoint(
    caller: Caller, partner: str, endpoint: str
) -> None:
    link = feeds(caller, endpoint)["wire"]["rss"]

    license_partner(caller, partner, "Reuters")
    assert opened(caller, link)[0] == 410
    license_partner(caller, partner, "*")
    assert opened(caller, link)[0] == 302
    caller.world.desk = DeskSettings(products={"wire": Product(name="Wire", filter={})})
    assert opened(caller, link)[0] == 410
    caller.call(f"DELETE /v1/endpoints/{endpoint}")
    assert opened(caller, link)[0] == 403


def test_an_endpoint_without_a_key_for_links_is_told_so(caller: Caller, endpoint: str) -> None:
    row = caller.world.partners.endpoints_by_id[endpoint]
    caller.world.partners.add_endpoint(row.model_copy(update={"link_key": None}))

    assert caller.call(f"GET /v1/endpoints/{endpoint}/feeds")[0] == 409


def test_a_product_whose_licence_changed_shows_nothing_that_was_made_for_the_other(
    caller: Caller, endpoint: str
) -> None:
    caller.world.archive.files[feed_folder("both", ["AFP", "Reuters"]) + "rss.xml"] = b"with pictures of Reuters"
    less = PRODUCTS["both"].model_copy(update={"licensed_agencies": ("AFP",)})
    caller.world.desk = DeskSettings(products={"both": less})

    assert opened(caller, feeds(caller, endpoint)["both"]["rss"])[0] == 404
