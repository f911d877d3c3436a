"""The moto driver: the real template created in moto, its queues polled as declared, handlers called in process.

What moto leaves out is done here, openly: S3's events are put on the default bus in AWS's own shape (moto's have one
constant sequencer), the clock ticks when told to, and a function can be made to die.
"""

import json
import secrets
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib import import_module
from io import BytesIO
from typing import Any

import boto3
import botocore.session
from tests.support.template import PARAMETERS, REGION, transformed_template

from slugline.runtime import bootstrap
from slugline.runtime.bootstrap import Services
from slugline.runtime.settings import Settings

STACK = "slugline"
Json = dict[str, Any]


class ProcessKilled(BaseException):
    """What a kill -9 is to the code: nothing after it runs, no `except Exception` sees it."""


@dataclass
class SetClock:
    """A clock that stands still until it is moved."""

    moment: datetime = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def advance(self, **by: float) -> None:
        self.moment += timedelta(**by)


@dataclass(frozen=True)
class Happening:
    """Something that happened in the intake bucket, as S3 tells of it, for whoever wants to delay or repeat it."""

    detail_type: str
    detail: Json
    time: datetime


class Calls:
    """Counts the calls that functions make to AWS, and does something right after a chosen one: dying, say.

    The state outside a process that died before its next call is the one after its last: one point covers both.
    """

    def __init__(self) -> None:
        self.function = ""
        self.made: dict[str, int] = {}
        self.bus_events: list[Json] = []
        self.put: list[str] = []
        self.queried: list[int] = []
        self._after: dict[tuple[str, int], Callable[[], None]] = {}

    def restart(self) -> None:
        """Count from zero, and forget what was planned, put and queried."""
        self.made.clear()
        self.put.clear()
        self.queried.clear()
        self._after.clear()

    def after(self, function: str, call: int, action: Callable[[], None]) -> None:
        """Do this once, right after the function's so many-th call since `restart`."""
        self._after[function, call] = action

    def listen(self, session: botocore.session.Session) -> None:
        """Count the calls of clients that this session makes from now on."""
        session.register("after-call", self._made)
        session.register("provide-client-params.events.PutEvents", self._published)
        session.register("provide-client-params.s3.PutObject", lambda params, **_: self.put.append(params["Key"]))
        session.register("after-call.dynamodb.Query", lambda parsed, **_: self.queried.append(parsed["Count"]))

    def _made(self, **_: Any) -> None:
        self.made[self.function] = self.made.get(self.function, 0) + 1
        if action := self._after.pop((self.function, self.made[self.function]), None):
            function = self.function
            action()
            self.function = function

    def _published(self, params: Json, **_: Any) -> None:
        self.bus_events.extend(params["Entries"])


def die() -> None:
    """The process is gone."""
    raise ProcessKilled


class LambdaContext:
    """What handlers and Powertools look at."""

    function_name = "slugline"
    memory_limit_in_mb = 1024
    invoked_function_arn = "arn:aws:lambda:eu-central-1:123456789012:function:slugline"
    aws_request_id = "52fdfc07-2182-154f-163f-5f0f9a621d72"

    @staticmethod
    def get_remaining_time_in_millis() -> int:
        return 30_000


@dataclass(frozen=True)
class Mapping:
    """An event source mapping of the template."""

    function: str
    queue_url: str
    queue_arn: str
    batch_size: int


