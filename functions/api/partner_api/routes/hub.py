"""The WebSub hub. Its answers are plain text, by section 5.1.2 of https://www.w3.org/TR/websub/."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response

from partner_api.hub_desk import HubDesk, HubRefused
from partner_api.problem import Problem
from partner_api.request_body import text_of
from partner_api.routing import Routes

TEXT = "text/plain; charset=utf-8"
REFUSALS = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.CONFLICT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    HTTPStatus.TOO_MANY_REQUESTS,
)


def add_routes(routes: Routes, desk: HubDesk) -> None:
    @routes.add("POST /hub", None, "Subscribe to a feed (WebSub)", status=202, answers=TEXT, refusals=REFUSALS)
    def ask_hub() -> Response[str]:
        """A form of hub.mode (subscribe or unsubscribe), hub.topic, hub.callback, hub.lease_seconds and hub.secret.

        The callback is then asked whether it wants this, and gets the feed whenever it changes.
        """
        event = routes.app.current_event
        headers = {name.lower(): value for name, value in event.headers.items()}
        try:
            desk.take(headers.get("content-type", ""), text_of(event.raw_event))
        except HubRefused as refused:
            return Response(refused.status, TEXT, refused.reason + "\n")
        except Problem as problem:
            return Response(problem.status, TEXT, problem.detail + "\n")
        return Response(HTTPStatus.ACCEPTED, TEXT, "The callback is asked now whether it wants this.\n")
