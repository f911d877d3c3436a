"""A message of a dead-letter queue, as Lambda hands it over."""

import re

from pydantic import AliasPath, ConfigDict, Field

from slugline.dead_letters import ATTRIBUTE
from slugline.model import Model

_ID = re.compile(r"[\w-]{1,100}")


class GivenUp(Model):
    """`queue` is the dead-letter queue's ARN, `sent_back_as` the row that it has from an earlier failure.

    `rule`, `target` and `error` are EventBridge's, of an event that it could not hand over:
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
    """

    model_config = ConfigDict(extra="ignore")

    message_id: str = Field(validation_alias="messageId")
    body: str
    queue: str = Field(validation_alias="eventSourceARN")
    group: str | None = Field(default=None, validation_alias=AliasPath("attributes", "MessageGroupId"))
    sent_back_as: str | None = Field(
        default=None, validation_alias=AliasPath("messageAttributes", ATTRIBUTE, "stringValue")
    )
    rule: str = Field(default="", validation_alias=AliasPath("messageAttributes", "RULE_ARN", "stringValue"))
    target: str = Field(default="", validation_alias=AliasPath("messageAttributes", "TARGET_ARN", "stringValue"))
    error_code: str = Field(default="", validation_alias=AliasPath("messageAttributes", "ERROR_CODE", "stringValue"))
    error: str = Field(default="", validation_alias=AliasPath("messageAttributes", "ERROR_MESSAGE", "stringValue"))

    @property
    def row_id(self) -> str:
        """The same for a message that was sent back and failed again."""
        return self.sent_back_as if _ID.fullmatch(self.sent_back_as or "") else self.message_id  # type: ignore[return-value]  # a match is no None
