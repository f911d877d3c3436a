"""What partners' licences open of one story version."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from slugline.domain.licence import ALL, freed_agencies, licence_id, licensed
from slugline.licensed_forms import Archive, LicensedForms, read_forms
from slugline.story import Story


@dataclass
class OpenedStory:
    """A licence opens what render has made forms of, and nothing where it is younger than the version.

    `licences` gives the agencies of each partner's licence, by the partner's id. A story without agencies' pictures
    does not ask for them; another one costs a request for each set of agencies beside.
    """

    story: Story
    archive: Archive
    licences: Callable[[], Mapping[str, Collection[str]]]
    _forms: dict[str, LicensedForms | None] = field(default_factory=dict)

    def forms(self, partner_id: str) -> LicensedForms | None:
        """The forms that the partner may have in place of the public ones."""
        agencies = freed_agencies(self.story, self._licences.get(partner_id, ()))
        if not agencies:
            return None
        licence = licence_id(agencies)
        if licence not in self._forms:
            self._forms[licence] = read_forms(self.archive, self.story.id, self.story.version, licence)
        return self._forms[licence]

    def licence(self, partner_id: str) -> str:
        """A name for what the partner's licence opens; empty where it opens nothing."""
        forms = self.forms(partner_id)
        return forms.licence if forms else ""

    def story_for(self, partner_id: str) -> Story:
        """The story with the partner's pictures free to be passed on."""
        forms = self.forms(partner_id)
        return licensed(self.story, forms.agencies) if forms else self.story

    @cached_property
    def _licences(self) -> Mapping[str, Collection[str]]:
        return self.licences() if freed_agencies(self.story, {ALL}) else {}
