"""clock: each minute, what is due."""

from datetime import timedelta
from functools import cache

from aws_lambda_powertools.metrics import MetricUnit

from slugline.runtime.bootstrap import services
from slugline.runtime.consumer import Json, consumer
from slugline.runtime.telemetry import logger, metrics
from ticking.clearance import Clearance
from ticking.embargoes import EmbargoRelease
from ticking.held_too_long import HeldAlert
from ticking.recover import RecoveryRun
from ticking.release import HeldRelease
from ticking.subscriptions import SubscriptionSweep
from ticking.sweep import RetrySweep


@cache
def retries() -> RetrySweep:
    """The use case of this container."""
    of = services()
    return RetrySweep(deliveries=of.deliveries, queue=of.delivery_queue, clock=of.clock)


@cache
def held() -> HeldRelease:
    """The use case of this container."""
    of = services()
    return HeldRelease(deliveries=of.deliveries, partners=of.partners, queue=of.delivery_queue, clock=of.clock)


@cache
def held_too_long() -> HeldAlert:
    """The use case of this container."""
    of = services()
    return HeldAlert(
        deliveries=of.deliveries,
        partners=of.partners,
        bus=of.bus,
        clock=of.clock,
        longest=timedelta(hours=of.settings.held_alert_hours),
    )


@cache
def clearance() -> Clearance:
    """The use case of this container."""
    of = services()
    return Clearance(deliveries=of.deliveries, partners=of.partners, clock=of.clock)


@cache
def recoveries() -> RecoveryRun:
    """The use case of this container."""
    of = services()
    return RecoveryRun(
        recoveries=of.recoveries,
        messages=of.messages,
        deliveries=of.deliveries,
        queue=of.delivery_queue,
        clock=of.clock,
    )


@cache
def embargoes() -> EmbargoRelease:
    """The use case of this container."""
    of = services()
    return EmbargoRelease(stories=of.stories, bus=of.bus, clock=of.clock)


@cache
def subscriptions() -> SubscriptionSweep:
    """The use case of this container."""
    of = services()
    return SubscriptionSweep(subscriptions=of.subscriptions, queue=of.subscription_queue, clock=of.clock)


def _handle(_body: Json) -> None:
    released = embargoes().run()
    due = retries().run() + held().run() + recoveries().run()
    metrics.add_metric("EmbargoesReleased", MetricUnit.Count, released)
    metrics.add_metric("DeliveriesDue", MetricUnit.Count, due)
    subscribers = subscriptions().run()
    metrics.add_metric("SubscribersDue", MetricUnit.Count, subscribers)
    metrics.add_metric("DeliveriesCleared", MetricUnit.Count, clearance().run())
    metrics.add_metric("EndpointsHeldTooLong", MetricUnit.Count, held_too_long().run())
    logger.info("What was due is on its way.", embargoes=released, deliveries=due, subscribers=subscribers)


handler = consumer(_handle)
