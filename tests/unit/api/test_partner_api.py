"""The API over its real resolver: requests as API Gateway sends them."""

import base64
import json
from datetime import timedelta

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext
from tests.support.api_caller import ALL, TAKEN, Caller, http_event

from slugline.deliveries import DeliveryState, Outcome
from slugline.domain.delivery_states import Answer
from slugline.domain.webhook_signature import SharedSecret
from slugline.partners import Scope


@pytest.fixture
def caller() -> Caller:
    return Caller()


def test_a_partner_is_created_listed_read_and_deleted(caller: Caller) -> None:
    status, partner = caller.call("POST /v1/partners", {"name": "The Partner"})
    assert (status, partner["name"], partner["created_at"]) == (201, "The Partner", "2026-11-23T12:00:00Z")

    assert caller.call("GET /v1/partners") == (200, {"partners": [partner], "cursor": None})
    assert caller.call(f"GET /v1/partners/{partner['id']}") == (200, partner)
    assert caller.call(f"DELETE /v1/partners/{partner['id']}") == (204, None)
    assert caller.call(f"GET /v1/partners/{partner['id']}")[0] == 404


def test_a_partners_licence_names_agencies_as_the_desk_writes_them(caller: Caller) -> None:
    partner = caller.partner()

    status, changed = caller.call(f"PATCH /v1/partners/{partner}", {"licensed_agencies": ["reuters", "AFP", "afp"]})

    assert (status, changed["licensed_agencies"], changed["name"]) == (200, ["AFP", "Reuters"], "The Partner")
    assert caller.call(f"GET /v1/partners/{partner}") == (200, changed)


def test_a_licence_ends_and_a_partner_is_renamed(caller: Caller) -> None:
    partner = caller.partner()
    caller.call(f"PATCH /v1/partners/{partner}", {"licensed_agencies": ["*"]})

    _, renamed = caller.call(f"PATCH /v1/partners/{partner}", {"name": "The Gazette"})
    _, ended = caller.call(f"PATCH /v1/partners/{partner}", {"licensed_agencies": []})

    assert (renamed["name"], renamed["licensed_agencies"]) == ("The Gazette", ["*"])
    assert (ended["name"], ended["licensed_agencies"]) == ("The Gazette", [])


@pytest.mark.parametrize("route", ["POST /v1/partners", "PATCH /v1/partners/"])
def test_an_agency_that_the_desk_does_not_know_is_refused_and_named(caller: Caller, route: str) -> None:
    route += caller.partner() if route.endswith("/") else ""

    status, problem = caller.call(route, {"name": "P", "licensed_agencies": ["AFP", "Afq"]})

    assert status == 422
    assert problem["errors"] == [{"field": "body.licensed_agencies", "detail": "There is no agency 'Afq'"}]
    assert "AFP, Agence France-Presse" in problem["detail"]


def test_a_partner_does_not_license_itself(caller: Caller) -> None:
    partner = caller.partner()
    own = caller.new_key(ALL, partner)

    status, _ = caller.call(f"PATCH /v1/partners/{partner}", {"licensed_agencies": ["*"]}, key=own)

    assert status == 403
    assert caller.world.partners.by_id[partner].licensed_agencies == ()


def test_partners_are_given_in_pages(caller: Caller) -> None:
    for name in ("A", "B", "C"):
        caller.partner(name)

    _, first = caller.call("GET /v1/partners", query="limit=2")
    _, second = caller.call("GET /v1/partners", query=f"limit=2&cursor={first['cursor']}")

    names = [partner["name"] for page in (first, second) for partner in page["partners"]]
    assert (names, second["cursor"]) == (["A", "B", "C"], None)


def test_an_endpoints_secret_is_shown_once_and_kept_sealed(caller: Caller) -> None:
    endpoint = caller.endpoint(caller.partner())

    kept = caller.world.partners.endpoint(endpoint["id"])
    assert kept
    assert (
        caller.world.secrets.open(kept.secrets[0].sealed, endpoint["id"])
        == SharedSecret.parse(endpoint["secret"]).sealable
    )
    _, shown = caller.call(f"GET /v1/endpoints/{endpoint['id']}")
    assert "secret" not in json.dumps(shown)


