"""The whole service in moto."""

from collections.abc import Iterator

import pytest
from moto import mock_aws
from tests.support.newsroom import Newsroom


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What boto3 and Powertools want of the environment where nothing is on AWS."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "true")


@pytest.fixture
def newsroom(environment: None) -> Iterator[Newsroom]:  # noqa: ARG001 - for what it sets
    """A freshly deployed stack."""
    with mock_aws():
        room = Newsroom()
        room.deploy()
        yield room
