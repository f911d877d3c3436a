"""Alerts about endpoints, in the terminal: on a laptop there is nobody to mail them to."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from slugline_local.aws import Aws
from slugline_local.explain import AWS_ERRORS

_WAIT_SECONDS = 2
_QUEUE = "slugline-alerts-in-terminal"


@contextmanager
def telling(aws: Aws, topic: str, tell: Callable[[str], None]) -> Iterator[None]:
    """As long as the block lasts, what is published to the topic is told, as it would be mailed."""
    queue = aws.sqs.create_queue(QueueName=_QUEUE)["QueueUrl"]
    attributes = aws.sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]
    aws.sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=attributes["QueueArn"])
    stop = threading.Event()
    thread = threading.Thread(target=_tell_all, args=(aws, queue, tell, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=_WAIT_SECONDS + 1)


def _tell_all(aws: Aws, queue: str, tell: Callable[[str], None], stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            answer = aws.sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, WaitTimeSeconds=_WAIT_SECONDS)
            for message in answer.get("Messages", []):
                tell(json.loads(message["Body"])["Message"])
                aws.sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        except AWS_ERRORS:
            if not stop.wait(_WAIT_SECONDS):
                continue  # the laptop's AWS is busy, or ends before we do
