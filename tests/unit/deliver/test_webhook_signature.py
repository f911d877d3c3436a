"""Standard Webhooks 1.0: symmetric and asymmetric signatures."""

import base64
from datetime import UTC, datetime

import pytest
import standardwebhooks
import svix
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from slugline.domain.webhook_signature import BadSecret, PrivateKey, SharedSecret, signed_content, webhook_headers

ID, TIMESTAMP, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'


def test_the_published_vector_of_v1() -> None:
    secret = SharedSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")

    headers = webhook_headers(ID, TIMESTAMP, BODY, [secret])

    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_published_vector_of_v1a_whose_signature_the_specification_shows() -> None:
    key = PrivateKey.parse(
        "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg=="
    )

    headers = webhook_headers(ID, TIMESTAMP, BODY, [key])

    assert key.public_text == "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4="
    assert headers["webhook-signature"] == (
        "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg=="
    )


@given(text=st.text(), secret=st.binary(min_size=24, max_size=64))
def test_both_clients_of_the_package_index_accept_every_message(text: str, secret: bytes) -> None:
    # given
    now = int(datetime.now(tz=UTC).timestamp())
    body = b'{"text":"%s"}' % base64.b64encode(text.encode("utf-8", "replace"))
    key = SharedSecret(secret)

    # when: signed in both ways, in either order
    headers = webhook_headers("msg_1", now, body, [PrivateKey.new(), key])

    # then: each raises on a message that it does not accept
    standardwebhooks.Webhook(key.text).verify(body, headers)
    svix.Webhook(key.text).verify(body, headers)


@given(body=st.binary(), seed=st.binary(min_size=32, max_size=32))
def test_an_asymmetric_signature_verifies_under_the_public_key(body: bytes, seed: bytes) -> None:
    key = PrivateKey(seed)

    signature = webhook_headers("msg_1", 1, body, [key])["webhook-signature"].removeprefix("v1a,")

    public = Ed25519PublicKey.from_public_bytes(key.public)
    public.verify(base64.b64decode(signature), signed_content("msg_1", 1, body))


def test_during_a_rotation_old_and_new_secret_both_verify() -> None:
    # given
    old, new, now = SharedSecret.new(), SharedSecret.new(), int(datetime.now(tz=UTC).timestamp())

    # when
    headers = webhook_headers("msg_1", now, b"{}", [new, old])

    # then
    assert headers["webhook-signature"].count(" ") == 1
    for secret in (old, new):
        standardwebhooks.Webhook(secret.text).verify(b"{}", headers)
        svix.Webhook(secret.text).verify(b"{}", headers)


@pytest.mark.parametrize("length", [0, 23, 65])
def test_a_secret_is_24_to_64_bytes(length: int) -> None:
    with pytest.raises(BadSecret, match="24 to 64"):
        SharedSecret.parse("whsec_" + base64.b64encode(bytes(length)).decode())


def test_a_secret_is_base64() -> None:
    with pytest.raises(BadSecret, match="base64"):
        SharedSecret.parse("whsec_*")


def test_a_seed_is_32_bytes() -> None:
    with pytest.raises(BadSecret, match="32"):
        PrivateKey.parse("whsk_" + base64.b64encode(bytes(31)).decode())
