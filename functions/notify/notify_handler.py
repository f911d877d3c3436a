"""notify: StoryRendered and StoryWithdrawn become one delivery per entitled endpoint."""

from functools import cache

from notifying.fan_out import FanOut
from slugline.events import StoryRendered, StoryWithdrawn
from slugline.runtime.bootstrap import services
from slugline.runtime.consumer import Json, consumer, data_of
from slugline.runtime.telemetry import logger
from slugline.story import Story


@cache
def fan_out() -> FanOut:
    """The use case of this container."""
    of = services()
    return FanOut(
        deliveries=of.deliveries,
        partners=of.partners,
        stories=of.stories,
        queue=of.delivery_queue,
        clock=of.clock,
        read_story=lambda key: Story.model_validate_json(of.archive.get(key).body),
    )


def _handle(body: Json) -> None:
    if body["detail-type"] == StoryWithdrawn.__name__:
        told = fan_out().withdrawn(*data_of(body, StoryWithdrawn))
    else:
        told = fan_out().rendered(*data_of(body, StoryRendered))
    logger.info("Endpoints told.", endpoints=told)


handler = consumer(_handle)
