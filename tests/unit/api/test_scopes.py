"""Each route is refused without its scope, and without a key; a key of one partner reaches nothing of another."""

from datetime import timedelta

import pytest
from tests.support.api_caller import ALL, Caller

from partner_api.routing import Route
from slugline.domain.api_keys import new_key
from slugline.partners import Scope

CALLER = Caller()
SCOPED = [route for route in CALLER.api.routes.known if route.scope]
OPEN = [route for route in CALLER.api.routes.known if not route.scope]


def name(route: Route) -> str:
    return f"{route.method} {route.path}"


def filled(route: Route) -> str:
    return name(route).replace("<", "").replace(">", "")


@pytest.mark.parametrize("route", SCOPED, ids=name)
def test_a_route_is_refused_with_every_scope_but_its_own(route: Route) -> None:
    others = CALLER.new_key(tuple(scope for scope in Scope if scope is not route.scope))
    own = CALLER.new_key((route.scope,) if route.scope else ())

    status, problem = CALLER.call(filled(route), {}, key=others)

    assert (status, problem["detail"]) == (403, f"This API key lacks the scope {route.scope}.")
    assert CALLER.answer(filled(route), {}, key=own)["statusCode"] not in {401, 403}


@pytest.mark.parametrize("route", SCOPED, ids=name)
def test_a_route_is_refused_without_a_key(route: Route) -> None:
    assert CALLER.call(filled(route), {}, key="")[0] == 401


@pytest.mark.parametrize("route", SCOPED, ids=name)
def test_reading_never_takes_a_scope_to_write_and_writing_always_does(route: Route) -> None:
    assert (route.scope or "").endswith(":read" if route.method == "GET" else ":write")


@pytest.mark.parametrize(
    "route", [route for route in SCOPED if "<endpoint_id>" in route.path or "<partner_id>" in route.path], ids=name
)
def test_a_key_of_one_partner_reaches_nothing_of_another(route: Route) -> None:
    # given
    caller = Caller()
    other = caller.partner("Other")
    endpoint = caller.endpoint(other)
    key = caller.new_key(ALL, caller.partner("Mine"))
    path = name(route).replace("<partner_id>", other).replace("<endpoint_id>", endpoint["id"])
    body = BODIES.get(route.path.rsplit("/", 1)[-1], {})

    # then
    assert caller.call(path, body, key=key)[0] == 404
    assert caller.world.partners.endpoint(endpoint["id"])


BODIES: dict[str, object] = {
    "endpoints": {"url": "https://partner.example/"},
    "reconciliation": {"held": []},
    "acknowledgements": {"ids": ["msg_1"]},
    "recoveries": {"since": "2026-11-23T11:00:00Z"},
}


def test_a_key_opens_nothing_once_it_has_expired_or_is_revoked() -> None:
    caller = Caller()
    now = caller.world.clock.now()
    row, text = new_key(ALL, now, expires_at=now + timedelta(days=1))
    caller.world.partners.add_key(row)
    assert caller.call("GET /v1/partners", key=text)[0] == 200

    caller.world.clock.forward(timedelta(days=1))
    assert caller.call("GET /v1/partners", key=text)[0] == 401

    caller.world.partners.delete_key(caller.key.split("_")[1])
    assert caller.call("GET /v1/partners")[0] == 401
