"""The ledger of withdrawals: who was told of which one, when, and who confirmed."""

import csv
import io
import json
from collections.abc import Iterable
from enum import StrEnum

from pydantic import Field

from slugline.deliveries import Attempt, Delivery, DeliveryState
from slugline.model import Instant, Model

# What a spreadsheet would take for a formula: https://owasp.org/www-community/attacks/CSV_Injection
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Confirmation(StrEnum):
    """How a partner confirmed: it answered our POST with 2xx, or acknowledged the message by the API."""

    ANSWER = "answer"
    ACKNOWLEDGEMENT = "acknowledgement"


class LedgerEntry(Model):
    """One endpoint and one withdrawal. An answer of 2xx confirms, and so does an acknowledgement."""

    delivery_id: str
    story_id: str
    version: int
    reason: str | None = Field(description="why the story was withdrawn")
    partner_id: str
    partner: str | None = Field(description="the partner's name; null once the partner is deleted")
    endpoint_id: str
    host: str
    state: DeliveryState
    decided_at: Instant = Field(description="when it was decided to tell this endpoint")
    attempts: int
    first_attempt_at: Instant | None
    last_attempt_at: Instant | None
    last_result: str | None = Field(description="the status, or what went wrong")
    confirmed: bool
    confirmed_at: Instant | None
    confirmed_by: Confirmation | None = Field(default=None, description="whichever was first")


def ledger_entry(delivery: Delivery, partner: str | None) -> LedgerEntry:
    """What the delivery of a withdrawal says for the ledger. Sent again later, it stays confirmed."""
    last = delivery.attempts[-1] if delivery.attempts else None
    said = {Confirmation.ANSWER: delivery.delivered_at, Confirmation.ACKNOWLEDGEMENT: delivery.acknowledged_at}
    confirmations = [(at, by) for by, at in said.items() if at]
    confirmed_at, confirmed_by = min(confirmations, default=(None, None))
    return LedgerEntry(
        delivery_id=delivery.id,
        story_id=delivery.story_id,
        version=delivery.version,
        reason=json.loads(delivery.body)["data"].get("reason"),
        partner_id=delivery.partner_id,
        partner=partner,
        endpoint_id=delivery.endpoint_id,
        host=delivery.host,
        state=delivery.state,
        decided_at=delivery.created_at,
        attempts=last.number if last else 0,
        first_attempt_at=delivery.first_attempt_at,
        last_attempt_at=last.at if last else None,
        last_result=_result(last) if last else None,
        confirmed=confirmed_by is not None,
        confirmed_at=confirmed_at,
        confirmed_by=confirmed_by,
    )


def ledger_csv(entries: Iterable[LedgerEntry]) -> str:
    """The entries as CSV (RFC 4180), with a line of names first."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(LedgerEntry.model_fields)
    for entry in entries:
        writer.writerow(map(_cell, entry.model_dump(mode="json").values()))
    return text.getvalue()


def _result(attempt: Attempt) -> str:
    return str(attempt.status or attempt.outcome)


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