def test_an_endpoint_is_listed_with_its_partner_and_deleted(caller: Caller) -> None:
    partner_id = caller.partner()
    endpoint = caller.endpoint(partner_id)

    _, listed = caller.call(f"GET /v1/partners/{partner_id}/endpoints")
    assert [each["id"] for each in listed["endpoints"]] == [endpoint["id"]]

    assert caller.call(f"DELETE /v1/endpoints/{endpoint['id']}") == (204, None)
    assert caller.call(f"GET /v1/endpoints/{endpoint['id']}")[0] == 404


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://partner.example/", "https://"),
        ("https://inside.example/", "not a public address"),
        ("https://nowhere.example/", "no address"),
        ("https://0x7f.1/", "four decimal numbers"),
    ],
)
def test_an_endpoint_that_leads_inside_or_nowhere_is_refused(caller: Caller, url: str, reason: str) -> None:
    status, problem = caller.call(f"POST /v1/partners/{caller.partner()}/endpoints", {"url": url})

    assert status == 422
    assert reason in problem["detail"]


def test_a_paused_endpoint_gets_what_it_is_owed_once_it_is_enabled_withdrawals_first(caller: Caller) -> None:
    # given
    route = f"PATCH /v1/endpoints/{caller.endpoint(caller.partner())['id']}"
    world = caller.world
    world.publish(1, story_id="killed")
    world.deliver()
    _, paused = caller.call(route, {"status": "paused"})
    world.publish(1, story_id="other")
    world.withdraw(2, story_id="killed")
    world.deliver()

    # when
    _, enabled = caller.call(route, {"status": "enabled"})
    world.release.run()
    world.deliver()

    # then
    assert (paused["status"], enabled["status"]) == ("paused", "enabled")
    sent = [json.loads(body)["data"]["id"] for _, _, body in world.sender.sent]
    assert sent == ["killed", "killed", "other"]


def test_clock_stops_looking_for_what_is_owed_after_a_while(caller: Caller) -> None:
    route = f"PATCH /v1/endpoints/{caller.endpoint(caller.partner())['id']}"
    caller.call(route, {"status": "paused"})
    caller.call(route, {"status": "enabled"})
    assert len(list(caller.world.partners.owed_endpoints())) == 1

    caller.world.clock.forward(timedelta(minutes=5))
    caller.world.release.run()

    assert list(caller.world.partners.owed_endpoints()) == []


def test_what_is_not_given_stays_when_an_endpoint_is_changed(caller: Caller) -> None:
    endpoint = caller.endpoint(caller.partner(), description="old", metadata={"a": "b"})
    route = f"/v1/endpoints/{endpoint['id']}"

    status, changed = caller.call(f"PATCH {route}", {"description": "new"})

    assert status == 200
    assert changed == caller.call(f"GET {route}")[1]
    assert (changed["description"], changed["metadata"], changed["url"]) == ("new", {"a": "b"}, endpoint["url"])
    assert caller.call(f"PATCH {route}", {"url": "https://inside.example/"})[0] == 422
    assert caller.call(f"PATCH {route}", {"status": "disabled"})[0] == 422


def test_a_rotated_secret_signs_beside_the_old_one_until_the_overlap_ends(caller: Caller) -> None:
    # given
    endpoint = caller.endpoint(caller.partner(), asymmetric=True)
    route = f"/v1/endpoints/{endpoint['id']}"

    # when
    status, rotated = caller.call(f"POST {route}/secret", {"overlap_seconds": 60})
    caller.call(f"POST {route}/test")
    caller.world.deliver()
    caller.world.clock.forward(timedelta(minutes=1))
    caller.call(f"POST {route}/test")
    caller.world.deliver()

    # then
    assert status == 201
    assert rotated["secret"] != endpoint["secret"]
    during, after = (headers["webhook-signature"].split() for _, headers, _ in caller.world.sender.sent)
    assert [signature.split(",")[0] for signature in during] == ["v1", "v1a", "v1", "v1a"]
    assert len(after) == 2


def test_at_most_ten_keys_are_kept(caller: Caller) -> None:
    endpoint = caller.endpoint(caller.partner())

    for _ in range(12):
        caller.call(f"POST /v1/endpoints/{endpoint['id']}/secret", {})

    kept = caller.world.partners.endpoint(endpoint["id"])
    assert kept
    assert len(kept.secrets) == 10


