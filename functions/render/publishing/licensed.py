"""A story's forms for partners that have a licence for pictures of agencies in it."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable

from publishing.services import PublishServices
from rendering import Output
from slugline.domain.licence import ALL, freed_agencies, licensed
from slugline.licensed_forms import LicensedForms, seal_forms
from slugline.story import Story

MOST_SETS = 20
"""Sets of agencies that a story's forms are made for; where partners' licences differ more, most partners win."""


def write_licensed(
    services: PublishServices, story: Story, public: Iterable[Output], render: Callable[[Story], Iterable[Output]]
) -> None:
    """Write the forms that `render` makes and that differ from the public ones.

    A story without agencies' pictures costs nothing.
    """
    if not freed_agencies(story, {ALL}):
        return
    on_the_site = {output.name: output.body for output in public}
    for agencies in agency_sets(story, services.licences.licences().values()):
        outputs = render(licensed(story, agencies))
        differing = [output for output in outputs if output.body != on_the_site[output.name]]
        forms = LicensedForms(
            story_id=story.id,
            version=story.version,
            agencies=agencies,
            names=tuple(output.name for output in differing),
        )
        for output in differing:
            services.archive.put(forms.key(output.name), output.body, content_type=output.content_type)
        seal_forms(services.archive, forms)


def agency_sets(story: Story, licences: Iterable[Collection[str]]) -> list[tuple[str, ...]]:
    """What the licences free in the story, each set of agencies once, that of the most partners first."""
    freed = Counter(tuple(sorted(freed_agencies(story, licence))) for licence in licences)
    sets = sorted((agencies for agencies in freed if agencies), key=lambda agencies: (-freed[agencies], agencies))
    return sets[:MOST_SETS]
