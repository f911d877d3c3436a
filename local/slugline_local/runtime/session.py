"""The whole laptop runtime, from nothing to ready, as one block."""

import os
import platform
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from slugline.adapters.partner_table import PartnerTable
from slugline.domain.api_keys import new_key
from slugline.partners import Scope
from slugline_local.aws import Aws, laptop
from slugline_local.build import template as templates
from slugline_local.build.environment import emulator_python
from slugline_local.project import root, state_folder
from slugline_local.runtime import state
from slugline_local.runtime.deploy import deploy
from slugline_local.runtime.fit import fit, start_functions
from slugline_local.runtime.ministack import HOST, REGION, free_port, ministack
from slugline_local.runtime.site import site
from slugline_local.runtime.state import Running

STACK = "slugline"
_ARCHITECTURES = {"x86_64": "x86_64", "amd64": "x86_64", "arm64": "arm64", "aarch64": "arm64"}


@dataclass(frozen=True)
class Options:
    """`port` and `site_port` 0: a free one. `retry_schedule`: seconds before each delivery attempt, comma-separated.

    `redelivery_seconds`: when a message comes again whose function died.
    """

    port: int = 0
    site_port: int = 0
    start_functions: bool = True
    redelivery_seconds: int = 20
    retry_schedule: str = "0,1,2,4,8,16,32,64,128,256"


@contextmanager
def runtime(options: Options, tell: Callable[[str], None]) -> Iterator[Running]:
    """Builds, starts, deploys and serves; gives the addresses; ends everything. `tell` hears of each step.

    Raises Trouble.
    """
    template = templates.load(root() / "template.yaml")
    tell("Preparing the laptop's AWS")
    python = emulator_python()
    artefacts = templates.build_all(template, root(), lambda name: tell(f"Building {name}"))
    port, site_port = options.port or free_port(), options.site_port or free_port()
    site_url = f"http://{HOST}:{site_port}"
    with ExitStack() as stack:
        tell("Starting the laptop's AWS")
        folder = stack.enter_context(_own_folder())
        endpoint = stack.enter_context(ministack(python, port, folder))
        aws = stack.enter_context(closing(laptop(endpoint, REGION)))
        tell("Deploying template.yaml")
        wanted = {
            "Architecture": _ARCHITECTURES.get(platform.machine().lower(), "x86_64"),
            "SiteUrl": site_url,
            "RetrySchedule": options.retry_schedule,
            "AllowLoopbackEndpoints": "true",
        }
        made = deploy(aws, STACK, template, artefacts, {k: v for k, v in wanted.items() if k in template["Parameters"]})
        api = f"{endpoint}/_aws/execute-api/{made['ApiId']}/$default"
        fit(aws, STACK, options.redelivery_seconds, api)
        if options.start_functions:
            pool = ThreadPoolExecutor(os.cpu_count() or 1)
            start_functions(aws, pool)
            stack.callback(pool.shutdown, wait=False, cancel_futures=True)
        stack.enter_context(site(aws.s3, made["SiteBucket"], site_port))
        running = Running(
            endpoint=endpoint,
            region=REGION,
            stack=STACK,
            intake_bucket=made["IntakeBucket"],
            archive_bucket=made["ArchiveBucket"],
            site_bucket=made["SiteBucket"],
            table=made["TableName"],
            site=site_url,
            api=api,
            api_key=_operator_key(aws, made["TableName"]),
            pid=os.getpid(),
        )
        state.write(running)
        stack.callback(state.forget, os.getpid())
        yield running


def _operator_key(aws: Aws, table: str) -> str:
    """A key for the person at this laptop, good as long as the runtime lives."""
    row, text = new_key(tuple(Scope), datetime.now(UTC))
    PartnerTable(aws.dynamodb, table).add_key(row)
    return text


@contextmanager
def _own_folder() -> Iterator[Path]:
    """A folder for this process's runtime: its log stays, its temporary files go."""
    for left in state_folder().glob("run-*"):
        if not state.alive(int(left.name.removeprefix("run-"))):  # its owner was killed
            shutil.rmtree(left, ignore_errors=True)
    folder = state_folder() / f"run-{os.getpid()}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        log = folder / "ministack.log"
        if log.exists():
            log.replace(state_folder() / "ministack.log")
        shutil.rmtree(folder, ignore_errors=True)
