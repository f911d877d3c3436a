"""`slugline stories`: what readers see."""

import typer

from slugline.ports.stories import StoryHead
from slugline_local.commands.options import AsJson, Limit
from slugline_local.stack import connect
from slugline_local.tables import Row, show


def stories(context: typer.Context, limit: Limit = 20, as_json: AsJson = False) -> None:
    """List the stories, newest first, with their versions and pages."""
    stack = connect(context.obj)
    heads = stack.stories.recent_stories(limit)
    rows = [_row(head, stack.site) for head in heads]
    show(rows, ("id", "version", "state", "headline", "page"), as_json=as_json, none="There are no stories yet.")


def _row(head: StoryHead, site: str) -> Row:
    return {
        "id": head.story_id,
        "version": head.latest,
        "readers_see": head.current,
        "state": _state(head),
        "headline": head.headline,
        "page": f"{site}/{head.path}" if head.first_published else None,
        "file": head.source_key,
        "updated": head.updated.isoformat(),
    }


def _state(head: StoryHead) -> str:
    if head.withdrawn:
        return "withdrawn"
    if head.current == head.latest:
        return "published"
    return "updating" if head.current else "not published"
