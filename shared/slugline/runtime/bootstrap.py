"""The composition root: the one place that decides what stands behind each port.

Tests pass their own; a function builds its own once per container, at its first event, so that importing a handler
needs neither environment nor network.
"""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from slugline.adapters.cloudfront import CloudFrontCdn
from slugline.adapters.delivery_queue import SqsDeliveryQueue
from slugline.adapters.delivery_situation import SituationTable
from slugline.adapters.delivery_table import DeliveryTable
from slugline.adapters.eventbridge import EventBridgeBus
from slugline.adapters.partner_table import PartnerTable
from slugline.adapters.s3 import S3ObjectStore
from slugline.adapters.secret_box import KmsSecretBox
from slugline.adapters.sqs import SqsQueue
from slugline.adapters.story_table import DynamoStoryTable
from slugline.desk import DeskSettings
from slugline.ports.clock import Clock, SystemClock
from slugline.runtime.settings import Settings

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_RETRIES = Config(retries={"mode": "standard", "max_attempts": 4}, connect_timeout=3, read_timeout=20)


@dataclass(frozen=True)
class Services:
    """The adapters of one deployment, each made when first asked for: a client costs tens of milliseconds."""

    settings: Settings
    session: boto3.session.Session
    clock: Clock

    @cached_property
    def intake(self) -> S3ObjectStore:
        return S3ObjectStore(self._s3, self.settings.intake_bucket)

    @cached_property
    def archive(self) -> S3ObjectStore:
        return S3ObjectStore(self._s3, self.settings.archive_bucket)

    @cached_property
    def site(self) -> S3ObjectStore:
        return S3ObjectStore(self._s3, self.settings.site_bucket)

    @cached_property
    def stories(self) -> DynamoStoryTable:
        return DynamoStoryTable(self.session.client("dynamodb", config=_RETRIES), self.settings.table_name)

    @cached_property
    def bus(self) -> EventBridgeBus:
        return EventBridgeBus(self.session.client("events", config=_RETRIES), self.settings.bus_name, self.clock)

    @cached_property
    def parse_queue(self) -> SqsQueue:
        return SqsQueue(self.session.client("sqs", config=_RETRIES), self.settings.parse_queue_url)

    @cached_property
    def cdn(self) -> CloudFrontCdn:
        client = self.session.client("cloudfront", config=_RETRIES)
        return CloudFrontCdn(client, self.settings.distribution_id, self.clock)

    @cached_property
    def desk(self) -> DeskSettings:
        return DeskSettings(site_name=self.settings.site_name, site_url=self.settings.site_url)

    @cached_property
    def deliveries(self) -> DeliveryTable:
        return DeliveryTable(self.session.client("dynamodb", config=_RETRIES), self.settings.table_name)

    @cached_property
    def situations(self) -> SituationTable:
        return SituationTable(self.session.client("dynamodb", config=_RETRIES), self.settings.table_name)

    @cached_property
    def partners(self) -> PartnerTable:
        return PartnerTable(self.session.client("dynamodb", config=_RETRIES), self.settings.table_name)

    @cached_property
    def delivery_queue(self) -> SqsDeliveryQueue:
        return SqsDeliveryQueue(
            self.session.client("sqs", config=_RETRIES),
            self.settings.deliver_queue_url,
            self.settings.withdrawal_queue_url,
        )

    @cached_property
    def secret_box(self) -> KmsSecretBox:
        return KmsSecretBox(self.session.client("kms", config=_RETRIES), self.settings.secrets_key)

    @cached_property
    def _s3(self) -> "S3Client":
        return self.session.client("s3", config=_RETRIES)


_chosen: list[Services] = []


def use(services: Services | None) -> None:
    """Put these services in place of the container's own; None takes them away again. For tests and tools."""
    _chosen[:] = [services] if services else []


def services() -> Services:
    """The services of this container, made once from its environment. Raises SettingsInvalid."""
    return _chosen[0] if _chosen else from_environment()


@cache
def from_environment() -> Services:
    """The services that the environment names. Raises SettingsInvalid."""
    return Services(settings=Settings.from_environment(), session=boto3.session.Session(), clock=SystemClock())
