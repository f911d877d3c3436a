"""The ports that publishing needs."""

from typing import Protocol

from slugline.desk import DeskSettings
from slugline.ports.bus import EventBus
from slugline.ports.cdn import Cdn
from slugline.ports.deliveries import Licences
from slugline.ports.objects import ObjectStore
from slugline.ports.stories import StoryTable


class PublishServices(Protocol):
    @property
    def archive(self) -> ObjectStore: ...
    @property
    def site(self) -> ObjectStore: ...
    @property
    def licences(self) -> Licences: ...
    @property
    def stories(self) -> StoryTable: ...
    @property
    def bus(self) -> EventBus: ...
    @property
    def cdn(self) -> Cdn: ...
    @property
    def desk(self) -> DeskSettings: ...
