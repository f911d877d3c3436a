"""api: partners, endpoints and deliveries over HTTP."""

from functools import cache, partial
from typing import Any

from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.utilities.typing import LambdaContext

from partner_api.app import Api
from partner_api.delivery_desk import DeliveryDesk
from partner_api.endpoint_desk import EndpointDesk
from partner_api.partner_desk import PartnerDesk
from partner_api.routes import deliveries, endpoints, health, partners
from slugline.adapters.dns import SystemResolver
from slugline.runtime.bootstrap import services
from slugline.runtime.consumer import count
from slugline.runtime.telemetry import logger, metrics


@cache
def api() -> Api:
    """The API of this container."""
    of = services()
    endpoint_desk = EndpointDesk(
        partners=of.partners,
        deliveries=of.deliveries,
        queue=of.delivery_queue,
        secrets=of.secret_box,
        resolver=SystemResolver(),
        clock=of.clock,
        allow_loopback=of.settings.allow_loopback_endpoints,
    )
    delivery_desk = DeliveryDesk(
        partners=of.partners, deliveries=of.deliveries, queue=of.delivery_queue, clock=of.clock
    )
    return Api(
        of.partners.key,
        [
            health.add_routes,
            partial(partners.add_routes, desk=PartnerDesk(partners=of.partners, clock=of.clock)),
            partial(endpoints.add_routes, desk=endpoint_desk),
            partial(deliveries.add_routes, desk=delivery_desk),
        ],
    )


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_HTTP, clear_state=True)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request of the HTTP API (payload format 2.0)."""
    answer = api().resolve(event, context)
    count(f"Answers{answer['statusCode'] // 100}xx")
    return answer
