"""The event bus on Amazon EventBridge."""

import hashlib
from typing import TYPE_CHECKING

from slugline.events import SOURCE, Detail, EventData, Meta
from slugline.ports.bus import PublishFailed
from slugline.ports.clock import Clock

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient

MAX_ENTRY_BYTES = 256 * 1024
"""https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html; emulators accept more, so check here."""


class EventBridgeBus:
    """One bus."""

    def __init__(self, client: "EventBridgeClient", name: str, clock: Clock) -> None:
        self._client = client
        self._name = name
        self._clock = clock

    def publish(self, data: EventData, correlation_id: str) -> None:
        """Raises PublishFailed when the bus did not take the event."""
        detail = self._envelope(data, correlation_id).model_dump_json()
        kind = type(data).__name__
        if len(detail.encode()) + len(SOURCE) + len(kind) > MAX_ENTRY_BYTES:
            raise PublishFailed(f"{kind} is larger than EventBridge takes: events carry locations, never bodies.")
        answer = self._client.put_events(
            Entries=[{"EventBusName": self._name, "Source": SOURCE, "DetailType": kind, "Detail": detail}]
        )
        # A 200 can carry refused entries.
        if answer["FailedEntryCount"]:
            entry = answer["Entries"][0]
            raise PublishFailed(f"{kind}: {entry.get('ErrorCode')}: {entry.get('ErrorMessage')}")

    def _envelope(self, data: EventData, correlation_id: str) -> Detail[EventData]:
        kind = type(data).__name__
        content = data.model_dump_json()
        meta = Meta(
            id=hashlib.sha256(f"{kind}\n{correlation_id}\n{content}".encode()).hexdigest()[:32],
            type=kind,
            schema_version=data.schema_version,
            time=self._clock.now(),
            correlation_id=correlation_id,
        )
        return Detail[EventData](meta=meta, data=data)