def test_public_keys_are_open_to_all_as_a_key_set(caller: Caller) -> None:
    endpoint = caller.endpoint(caller.partner(), asymmetric=True)

    status, keys = caller.call(f"GET /jwks/{endpoint['id']}", key="")

    assert status == 200
    (key,) = keys["keys"]
    assert (key["kty"], key["crv"]) == ("OKP", "Ed25519")
    x = base64.urlsafe_b64decode(key["x"] + "=")
    assert "whpk_" + base64.b64encode(x).decode() == endpoint["public_key"]
    assert caller.call("GET /jwks/ep_0", key="")[0] == 404
    assert caller.call(f"DELETE /jwks/{endpoint['id']}", key="")[0] == 401


def test_a_test_event_is_delivered_like_any_other(caller: Caller) -> None:
    endpoint = caller.endpoint(caller.partner())

    status, delivery = caller.call(f"POST /v1/endpoints/{endpoint['id']}/test")
    caller.world.deliver()

    assert (status, delivery["type"]) == (202, "endpoint.test")
    assert [row.state for row in caller.world.rows()] == [DeliveryState.DELIVERED]


def test_a_filter_is_kept_or_refused_with_its_remedy(caller: Caller) -> None:
    endpoint = caller.endpoint(caller.partner(), filter={"language": [{"prefix": "en"}]}, per_second=2.5)
    assert (endpoint["filter"], endpoint["per_second"]) == ({"language": [{"prefix": "en"}]}, 2.5)

    status, problem = caller.call(f"PATCH /v1/endpoints/{endpoint['id']}", {"filter": {"language": "en"}})

    assert status == 422
    assert "language: write a list" in problem["errors"][0]["detail"]


def test_deleting_a_partner_stops_what_is_on_its_way(caller: Caller) -> None:
    partner_id = caller.partner()
    caller.endpoint(partner_id)
    caller.world.publish()

    caller.call(f"DELETE /v1/partners/{partner_id}")
    caller.world.deliver()

    assert [row.state for row in caller.world.rows()] == [DeliveryState.CANCELED]


def test_a_delivery_is_listed_read_and_replayed_under_its_own_id(caller: Caller) -> None:
    # given
    endpoint = caller.endpoint(caller.partner())
    caller.world.publish()
    caller.world.deliver()

    # when
    _, listed = caller.call(f"GET /v1/endpoints/{endpoint['id']}/deliveries")
    (delivery,) = listed["deliveries"]
    _, whole = caller.call(f"GET /v1/deliveries/{delivery['id']}")
    status, again = caller.call(f"POST /v1/deliveries/{delivery['id']}/replay")
    caller.world.deliver()

    # then
    assert delivery["state"] == "delivered"
    assert json.loads(whole["body"])["data"]["id"] == "s1"
    assert (status, again["state"], again["id"]) == (202, "pending", delivery["id"])
    assert len(caller.world.rows()[0].attempts) == 2


def test_whoever_has_no_key_learns_nothing(caller: Caller) -> None:
    for route in ("GET /v1/partners", "POST /v1/partners", "GET /v1/nothing", "GET /"):
        status, problem = caller.call(route, key="")
        assert (status, problem["status"], problem["title"]) == (401, 401, "Unauthorized")


@pytest.mark.parametrize("text", ["slk_", "slk_abc", "abc", "slk_0000000000000000_x", "slk_\u00e4_\u00e4"])
def test_a_key_that_is_none_is_refused(caller: Caller, text: str) -> None:
    assert caller.call("GET /v1/partners", key=text)[0] == 401


def test_the_secret_of_one_key_does_not_open_another(caller: Caller) -> None:
    other = caller.new_key(ALL)
    mixed = "_".join([*caller.key.split("_")[:2], other.split("_", 2)[2]])

    assert caller.call("GET /v1/partners", key=mixed)[0] == 401


@pytest.mark.parametrize(
    ("scope", "allowed", "refused"),
    [
        (Scope.PARTNERS_READ, "GET /v1/partners", "POST /v1/partners"),
        (Scope.PARTNERS_WRITE, "DELETE /v1/partners/x", "GET /v1/partners"),
        (Scope.DELIVERIES_READ, "GET /v1/deliveries/x", "POST /v1/deliveries/x/replay"),
        (Scope.DELIVERIES_WRITE, "POST /v1/deliveries/x/replay", "GET /v1/endpoints/x/deliveries"),
    ],
)
def test_a_key_does_what_its_scopes_say_and_no_more(scope: Scope, allowed: str, refused: str) -> None:
    caller = Caller((scope,))

    assert caller.call(allowed)[0] != 403
    status, problem = caller.call(refused)
    assert status == 403
    assert "lacks the scope" in problem["detail"]


