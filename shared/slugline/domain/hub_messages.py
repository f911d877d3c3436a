"""What the hub sends to a callback: sections 5.2, 5.3 and 7 of https://www.w3.org/TR/websub/."""

import hmac
from urllib.parse import urlencode

from slugline.subscriptions import Mode, Subscription, Wish

USER_AGENT = "Slugline-WebSub/1.0"


def confirmation_url(subscription: Subscription, wish: Wish) -> str:
    """Where the subscriber is asked whether it wants this; the challenge is to be the whole of its answer."""
    parameters = {"hub.mode": wish.mode.value, "hub.topic": subscription.topic, "hub.challenge": wish.challenge}
    if wish.mode is Mode.SUBSCRIBE:
        parameters["hub.lease_seconds"] = str(wish.lease_seconds)
    return _with(subscription.callback, parameters)


def denial_url(subscription: Subscription, reason: str) -> str:
    """Where the subscriber is told that it gets nothing, or nothing more."""
    return _with(subscription.callback, {"hub.mode": "denied", "hub.topic": subscription.topic, "hub.reason": reason})


def _with(callback: str, parameters: dict[str, str]) -> str:
    """The callback's own query stays, and ours follows."""
    joint = "&" if "?" in callback else "?"
    return f"{callback}{joint}{urlencode(parameters)}"


def content_headers(topic: str, hub: str, content_type: str, body: bytes, secret: bytes | None) -> dict[str, str]:
    """The headers of a distribution; with a secret, the signature over the exact bytes."""
    headers = {
        "Content-Type": content_type,
        "Link": f'<{hub}>; rel="hub", <{topic}>; rel="self"',
        "User-Agent": USER_AGENT,
    }
    if secret is not None:
        headers["X-Hub-Signature"] = f"sha256={hmac.digest(secret, body, 'sha256').hex()}"
    return headers
