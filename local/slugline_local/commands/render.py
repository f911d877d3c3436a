"""`slugline render`: everything one file's story becomes."""

from slugline_local.commands.options import Desk
from slugline_local.commands.output import File, Out, tell, writing
from slugline_local.console import err


def render(file: File, folder: Out, desk: Desk = None) -> None:
    """Write what a file's story becomes: page, formats, pictures, feeds."""
    # Imported here, so that the commands that render nothing start without it.
    from parsing.document import Rejected  # noqa: PLC0415 - loaded by the command that needs it
    from slugline_local.offline import parsed  # noqa: PLC0415 - loaded by the command that needs it
    from slugline_local.offline.desk_file import read_desk  # noqa: PLC0415 - loaded by the command that needs it
    from slugline_local.offline.rendered import modified, render_to  # noqa: PLC0415 - loaded by the command that needs it

    settings = read_desk(desk)
    try:
        made = parsed.parse_file(file, settings)
    except Rejected as rejected:
        raise parsed.trouble(file, rejected) from rejected
    for story in made.stories:
        target = folder if len(made.stories) == 1 else folder / f"{story.slug}-{story.id}"
        with writing(target):
            tell(render_to(target, story, made.originals, modified(file), settings))
        for warning in story.warnings:
            err.print(warning, style="yellow", markup=False)
