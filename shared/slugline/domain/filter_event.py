"""What an endpoint's filter sees of a story."""

from typing import Any

from slugline.desk import DeskSettings
from slugline.domain.event_pattern import explain
from slugline.partners import Endpoint, EventType
from slugline.story import Story


def filter_event(kind: EventType, story: Story, settings: DeskSettings) -> dict[str, Any]:
    """The fields to filter by. `folder` is where the story's file was dropped, `desk` the named desk that the settings
    give that to, whose feed has the story; both are empty without one."""
    key = story.provenance.key if story.provenance else ""
    return {
        "type": kind.value,
        "desk": settings.desk_of(key) or "",
        "folder": key.rpartition("/")[0],
        "language": story.language,
        "slug": story.slug,
        "keywords": list(story.keywords),
        "subjects": [subject.name for subject in story.subjects],
        "subject_uris": [subject.uri for subject in story.subjects if subject.uri],
        "authors": [author.name for author in story.authors],
        "pictures": {
            "count": len(story.images),
            "agencies": [image.rights.agency for image in story.images if image.rights.agency],
            "all_syndicated": all(image.rights.syndicate for image in story.images),
        },
    }


def wanted(endpoint: Endpoint, seen: dict[str, Any]) -> bool:
    """Whether the endpoint asked for what `filter_event` gave."""
    if endpoint.event_types and seen["type"] not in endpoint.event_types:
        return False
    return endpoint.filter is None or explain(endpoint.filter, seen).matches