def test_a_key_of_one_partner_sees_nothing_of_another(caller: Caller) -> None:
    # given
    mine, other = caller.partner("Mine"), caller.partner("Other")
    endpoint = caller.endpoint(other)
    caller.world.publish()
    caller.world.deliver()
    key = caller.new_key(ALL, mine)
    delivery = caller.world.rows()[0].id

    # then
    assert [each["id"] for each in caller.call("GET /v1/partners", key=key)[1]["partners"]] == [mine]
    for route in (
        f"GET /v1/partners/{other}",
        f"DELETE /v1/partners/{other}",
        f"GET /v1/partners/{other}/endpoints",
        f"GET /v1/endpoints/{endpoint['id']}",
        f"DELETE /v1/endpoints/{endpoint['id']}",
        f"GET /v1/endpoints/{endpoint['id']}/deliveries",
        f"GET /v1/deliveries/{delivery}",
        f"POST /v1/deliveries/{delivery}/replay",
    ):
        assert caller.call(route, key=key)[0] == 404, route
    assert caller.call("POST /v1/partners", {"name": "x"}, key=key)[0] == 403
    assert caller.world.partners.endpoint(endpoint["id"])


def test_a_key_of_one_partner_does_not_delete_it(caller: Caller) -> None:
    # given
    mine = caller.partner("Mine")
    endpoint = caller.endpoint(mine)["id"]
    key = caller.new_key(ALL, mine)

    # when
    status, problem = caller.call(f"DELETE /v1/partners/{mine}", key=key)

    # then: its endpoints are its own affair, that it is a partner is not
    assert status == 403
    assert "may not delete a partner" in problem["detail"]
    assert caller.call(f"GET /v1/endpoints/{endpoint}", key=key)[0] == 200
    assert caller.call(f"DELETE /v1/endpoints/{endpoint}", key=key)[0] == 204
    assert caller.call(f"DELETE /v1/partners/{mine}")[0] == 204


@pytest.mark.parametrize(
    "body",
    [None, {}, {"name": ""}, {"name": "  "}, {"name": "a\nb"}, {"name": "x", "admin": True}, [], {"name": "x" * 201}],
)
def test_a_body_that_does_not_fit_is_a_problem_that_names_the_field(caller: Caller, body: object) -> None:
    status, problem = caller.call("POST /v1/partners", body)

    assert status == 422
    assert problem["errors"]


def test_an_unknown_route_and_a_foreign_cursor_are_problems_too(caller: Caller) -> None:
    assert caller.call("GET /v1/nothing") == (
        404,
        {"type": "about:blank", "title": "Not Found", "status": 404, "detail": "There is no such route."},
    )
    assert caller.call("GET /v1/partners", query="limit=1000")[0] == 422


def test_a_method_that_a_route_has_not_is_answered_with_those_it_has(caller: Caller) -> None:
    event = http_event("PUT", "/v1/partners", {"authorization": f"Bearer {caller.key}"}, None, "")

    answer = caller.api.resolve(event, LambdaContext())

    assert (answer["statusCode"], answer["headers"]["Allow"]) == (405, "GET, POST")


def test_health_is_open(caller: Caller) -> None:
    assert caller.call("GET /health", key="") == (200, {"status": "up"})


def test_deliveries_are_listed_by_state(caller: Caller) -> None:
    # given
    endpoint = caller.endpoint(caller.partner())
    caller.world.sender.answers = [Answer(outcome=Outcome.STATUS, ms=1, status=503), TAKEN]
    for story in ("failing", "fine", "also fine"):
        caller.world.publish(story_id=story)
        caller.world.deliver()

    def listed(query: str) -> list[str]:
        status, page = caller.call(f"GET /v1/endpoints/{endpoint['id']}/deliveries", query=query)
        assert status == 200
        return [delivery["story_id"] for delivery in page["deliveries"]]

    # then
    assert listed("state=failed&limit=1") == ["failing"]
    assert sorted(listed("state=delivered")) == ["also fine", "fine"]
    assert listed("state=exhausted") == []
    assert caller.call(f"GET /v1/endpoints/{endpoint['id']}/deliveries", query="state=lost")[0] == 422


def test_a_parameter_that_is_none_is_refused(caller: Caller) -> None:
    status, problem = caller.call("GET /v1/partners", query="limits=5")

    assert (status, problem["errors"][0]["field"]) == (422, "query.limits")
