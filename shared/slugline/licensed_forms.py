"""Forms of a story with agencies' pictures, for partners whose licence covers these.

They lie in the archive, which nobody reads but us:

licensed/<story>/v<version>/<licence>/<name>       a form as render made it, named as on the site
licensed/<story>/v<version>/<licence>/forms.json   what is there, written last
licensed/products/<product>/<licence>/<name>       a feed with agencies' pictures

`<licence>` is `domain.licence.licence_id` of the agencies whose pictures are in these forms, or may be in the feed, so
that what was made for another licence is in another place.
"""

from collections.abc import Collection
from typing import Protocol

from slugline.domain.licence import licence_id
from slugline.model import Model
from slugline.ports.objects import ObjectMissing, ObjectStore
from slugline.site import sweep

BELOW = "licensed"
PRODUCTS = "products/"
_INDEX = "forms.json"


class LicensedForms(Model):
    """A story version's forms for one set of agencies: those that differ from the forms on the site, by name."""

    story_id: str
    version: int
    agencies: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def licence(self) -> str:
        """The folder's name."""
        return licence_id(self.agencies)

    def key(self, name: str) -> str:
        """Where the archive keeps a form."""
        return _folder(self.story_id, self.version, self.licence) + name


class Archive(Protocol):
    """The part of an ObjectStore that reading needs."""

    def read(self, key: str) -> bytes:
        """Raises ObjectMissing."""


def read_forms(archive: Archive, story_id: str, version: int, licence: str) -> LicensedForms | None:
    """None where render made none: the licence is younger than the version, or the story is withdrawn."""
    try:
        return LicensedForms.model_validate_json(archive.read(_folder(story_id, version, licence) + _INDEX))
    except ObjectMissing:
        return None


def seal_forms(archive: ObjectStore, forms: LicensedForms) -> None:
    """Say that the forms are complete."""
    archive.put(forms.key(_INDEX), forms.model_dump_json().encode(), content_type="application/json")


def sweep_forms(archive: ObjectStore, story_id: str, up_to: int) -> None:
    """Delete the forms of all versions up to this one."""
    sweep(archive, story_id, up_to, below=BELOW)


def feed_folder(product: str, licensed_agencies: Collection[str] | None = None) -> str:
    """The folder of a product's feed with these agencies' pictures, with its slash; without them, that of all."""
    folder = f"{BELOW}/{PRODUCTS}{product}/"
    return folder if licensed_agencies is None else f"{folder}{licence_id(licensed_agencies)}/"


def _folder(story_id: str, version: int, licence: str) -> str:
    return f"{BELOW}/{story_id}/v{version}/{licence}/"
