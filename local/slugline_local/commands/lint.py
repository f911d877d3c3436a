"""`slugline lint`: what each platform would say of a file's story, or of a feed."""

from collections.abc import Iterable
from pathlib import Path

from slugline.verdict import Verdict
from slugline_local.commands.options import AsJson, Desk
from slugline_local.commands.output import File
from slugline_local.console import out
from slugline_local.files import read_file


def lint(file: File, as_json: AsJson = False, desk: Desk = None) -> None:
    """Say for each platform whether it would take the story, feed or sitemap, and what to mend."""
    for verdict in _feed_verdicts(file) or _story_verdicts(file, desk):
        if as_json:
            out.file.write(verdict.model_dump_json() + "\n")
            continue
        out.print(f"{verdict.platform}: {'accepted' if verdict.accepted else 'refused'}", markup=False)
        for finding in verdict.findings:
            weight = "must" if finding.required else "should"
            out.print(f"  {weight}: {finding.fault} {finding.remedy} ({finding.source})", markup=False)


def _feed_verdicts(file: Path) -> tuple[Verdict, ...]:
    """None for a file that is no feed."""
    from slugline_local.feed_lint import lint_feed, read_feed  # noqa: PLC0415 - as below

    feed = read_feed(read_file(file))
    return lint_feed(feed) if feed else ()


def _story_verdicts(file: Path, desk: Path | None) -> Iterable[Verdict]:
    # Imported here, so that the commands that lint nothing start without it.
    from parsing.document import Rejected  # noqa: PLC0415 - loaded by the command that needs it
    from slugline_local.offline import parsed  # noqa: PLC0415 - loaded by the command that needs it
    from slugline_local.offline.desk_file import read_desk  # noqa: PLC0415 - loaded by the command that needs it
    from slugline_local.offline.rendered import modified, verdicts  # noqa: PLC0415 - loaded by the command that needs it

    settings = read_desk(desk)
    try:
        made = parsed.parse_file(file, settings)
    except Rejected as rejected:
        raise parsed.trouble(file, rejected) from rejected
    return (verdict for story in made.stories for verdict in verdicts(story, made.originals, modified(file), settings))
