"""Bodies that nobody should have to look at twice."""

import base64

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext
from tests.support.api_caller import Caller, http_event

from partner_api.request_body import LARGEST


@pytest.fixture
def caller() -> Caller:
    return Caller()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("{", "character 1"),
        ('{"name": "\\ud800"}', "half a surrogate pair"),
        ('{"name": ' + "[" * 100_000, "nested too deeply"),
        ('{"name": NaN}', "out of range"),
        ('{"name": 1' + "0" * 5000 + "}", "out of range"),
    ],
)
def test_what_is_no_json_is_a_bad_request_with_the_reason(caller: Caller, body: str, reason: str) -> None:
    status, problem = caller.call("POST /v1/partners", body)

    assert status == 400
    assert reason in problem["detail"]


@pytest.mark.parametrize("media_type", ["text/plain", "multipart/form-data", "application/x-www-form-urlencoded"])
def test_another_media_type_is_refused(caller: Caller, media_type: str) -> None:
    assert caller.call("POST /v1/partners", "name=x", content_type=media_type)[0] == 415


@pytest.mark.parametrize("media_type", ["application/json", "Application/JSON; charset=utf-8"])
def test_json_may_name_its_charset(caller: Caller, media_type: str) -> None:
    assert caller.call("POST /v1/partners", {"name": "x"}, content_type=media_type)[0] == 201


def test_a_body_that_is_too_long_is_refused_unread(caller: Caller) -> None:
    assert caller.call("POST /v1/partners", '{"name": "' + "x" * LARGEST + '"}')[0] == 413


@pytest.mark.parametrize("body", ["*", base64.b64encode(b'{"name": "\xff"}').decode()])
def test_binary_that_is_no_text_is_refused(caller: Caller, body: str) -> None:
    headers = {"authorization": f"Bearer {caller.key}", "content-type": "application/json"}
    event = http_event("POST", "/v1/partners", headers, body, "") | {"isBase64Encoded": True}

    assert caller.api.resolve(event, LambdaContext())["statusCode"] == 400


@pytest.mark.parametrize(
    "path", ["/v1/endpoints/" + "x" * 3000, "/v1/endpoints/\u00e9", "/v1/deliveries/msg_" + "A" * 1490]
)
def test_an_id_that_cannot_be_ours_is_not_found(caller: Caller, path: str) -> None:
    assert caller.call(f"GET {path}")[0] == 404
