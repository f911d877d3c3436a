"""`slugline lint`: what each platform would say of a file's story."""

from slugline_local.commands.options import AsJson
from slugline_local.commands.output import File
from slugline_local.console import out


def lint(file: File, as_json: AsJson = False) -> None:
    """Say for each platform whether it would take the story, and what to mend."""
    # Imported here, so that the commands that lint nothing start without it.
    from parsing.document import Rejected  # noqa: PLC0415
    from slugline_local.offline import parsed  # noqa: PLC0415
    from slugline_local.offline.rendered import modified, verdicts  # noqa: PLC0415

    try:
        made = parsed.parse_file(file)
    except Rejected as rejected:
        raise parsed.trouble(file, rejected) from rejected
    for story in made.stories:
        for verdict in verdicts(story, made.originals, modified(file)):
            if as_json:
                out.file.write(verdict.model_dump_json() + "\n")
                continue
            out.print(f"{verdict.platform}: {'accepted' if verdict.accepted else 'refused'}", markup=False)
            for finding in verdict.findings:
                weight = "must" if finding.required else "should"
                out.print(f"  {weight}: {finding.fault} {finding.remedy} ({finding.source})", markup=False)
