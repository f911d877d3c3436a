"""What goes onto the bus is what its readers parse."""

from datetime import UTC, datetime
from typing import Any

from slugline.adapters.eventbridge import EventBridgeBus
from slugline.events import Detail, StoryParsed
from slugline.story import Status

PARSED = StoryParsed(story_id="s1", version=1, status=Status.USABLE, pictures=0, story_key="stories/s1/v1.json")


class _Client:
    """Takes entries as EventBridge does."""

    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []

    def put_events(self, *, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803 - boto3's name
        self.entries += Entries
        return {"FailedEntryCount": 0, "Entries": [{"EventId": "1"}]}


class _Noon:
    def now(self) -> datetime:
        return datetime(2026, 1, 1, 12, tzinfo=UTC)


def test_a_published_event_carries_all_of_its_data() -> None:
    client = _Client()

    EventBridgeBus(client, "news", _Noon()).publish(PARSED, "drop-1")  # type: ignore[arg-type]  # the one call it makes

    (entry,) = client.entries
    assert entry["DetailType"] == "StoryParsed"
    assert Detail[StoryParsed].model_validate_json(entry["Detail"]).data == PARSED
