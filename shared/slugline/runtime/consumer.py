"""A Lambda handler of events that reach it through EventBridge and SQS.

One bad message never blocks its neighbours: each is handled by itself, and only the failed are reported back, to be
received again and in the end to reach the dead-letter queue.
"""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from aws_lambda_powertools.metrics import MetricUnit

from slugline.events import Data, Detail
from slugline.runtime.outcome import failed, succeeded
from slugline.runtime.telemetry import logger, metrics

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

Json = dict[str, Any]
Handler = Callable[[Json, "LambdaContext"], Json]


def consumer(handle: Callable[[Json], None]) -> Handler:
    """The handler that gives each message's body, as JSON, to `handle`; an exception makes that message fail.

    It answers with the failed, as ReportBatchItemFailures wants them. Powertools' batch processor does the same, but
    imports its models of every AWS event for it, a quarter of a cold start.
    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
    """

    def succeeds(record: Json) -> bool:
        logger.append_keys(message_id=record["messageId"])
        try:
            handle(json.loads(record["body"]))
            succeeded(record)
        except Exception as error:
            # Logged here with its correlation id; the answer then reports the message as failed.
            failed(record, error)
            count("MessageFailed")
            return False
        return True

    @logger.inject_lambda_context(clear_state=True)
    @metrics.log_metrics(capture_cold_start_metric=True)
    def handler(event: Json, context: "LambdaContext") -> Json:  # noqa: ARG001 - Lambda's signature
        again = [record["messageId"] for record in event["Records"] if not succeeds(record)]
        return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in again]}

    return cast(Handler, handler)  # Powertools' decorators are typed as Any


def data_of(body: Json, model: type[Data]) -> tuple[Data, str]:
    """An event's data and correlation id, from a message that EventBridge put in the queue.

    The correlation id is on every log line from here on. Raises pydantic.ValidationError.
    """
    detail = Detail[model].model_validate(body["detail"])  # type: ignore[valid-type]  # pydantic parametrises at run time
    correlate(detail.meta.correlation_id)
    return detail.data, detail.meta.correlation_id


def correlate(correlation_id: str) -> None:
    """Put the drop's correlation id on log lines."""
    logger.set_correlation_id(correlation_id)


def count(name: str) -> None:
    """Count one of something."""
    metrics.add_metric(name, MetricUnit.Count, 1)
