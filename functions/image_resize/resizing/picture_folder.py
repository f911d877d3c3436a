"""Where readers get a story's pictures: the folder of its first version, or of the first after a withdrawal.

So a new version of a story copies only the pictures that are new. A withdrawal sweeps the folders of all versions up to
its own, this one among them; what is published after it has another folder, which no late sweep of it can reach.
"""

from functools import partial

from resizing.at_once import all_at_once
from slugline.pictures import Picture, PictureManifest
from slugline.ports.objects import ObjectStore
from slugline.ports.stories import StoryHead
from slugline.site import PICTURES


def folder_version(head: StoryHead | None) -> int:
    """The version in whose folder the pictures of all versions since the last withdrawal lie."""
    return head.last_withdrawal + 1 if head else 1


class PictureFolder:
    """The folder that the manifest names; what is there is asked once."""

    def __init__(self, manifest: PictureManifest, site: ObjectStore, archive: ObjectStore) -> None:
        self._site, self._archive = site, archive
        self._below = f"{manifest.folder}{PICTURES}"
        self._there = set(site.keys(self._below))

    def show(self, stem: str, made: Picture) -> Picture:
        """The picture with its keys below the manifest's folder, once all of its files are there."""
        missing = [rendition.key for rendition in made.renditions if self._below + rendition.key not in self._there]
        all_at_once(
            partial(self._site.copy_in, self._archive, f"renditions/{stem}/{name}", self._below + name)
            for name in missing
        )
        self._there |= {self._below + name for name in missing}
        shown = tuple(file.model_copy(update={"key": PICTURES + file.key}) for file in made.renditions)
        return made.model_copy(update={"renditions": shown})
