"""`slugline partners doctor`: what a partner's endpoint makes of what it will meet one day."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from slugline.adapters.dns import SystemResolver
from slugline.domain.webhook_signature import BadSecret, SharedSecret
from slugline_local.commands.options import AsJson
from slugline_local.console import err, out
from slugline_local.doctor.examine import examine
from slugline_local.doctor.findings import Finding, Report
from slugline_local.errors import Trouble
from slugline_local.runtime import state
from slugline_local.tables import Row, show


def doctor(
    url: Annotated[str, typer.Argument(help="Where the partner takes webhooks; better its test address.")],
    secret: Annotated[
        str | None,
        typer.Option(envvar="SLUGLINE_WEBHOOK_SECRET", help="The endpoint's secret, whsec_…; without it, only a part."),
    ] = None,
    allow_loopback: Annotated[
        bool, typer.Option(help="Let the endpoint be on this machine, as a running `slugline local` does.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Send an endpoint good, forged, stale and odd messages, and grade its answers from A to F.

    The endpoint gets a story of the doctor's own, which the last message withdraws. Exit code 1 when messages would be
    lost or can be forged.
    """
    loopback = allow_loopback or state.read() is not None
    with err.status("Examining") as status:
        report = examine(
            url,
            secret=_parsed(secret),
            now=datetime.now(UTC),
            resolver=SystemResolver(),
            allow_loopback=loopback,
            tell=lambda name: status.update(f"Sending: {name}"),
        )
    if as_json:
        out.file.write(report.model_dump_json() + "\n")
    else:
        _print(report, loopback=loopback)
    if not report.passed:
        raise typer.Exit(1)


def _parsed(secret: str | None) -> SharedSecret | None:
    if secret is None:
        return None
    try:
        return SharedSecret.parse(secret)
    except BadSecret as error:
        raise Trouble(f"--secret: {error}.", remedy="Give it as it was shown when the endpoint was made.") from error


def _print(report: Report, *, loopback: bool) -> None:
    columns = ("probe", "sent", "expected", "answer", "ms", "")
    show(map(_row, report.findings), columns, as_json=False, none="")
    out.print(f"\nGrade {report.grade}", style="bold green" if report.passed else "bold red")
    remedies: dict[str, list[str]] = {}
    for each in report.findings:
        if each.remedy:
            remedies.setdefault(each.remedy, []).append(each.probe)
    for remedy, probes in remedies.items():
        out.print(f"- {', '.join(probes)}: {remedy}", markup=False)
    for each in report.findings:
        if each.unseen and each.passed:
            out.print(f"- {each.probe}: an answer does not show {each.unseen}.", markup=False, style="dim")
    if not report.verified_with_secret:
        err.print("Without --secret no message was sent that is to be taken: most is not examined.", style="yellow")
    if loopback:
        err.print("Endpoints on loopback are allowed here.", style="yellow")


def _row(finding: Finding) -> Row:
    return {
        "probe": finding.probe,
        "sent": finding.sent,
        "expected": finding.expected.value,
        "answer": finding.answer,
        "ms": finding.ms,
        "": "right" if finding.passed else finding.weight.value,
    }
