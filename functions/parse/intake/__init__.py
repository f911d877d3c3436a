"""From a dropped object to versions of stories: what the table, the archive and the bus are told."""

from intake.dropped import DroppedObject
from intake.drops import Intake

__all__ = ["DroppedObject", "Intake"]
