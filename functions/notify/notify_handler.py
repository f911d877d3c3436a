"""notify: StoryRendered and StoryWithdrawn become one delivery per entitled endpoint."""

from functools import cache

from aws_lambda_powertools.metrics import MetricUnit

from notifying.fan_out import FanOut
from slugline.events import StoryRendered, StoryWithdrawn
from slugline.runtime.bootstrap import services
from slugline.runtime.consumer import Json, consumer, data_of
from slugline.runtime.telemetry import logger, metrics
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
        settings=lambda: of.desk,
        outputs=of.site,
        archive=of.archive,
        site_url=of.settings.site_url,
    )


def _handle(body: Json) -> None:
    if body["detail-type"] == StoryWithdrawn.__name__:
        told = fan_out().withdrawn(*data_of(body, StoryWithdrawn))
    else:
        told = fan_out().rendered(*data_of(body, StoryRendered))
    metrics.add_metric("EndpointsTold", MetricUnit.Count, told)
    logger.info("Endpoints told.", endpoints=told)


handler = consumer(_handle)
