"""deliver: one signed POST per pointer in the queue.

The messages of a batch are sent side by side, so that a partner that hangs delays none of its neighbours.
"""

import random
from collections import Counter
from functools import cache
from typing import Any

from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import ValidationError

from delivering.attempt import Attempter
from delivering.attempt_log import log_attempts
from delivering.courier import Courier, Result
from delivering.operations import Operations
from delivering.signer import Signer
from slugline.adapters.dns import SystemResolver
from slugline.deliveries import Delivery, Pointer
from slugline.domain.delivery_states import RetryPolicy
from slugline.outbound.gate import Gate
from slugline.outbound.http_sender import HttpSender
from slugline.outbound.proxy import ProxyDown, proxy_of
from slugline.runtime.bootstrap import services
from slugline.runtime.outcome import failed, succeeded
from slugline.runtime.telemetry import logger, metrics
from slugline.webhooks.sending import CurrentBodies

Record = dict[str, Any]


@cache
def courier() -> Courier:
    """The use case of this container."""
    of = services()
    operations = Operations(
        partners=of.partners, deliveries=of.deliveries, queue=of.delivery_queue, bus=of.bus, clock=of.clock
    )
    attempter = Attempter(
        situations=of.situations,
        deliveries=of.deliveries,
        gate=Gate(of.situations),
        operations=operations,
        queue=of.delivery_queue,
        signer=Signer(of.secret_box),
        bodies=CurrentBodies(of.secret_box, of.settings.api_url),
        # Jitter only has to differ between deliveries.
        policy=RetryPolicy(schedule=of.settings.retry_schedule, random=random.random),
        clock=of.clock,
    )
    sender = HttpSender(
        SystemResolver(),
        allow_loopback=of.settings.allow_loopback_endpoints,
        proxy=proxy_of(of.settings.webhook_proxy_url),
    )
    return Courier(attempter, sender, report=_report)


def _report(fault: ProxyDown) -> None:
    """For the log, and for the alarm on the metric."""
    logger.error("The proxy does not serve us; the delivery waits, and no partner is charged.", fault=str(fault))
    metrics.add_metric("WebhookProxyDown", MetricUnit.Count, 1)


def _attempts(records: list[Record]) -> list[tuple[Record, Result]]:
    """What has become of each record; a record that is no pointer is a fault of its own."""
    pointers, faults = [], []
    for record in records:
        try:
            pointers.append((record, Pointer.model_validate_json(record["body"])))
        except ValidationError as error:
            faults.append((record, error))
    try:
        results = courier().deliver([pointer for _, pointer in pointers]) if pointers else []
    except Exception as error:  # the table could be asked for none of them
        results = [error for _ in pointers]
    return [*faults, *((record, result) for (record, _), result in zip(pointers, results, strict=True))]


def _settled(record: Record, result: Result) -> Result:
    """The result, once what it means for the message is in the table; a fault in that is the message's."""
    if not isinstance(result, Exception):
        try:
            succeeded(record)
        except Exception as error:
            result = error
    if isinstance(result, Exception):
        failed(record, result)
    return result


def _metric(result: Result) -> str:
    if isinstance(result, Exception):
        return "MessageFailed"
    return f"Delivery{result.state.capitalize()}" if result else "PointerIgnored"


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer with the messages that failed by our own fault."""
    results = [(record, _settled(record, result)) for record, result in _attempts(event["Records"])]
    log_attempts(logger, context, [result for _, result in results if isinstance(result, Delivery)])
    for name, number in Counter(_metric(result) for _, result in results).items():
        metrics.add_metric(name, MetricUnit.Count, number)
    again = [record["messageId"] for record, result in results if isinstance(result, Exception)]
    return {"batchItemFailures": [{"itemIdentifier": identifier} for identifier in again]}
