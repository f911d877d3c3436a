"""The ports that the intake needs."""

from typing import Protocol

from slugline.desk import DeskSettings
from slugline.ports.bus import EventBus
from slugline.ports.clock import Clock
from slugline.ports.objects import ObjectStore
from slugline.ports.stories import StoryTable


class IntakeServices(Protocol):
    @property
    def intake(self) -> ObjectStore: ...
    @property
    def archive(self) -> ObjectStore: ...
    @property
    def stories(self) -> StoryTable: ...
    @property
    def bus(self) -> EventBus: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def desk(self) -> DeskSettings: ...
