"""A desk's template that fails on a story: the page is made with ours, and people hear of it by an alarm."""

import logging

from rendering.environment import template_failures
from slugline.runtime.consumer import count
from slugline.runtime.telemetry import logger


class TemplateAlarm(logging.Handler):
    """Counts failures for `DeskSettingsAlarm`, and logs them with the correlation id of the story."""

    def emit(self, record: logging.LogRecord) -> None:
        logger.error(record.getMessage())
        count("DeskSettingsInvalid")


def raise_alarm_for_templates() -> None:
    """From now on in this process; once, however often it is called."""
    if not any(isinstance(handler, TemplateAlarm) for handler in template_failures.handlers):
        template_failures.addHandler(TemplateAlarm())
        template_failures.propagate = False
