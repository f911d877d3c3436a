"""What every consumer leaves in the table about a message: its row closed if it was a dead letter, or why it failed."""

from typing import Any

from slugline.dead_letters import ATTRIBUTE
from slugline.runtime.bootstrap import services
from slugline.runtime.telemetry import logger

Record = dict[str, Any]


def succeeded(record: Record) -> None:
    """Close the row of a dead letter that was sent back; nothing to do for any other message."""
    if attribute := record["messageAttributes"].get(ATTRIBUTE):
        services().dead_letters.close(attribute["stringValue"], services().clock.now())


def failed(record: Record, error: Exception) -> None:
    """Log the failure, and keep the reason for the case that it was the message's last try."""
    # Imported here: a cold start does not pay for failures.
    from slugline.runtime.failures import explained  # noqa: PLC0415 - for failures only

    # The body of the message is not in the line, since it may hold a story.
    logger.error("The message failed and will be received again.", message_id=record["messageId"], exc_info=error)
    try:
        services().dead_letters.note(record["messageId"], explained(error), services().clock.now())
    except Exception:
        # The message fails as it is, and comes again; the same outage may be why it failed.
        logger.exception("The reason could not be kept.")
