"""hub: WebSub. Feeds that changed become work for each subscriber; a pointer to a subscription is one piece of work.

The messages of a batch are handled side by side, so that a subscriber that hangs delays none of its neighbours.
"""

import json
import random
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.metrics import MetricUnit

from feed_hub.announce import Announcer
from feed_hub.line import Line
from feed_hub.work import Worker
from slugline.adapters.dns import SystemResolver
from slugline.domain.delivery_states import RetryPolicy
from slugline.events import FeedsUpdated
from slugline.outbound.gate import Gate
from slugline.outbound.http_sender import HttpSender
from slugline.outbound.proxy import proxy_of
from slugline.runtime.bootstrap import services
from slugline.runtime.consumer import data_of
from slugline.runtime.outcome import failed, succeeded
from slugline.runtime.telemetry import logger, metrics
from slugline.subscriptions import SubscriptionPointer

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

Json = dict[str, Any]


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
        line=Line(
            http=HttpSender(
                SystemResolver(),
                allow_loopback=of.settings.allow_loopback_endpoints,
                proxy=proxy_of(of.settings.webhook_proxy_url),
            ),
            gate=Gate(of.situations),
            clock=of.clock,
            random=random.random,
        ),
        # Jitter only has to differ between subscribers.
        policy=RetryPolicy(schedule=of.settings.retry_schedule, random=random.random),
        clock=of.clock,
        hub_url=of.settings.hub_url,
    )


def _announced(body: Json) -> tuple[str, int]:
    return "SubscribersOwed", announcer().announce(*data_of(body, FeedsUpdated))


def _worked(body: Json) -> tuple[str, int]:
    done = worker().work(SubscriptionPointer.model_validate(body))
    if done is None:
        return "PointerIgnored", 1
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
    if done.fault:  # for the log, and for the alarm on the metric
        logger.error("The proxy does not serve us; this waits, and no subscriber is charged.", fault=done.fault)
        return "WebhookProxyDown", 1
    return "SubscriptionWorked", 1


def _counted(record: Json) -> tuple[str, int] | None:
    """What to count for the message; None when it failed by our own fault."""
    try:
        body = json.loads(record["body"])
        counted = _announced(body) if "detail-type" in body else _worked(body)
        succeeded(record)
    except Exception as error:
        failed(record, error)
        return None
    return counted


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: Json, context: "LambdaContext") -> Json:  # noqa: ARG001 - Lambda's own
    """Answer with the messages that failed by our own fault."""
    records = event["Records"]
    with ThreadPoolExecutor(max(1, len(records))) as pool:
        counts = list(pool.map(_counted, records))
    for name, number in (each or ("MessageFailed", 1) for each in counts):
        metrics.add_metric(name, MetricUnit.Count, number)
    again = [record["messageId"] for record, each in zip(records, counts, strict=True) if each is None]
    return {"batchItemFailures": [{"itemIdentifier": identifier} for identifier in again]}