@dataclass
class Newsroom:
    """A deployed stack, seen from outside: drop files, look at the site."""

    clock: SetClock = field(default_factory=SetClock)
    outputs: dict[str, str] = field(default_factory=dict)
    mappings: list[Mapping] = field(default_factory=list)
    services: dict[str, Services] = field(default_factory=dict)
    calls: Calls = field(default_factory=Calls)
    happenings: list[Happening] = field(default_factory=list)
    _sequence: int = 0x0055AED6DCD90281E5

    def deploy(self) -> None:
        """Create the template's stack in moto."""
        self.session = boto3.session.Session(region_name=REGION)
        self.functions_session = botocore.session.get_session()
        self.functions_session.set_config_variable("region", REGION)
        self.calls.listen(self.functions_session)
        self._upload_artefact()
        template = json.loads(json.dumps(transformed_template()))
        declared = {
            name: template["Resources"].pop(name)
            for name, resource in list(template["Resources"].items())
            if resource["Type"] == "AWS::Lambda::EventSourceMapping"
        }
        for resource in template["Resources"].values():
            if "ScheduleExpression" in resource.get("Properties", {}):
                # moto hands every event to a rule without a pattern; `tick` does what the schedule does.
                del resource["Properties"]["Targets"]
        cloudformation = self.session.client("cloudformation")
        cloudformation.create_stack(
            StackName=STACK,
            TemplateBody=json.dumps(template),
            Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in PARAMETERS.items()],
            Capabilities=["CAPABILITY_IAM"],
        )
        (stack,) = cloudformation.describe_stacks(StackName=STACK)["Stacks"]
        self.outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
        resources = cloudformation.describe_stack_resources(StackName=STACK)["StackResources"]
        self.physical = {
            one["LogicalResourceId"]: one["PhysicalResourceId"] for one in resources if "PhysicalResourceId" in one
        }
        self._configure_buckets(template)
        self._wire(declared)

    def drop(self, key: str, data: bytes, *, delayed: bool = False) -> Happening:
        """An editor drops a file. A delayed event is one that somebody else has to `send`."""
        answer = self.s3.put_object(Bucket=self.outputs["IntakeBucket"], Key=key, Body=data)
        event = self._event(key)
        event["object"] |= {"size": len(data), "etag": answer["ETag"].strip('"'), "version-id": answer["VersionId"]}
        event["reason"] = "PutObject"
        return self._happened(Happening("Object Created", event, self.clock.now()), delayed=delayed)

    def delete(self, key: str, *, delayed: bool = False) -> Happening:
        """An editor deletes a file."""
        self.s3.delete_object(Bucket=self.outputs["IntakeBucket"], Key=key)
        event = self._event(key)
        event |= {"reason": "DeleteObject", "deletion-type": "Delete Marker Created"}
        return self._happened(Happening("Object Deleted", event, self.clock.now()), delayed=delayed)

    def send(self, happening: Happening) -> None:
        """S3's event reaches the default bus; sending it again is what at-least-once means."""
        self.session.client("events").put_events(
            Entries=[
                {
                    "Source": "aws.s3",
                    "DetailType": happening.detail_type,
                    "Detail": json.dumps(happening.detail),
                    "Time": happening.time,
                }
            ]
        )

    def repeat_everything(self) -> None:
        """Every event there ever was reaches its rules once more."""
        for happening in self.happenings:
            self.send(happening)
        for entry in list(self.calls.bus_events):
            self.session.client("events").put_events(Entries=[entry])

    def tick(self) -> None:
        """A minute's schedule event reaches clock's queue."""
        event = {
            "version": "0",
            "id": secrets.token_hex(16),
            "detail-type": "Scheduled Event",
            "source": "aws.events",
            "account": "123456789012",
            "time": self.clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
            "region": REGION,
            "resources": [f"arn:aws:events:{REGION}:123456789012:rule/{self.physical['ClockRule']}"],
            "detail": {},
        }
        sqs = self.session.client("sqs")
        sqs.send_message(QueueUrl=self.physical["ClockQueue"], MessageBody=json.dumps(event))

    def settle(self, rounds: int = 200) -> None:
        """Poll every queue as its mapping says until all are empty. A message that fails is received again."""
        work = [mapping for mapping in self.mappings if mapping.function != "dead_letter"]
        dead_letters = [mapping for mapping in self.mappings if mapping.function == "dead_letter"]
        for _ in range(rounds):
            if not sum(map(self._poll, work)) and not sum(map(self._poll, dead_letters)):
                return
        raise AssertionError("the queues never became empty")

    def invoke(self, function: str, event: Json) -> Any:
        """Call a function's handler as Lambda does: its environment, an event, a context."""
        module = import_module(f"{function}_handler")
        for kept in vars(module).values():
            # A handler keeps its use case for the container's life; here every call is a new container.
            if hasattr(kept, "cache_clear") and getattr(kept, "__module__", "") == module.__name__:
                kept.cache_clear()
        with self.running(function):
            return module.handler(event, LambdaContext())

    @contextmanager
    def running(self, function: str) -> Iterator[Services]:
        """The services of a function, in place of those that its environment would give it."""
        before, self.calls.function = self.calls.function, function
        bootstrap.use(self.services[function])
        try:
            yield self.services[function]
        finally:
            # One function may run in the midst of another.
            self.calls.function = before
            bootstrap.use(self.services[before] if before else None)

    @property
    def s3(self) -> Any:
        return self.session.client("s3")

    def site(self, key: str) -> bytes:
        """An object of the site."""
        body: bytes = self.s3.get_object(Bucket=self.outputs["SiteBucket"], Key=key)["Body"].read()
        return body

    def site_keys(self, prefix: str = "") -> list[str]:
        answer = self.s3.list_objects_v2(Bucket=self.outputs["SiteBucket"], Prefix=prefix)
        return [entry["Key"] for entry in answer.get("Contents", [])]

    def dead_letters(self) -> int:
        """Messages in all dead-letter queues together, and those that have a row by now."""
        sqs = self.session.client("sqs")
        kept = len(list(self.services["dead_letter"].dead_letters.open()))
        return kept + sum(
            int(
                sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])["Attributes"][
                    "ApproximateNumberOfMessages"
                ]
            )
            for name, url in self.physical.items()
            if name.endswith("DeadLetterQueue") or name == "UndeliveredEventsQueue"
        )

    def _poll(self, mapping: Mapping) -> int:
        sqs = self.session.client("sqs")
        answer = sqs.receive_message(
            QueueUrl=mapping.queue_url,
            MaxNumberOfMessages=mapping.batch_size,
            AttributeNames=["All"],
            MessageAttributeNames=["All"],
        )
        messages = answer.get("Messages", [])
        if not messages:
            return 0
        try:
            result = self.invoke(
                mapping.function, {"Records": [_record(message, mapping.queue_arn) for message in messages]}
            )
        except ProcessKilled:
            # Nobody answered for the batch: after the visibility timeout all of it is received again.
            result = {"batchItemFailures": [{"itemIdentifier": message["MessageId"]} for message in messages]}
        failed = {failure["itemIdentifier"] for failure in (result or {}).get("batchItemFailures", [])}
        for message in messages:
            handle = {"QueueUrl": mapping.queue_url, "ReceiptHandle": message["ReceiptHandle"]}
            if message["MessageId"] in failed:
                sqs.change_message_visibility(**handle, VisibilityTimeout=0)
            else:
                sqs.delete_message(**handle)
        return len(messages)

    def _happened(self, happening: Happening, *, delayed: bool) -> Happening:
        self.happenings.append(happening)
        if not delayed:
            self.send(happening)
        return happening

    def _event(self, key: str) -> Json:
        self._sequence += 1
        return {
            "version": "0",
            "bucket": {"name": self.outputs["IntakeBucket"]},
            "object": {"key": key, "sequencer": f"{self._sequence:018X}"},
            "request-id": secrets.token_hex(8).upper(),
            "requester": "123456789012",
            "source-ip-address": "203.0.113.7",
        }

    def _upload_artefact(self) -> None:
        archive = BytesIO()
        with zipfile.ZipFile(archive, "w") as zipped:
            zipped.writestr("function.py", "")
        self.s3.create_bucket(Bucket="artefacts", CreateBucketConfiguration={"LocationConstraint": REGION})
        self.s3.put_object(Bucket="artefacts", Key="function.zip", Body=archive.getvalue())

    def _configure_buckets(self, template: Json) -> None:
        """moto's CloudFormation leaves out a bucket's versioning."""
        for name, resource in template["Resources"].items():
            if versioning := resource.get("Properties", {}).get("VersioningConfiguration"):
                self.s3.put_bucket_versioning(Bucket=self.physical[name], VersioningConfiguration=versioning)

    def _wire(self, declared: dict[str, Json]) -> None:
        """Event source mappings and each function's environment, as the stack resolved them."""
        functions = {name: physical for name, physical in self.physical.items() if name.endswith("Function")}
        awslambda = self.session.client("lambda")
        for name, physical in functions.items():
            found = awslambda.get_function_configuration(FunctionName=physical)
            environment = {key: str(value) for key, value in found["Environment"]["Variables"].items()}
            settings = Settings.from_environment({"DISTRIBUTION_ID": "", **environment})
            self.services[_folder(name)] = self.make_services(settings)
        for mapping in declared.values():
            properties = mapping["Properties"]
            queue = properties["EventSourceArn"]["Fn::GetAtt"][0]
            url = self.physical[queue]
            attributes = self.session.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
            self.mappings.append(
                Mapping(
                    _folder(properties["FunctionName"]["Ref"]),
                    url,
                    attributes["Attributes"]["QueueArn"],
                    properties["BatchSize"],
                )
            )

    def make_services(self, settings: Settings) -> Services:
        services = Services(settings=settings, session=self.functions_session, clock=self.clock)
        # moto has no CloudFormation support for distributions, so there is none to ask.
        services.__dict__["cdn"] = ForgetfulCdn()
        return services


class ForgetfulCdn:
    """Remembers what it was told to forget."""

    def __init__(self) -> None:
        self.forgotten: list[str] = []

    def forget(self, paths: Any) -> None:
        self.forgotten.extend(paths)


def _folder(function: str) -> str:
    """ImageResizeFunction to image_resize."""
    name = function.removesuffix("Function")
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")


def _record(message: Json, queue_arn: str) -> Json:
    """A message as Lambda's SQS integration hands it over."""
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message["Attributes"],
        "messageAttributes": {
            name: {"stringValue": attribute["StringValue"], "dataType": attribute["DataType"]}
            for name, attribute in message.get("MessageAttributes", {}).items()
        },
        "md5OfBody": message["MD5OfBody"],
        "eventSource": "aws:sqs",
        "eventSourceARN": queue_arn,
        "awsRegion": REGION,
    }
