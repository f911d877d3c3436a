"""Sends the probes, one after the other."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from slugline.domain.delivery_states import Answer
from slugline.domain.webhook_signature import SharedSecret
from slugline.outbound.http_sender import HttpSender
from slugline.ports.resolver import Resolver
from slugline_local.doctor.findings import Finding, Report, finding, report
from slugline_local.doctor.probes import Practice, Probe, examination, strangers
from slugline_local.doctor.slow_line import post_slowly


def examine(  # noqa: PLR0913 - all but one by keyword
    url: str,
    *,
    secret: SharedSecret | None,
    now: datetime,
    resolver: Resolver,
    allow_loopback: bool,
    tell: Callable[[str], None] = lambda _name: None,
) -> Report:
    """Examine an endpoint. `tell` hears each probe's name.

    Without a secret, only what nobody must take is sent. When there is no answer at all to the first probe, it is the
    only one.
    """
    practice = Practice.opened(secret or SharedSecret.new(), now)
    sender = HttpSender(resolver, allow_loopback=allow_loopback)

    def answer(probe: Probe) -> Answer:
        if probe.slowly:
            return asyncio.run(post_slowly(resolver, url, probe.headers, probe.body, allow_loopback=allow_loopback))
        return sender.post(url, probe.headers, probe.body)

    findings: list[Finding] = []
    for probe in examination(practice) if secret else strangers(practice):
        tell(probe.name)
        given = answer(probe)
        findings.append(finding(probe, given))
        if given.status is None and len(findings) == 1:
            break
    return report(url, tuple(findings), with_secret=secret is not None)
