"""Every kind of message, made by the API, notify and deliver, verified as partners do.

By the two clients of the package index for a shared secret, and by the public key that the API gives to all.
"""

import base64
import json
from datetime import UTC, datetime
from itertools import product
from typing import Any

import pytest
import standardwebhooks
import svix
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from tests.support.api_caller import Caller

from slugline.deliveries import Outcome
from slugline.domain.delivery_states import Answer
from slugline.partners import EventType, Payload, PayloadFormat
from slugline.story import Story

Message = tuple[dict[str, str], bytes]
"""Headers and body as they went over the wire."""

OUTPUTS = {
    PayloadFormat.STORY: ("story.json", b'{"headline": "K\xc3\xb6ln"}'),
    PayloadFormat.NINJS: ("ninjs-3.1.json", b'{"uri": "urn:x", "headlines": []}'),
    PayloadFormat.NEWSML_G2: ("newsml-g2.xml", "<newsItem>Köln \U0001f30a</newsItem>".encode()),
    PayloadFormat.NITF: ("nitf.xml", b"<nitf>&amp;</nitf>"),
}
THIN: dict[str, Any] = {"payload": Payload.THIN}
FULL: list[dict[str, Any]] = [{"payload": Payload.FULL, "format": form} for form in PayloadFormat]
ABOUT_STORIES = [kind for kind in EventType if kind.startswith("story.")]


@pytest.fixture
def caller() -> Caller:
    """The clients look at the machine's clock."""
    caller = Caller()
    caller.world.clock.time = datetime.now(tz=UTC)
    caller.world.story = Story(id="s1", headline="Flut erreicht Köln \U0001f30a")
    for name, output in OUTPUTS.values():
        for version in (1, 2):
            caller.world.outputs.files[f"stories/s1/v{version}/{name}"] = output
    return caller


def message(caller: Caller, endpoint: dict[str, Any], kind: EventType) -> Message:
    """The last message that the endpoint gets, which is of this kind."""
    world = caller.world
    if kind is EventType.TEST:
        caller.call(f"POST /v1/endpoints/{endpoint['id']}/test")
    elif kind is EventType.DISABLED:
        caller.endpoint(endpoint["partner_id"], url="https://partner.example/other", event_types=["story.published"])
        gone = Answer(outcome=Outcome.STATUS, ms=1, status=410)
        world.sender.answers = [world.sender.answers[0], gone, world.sender.answers[0]]
        world.publish()
    else:
        world.publish()
    world.deliver()
    if kind in {EventType.UPDATED, EventType.CORRECTED}:
        world.publish(2, kind.removeprefix("story."))
    elif kind is EventType.WITHDRAWN:
        world.withdraw(2)
    world.deliver()
    url, headers, body = world.sender.sent[-1]
    assert url == endpoint["url"]
    return headers, body


def verified_by_the_key_set(caller: Caller, endpoint: dict[str, Any], headers: dict[str, str], body: bytes) -> None:
    """What a partner does who has only the address of the key set. Raises InvalidSignature."""
    _, keys = caller.call(f"GET /jwks/{endpoint['id']}", key="")
    (key,) = keys["keys"]
    public = Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(key["x"] + "="))
    (signature,) = [each for each in headers["webhook-signature"].split(" ") if each.startswith("v1a,")]
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    public.verify(base64.b64decode(signature.removeprefix("v1a,")), content)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [*product(ABOUT_STORIES, [THIN, *FULL]), (EventType.TEST, THIN), (EventType.DISABLED, THIN)],
    ids=lambda value: "-".join(value.values()) if isinstance(value, dict) else value,
)
def test_it_is_verified_by_both_clients_and_by_the_public_key(
    caller: Caller, kind: EventType, fields: dict[str, Any]
) -> None:
    # given
    endpoint = caller.endpoint(caller.partner(), asymmetric=True, **fields)

    # when
    headers, body = message(caller, endpoint, kind)

    # then
    standardwebhooks.Webhook(endpoint["secret"]).verify(body, headers)
    svix.Webhook(endpoint["secret"]).verify(body, headers)
    verified_by_the_key_set(caller, endpoint, headers, body)
    is_full = fields["payload"] is Payload.FULL and kind is not EventType.WITHDRAWN
    assert json.loads(body)["type"] == kind
    assert ("content" in json.loads(body)["data"]) == is_full


@pytest.mark.parametrize("asymmetric", [False, True])
def test_a_changed_byte_is_refused_by_all_of_them(caller: Caller, asymmetric: bool) -> None:
    endpoint = caller.endpoint(caller.partner(), asymmetric=asymmetric, **FULL[0])
    headers, body = message(caller, endpoint, EventType.CORRECTED)
    forged = body.replace(b'"version":2', b'"version":3')
    assert forged != body

    with pytest.raises(standardwebhooks.WebhookVerificationError):
        standardwebhooks.Webhook(endpoint["secret"]).verify(forged, headers)
    with pytest.raises(svix.webhooks.WebhookVerificationError):
        svix.Webhook(endpoint["secret"]).verify(forged, headers)
    if asymmetric:
        with pytest.raises(InvalidSignature):
            verified_by_the_key_set(caller, endpoint, headers, forged)


def test_while_a_secret_is_rotated_the_old_and_the_new_one_verify(caller: Caller) -> None:
    endpoint = caller.endpoint(caller.partner())
    _, rotated = caller.call(f"POST /v1/endpoints/{endpoint['id']}/secret", {})
    assert rotated["secret"] != endpoint["secret"]

    headers, body = message(caller, endpoint, EventType.PUBLISHED)

    for secret in (endpoint["secret"], rotated["secret"]):
        standardwebhooks.Webhook(secret).verify(body, headers)
        svix.Webhook(secret).verify(body, headers)
