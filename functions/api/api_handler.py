"""api: partners, endpoints and deliveries over HTTP."""

from functools import cache
from typing import Any

from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.utilities.typing import LambdaContext

from partner_api.app import Api
from partner_api.resources import Surroundings, api_over
from slugline.adapters.dns import SystemResolver
from slugline.runtime.bootstrap import services
from slugline.runtime.consumer import count
from slugline.runtime.telemetry import logger, metrics
from slugline.story import Story
from slugline.webhooks.past import PastMessages


@cache
def api() -> Api:
    """The API of this container."""
    of = services()
    return api_over(
        Surroundings(
            partners=of.partners,
            deliveries=of.deliveries,
            queue=of.delivery_queue,
            secrets=of.secret_box,
            resolver=SystemResolver(),
            subscriptions=of.subscriptions,
            subscription_queue=of.subscription_queue,
            site=of.site,
            site_url=of.settings.site_url,
            archive=of.archive,
            stories=of.stories,
            clock=of.clock,
            messages=of.messages,
            past_messages=PastMessages(
                stories=of.stories,
                read_story=lambda key: Story.model_validate_json(of.archive.read(key)),
                site=of.site,
                site_url=of.settings.site_url,
                archive=of.archive,
                licences=of.partners,
                clock=of.clock,
            ),
            recoveries=of.recoveries,
            catalogue=of.catalogue,
            settings=lambda: of.desk,
            idempotency=lambda: of.idempotency,
            allow_loopback=of.settings.allow_loopback_endpoints,
            api_url=of.settings.api_url,
        )
    )


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_HTTP, clear_state=True)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request of the HTTP API (payload format 2.0)."""
    answer = api().resolve(event, context)
    count(f"Answers{answer['statusCode'] // 100}xx")
    return answer
