"""The queue in front of deliver, on SQS."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import islice
from math import ceil
from typing import TYPE_CHECKING

from slugline.deliveries import Delivery, Pointer
from slugline.partners import EventType

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import SendMessageBatchRequestEntryTypeDef

BATCH = 10


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
        by_url: dict[str, list[tuple[Delivery, timedelta]]] = {}
        for delivery, delay in deliveries:
            url = self._withdrawal_url if delivery.type is EventType.WITHDRAWN else self._url
            by_url.setdefault(url, []).append((delivery, delay))
        for url, waiting in by_url.items():
            self._send(url, waiting)

    def _send(self, url: str, waiting: list[tuple[Delivery, timedelta]]) -> None:
        rest = iter(waiting)
        while batch := list(islice(rest, BATCH)):
            entries = [_entry(number, delivery, delay) for number, (delivery, delay) in enumerate(batch)]
            answer = self._client.send_message_batch(QueueUrl=url, Entries=entries)
            if failed := answer.get("Failed"):
                raise NotQueued(f"{len(failed)} of {len(entries)}: {failed[0].get('Message', failed[0]['Code'])}")


def _entry(number: int, delivery: Delivery, delay: timedelta) -> "SendMessageBatchRequestEntryTypeDef":
    return {
        "Id": str(number),
        "MessageBody": Pointer(delivery_id=delivery.id).model_dump_json(),
        "DelaySeconds": ceil(delay.total_seconds()),
        "MessageGroupId": delivery.host[:128],
    }
