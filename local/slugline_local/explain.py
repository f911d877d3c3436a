"""AWS's errors in words that a person can act on."""

from boto3.exceptions import Boto3Error
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
    NoRegionError,
    PartialCredentialsError,
    ProfileNotFound,
)

from slugline_local.errors import Trouble

_DENIED = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"}
_EXPIRED = {
    "ExpiredToken",
    "ExpiredTokenException",
    "RequestExpired",
    "InvalidClientTokenId",
    "UnrecognizedClientException",
}


AWS_ERRORS = (BotoCoreError, ClientError, Boto3Error)
"""Whatever boto3 raises."""


def explain(error: BotoCoreError | ClientError | Boto3Error) -> Trouble:
    """What failed, and the remedy."""
    if isinstance(error, Boto3Error) and isinstance(error.__context__, BotoCoreError | ClientError):
        error = error.__context__  # a failed upload names its cause
    if isinstance(error, ClientError):
        return _explain_answer(error)
    return Trouble(f"AWS could not be asked: {error}", remedy=_remedy(error))


def _remedy(error: BotoCoreError | Boto3Error) -> str:
    if isinstance(error, EndpointConnectionError | ConnectTimeoutError):
        return "Is it running? Start `slugline local`, or check --endpoint and the network."
    if isinstance(error, NoCredentialsError | PartialCredentialsError | ProfileNotFound):
        return "Set credentials, for example with `aws configure sso`, or name a profile in AWS_PROFILE."
    if isinstance(error, NoRegionError):
        return "Name the region with --region or in AWS_REGION."
    return "Check --endpoint, --stack and --region, then try again."


def _explain_answer(error: ClientError) -> Trouble:
    code = error.response["Error"].get("Code", "")
    words = error.response["Error"].get("Message", "no message")
    if code in _DENIED:
        remedy = "Ask the account's administrator for the right to do this; docs/operator.md lists what is needed."
    elif code in _EXPIRED:
        remedy = "Sign in again, for example with `aws sso login`."
    elif code == "ValidationError" and "does not exist" in words:
        remedy = "Check --stack and --region; `aws cloudformation list-stacks` names the stacks."
    else:
        remedy = "Try again; if it stays so, the function's log group has the details."
    return Trouble(f"AWS refused {error.operation_name}: {words} ({code})", remedy=remedy)
