"""Sends a dead letter back to where it came from.

The message says whose row it is, so that its step closes the row. What cannot say so, an event on a bus and a message
that fills its queue's limit, leaves its row here: if it fails again it gets a new one.
"""

import json
from datetime import datetime
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from slugline.dead_letters import ATTRIBUTE, KeptLetter
from slugline_local.errors import Trouble
from slugline_local.stack import Stack

if TYPE_CHECKING:
    from mypy_boto3_sqs.type_defs import SendMessageRequestTypeDef


def redrive(stack: Stack, letter: KeptLetter, now: datetime) -> None:
    """The message first, then its row: a crash in between leaves it to be sent again, which every step bears.

    Raises Trouble, ObjectMissing, and botocore's errors.
    """
    body = stack.archive.read(letter.body_key).decode()
    if ":event-bus/" in letter.destination:
        _to_bus(stack, letter, body)
        stack.dead_letters.close(letter.id, now)
    elif _to_queue(stack, letter, body):
        stack.dead_letters.redriven(letter.id, now)
    else:
        stack.dead_letters.close(letter.id, now)


def _to_queue(stack: Stack, letter: KeptLetter, body: str) -> bool:
    """Whether the message says whose row it is; its attributes count towards the queue's limit of bytes."""
    name = letter.destination.rpartition(":")[2]
    request: SendMessageRequestTypeDef = {
        "QueueUrl": stack.aws.sqs.get_queue_url(QueueName=name)["QueueUrl"],
        "MessageBody": body,
        "MessageAttributes": {ATTRIBUTE: {"DataType": "String", "StringValue": letter.id}},
    }
    if letter.group:
        request["MessageGroupId"] = letter.group
    try:
        stack.aws.sqs.send_message(**request)
    except ClientError as error:
        if "InvalidParameterValue" not in error.response["Error"]["Code"]:
            raise
        del request["MessageAttributes"]
        stack.aws.sqs.send_message(**request)
        return False
    return True


def _to_bus(stack: Stack, letter: KeptLetter, body: str) -> None:
    event = json.loads(body)
    answer = stack.aws.events.put_events(
        Entries=[
            {
                "EventBusName": letter.destination,
                "Source": event["source"],
                "DetailType": event["detail-type"],
                "Detail": json.dumps(event["detail"]),
            }
        ]
    )
    if answer["FailedEntryCount"]:
        why = answer["Entries"][0].get("ErrorMessage", "no reason given")
        raise Trouble(f"The bus did not take the event: {why}", remedy="Send it back once that is mended.")
