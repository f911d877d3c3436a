"""What a person reads when AWS fails."""

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, NoCredentialsError, NoRegionError

from slugline_local.explain import explain


@pytest.mark.parametrize(
    ("error", "remedy"),
    [
        (EndpointConnectionError(endpoint_url="http://127.0.0.1:1"), "slugline local"),
        (NoCredentialsError(), "credentials"),
        (NoRegionError(), "--region"),
    ],
)
def test_a_failure_to_reach_aws_names_what_to_set(error: Exception, remedy: str) -> None:
    assert remedy in explain(error).remedy  # type: ignore[arg-type]  # each is a BotoCoreError


@pytest.mark.parametrize(
    ("code", "words", "remedy"),
    [
        ("AccessDenied", "no", "administrator"),
        ("ExpiredToken", "old", "Sign in again"),
        ("ValidationError", "Stack with id x does not exist", "--stack"),
        ("Throttling", "slow down", "Try again"),
    ],
)
def test_a_refusal_by_aws_names_what_to_do(code: str, words: str, remedy: str) -> None:
    refusal = ClientError({"Error": {"Code": code, "Message": words}}, "DescribeStacks")

    trouble = explain(refusal)

    assert words in trouble.reason
    assert remedy in trouble.remedy
