"""Settings of the functions, read from the environment that template.yaml gives them."""

import os
from collections.abc import Mapping

from pydantic import ConfigDict, Json, ValidationError

from slugline.dead_letters import Route
from slugline.domain.delivery_schedule import Schedule
from slugline.model import Model


class SettingsInvalid(Exception):  # noqa: N818 - reads as the finding it is
    """The environment lacks a variable or holds a wrong one; the message names each."""


class Settings(Model):
    """What every function gets. Field names are the variables' names in lower case."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    archive_bucket: str
    site_bucket: str
    table_name: str
    bus_name: str
    site_url: str
    site_name: str
    intake_bucket: str = ""
    parse_queue_url: str = ""
    deliver_queue_url: str = ""
    withdrawal_queue_url: str = ""
    hub_queue_url: str = ""
    api_url: str = ""
    hub_url: str = ""
    oembed_url: str = ""
    distribution_id: str = ""
    secrets_key: str = ""
    retry_schedule: Schedule = Schedule()
    allow_loopback_endpoints: bool = False
    picture_wait_seconds: int = 60
    held_alert_hours: int = 24
    webhook_proxy_url: str = ""
    dead_letter_routes: Json[tuple[Route, ...]] = ()

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Raises SettingsInvalid."""
        source = os.environ if environment is None else environment
        try:
            return cls.model_validate({name.lower(): value for name, value in source.items()})
        except ValidationError as error:
            faults = "; ".join(f"{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors())
            raise SettingsInvalid(f"Environment variables, as template.yaml sets them: {faults}") from error
