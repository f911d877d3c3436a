"""An event about one object of the intake bucket."""

from datetime import datetime
from typing import Literal

from pydantic import AliasPath, ConfigDict, Field

from slugline.domain.identity import correlation_id
from slugline.model import Model

_OBJECT = ("detail", "object")


class DroppedObject(Model):
    """Read from S3's event on EventBridge: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html.

    `key` is raw, as people typed it: EventBridge does not URL-encode it, and nothing here decodes it. `size` is in
    bytes, and 0 for a deletion. Powertools' model of the event comes with those of all AWS services.
    """

    model_config = ConfigDict(extra="ignore")

    happened: Literal["Object Created", "Object Deleted"] = Field(validation_alias="detail-type")
    time: datetime
    key: str = Field(validation_alias=AliasPath(*_OBJECT, "key"))
    sequencer: str = Field(default="", validation_alias=AliasPath(*_OBJECT, "sequencer"))
    size: int = Field(default=0, validation_alias=AliasPath(*_OBJECT, "size"))
    version_id: str | None = Field(default=None, validation_alias=AliasPath(*_OBJECT, "version-id"))

    @property
    def deleted(self) -> bool:
        return self.happened == "Object Deleted"

    @property
    def correlation_id(self) -> str:
        return correlation_id(self.key, self.sequencer)
