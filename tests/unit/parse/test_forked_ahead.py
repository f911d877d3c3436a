"""The intake forks the parser's process before it asks AWS for anything, and leaves none behind."""

import os
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from intake import DroppedObject, Intake
from intake.services import IntakeServices
from slugline.desk import DeskSettings
from slugline.drops import Drop, Outcome

NOW = datetime(2026, 11, 27, tzinfo=UTC)
TAKEN = Drop(key="a.txt", sequencer="1", outcome=Outcome.ACCEPTED, at=NOW, correlation_id="c")
DROPPED = DroppedObject.model_validate(
    {"detail-type": "Object Created", "time": NOW, "detail": {"object": {"key": "a.txt", "sequencer": "1", "size": 9}}}
)


def child_processes() -> set[str]:
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split())


class Table:
    """Stands where the stories' table does, and notes which processes run while it is asked."""

    def __init__(self, known: Drop | None) -> None:
        self.known = known
        self.seen: set[str] = set()

    def drop(self, *_: str) -> Drop | None:
        self.seen = child_processes()
        return self.known

    def key_row(self, _: str) -> None:
        raise ConnectionError


def intake(table: Table) -> Intake:
    return Intake(cast(IntakeServices, SimpleNamespace(desk=DeskSettings(), stories=table)))


def test_it_waits_while_aws_is_asked_and_is_let_go_when_the_event_is_a_repeated_one() -> None:
    before, table = child_processes(), Table(known=TAKEN)

    assert intake(table).take_created(DROPPED) == TAKEN

    assert len(table.seen - before) == 1
    assert child_processes() == before


def test_it_is_let_go_when_aws_fails() -> None:
    before = child_processes()

    with pytest.raises(ConnectionError):
        intake(Table(known=None)).take_created(DROPPED)

    assert child_processes() == before
