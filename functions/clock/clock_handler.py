"""clock: each minute, what is due."""

from functools import cache

from slugline.runtime.bootstrap import services
from slugline.runtime.consumer import Json, consumer
from slugline.runtime.telemetry import logger
from ticking.sweep import RetrySweep


@cache
def retries() -> RetrySweep:
    """The use case of this container."""
    of = services()
    return RetrySweep(deliveries=of.deliveries, queue=of.delivery_queue, clock=of.clock)


def _handle(_body: Json) -> None:
    logger.info("Deliveries that were due are in the queue.", deliveries=retries().run())


handler = consumer(_handle)
