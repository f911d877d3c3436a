"""Lambda `parse`: one dropped file becomes one canonical story, or a reason why not."""

from typing import Any

from intake import DroppedObject, Intake
from parsing import warm
from slugline.drops import Outcome
from slugline.runtime.bootstrap import services
from slugline.runtime.consumer import consumer, correlate, count
from slugline.runtime.telemetry import logger

WAITED = "slugline-waited"
"""Marks the event of a photo that has waited for its folder's story."""


def handle(body: dict[str, Any]) -> None:
    dropped = DroppedObject.model_validate(body)
    correlate(dropped.correlation_id)
    waited = bool(body.get(WAITED))
    intake = Intake(services())
    drop = intake.take_deleted(dropped) if dropped.deleted else intake.take_created(dropped, waited=waited)
    if drop.outcome is Outcome.WAITING and not waited:
        services().parse_queue.send(body | {WAITED: True}, services().settings.picture_wait_seconds)
    logger.info("Drop taken.", key=drop.key, outcome=drop.outcome, reason=drop.reason)
    count(f"Drop{drop.outcome.capitalize()}")


warm()
handler = consumer(handle)
