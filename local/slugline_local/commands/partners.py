"""`slugline partners`: who is told of stories."""

from contextlib import suppress
from typing import Annotated

import typer

from slugline_local.commands.doctor import doctor
from slugline_local.commands.filters import try_filter
from slugline_local.commands.mending import reconcile, recover
from slugline_local.commands.options import AsJson
from slugline_local.console import err, out
from slugline_local.errors import Trouble
from slugline_local.stack import Stack, connect
from slugline_local.tables import show

app = typer.Typer(help="Partners and their webhook endpoints.", no_args_is_help=True)
app.command("test-filter")(try_filter)
app.command("doctor")(doctor)
app.command("recover")(recover)
app.command("reconcile")(reconcile)


@app.command("add")
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The partner's name.")],
    url: Annotated[str, typer.Argument(help="Where it takes webhooks.")],
    as_json: AsJson = False,
) -> None:
    """Add a partner with one endpoint; prints the signing secret, which is shown only once."""
    stack = connect(context.obj)
    api = stack.api
    _tell_of_loopback(stack)
    partner = api.create_partner(name)
    try:
        endpoint = api.create_endpoint(partner["id"], url)
    except Trouble:
        with suppress(Trouble):  # the first trouble is the one to tell
            api.delete_partner(partner["id"])  # half a partner is none
        raise
    if as_json:
        show([{"partner": partner["id"]} | endpoint], (), as_json=True, none="")
        return
    out.print(f"partner   {partner['id']}\nendpoint  {endpoint['id']}\nsecret    {endpoint['secret']}", markup=False)


@app.command("list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """List partners and their endpoints."""
    stack = connect(context.obj)
    api = stack.api
    rows = [
        {"partner": partner["id"]}
        | {field: partner[field] for field in ("name", "licensed_agencies")}
        | {"endpoint": endpoint.get("id")}
        | {field: endpoint.get(field) for field in ("url", "status", "status_reason")}
        for partner in api.partners()
        for endpoint in api.endpoints(partner["id"]) or [{}]
    ]
    columns = ("partner", "name", "licensed_agencies", "endpoint", "url", "status", "status_reason")
    _tell_of_loopback(stack)
    show(rows, columns, as_json=as_json, none="There are no partners yet.")


def _tell_of_loopback(stack: Stack) -> None:
    """An allowance that must never be forgotten on a stack that strangers reach."""
    if stack.loopback_endpoints:
        err.print(
            "Endpoints on loopback are allowed here (AllowLoopbackEndpoints), for the laptop only.", style="yellow"
        )


@app.command("licence")
def licence(
    context: typer.Context,
    partner: Annotated[str, typer.Argument(help="The partner's id.")],
    agencies: Annotated[
        list[str] | None,
        typer.Argument(help="Agencies whose pictures it may have; `*` for all. None ends the licence."),
    ] = None,
) -> None:
    """Set which agencies' pictures a partner may have. A licence that ends, ends at once, given links included."""
    changed = connect(context.obj).api.license_partner(partner, agencies or [])
    held = ", ".join(changed["licensed_agencies"]) or "none"
    out.print(f"{changed['name']} may have pictures of: {held}", markup=False)


@app.command("feeds")
def feeds(
    context: typer.Context,
    endpoint: Annotated[str, typer.Argument(help="The endpoint's id.")],
    as_json: AsJson = False,
) -> None:
    """Show the signed addresses of the product feeds that a partner's licence brings it."""
    found = connect(context.obj).api.feeds(endpoint)
    none = "No product with agencies' pictures is covered by the partner's licence."
    show(found, ("product", "licensed_agencies", "rss", "atom", "json_feed"), as_json=as_json, none=none)


@app.command("remove")
def remove(context: typer.Context, partner: Annotated[str, typer.Argument(help="The partner's id.")]) -> None:
    """Remove a partner and its endpoints; nothing is sent to it any more."""
    connect(context.obj).api.delete_partner(partner)
    out.print(f"removed {partner}", markup=False)
