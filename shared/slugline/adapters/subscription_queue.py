"""The queue in front of hub, on SQS."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import islice
from math import ceil
from typing import TYPE_CHECKING

from slugline.adapters.delivery_queue import BATCH, NotQueued
from slugline.subscriptions import Subscription, SubscriptionPointer

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import SendMessageBatchRequestEntryTypeDef


class SqsSubscriptionQueue:
    """The port SubscriptionQueue. The message group is the callback's host: SQS's fair queueing between hosts."""

    def __init__(self, client: "SQSClient", url: str) -> None:
        self._client = client
        self._url = url

    def send(self, subscriptions: Iterable[tuple[Subscription, timedelta]]) -> None:
        """Raises NotQueued."""
        rest = iter(subscriptions)
        while batch := list(islice(rest, BATCH)):
            entries = [_entry(number, subscription, delay) for number, (subscription, delay) in enumerate(batch)]
            answer = self._client.send_message_batch(QueueUrl=self._url, Entries=entries)
            if failed := answer.get("Failed"):
                raise NotQueued(f"{len(failed)} of {len(entries)}: {failed[0].get('Message', failed[0]['Code'])}")


def _entry(number: int, subscription: Subscription, delay: timedelta) -> "SendMessageBatchRequestEntryTypeDef":
    pointer = SubscriptionPointer(subscription_key=subscription.key, subscription_id=subscription.id)
    return {
        "Id": str(number),
        "MessageBody": pointer.model_dump_json(),
        "DelaySeconds": ceil(delay.total_seconds()),
        "MessageGroupId": subscription.host[:128],
    }
