"""What a status is called."""

from http import HTTPStatus

_RENAMED = {
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Content Too Large",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Unprocessable Content",
}
"""RFC 9110's names (sections 15.5.14 and 15.5.21), which Python has from 3.13 on: answers are the same on each."""


def reason(status: HTTPStatus) -> str:
    """The reason phrase of RFC 9110, section 15."""
    return _RENAMED.get(status, status.phrase)
