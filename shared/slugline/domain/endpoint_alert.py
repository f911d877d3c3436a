"""What an operator reads about an endpoint: one line that says what is, and one that says what to do."""

from slugline.events import AlertState, EndpointAlert
from slugline.partners import Endpoint

_WHAT = {
    AlertState.FAILING: "takes no deliveries",
    AlertState.EXHAUSTED: "did not get a message, and it will not be tried again",
    AlertState.DISABLED: "is disabled, and what it is owed is held",
    AlertState.HELD: "takes nothing, and is owed messages for too long",
    AlertState.RECOVERED: "takes deliveries again",
}
_ENABLE = (
    'enable the endpoint: PATCH /v1/endpoints/{endpoint} with {{"status": "enabled"}} sends what it is owed, '
    "withdrawals first"
)
_ADVICE = {
    AlertState.FAILING: "Retries go on. Run `slugline partners doctor {url}` and send the partner what it finds.",
    AlertState.EXHAUSTED: "Once the partner has mended its server, send it again: `slugline replay {delivery}`.",
    AlertState.DISABLED: f"Ask the partner to mend its server, then {_ENABLE}.",
    AlertState.HELD: f"Ask the partner what it waits for, then {_ENABLE}. One that polls acknowledges what it "
    "has taken. One that nobody needs any more is deleted: DELETE /v1/endpoints/{endpoint}.",
    AlertState.RECOVERED: "Nothing to do.",
}


def endpoint_alert(
    state: AlertState, endpoint: Endpoint, *, partner: str, reason: str, delivery: str = ""
) -> EndpointAlert:
    """The alert. `partner` is the partner's name, `delivery` the message's id where the alert is about one."""
    return EndpointAlert(
        endpoint_id=endpoint.id,
        partner_id=endpoint.partner_id,
        url=endpoint.url,
        state=state,
        reason=reason,
        partner=partner,
        delivery_id=delivery or None,
        summary=f"{partner}: the endpoint {endpoint.url} {_WHAT[state]}.",
        advice=_ADVICE[state].format(url=endpoint.url, endpoint=endpoint.id, delivery=delivery),
    )
