"""The feed as a page for people."""

from collections.abc import Sequence

from rendering import dates
from rendering.environment import render_page
from rendering.labels import labels_for
from rendering.links import FeedLinks
from rendering.output import HTML, PAGE, Output
from rendering.reservation import response_headers
from rendering.style import policy, style_sheet
from slugline.desk import DeskSettings
from slugline.feed import FeedEntry
from slugline.model import rfc3339

FORMS = (("rss.xml", "application/rss+xml", "RSS"), ("atom.xml", "application/atom+xml", "Atom"),
         ("feed.json", "application/feed+json", "JSON Feed"))  # fmt: skip


def render(entries: Sequence[FeedEntry], desk: DeskSettings, links: FeedLinks) -> Output:
    """Headlines, standfirsts and times, the stories in the order given."""
    labels = labels_for(links.language, desk.language)
    current = [entry for entry in entries if entry.withdrawn is None]
    style = style_sheet(desk)
    times = {
        entry.id: (rfc3339(entry.published), dates.for_people(entry.published, labels, desk.time_zone))
        for entry in current
    }
    thumbnails = [entry.picture.thumbnail.url for entry in current if entry.picture]
    allowed = policy(style, desk.logo_url, *thumbnails)
    body = render_page(
        "feed.html",
        desk,
        entries=current,
        desk=desk,
        links=links,
        labels=labels,
        times=times,
        forms=FORMS,
        style=style,
        policy=allowed,
        tdm=tuple(response_headers(desk).items()),
    )
    return Output(PAGE, HTML, body, allowed)
