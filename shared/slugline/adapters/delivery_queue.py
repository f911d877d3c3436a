"""The queue in front of deliver, on SQS."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING

from slugline.deliveries import Delivery, Pointer
from slugline.partners import EventType

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import SendMessageBatchRequestEntryTypeDef

BATCH = 10
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html: of a whole request.
# 1 MiB since 2025; emulators and some partitions still have the old limit.
BATCH_BYTES = 250_000


class NotQueued(Exception):  # noqa: N818 - reads as the outcome it is
    """The queue did not take a pointer; the caller's own message is to be retried."""


class SqsDeliveryQueue:
    """The port DeliveryQueue.

    The message group is the partner's host: on a standard queue that is SQS's fair queueing, so that one slow partner
    leaves the others their share. Withdrawals have a queue of their own.
    """

    def __init__(self, client: "SQSClient", url: str, withdrawal_url: str = "") -> None:
        self._client = client
        self._url = url
        self._withdrawal_url = withdrawal_url or url

    def send(self, deliveries: Iterable[tuple[Delivery, timedelta]]) -> None:
        """Raises NotQueued."""
        self._put([(delivery, _pointer(delivery), delay) for delivery, delay in deliveries])

    def announce(self, deliveries: Iterable[Delivery]) -> None:
        """Raises NotQueued."""
        self._put([(delivery, _whole(delivery), timedelta()) for delivery in deliveries])

    def _put(self, messages: list[tuple[Delivery, Pointer, timedelta]]) -> None:
        by_url: dict[str, list[SendMessageBatchRequestEntryTypeDef]] = {}
        for delivery, pointer, delay in messages:
            url = self._withdrawal_url if delivery.type is EventType.WITHDRAWN else self._url
            entries = by_url.setdefault(url, [])
            entries.append(_entry(len(entries), delivery, pointer, delay))
        for url, waiting in by_url.items():
            for batch in _batches(waiting):
                self._send(url, batch)

    def _send(self, url: str, entries: "list[SendMessageBatchRequestEntryTypeDef]") -> None:
        answer = self._client.send_message_batch(QueueUrl=url, Entries=entries)
        if failed := answer.get("Failed"):
            raise NotQueued(f"{len(failed)} of {len(entries)}: {failed[0].get('Message', failed[0]['Code'])}")


def _batches(
    entries: "list[SendMessageBatchRequestEntryTypeDef]",
) -> "Iterator[list[SendMessageBatchRequestEntryTypeDef]]":
    """At most ten messages, and as many bytes as one request may have."""
    batch: list[SendMessageBatchRequestEntryTypeDef] = []
    size = 0
    for entry in entries:
        length = len(entry["MessageBody"].encode())
        if batch and (len(batch) == BATCH or size + length > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(entry)
        size += length
    if batch:
        yield batch


def _pointer(delivery: Delivery) -> Pointer:
    return Pointer(delivery_id=delivery.id)


def _whole(delivery: Delivery) -> Pointer:
    return Pointer(delivery_id=delivery.id, delivery=delivery)


def _entry(
    number: int, delivery: Delivery, pointer: Pointer, delay: timedelta
) -> "SendMessageBatchRequestEntryTypeDef":
    return {
        "Id": str(number),
        "MessageBody": pointer.model_dump_json(exclude_defaults=True),
        "DelaySeconds": ceil(delay.total_seconds()),
        "MessageGroupId": delivery.host[:128],
    }
