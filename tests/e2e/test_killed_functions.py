"""A function killed in mid-work loses nothing."""

import os
import signal

import pytest
from tests.e2e.conftest import SAMPLES, Newsroom, eventually
from tests.e2e.processes import descendants

pytestmark = pytest.mark.e2e

QUEUES = {
    "ParseFunction": "ParseQueue",
    "ImageResizeFunction": "ImageResizeQueue",
    "RenderFunction": "RenderQueue",
    "NotifyFunction": "NotifyQueue",
    "DeliverFunction": "DeliverQueue",
}


def processes_of(function: str) -> list[int]:
    name = f"ministack-lambda-slugline-{function}"
    return [pid for pid, command in descendants(os.getpid()).items() if name in command]


def in_flight(newsroom: Newsroom, queue: str) -> int:
    resource = newsroom.stack.aws.cloudformation.describe_stack_resource(
        StackName=newsroom.running.stack, LogicalResourceId=queue
    )
    url = resource["StackResourceDetail"]["PhysicalResourceId"]
    name = "ApproximateNumberOfMessagesNotVisible"
    found = newsroom.stack.aws.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=[name])
    return int(found["Attributes"][name])


@pytest.mark.parametrize("function", QUEUES)
def test_what_a_killed_function_held_is_published_all_the_same(newsroom: Newsroom, function: str) -> None:
    queue, key = QUEUES[function], f"killed-{function}.jpg"
    photo = (SAMPLES / "photo" / "airplane.jpg").read_bytes()
    # Bytes after a JPEG's end make it another file, so that each case has pictures of its own to make.
    eventually(lambda: processes_of(function) and in_flight(newsroom, queue) == 0)
    stopped = processes_of(function)
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)  # it will take the message, and hold it

    newsroom.drop(key, photo + function.encode())
    eventually(lambda: in_flight(newsroom, queue))
    for pid in stopped:
        os.kill(pid, signal.SIGKILL)

    head = newsroom.published(key)
    assert newsroom.page(head).status_code == 200
    newsroom.told(head)
