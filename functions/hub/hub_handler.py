"""hub: WebSub. Feeds that changed become work for each subscriber; a pointer to a subscription is one piece of work.

The messages of a batch are handled side by side, so that a subscriber that hangs delays none of its neighbours.
"""

import asyncio
import json
import random
from functools import cache
from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import AsyncBatchProcessor, EventType, async_process_partial_response
from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from feed_hub.announce import Announcer
from feed_hub.work import Worker
from slugline.adapters.dns import SystemResolver
from slugline.domain.delivery_states import RetryPolicy
from slugline.events import FeedsUpdated
from slugline.outbound.http_sender import HttpSender
from slugline.runtime.bootstrap import services
from slugline.runtime.consumer import count, data_of
from slugline.runtime.telemetry import logger, metrics
from slugline.subscriptions import SubscriptionPointer


@cache
def announcer() -> Announcer:
    """The use case of this container."""
    of = services()
    return Announcer(subscriptions=of.subscriptions, queue=of.subscription_queue, clock=of.clock)


@cache
def worker() -> Worker:
    """The use case of this container."""
    of = services()
    return Worker(
        subscriptions=of.subscriptions,
        queue=of.subscription_queue,
        site=of.site,
        secrets=of.secret_box,
        http=HttpSender(SystemResolver(), allow_loopback=of.settings.allow_loopback_endpoints),
        # Jitter only has to differ between subscribers.
        policy=RetryPolicy(schedule=of.settings.retry_schedule, random=random.random),
        clock=of.clock,
        hub_url=of.settings.hub_url,
    )


async def _handle(record: SQSRecord) -> None:
    body = json.loads(record.body)
    try:
        if "detail-type" in body:
            owed = await asyncio.to_thread(announcer().announce, *data_of(body, FeedsUpdated))
            metrics.add_metric("SubscribersOwed", MetricUnit.Count, owed)
        else:
            await asyncio.to_thread(_work, SubscriptionPointer.model_validate(body))
    except Exception:
        logger.exception("The message failed and will be received again.")
        count("MessageFailed")
        raise


def _work(pointer: SubscriptionPointer) -> None:
    done = worker().work(pointer)
    if done is None:
        count("PointerIgnored")
        return
    logger.info(
        "Subscription worked on.",
        what=done.what,
        correlation_id=done.subscription.correlation_id,
        subscription_id=done.subscription.id,
        topic=done.subscription.topic,
        host=done.subscription.host,
        outcome=done.answer and done.answer.outcome,
        status=done.answer and done.answer.status,
        ms=done.answer and done.answer.ms,
    )


_processor = AsyncBatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> PartialItemFailureResponse:
    """Answer with the messages that failed by our own fault."""
    if not event["Records"]:  # asked only to start, as `slugline local` does ahead of the first file
        return {"batchItemFailures": []}
    return async_process_partial_response(event=event, record_handler=_handle, processor=_processor, context=context)
