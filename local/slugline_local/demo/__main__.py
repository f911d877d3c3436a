"""Run the demo: `python -m slugline_local.demo`, or `make demo`."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rich.table import Table

from slugline_local.console import err, out, show
from slugline_local.demo.keep import keep_site, keep_webhooks
from slugline_local.demo.progress import Progress
from slugline_local.demo.receiver import Receiver, receiver
from slugline_local.errors import Trouble
from slugline_local.explain import AWS_ERRORS, explain
from slugline_local.project import root
from slugline_local.runtime.session import Options, runtime
from slugline_local.stack import Stack, of_laptop

_INPUT = ("tests/samples/text/us-equipment-pakistan.txt", "tests/samples/photo/dust-bowl-farm.jpg")
_SECONDS = 60.0
_LOOK_SECONDS = 0.2


def main() -> None:
    """Drop real files, wait until they are published and the partner is told, name what came of it."""
    # A runtime that the person has running is left alone.
    os.environ["SLUGLINE_STATE"] = str(root() / ".slugline" / "demo")
    started = time.monotonic()

    def tell(line: str) -> None:
        err.print(f"[dim]{time.monotonic() - started:5.1f} s[/]  ", end="")
        err.print(line, markup=False)

    try:
        with receiver() as partner, runtime(Options(), tell) as running:
            stack = of_laptop(running)
            _drop(stack, partner, tell)
            _wait(Progress(stack, partner), tell)
            folder = root() / "demo-output"
            site = keep_site(stack, folder / "site")
            webhooks = keep_webhooks(partner.verified, folder / "webhooks")
    except Trouble as trouble:
        show(trouble)
        sys.exit(1)
    except AWS_ERRORS as error:
        show(explain(error))
        sys.exit(1)
    tell("Everything is stopped; what was published is kept in demo-output/")
    out.print(_results(site, webhooks))


def _drop(stack: Stack, partner: Receiver, tell: Callable[[str], None]) -> None:
    made = stack.api.create_partner("Example Partner")
    endpoint = stack.api.create_endpoint(made["id"], partner.url)
    partner.secret = endpoint["secret"]
    tell(f"partner {partner.url} takes webhooks")
    for name in _INPUT:
        path = root() / name
        stack.aws.s3.upload_file(str(path), stack.intake_bucket, path.name)
        tell(f"dropped {path.name}")


def _wait(progress: Progress, tell: Callable[[str], None]) -> None:
    """Until each file is published and the partner has heard of each. Raises Trouble."""
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline:
        for line in progress.news():
            tell(line)
        if quarantined := progress.quarantined():
            raise Trouble(f"Not published: {'; '.join(quarantined)}", remedy="The demo's input must be readable files.")
        stories = {webhook.payload["data"]["id"] for webhook in progress.partner.verified}
        if len(progress.published()) == len(stories) == len(_INPUT):
            return
        time.sleep(_LOOK_SECONDS)
    raise Trouble(
        f"After {_SECONDS:.0f} s, {len(progress.published())} of {len(_INPUT)} files are published and "
        f"{len(progress.partner.verified)} webhooks verified.",
        remedy="The functions' log is .slugline/demo/ministack.log.",
    )


def _results(site: list[Path], webhooks: list[Path]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False)
    renditions = [path for path in site if path.parent.name == "pictures"]
    for title, paths in (
        ("Article page", [path for path in site if path.parent.name == "articles"]),
        ("ninjs", [path for path in site if path.name == "ninjs-3.1.json"]),
        ("RSS feed", [path for path in site if path.name == "rss.xml"]),
        (f"{len(renditions)} renditions", sorted({path.parent for path in renditions})),
        ("Webhook, verified", webhooks),
    ):
        table.add_row(title, "\n".join(f"[link={path.as_uri()}]{path.relative_to(root())}[/link]" for path in paths))
    return table


if __name__ == "__main__":
    main()
