"""deliver: one signed POST per pointer in the queue.

The messages of a batch are sent side by side, so that a partner that hangs delays none of its neighbours.
"""

import asyncio
import random
from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.batch import AsyncBatchProcessor, EventType, async_process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from delivering.attempt import Attempter
from delivering.gate import Gate
from delivering.operations import Operations
from slugline.adapters.dns import SystemResolver
from slugline.deliveries import Pointer
from slugline.domain.delivery_states import RetryPolicy
from slugline.outbound.http_sender import HttpSender
from slugline.runtime.bootstrap import services
from slugline.runtime.consumer import count
from slugline.runtime.telemetry import logger, metrics


@cache
def attempter() -> Attempter:
    """The use case of this container."""
    of = services()
    operations = Operations(
        partners=of.partners, deliveries=of.deliveries, queue=of.delivery_queue, bus=of.bus, clock=of.clock
    )
    return Attempter(
        situations=of.situations,
        deliveries=of.deliveries,
        gate=Gate(of.situations),
        operations=operations,
        queue=of.delivery_queue,
        secrets=of.secret_box,
        sender=HttpSender(SystemResolver(), allow_loopback=of.settings.allow_loopback_endpoints),
        # Jitter only has to differ between deliveries.
        policy=RetryPolicy(schedule=of.settings.retry_schedule, random=random.random),
        clock=of.clock,
    )


async def _handle(record: SQSRecord) -> None:
    try:
        pointer = Pointer.model_validate_json(record.body)
        after = await asyncio.to_thread(attempter().attempt, pointer.delivery_id)
    except Exception:
        logger.exception("The attempt failed by our own fault.", pointer=record.body)
        count("MessageFailed")
        raise
    if after is None:
        count("PointerIgnored")
        return
    count(f"Delivery{after.state.capitalize()}")
    last = after.attempts[-1] if after.attempts else None
    logger.info(
        "Attempt ended.",
        correlation_id=after.correlation_id,
        delivery_id=after.id,
        endpoint_id=after.endpoint_id,
        state=after.state,
        outcome=last and last.outcome,
        status=last and last.status,
        ms=last and last.ms,
    )


_processor = AsyncBatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Answer with the messages that failed by our own fault."""
    if not event["Records"]:  # asked only to start, as `slugline local` does ahead of the first file
        return {"batchItemFailures": []}
    return async_process_partial_response(event=event, record_handler=_handle, processor=_processor, context=context)
