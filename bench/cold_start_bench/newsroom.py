"""The laptop's AWS with the real template deployed and no function running: every event is ours to hand on."""

import json
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from slugline_local.aws import Aws, laptop
from slugline_local.runtime.ministack import REGION
from slugline_local.runtime.session import Options, runtime
from slugline_local.runtime.state import Running

_PATIENCE_SECONDS = 10.0


@dataclass(frozen=True)
class Newsroom:
    """A deployed stack whose queues nobody reads."""

    aws: Aws
    running: Running
    resources: dict[str, str]

    def environment(self, function: str) -> dict[str, str]:
        """The variables that Lambda gives the function of this name in the template."""
        configuration = self.aws.functions.get_function_configuration(FunctionName=self.resources[function])
        return {
            **configuration["Environment"]["Variables"],
            "AWS_LAMBDA_FUNCTION_NAME": function,
            "AWS_ENDPOINT_URL": self.running.endpoint,
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
        }

    def drop(self, key: str, data: bytes) -> None:
        """A file in the intake bucket."""
        self.aws.s3.put_object(Bucket=self.running.intake_bucket, Key=key, Body=data)

    def put(self, queue: str, body: dict[str, Any]) -> None:
        """A message in a queue."""
        self.aws.sqs.send_message(QueueUrl=self.resources[queue], MessageBody=json.dumps(body))

    def take(self, queue: str) -> dict[str, Any]:
        """The next message of a queue, as Lambda's event. Raises LookupError when none comes."""
        url = self.resources[queue]
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            for message in self.aws.sqs.receive_message(QueueUrl=url, WaitTimeSeconds=1).get("Messages", []):
                self.aws.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
                return {"Records": [_record(message, self._arn(url))]}
        raise LookupError(f"nothing came to {queue}")

    def _arn(self, url: str) -> str:
        return self.aws.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]


@contextmanager
def newsroom() -> Iterator[Newsroom]:
    """Deploys, and stops the event source mappings."""
    with runtime(Options(start_functions=False), lambda _: None) as running, closing(_aws(running)) as aws:
        for mapping in aws.functions.list_event_source_mappings()["EventSourceMappings"]:
            aws.functions.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
        described = aws.cloudformation.describe_stack_resources(StackName=running.stack)["StackResources"]
        yield Newsroom(aws, running, {each["LogicalResourceId"]: each["PhysicalResourceId"] for each in described})


def _aws(running: Running) -> Aws:
    return laptop(running.endpoint, running.region)


def _record(message: Any, queue_arn: str) -> dict[str, Any]:
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": {"ApproximateReceiveCount": "1"},
        "messageAttributes": {},
        "md5OfBody": message["MD5OfBody"],
        "eventSource": "aws:sqs",
        "eventSourceARN": queue_arn,
        "awsRegion": REGION,
    }
