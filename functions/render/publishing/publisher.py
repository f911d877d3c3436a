"""A story version is rendered and released: complete first, then visible, never backwards."""

from functools import partial

from publishing.feed_links import FOLDER
from publishing.feeds import refresh_feeds
from publishing.licensed import write_licensed
from publishing.memberships import entries_of, feed_pages
from publishing.new_feeds import NewFeeds
from publishing.services import PublishServices
from publishing.site_files import refresh_site_files
from rendering import PAGE, Output, StoryLinks, render_partner_formats, render_story, render_withdrawn
from rendering.lint import lint_story
from slugline.domain.version_kind import version_kind
from slugline.events import ImagesResized, StoryParsed, StoryRendered, StoryWithdrawn
from slugline.feed import FeedEntry
from slugline.licensed_forms import sweep_forms
from slugline.model import Instant
from slugline.partners import EventType
from slugline.pictures import PictureManifest
from slugline.ports.stories import HeadChanged, StoryHead, Superseded, VersionRow
from slugline.site import IMMUTABLE, folder, sweep, switch
from slugline.story import Story

_RACES = 5


class Publisher:
    """Publishes and withdraws story versions. Every call may be repeated, and may come late."""

    def __init__(self, services: PublishServices) -> None:
        self._services = services
        self._new_feeds = NewFeeds(services)

    def publish(self, parsed: StoryParsed | ImagesResized, correlation_id: str) -> None:
        """Write the version's outputs, make it the current one, refresh the feeds, announce it.

        A version that is no longer to be seen is left out; if the story was withdrawn, nothing of it stays behind.
        Raises HeadChanged when others change the story's head again and again.
        """
        for _ in range(_RACES - 1):
            try:
                return self._publish(parsed, correlation_id)
            except HeadChanged:
                continue
        return self._publish(parsed, correlation_id)

    def _publish(self, parsed: StoryParsed | ImagesResized, correlation_id: str) -> None:
        desk = self._services.desk
        head = self._services.stories.head(parsed.story_id)
        if head is None:
            raise LookupError(f"story {parsed.story_id} has no head, though it was parsed")
        if head.current > parsed.version:
            return self._sweep_late(head, parsed.version)
        story, pictures = self._read(parsed)
        row = self._row(story)
        released = row.released
        first = head.first_published or released
        links = self._links(pictures, head.path, first, released).model_copy(
            update={"feeds": feed_pages(story, desk, row.source_key)}
        )
        outputs = render_story(story, pictures, desk, links=links)
        self._write(story, outputs)
        formats = partial(render_partner_formats, pictures=pictures, desk=desk, links=links)
        write_licensed(self._services, story, outputs, formats)
        current = head.model_copy(update={"current": story.version, "first_published": first})
        kind = version_kind(story, first=first == released)
        entries = entries_of(story, pictures, links, desk, kind=EventType(f"story.{kind}"))
        try:
            current = self._services.stories.release(head, current, entries)
        except Superseded:
            return self._sweep_late(head, parsed.version)
        page = next(output for output in outputs if output.name == PAGE)
        switch(self._services.site, head.path, page.body, story.id, story.version, policy=page.policy)
        refresh_feeds(self._services, current.pending, correlation_id, resumed=bool(head.pending))
        self._services.stories.feeds_settled(current)
        refresh_site_files(self._services)
        self._new_feeds.write(correlation_id)
        self._services.bus.publish(
            StoryRendered(
                story_id=story.id,
                version=story.version,
                story_key=parsed.story_key,
                kind=kind,
                url=links.canonical,
                outputs={output.name: links.output(output.name) for output in outputs if output.name != PAGE},
                verdicts=lint_story(story, pictures, desk, links=links),
            ),
            correlation_id,
        )
        return None

    def withdraw(self, withdrawn: StoryWithdrawn, correlation_id: str) -> None:
        """Take every version up to the withdrawal off the site; in place of the page stands a notice of it."""
        services = self._services
        head = services.stories.head(withdrawn.story_id)
        sweep(services.site, withdrawn.story_id, withdrawn.version)
        sweep_forms(services.archive, withdrawn.story_id, withdrawn.version)
        if head and head.first_published:
            (page,) = render_withdrawn(services.desk, language=services.desk.language)
            if switch(services.site, head.path, page.body, withdrawn.story_id, withdrawn.version, policy=page.policy):
                services.stories.put_tombstone(head, self._tombstone(head, head.first_published, withdrawn.version))
            feeds = dict.fromkeys((*head.feeds, *head.pending))
            refresh_feeds(services, feeds, correlation_id, resumed=bool(head.pending))
            services.stories.feeds_settled(head)
            services.cdn.forget([f"/{head.path}", f"/stories/{withdrawn.story_id}/*"])

    def _sweep_late(self, head: StoryHead, version: int) -> None:
        """A late render of a withdrawn story may have written after the withdrawal had swept."""
        latest = self._services.stories.head(head.story_id) or head
        if latest.last_withdrawal > version:
            sweep(self._services.site, head.story_id, latest.last_withdrawal)
            sweep_forms(self._services.archive, head.story_id, latest.last_withdrawal)

    def _read(self, parsed: StoryParsed | ImagesResized) -> tuple[Story, PictureManifest]:
        archive = self._services.archive
        story = Story.model_validate_json(archive.get(parsed.story_key).body)
        if isinstance(parsed, StoryParsed):
            return story, PictureManifest(story_id=story.id, version=story.version)
        return story, PictureManifest.model_validate_json(archive.get(parsed.manifest_key).body)

    def _row(self, story: Story) -> VersionRow:
        """With when the version was free to be seen: a fact of the version, so that a replay gives the same bytes."""
        row = self._services.stories.version(story.id, story.version)
        if row is None:
            raise LookupError(f"story {story.id} has no version {story.version}, though it was parsed")
        return row

    def _links(self, pictures: PictureManifest, path: str, first: Instant, released: Instant) -> StoryLinks:
        site = self._services.desk.site_url
        below = folder(pictures.story_id, pictures.version)
        up = "../" * path.count("/")
        return StoryLinks(
            uri=f"urn:slugline:{pictures.story_id}",
            canonical=f"{site}/{path}",
            outputs=f"{site}/{below}",
            pictures=f"{site}/{pictures.folder}",
            page_outputs=f"{up}{below}",
            page_pictures=f"{up}{pictures.folder}",
            page_feeds=f"{up}{FOLDER}",
            first_released=first,
            released=released,
        )

    def _write(self, story: Story, outputs: tuple[Output, ...]) -> None:
        for output in outputs:
            if output.name != PAGE:
                self._services.site.put(
                    folder(story.id, story.version) + output.name,
                    output.body,
                    content_type=output.content_type,
                    cache_control=IMMUTABLE,
                )

    def _tombstone(self, head: StoryHead, first: Instant, version: int) -> FeedEntry:
        return FeedEntry(
            id=f"urn:slugline:{head.story_id}",
            story_id=head.story_id,
            version=version,
            url=f"{self._services.desk.site_url}/{head.path}",
            published=first,
            updated=head.dropped,
            released=first,
            withdrawn=head.dropped,
        )
