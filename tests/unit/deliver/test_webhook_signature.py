"""Standard Webhooks 1.0, symmetric signatures."""

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook

from slugline.domain.webhook_signature import (
    BadSecret,
    new_secret,
    secret_bytes,
    secret_text,
    sign_v1,
    signed_content,
    webhook_headers,
)


def test_the_specifications_own_vector_gives_its_own_signature() -> None:
    # given: "Signature scheme", the example of the symmetric signature
    secret = secret_bytes("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    content = signed_content("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')

    # when
    signature = sign_v1(secret, content)

    # then
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@given(body=st.text().map(lambda text: text.encode("utf-8", "replace")), secret=st.binary(min_size=24, max_size=64))
def test_the_official_client_accepts_every_message(body: bytes, secret: bytes) -> None:
    # given
    now = int(datetime.now(tz=UTC).timestamp())

    # when
    headers = webhook_headers("msg_1", now, b'{"text": %s}' % base64.b64encode(body).join([b'"', b'"']), [secret])

    # then: it raises on a message that it does not accept
    Webhook(secret_text(secret)).verify(b'{"text": %s}' % base64.b64encode(body).join([b'"', b'"']), headers)


def test_during_a_rotation_old_and_new_secret_both_verify() -> None:
    # given
    old, new, now = new_secret(), new_secret(), int(datetime.now(tz=UTC).timestamp())

    # when
    headers = webhook_headers("msg_1", now, b"{}", [new, old])

    # then
    assert headers["webhook-signature"].count(" ") == 1
    for secret in (old, new):
        Webhook(secret_text(secret)).verify(b"{}", headers)


@pytest.mark.parametrize("length", [0, 23, 65])
def test_a_secret_is_24_to_64_bytes(length: int) -> None:
    with pytest.raises(BadSecret, match="24 to 64"):
        secret_bytes("whsec_" + base64.b64encode(bytes(length)).decode())


def test_a_secret_is_base64() -> None:
    with pytest.raises(BadSecret, match="base64"):
        secret_bytes("whsec_*")
