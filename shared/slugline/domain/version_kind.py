"""What a version of a story is to those who read the one before it."""

from slugline.story import NoticeKind, Story


def version_kind(story: Story, *, first: bool) -> str:
    """published, updated or corrected."""
    if first:
        return "published"
    corrects = any(notice.kind is NoticeKind.CORRECTION for notice in story.notices)
    return "corrected" if corrects else "updated"
