"""The composition root: the one place that decides what stands behind each port.

Tests pass their own; a function builds its own once per container, at its first event, so that importing a handler
needs neither environment nor network.

A cold start is paid for by every function, so each adapter is imported where it is made: a function loads the
adapters that it uses and no other. The clients come from botocore, not boto3: they are the same clients, and boto3's
resources and transfer manager, which nothing here uses, are
a tenth more to import (docs/decisions/0011-cold-start.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import botocore.session
from botocore.config import Config

from slugline.ports.clock import Clock, SystemClock
from slugline.runtime.settings import Settings

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.idempotency import BasePersistenceLayer

    from slugline.adapters.catalogue import TableCatalogue
    from slugline.adapters.cloudfront import CloudFrontCdn
    from slugline.adapters.dead_letter_table import DeadLetterTable
    from slugline.adapters.delivery_queue import SqsDeliveryQueue
    from slugline.adapters.delivery_situation import SituationTable
    from slugline.adapters.delivery_table import DeliveryTable
    from slugline.adapters.eventbridge import EventBridgeBus
    from slugline.adapters.message_log import MessageLog
    from slugline.adapters.partner_table import PartnerTable
    from slugline.adapters.recovery_table import RecoveryTable
    from slugline.adapters.s3 import S3ObjectStore
    from slugline.adapters.secret_box import KmsSecretBox
    from slugline.adapters.sqs import SqsQueue
    from slugline.adapters.story_table import DynamoStoryTable
    from slugline.adapters.subscription_queue import SqsSubscriptionQueue
    from slugline.adapters.subscription_table import SubscriptionTable
    from slugline.desk import DeskSettings
    from slugline.desk_store import DeskStore

_CONFIG = Config(retries={"mode": "standard", "max_attempts": 4}, connect_timeout=3, read_timeout=20)


@dataclass(frozen=True)
class Services:
    """The adapters of one deployment, each loaded and made when first asked for."""

    settings: Settings
    session: botocore.session.Session
    clock: Clock

    @cached_property
    def intake(self) -> S3ObjectStore:
        return self._bucket(self.settings.intake_bucket)

    @cached_property
    def archive(self) -> S3ObjectStore:
        return self._bucket(self.settings.archive_bucket)

    @cached_property
    def site(self) -> S3ObjectStore:
        return self._bucket(self.settings.site_bucket)

    @cached_property
    def stories(self) -> DynamoStoryTable:
        from slugline.adapters.story_table import DynamoStoryTable

        return DynamoStoryTable(self._dynamodb, self.settings.table_name)

    @cached_property
    def bus(self) -> EventBridgeBus:
        from slugline.adapters.eventbridge import EventBridgeBus

        return EventBridgeBus(self._client("events"), self.settings.bus_name, self.clock)

    @cached_property
    def parse_queue(self) -> SqsQueue:
        from slugline.adapters.sqs import SqsQueue

        return SqsQueue(self._sqs, self.settings.parse_queue_url)

    @cached_property
    def cdn(self) -> CloudFrontCdn:
        from slugline.adapters.cloudfront import CloudFrontCdn

        return CloudFrontCdn(self._client("cloudfront"), self.settings.distribution_id, self.clock)

    @property
    def desk(self) -> DeskSettings:
        """The settings in force now: take them once for one piece of work."""
        return self.desk_store.current()

    @cached_property
    def desk_store(self) -> DeskStore:
        from slugline.desk import DeskSettings
        from slugline.desk_store import DeskStore

        of = self.settings
        base = DeskSettings(
            site_name=of.site_name,
            site_url=of.site_url,
            hub_url=of.hub_url or None,
            oembed_url=of.oembed_url or None,
        )
        return DeskStore(self.archive, base, self.clock, _report_desk)

    @cached_property
    def deliveries(self) -> DeliveryTable:
        from slugline.adapters.delivery_table import DeliveryTable

        return DeliveryTable(self._dynamodb, self.settings.table_name)

    @cached_property
    def situations(self) -> SituationTable:
        from slugline.adapters.delivery_situation import SituationTable

        return SituationTable(self._dynamodb, self.settings.table_name)

    @cached_property
    def messages(self) -> MessageLog:
        from slugline.adapters.message_log import MessageLog

        return MessageLog(self._dynamodb, self.settings.table_name)

    @cached_property
    def catalogue(self) -> TableCatalogue:
        from slugline.adapters.catalogue import TableCatalogue

        return TableCatalogue(self._dynamodb, self.settings.table_name, self.stories, self.archive)

    @cached_property
    def recoveries(self) -> RecoveryTable:
        from slugline.adapters.recovery_table import RecoveryTable

        return RecoveryTable(self._dynamodb, self.settings.table_name)

    @cached_property
    def idempotency(self) -> BasePersistenceLayer:
        from slugline.adapters.idempotency import idempotency_store

        return idempotency_store(self._dynamodb, self.settings.table_name)

    @cached_property
    def partners(self) -> PartnerTable:
        from slugline.adapters.partner_table import PartnerTable

        return PartnerTable(self._dynamodb, self.settings.table_name)

    @property
    def licences(self) -> PartnerTable:
        return self.partners

    @cached_property
    def delivery_queue(self) -> SqsDeliveryQueue:
        from slugline.adapters.delivery_queue import SqsDeliveryQueue

        return SqsDeliveryQueue(self._sqs, self.settings.deliver_queue_url, self.settings.withdrawal_queue_url)

    @cached_property
    def subscriptions(self) -> SubscriptionTable:
        from slugline.adapters.subscription_table import SubscriptionTable

        return SubscriptionTable(self._dynamodb, self.settings.table_name)

    @cached_property
    def subscription_queue(self) -> SqsSubscriptionQueue:
        from slugline.adapters.subscription_queue import SqsSubscriptionQueue

        return SqsSubscriptionQueue(self._sqs, self.settings.hub_queue_url)

    @cached_property
    def dead_letters(self) -> DeadLetterTable:
        from slugline.adapters.dead_letter_table import DeadLetterTable

        return DeadLetterTable(self._dynamodb, self.settings.table_name)

    @cached_property
    def secret_box(self) -> KmsSecretBox:
        from slugline.adapters.secret_box import KmsSecretBox

        return KmsSecretBox(self._client("kms"), self.settings.secrets_key)

    def _bucket(self, name: str) -> S3ObjectStore:
        from slugline.adapters.s3 import S3ObjectStore

        return S3ObjectStore(self._s3, name)

    @cached_property
    def _s3(self) -> Any:
        # Version 4 for presigned addresses too, for which botocore still prefers version 2, which new buckets refuse.
        return self._client("s3", Config(signature_version="s3v4"))

    @cached_property
    def _dynamodb(self) -> Any:
        return self._client("dynamodb")

    @cached_property
    def _sqs(self) -> Any:
        return self._client("sqs")

    def _client(self, service: str, config: Config | None = None) -> Any:
        """One client. Any: botocore's own types know no service; each adapter names its client's type."""
        return self.session.create_client(service, config=_CONFIG.merge(config) if config else _CONFIG)


def _report_desk(faults: tuple[str, ...]) -> None:
    """An editor's settings are not valid: for the log, and for the alarm on the metric."""
    from aws_lambda_powertools.metrics import MetricUnit

    from slugline.runtime.telemetry import logger, metrics

    logger.error("Desk settings are not valid; `slugline desk check` says more.", faults=faults)
    metrics.add_metric("DeskSettingsInvalid", MetricUnit.Count, 1)


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
    return Services(Settings.from_environment(), botocore.session.get_session(), SystemClock())
