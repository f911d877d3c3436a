"""The API put together: each resource's routes over its desk."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from partner_api.app import Api
from partner_api.bodies import ShownBodies
from partner_api.delivery_desk import DeliveryDesk
from partner_api.embed_desk import EmbedDesk
from partner_api.endpoint_desk import EndpointDesk
from partner_api.feed_desk import FeedDesk
from partner_api.file_desk import FileDesk, ServedArchive
from partner_api.hub_desk import HubDesk
from partner_api.idempotency import Idempotency
from partner_api.mending import Mender, PastMessages
from partner_api.partner_desk import PartnerDesk
from partner_api.reconciliation_desk import ReconciliationDesk
from partner_api.recovery_desk import RecoveryDesk
from partner_api.routes import (
    deliveries,
    endpoints,
    events,
    files,
    health,
    hub,
    oembed,
    openapi,
    partners,
    reconciliation,
    recoveries,
    subscriptions,
    withdrawals,
)
from partner_api.subscription_desk import SubscriptionDesk
from partner_api.withdrawal_desk import WithdrawalDesk
from slugline.desk import DeskSettings
from slugline.ports.catalogue import Catalogue
from slugline.ports.clock import Clock
from slugline.ports.deliveries import Deliveries, DeliveryQueue, Partners, SecretBox, StoryHeads
from slugline.ports.messages import Messages
from slugline.ports.objects import ObjectStore
from slugline.ports.resolver import Resolver
from slugline.ports.subscriptions import SubscriptionQueue, Subscriptions
from slugline.recovery import Recoveries

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.idempotency import BasePersistenceLayer


@dataclass(frozen=True)
class Surroundings:
    """What the API needs of the world outside."""

    partners: Partners
    deliveries: Deliveries
    queue: DeliveryQueue
    secrets: SecretBox
    resolver: Resolver
    subscriptions: Subscriptions
    subscription_queue: SubscriptionQueue
    site: ObjectStore
    site_url: str
    archive: ServedArchive
    stories: StoryHeads
    clock: Clock
    messages: Messages
    past_messages: PastMessages
    recoveries: Recoveries
    catalogue: Catalogue
    settings: Callable[[], DeskSettings]
    idempotency: "Callable[[], BasePersistenceLayer]"
    allow_loopback: bool = False
    api_url: str = ""
    """Where it is not the address at which the API is asked."""


def api_over(of: Surroundings) -> Api:
    """The API with all its routes."""
    endpoint_desk = EndpointDesk(
        partners=of.partners,
        deliveries=of.deliveries,
        queue=of.queue,
        secrets=of.secrets,
        resolver=of.resolver,
        clock=of.clock,
        allow_loopback=of.allow_loopback,
    )
    bodies = ShownBodies(partners=of.partners, secrets=of.secrets, clock=of.clock)
    delivery_desk = DeliveryDesk(
        partners=of.partners, deliveries=of.deliveries, queue=of.queue, bodies=bodies, clock=of.clock
    )
    feed_desk = FeedDesk(
        partners=of.partners,
        messages=of.messages,
        catalogue=of.catalogue,
        secrets=of.secrets,
        bodies=bodies,
        clock=of.clock,
    )
    file_desk = FileDesk(
        partners=of.partners,
        stories=of.stories,
        archive=of.archive,
        secrets=of.secrets,
        settings=of.settings,
        clock=of.clock,
    )
    reconciliation_desk = ReconciliationDesk(
        partners=of.partners,
        deliveries=of.deliveries,
        catalogue=of.catalogue,
        archive=of.archive,
        mender=Mender(deliveries=of.deliveries, queue=of.queue, clock=of.clock, messages=of.past_messages),
        settings=of.settings,
    )
    partner_desk = PartnerDesk(partners=of.partners, secrets=of.secrets, settings=of.settings, clock=of.clock)
    recovery_desk = RecoveryDesk(partners=of.partners, messages=of.messages, recoveries=of.recoveries, clock=of.clock)
    hub_desk = HubDesk(
        subscriptions=of.subscriptions,
        queue=of.subscription_queue,
        site=of.site,
        site_url=of.site_url,
        secrets=of.secrets,
        resolver=of.resolver,
        clock=of.clock,
        allow_loopback=of.allow_loopback,
    )
    return Api(
        of.partners.key,
        of.clock,
        Idempotency(of.idempotency),
        [
            health.add_routes,
            openapi.add_routes,
            partial(oembed.add_routes, desk=EmbedDesk(site=of.site, site_url=of.site_url)),
            partial(partners.add_routes, desk=partner_desk),
            partial(endpoints.add_routes, desk=endpoint_desk),
            partial(deliveries.add_routes, desk=delivery_desk),
            partial(events.add_routes, desk=feed_desk),
            partial(files.add_routes, desk=file_desk),
            partial(reconciliation.add_routes, desk=reconciliation_desk),
            partial(recoveries.add_routes, desk=recovery_desk),
            partial(hub.add_routes, desk=hub_desk),
            partial(subscriptions.add_routes, desk=SubscriptionDesk(subscriptions=of.subscriptions, clock=of.clock)),
            partial(withdrawals.add_routes, desk=WithdrawalDesk(partners=of.partners, deliveries=of.deliveries)),
        ],
        of.api_url,
    )
