"""What a message is about, read from its body: whatever anybody may have put into a queue."""

import json
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from pydantic import AliasPath, ConfigDict, Field, ValidationError

from slugline.deliveries import Pointer, delivery_key
from slugline.domain.identity import correlation_id
from slugline.model import Model
from slugline.subscriptions import SubscriptionPointer

TICK = "Scheduled Event"
"""https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html"""
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_LONGEST = 1024
_DATA = ("detail", "data")
_OBJECT = ("detail", "object")


class Subject(Model):
    """What can be said of a message; None where it does not say.

    `tick_of` is the day of a tick of a schedule: the next tick comes by itself and does the work of all before it.
    """

    what: str
    file: str | None = None
    story_id: str | None = None
    version: int | None = None
    correlation_id: str | None = None
    delivery_id: str | None = None
    tick_of: str | None = None


class _Event(Model):
    """The parts of an event that names can be read from."""

    model_config = ConfigDict(extra="ignore")

    type: str = Field(validation_alias="detail-type", max_length=_LONGEST)
    time: str = Field(default="", max_length=_LONGEST)
    key: str | None = Field(default=None, validation_alias=AliasPath(*_OBJECT, "key"), max_length=_LONGEST)
    sequencer: str = Field(default="", validation_alias=AliasPath(*_OBJECT, "sequencer"), max_length=_LONGEST)
    story_id: str | None = Field(default=None, validation_alias=AliasPath(*_DATA, "story_id"), max_length=_LONGEST)
    version: int | None = Field(default=None, validation_alias=AliasPath(*_DATA, "version"))
    feed: str | None = Field(default=None, validation_alias=AliasPath(*_DATA, "feeds", 0, "key"), max_length=_LONGEST)
    summary: str | None = Field(default=None, validation_alias=AliasPath(*_DATA, "summary"), max_length=_LONGEST)
    correlation_id: str | None = Field(
        default=None, validation_alias=AliasPath("detail", "meta", "correlation_id"), max_length=_LONGEST
    )


def subject_of(body: str) -> Subject:
    """Never raises: a message that is none of ours is one too."""
    with suppress(json.JSONDecodeError, RecursionError):
        message = json.loads(body)
        for read in _READERS:
            with suppress(ValidationError, ValueError):
                return read(message)
    return Subject(what="a message that is none of ours")


def _of_event(message: Any) -> Subject:
    event = _Event.model_validate(message)
    drop = event.key and correlation_id(event.key, event.sequencer)
    about = event.feed or event.summary
    day = _DAY.match(event.time)
    return Subject(
        what=f"{event.type}: {about}" if about else event.type,
        file=event.key,
        story_id=event.story_id,
        version=event.version,
        correlation_id=event.correlation_id or drop,
        tick_of=day[0] if day and event.type == TICK else None,
    )


def _of_delivery(message: Any) -> Subject:
    pointer = Pointer.model_validate(message)
    key = delivery_key(pointer.delivery_id)
    return Subject(
        what=f"delivery {pointer.delivery_id}",
        story_id=key.story_id,
        version=key.version,
        delivery_id=pointer.delivery_id,
        correlation_id=pointer.delivery and pointer.delivery.correlation_id,
    )


def _of_subscription(message: Any) -> Subject:
    pointer = SubscriptionPointer.model_validate(message)
    return Subject(what=f"{pointer.subscription_key} for {pointer.subscription_id}"[:_LONGEST])


_READERS: tuple[Callable[[Any], Subject], ...] = (_of_event, _of_delivery, _of_subscription)
