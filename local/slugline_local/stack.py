"""The stack that a command talks to: the laptop's running one, or a deployed one."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from slugline.adapters.dead_letter_table import DeadLetterTable
from slugline.adapters.partner_table import PartnerTable
from slugline.adapters.s3 import S3ObjectStore
from slugline.adapters.story_table import DynamoStoryTable
from slugline.desk import DeskSettings
from slugline.desk_store import FOLDER, InForce, in_force
from slugline_local import aws
from slugline_local.api import LOOPBACK, Api
from slugline_local.aws import Aws
from slugline_local.errors import Trouble
from slugline_local.runtime import state
from slugline_local.runtime.deploy import outputs
from slugline_local.runtime.ministack import REGION
from slugline_local.runtime.state import Running

DEFAULT_STACK = "slugline"


@dataclass(frozen=True)
class Target:
    """What the person said on the command line. Nothing said: the laptop's running stack."""

    endpoint: str | None = None
    stack: str | None = None
    region: str | None = None
    api_key: str | None = None


@dataclass(frozen=True)
class Stack:
    """One deployment: its clients and the addresses of its parts, each without a slash at its end."""

    aws: Aws
    intake_bucket: str
    archive_bucket: str
    site_bucket: str
    table: str
    site: str
    api_url: str
    api_key: str | None
    loopback_endpoints: bool = False

    @cached_property
    def stories(self) -> DynamoStoryTable:
        return DynamoStoryTable(self.aws.dynamodb, self.table)

    @cached_property
    def dead_letters(self) -> DeadLetterTable:
        return DeadLetterTable(self.aws.dynamodb, self.table)

    @cached_property
    def archive(self) -> S3ObjectStore:
        return S3ObjectStore(self.aws.s3, self.archive_bucket)

    @cached_property
    def partners(self) -> PartnerTable:
        return PartnerTable(self.aws.dynamodb, self.table)

    @cached_property
    def api(self) -> Api:
        return Api(self.api_url, self.api_key)

    @property
    def desk(self) -> InForce:
        """The newsroom's settings in force now."""
        base = DeskSettings(site_url=self.site)
        return in_force(self.archive, base, self.archive.etags(FOLDER))

    def close(self) -> None:
        """Close all connections."""
        self.api.close()
        self.aws.close()


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
    return of_laptop(running)


def is_there(target: Target) -> bool:
    """Whether a stack is named, or the laptop's is running."""
    return bool(target.stack or target.endpoint or state.read())


def of_laptop(running: Running) -> Stack:
    """The stack of a running laptop runtime."""
    return Stack(
        aws=aws.laptop(running.endpoint, running.region),
        intake_bucket=running.intake_bucket,
        archive_bucket=running.archive_bucket,
        site_bucket=running.site_bucket,
        table=running.table,
        site=running.site,
        api_url=running.api,
        api_key=running.api_key,
        loopback_endpoints=True,
    )


def _deployed(target: Target) -> Stack:
    clients = _clients(target)
    name = target.stack or DEFAULT_STACK
    made = outputs(clients, name)
    try:
        return Stack(
            aws=clients,
            intake_bucket=made["IntakeBucket"],
            archive_bucket=made["ArchiveBucket"],
            site_bucket=made["SiteBucket"],
            table=made["TableName"],
            site=made["SiteUrl"],
            api_url=emulated_api(target.endpoint, made["ApiId"]) if target.endpoint else made["ApiUrl"],
            api_key=target.api_key,
            loopback_endpoints=made.get("LoopbackEndpoints") == "true",
        )
    except KeyError as missing:
        raise Trouble(
            f"The stack {name} has no output {missing}.", remedy="Name a stack made from Slugline's template.yaml."
        ) from missing


def _clients(target: Target) -> Aws:
    """An emulator on this machine is given no account's credentials."""
    if target.endpoint and urlsplit(target.endpoint).hostname in LOOPBACK:
        return aws.laptop(target.endpoint, target.region or REGION)
    return aws.account(target.endpoint, target.region)


def emulated_api(endpoint: str, api_id: str) -> str:
    """Where an emulator of AWS serves an HTTP API, whose own host name leads nowhere."""
    return f"{endpoint}/_aws/execute-api/{api_id}/$default"
