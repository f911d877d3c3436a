"""A Lambda handler of events that reach it through EventBridge and SQS.

One bad message never blocks its neighbours: each is handled by itself, and only the failed are reported back, to be
received again and in the end to reach the dead-letter queue.
"""

import json
from collections.abc import Callable
from typing import Any, cast

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from slugline.events import Data, Detail
from slugline.runtime.telemetry import logger, metrics, tracer

Json = dict[str, Any]
Handler = Callable[[Json, LambdaContext], PartialItemFailureResponse]


def consumer(handle: Callable[[Json], None]) -> Handler:
    """The handler that gives each message's body, as JSON, to `handle`; an exception makes that message fail."""
    processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)

    @tracer.capture_method(capture_response=False)
    def one(record: SQSRecord) -> None:
        logger.append_keys(message_id=record.message_id)
        try:
            handle(json.loads(record.body))
        except Exception:
            # Logged here with its correlation id; Powertools then reports the message as failed.
            logger.exception("The message failed and will be received again.")
            metrics.add_metric("MessageFailed", MetricUnit.Count, 1)
            raise

    @logger.inject_lambda_context(clear_state=True)
    @tracer.capture_lambda_handler(capture_response=False)
    @metrics.log_metrics(capture_cold_start_metric=True)
    def handler(event: Json, context: LambdaContext) -> PartialItemFailureResponse:
        if not event["Records"]:  # asked only to start, as `slugline local` does ahead of the first file
            return {"batchItemFailures": []}
        return process_partial_response(event=event, record_handler=one, processor=processor, context=context)

    return cast(Handler, handler)  # Powertools' decorators are typed as Any


def data_of(body: Json, model: type[Data]) -> tuple[Data, str]:
    """An event's data and correlation id, from a message that EventBridge put in the queue.

    The correlation id is on every log line from here on. Raises pydantic.ValidationError.
    """
    detail = Detail[model].model_validate(body["detail"])  # type: ignore[valid-type]  # pydantic parametrises at run time
    correlate(detail.meta.correlation_id)
    return detail.data, detail.meta.correlation_id


def correlate(correlation_id: str) -> None:
    """Put the drop's correlation id on log lines and the trace."""
    logger.set_correlation_id(correlation_id)
    tracer.put_annotation("correlation_id", correlation_id)


def count(name: str) -> None:
    """Count one of something."""
    metrics.add_metric(name, MetricUnit.Count, 1)
