"""A request to the hub, by section 5.1 of the W3C Recommendation (https://www.w3.org/TR/websub/)."""

from urllib.parse import parse_qs

from slugline.model import Model
from slugline.subscriptions import Mode

SECRET_BELOW = 200
SHORTEST_LEASE = 300
USUAL_LEASE = 864_000
LONGEST_LEASE = 2_592_000
LONGEST_BODY = 16_384
MOST_FIELDS = 50


class BadRequest(ValueError):  # noqa: N818 - reads as the finding it is
    """The request cannot be granted; the message says which parameter, and what it takes."""


class HubRequest(Model):
    """What a subscriber asks for. `lease_seconds` is within our bounds, whatever was asked."""

    mode: Mode
    topic: str
    callback: str
    lease_seconds: int = USUAL_LEASE
    secret: str | None = None


def hub_request(body: str) -> HubRequest:
    """The request in a form-encoded body. Parameters that we do not know are ignored. Raises BadRequest."""
    if len(body) > LONGEST_BODY:
        raise BadRequest(f"The body is longer than {LONGEST_BODY} bytes.")
    try:
        fields = parse_qs(body, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise BadRequest(f"The body is no form in UTF-8 (application/x-www-form-urlencoded): {error}.") from error
    return HubRequest(
        mode=_mode(_one(fields, "hub.mode")),
        topic=_one(fields, "hub.topic"),
        callback=_one(fields, "hub.callback"),
        lease_seconds=_lease(_optional(fields, "hub.lease_seconds")),
        secret=_secret(_optional(fields, "hub.secret")),
    )


def _optional(fields: dict[str, list[str]], name: str) -> str | None:
    values = fields.get(name, [])
    if len(values) > 1:
        raise BadRequest(f"{name} is given {len(values)} times.")
    return values[0] if values and values[0] else None


def _one(fields: dict[str, list[str]], name: str) -> str:
    value = _optional(fields, name)
    if value is None:
        raise BadRequest(f"{name} is missing.")
    return value


def _mode(value: str) -> Mode:
    if value == "publish":
        raise BadRequest("hub.mode=publish: this hub distributes its own site's feeds, and sees for itself when.")
    try:
        return Mode(value)
    except ValueError as error:
        raise BadRequest("hub.mode is subscribe or unsubscribe.") from error


def _lease(value: str | None) -> int:
    if value is None:
        return USUAL_LEASE
    if not (value.isascii() and value.isdigit()) or not value.strip("0"):
        raise BadRequest("hub.lease_seconds is a whole number above 0.")
    # Ten digits are three centuries; more is as good.
    return min(max(int(value[:10]), SHORTEST_LEASE), LONGEST_LEASE)


def _secret(value: str | None) -> str | None:
    if value is not None and len(value.encode()) >= SECRET_BELOW:
        raise BadRequest(f"hub.secret has to be less than {SECRET_BELOW} bytes long.")
    return value
