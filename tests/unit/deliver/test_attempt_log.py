"""The log of attempts."""

import json
import logging
from types import SimpleNamespace
from typing import Any, cast

import pytest
from tests.support.delivery_world import SECRET, ScriptedSender, World

from delivering.attempt_log import log_attempts
from slugline.deliveries import Outcome
from slugline.domain.delivery_states import Answer

CONTEXT = cast(Any, SimpleNamespace(function_name="deliver", aws_request_id="r1"))


def logged(capsys: pytest.CaptureFixture[str], level: int = logging.INFO) -> str:
    """What is written about one delivery whose partner answered with a secret of its own."""
    world = World(ScriptedSender([Answer(outcome=Outcome.STATUS, ms=7, status=500, text="token=hunter2")]))
    world.endpoint()
    world.publish()
    world.deliver()
    log_attempts(cast(Any, SimpleNamespace(service="slugline", log_level=level)), CONTEXT, world.rows())
    return capsys.readouterr().out


def test_each_attempt_is_one_line_of_json_with_its_correlation_id(capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = logged(capsys).splitlines()

    found = json.loads(line)
    assert (found["level"], found["correlation_id"], found["function_request_id"]) == ("INFO", "drop-1", "r1")
    assert (found["state"], found["outcome"], found["status"], found["ms"]) == ("pending", "status", 500, 7)


def test_neither_body_nor_secret_nor_the_partners_answer_is_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    text = logged(capsys)

    assert "Flood reaches the harbour" not in text
    assert SECRET not in text
    assert "hunter2" not in text


def test_a_level_above_info_silences_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert logged(capsys, logging.WARNING) == ""
