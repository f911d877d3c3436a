"""The stack that a command talks to: the laptop's running one, or a deployed one."""

from dataclasses import dataclass

from slugline_local import aws
from slugline_local.aws import Aws
from slugline_local.errors import Trouble
from slugline_local.runtime import state
from slugline_local.runtime.deploy import outputs


@dataclass(frozen=True)
class Target:
    """What the person said on the command line. Nothing said: the laptop's running stack."""

    endpoint: str | None = None
    stack: str | None = None
    region: str | None = None


@dataclass(frozen=True)
class Stack:
    """One deployment: its clients and the addresses of its parts."""

    aws: Aws
    intake_bucket: str
    archive_bucket: str
    site_bucket: str
    table: str
    site: str
    api: str


def connect(target: Target) -> Stack:
    """Raises Trouble when nothing is running; botocore's errors when AWS is not reached or refuses."""
    if target.stack or target.endpoint:
        return _deployed(target)
    running = state.read()
    if running is None:
        raise Trouble(
            "No laptop runtime is running.",
            remedy="Start one with `slugline local` in another terminal, or name a deployed stack with --stack.",
        )
    names = {"intake_bucket", "archive_bucket", "site_bucket", "table", "site", "api"}
    return Stack(aws.laptop(running.endpoint, running.region), **running.model_dump(include=names))


def _deployed(target: Target) -> Stack:
    clients = aws.account(target.endpoint, target.region)
    made = outputs(clients, target.stack or "slugline")
    try:
        return Stack(
            aws=clients,
            intake_bucket=made["IntakeBucket"],
            archive_bucket=made["ArchiveBucket"],
            site_bucket=made["SiteBucket"],
            table=made["TableName"],
            site=made["SiteUrl"],
            api=f"{target.endpoint}/_aws/execute-api/{made['ApiId']}/$default" if target.endpoint else made["ApiUrl"],
        )
    except KeyError as missing:
        raise Trouble(
            f"Stack {target.stack!r} has no output {missing}.",
            remedy="Name a stack made from Slugline's template.yaml.",
        ) from missing
