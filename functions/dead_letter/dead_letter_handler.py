"""dead_letter: a row in quarantine for each message that its step gave up."""

from functools import cache
from typing import TYPE_CHECKING

from aws_lambda_powertools.metrics import MetricUnit

from quarantine.keep import Keeper
from quarantine.message import GivenUp
from slugline.runtime.bootstrap import services
from slugline.runtime.telemetry import logger, metrics

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from slugline.runtime.consumer import Json


@cache
def keeper() -> Keeper:
    """The use case of this container."""
    of = services()
    return Keeper(
        letters=of.dead_letters,
        archive=of.archive,
        stories=of.stories,
        partners=of.partners,
        clock=of.clock,
        routes=of.settings.dead_letter_routes,
    )


def _kept(record: "Json") -> bool:
    try:
        letter = keeper().keep(GivenUp.model_validate(record))
    except Exception:
        # It stays in the dead-letter queue, whose alarm goes on, and comes again until its row is written.
        logger.exception("The dead letter could not be kept.", message_id=record["messageId"])
        return False
    logger.set_correlation_id(letter.correlation_id)
    logger.warning("Dead letter kept.", dead_letter=letter.id, step=letter.step, what=letter.what, reason=letter.reason)
    return True


@logger.inject_lambda_context(clear_state=True)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: "Json", context: "LambdaContext") -> "Json":  # noqa: ARG001 - Lambda's signature
    """Answer with the messages that have no row yet."""
    again = [record["messageId"] for record in event["Records"] if not _kept(record)]
    metrics.add_metric("DeadLettersKept", MetricUnit.Count, len(event["Records"]) - len(again))
    return {"batchItemFailures": [{"itemIdentifier": identifier} for identifier in again]}
