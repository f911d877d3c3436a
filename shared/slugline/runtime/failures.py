"""Why a message failed, in words for whoever finds it in quarantine."""

import json
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import ValidationError

from slugline.dead_letters import Failure
from slugline.ports.objects import ObjectMissing

LONGEST = 500
STOPPED = Failure(
    reason="The function was stopped before it could say why: it ran out of time or memory, or was killed.",
    remedy="Look in its log for `Task timed out` or `Runtime exited`; raise Timeout or MemorySize, deploy, redrive.",
)

_DENIED = {"AccessDenied", "AccessDeniedException", "KMS.AccessDeniedException"}
_BUSY = {
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "SlowDown",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
}


def explained(error: Exception) -> Failure:
    """The reason and the remedy. No text of the message is in it."""
    reason, remedy = _words(error)
    return Failure(reason=reason if len(reason) <= LONGEST else f"{reason[: LONGEST - 1]}…", remedy=remedy)


def _words(error: Exception) -> tuple[str, str]:
    match error:
        case ClientError():
            return _answer(error)
        case BotoCoreError():
            return f"AWS could not be reached: {error}", "Once it can be reached again, redrive."
        case json.JSONDecodeError():
            return "The message is no JSON.", "No step of this stack sends such a message. Discard it."
        case ValidationError():
            return (
                f"The message, or a row that it names, has another shape than this version reads: {_faults(error)}",
                "Deploy the version that reads it and redrive; discard it if no version does.",
            )
        case ObjectMissing():
            return (
                f"An object that the message names is not there: {error}",
                "Restore it (the archive keeps old versions for 30 days) and redrive, or discard the message.",
            )
        case _:
            return (
                f"A fault in the program: {type(error).__name__}: {error}",
                "Its traceback is in the function's log, by the correlation id. Deploy the fix, redrive.",
            )


def _answer(error: ClientError) -> tuple[str, str]:
    details: Mapping[str, Any] = error.response.get("Error", {})
    code, request = details.get("Code", "an error"), error.operation_name
    if code in _DENIED:
        return f"AWS does not let the function do {request}.", "Let its role in template.yaml do that, deploy, redrive."
    if code in _BUSY:
        return (
            f"AWS had no capacity left for {request}: {code}.",
            "Redrive when there is less load, or ask for a quota.",
        )
    return (
        f"AWS answered {request} with {code}: {details.get('Message', '')}",
        "The request is in the function's log, by the correlation id. Mend the cause, redrive.",
    )


def _faults(error: ValidationError) -> str:
    faults = error.errors(include_url=False, include_input=False, include_context=False)
    return "; ".join(f"{'.'.join(map(str, fault['loc'])) or error.title}: {fault['msg']}" for fault in faults)
