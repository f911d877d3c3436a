"""An event about one object of the intake bucket."""

from dataclasses import dataclass
from datetime import datetime

from aws_lambda_powertools.utilities.parser.models import S3EventNotificationEventBridgeModel

from slugline.domain.identity import correlation_id


@dataclass(frozen=True)
class DroppedObject:
    """`key` is raw, as people typed it: EventBridge does not URL-encode it, and nothing here decodes it."""

    key: str
    sequencer: str
    time: datetime
    size: int = 0
    version_id: str | None = None

    @classmethod
    def of(cls, event: S3EventNotificationEventBridgeModel) -> "DroppedObject":
        dropped = event.detail.object
        return cls(
            key=dropped.key,
            sequencer=dropped.sequencer or "",
            time=event.time,
            size=int(dropped.size or 0),
            version_id=dropped.version_id,
        )

    @property
    def correlation_id(self) -> str:
        return correlation_id(self.key, self.sequencer)
