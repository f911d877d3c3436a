"""`slugline desk`: the newsroom's settings and templates, changed without a deploy."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from slugline.desk import DeskSettings
from slugline.desk_store import (
    FOLDER,
    OF_THE_STACK,
    SETTINGS,
    SettingsRefused,
    in_force,
    template_key,
    validated,
)
from slugline.ports.objects import ObjectChanged, ObjectMissing
from slugline_local.console import err, out
from slugline_local.errors import Trouble
from slugline_local.files import read_file
from slugline_local.stack import Stack, connect

app = typer.Typer(help="Desk settings and templates: name, look, desks, products.", no_args_is_help=True)
Key = Annotated[str, typer.Argument(help="A setting, with dots into it: products.msn.name.")]
_SOON = "In force within half a minute, for what is rendered from then on."
Json = dict[str, Any]


@app.command("show")
def show(context: typer.Context, key: Annotated[str, typer.Argument(help="One setting only.")] = "") -> None:
    """Print the settings in force, as JSON."""
    stack = connect(context.obj)
    found = in_force(stack.archive, _base(stack), stack.archive.etags(FOLDER))
    settings: Any = found.settings.model_dump(mode="json", exclude={"site_url"})
    settings["templates"] = sorted(found.settings.templates)
    for part in filter(None, key.split(".")):
        if not isinstance(settings, dict) or part not in settings:
            raise Trouble(f"There is no setting {key}.", remedy="`slugline desk show` names them all.")
        settings = settings[part]
    out.file.write(json.dumps(settings, ensure_ascii=False, indent=2) + "\n")
    _tell(found.faults)


@app.command("set")
def set_(
    context: typer.Context, key: Key, value: Annotated[str, typer.Argument(help="Text, or any JSON value.")]
) -> None:
    """Set one setting; refused when the settings would not be valid."""

    def change(document: Json) -> None:
        *above, last = key.split(".")
        for part in above:
            document = document.setdefault(part, {})
            if not isinstance(document, dict):
                raise Trouble(f"{part} has no settings within it.", remedy=f"Set {part} itself.")
        document[last] = _value(value)

    _edit(connect(context.obj), change)


@app.command("reset")
def reset(context: typer.Context, key: Key) -> None:
    """Take one setting back to its default."""

    def change(document: Json) -> None:
        *above, last = key.split(".")
        for part in above:
            document = document.get(part, {})
        if document.pop(last, None) is None:
            raise Trouble(f"{key} is not set.", remedy="`slugline desk show` prints the settings in force.")

    _edit(connect(context.obj), change)


@app.command("upload")
def upload(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="settings.json, or a template such as article.html.")],
) -> None:
    """Put a whole settings document, or a template override, in place; refused when it is broken."""
    stack = connect(context.obj)
    body = read_file(file)
    if file.suffix == ".json":
        _checked(body, stack)
        stack.archive.put(SETTINGS, body, content_type="application/json")
        out.print(f"{SETTINGS} is replaced. {_SOON}", markup=False)
        return
    _try_template(file.name, body, stack)
    stack.archive.put(template_key(file.name), body, content_type="text/plain; charset=utf-8")
    out.print(f"{template_key(file.name)} is in place. {_SOON}", markup=False)


@app.command("remove-template")
def remove_template(context: typer.Context, name: Annotated[str, typer.Argument(help="Such as article.html.")]) -> None:
    """Go back to the built-in template."""
    stack = connect(context.obj)
    found = in_force(stack.archive, _base(stack), stack.archive.etags(FOLDER)).settings.templates
    if name not in found:
        overridden = ", ".join(sorted(found)) or "none"
        raise Trouble(f"There is no override of {name}.", remedy=f"Overridden are: {overridden}.")
    stack.archive.delete([template_key(name)])
    out.print(f"{name} is the built-in one again. {_SOON}", markup=False)


@app.command("check")
def check(context: typer.Context) -> None:
    """Say whether what is in the bucket is valid, and try each template on a story."""
    from slugline_local.offline.trial import broken_templates  # noqa: PLC0415 - only here is rendering needed

    stack = connect(context.obj)
    found = in_force(stack.archive, _base(stack), stack.archive.etags(FOLDER))
    faults = (*found.faults, *broken_templates(found.settings))
    if faults:
        raise Trouble("\n".join(faults), remedy="`slugline desk upload FILE` puts a mended one in place.")
    out.print("The desk settings and templates are valid.", markup=False)


def _base(stack: Stack) -> DeskSettings:
    return DeskSettings(site_url=stack.site)


def _edit(stack: Stack, change: Any) -> None:
    """The document as it is, changed, checked, and put back over what was read."""
    try:
        seen = stack.archive.get(SETTINGS)
    except ObjectMissing:
        seen = None
    document = _document(seen.body if seen else b"{}")
    change(document)
    body = (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
    _checked(body, stack)
    etag = seen.etag if seen else None
    try:
        stack.archive.put(SETTINGS, body, content_type="application/json", if_match=etag, if_absent=seen is None)
    except ObjectChanged as error:
        raise Trouble("Somebody else changed the settings just now.", remedy="Look at them and try again.") from error
    out.print(_SOON, markup=False)


def _document(body: bytes) -> Json:
    try:
        document = json.loads(body)
    except ValueError as error:
        raise Trouble(
            f"{SETTINGS} is broken: {error}", remedy="Replace it with `slugline desk upload FILE`."
        ) from error
    if not isinstance(document, dict):
        raise Trouble(f"{SETTINGS} is no JSON object.", remedy="Replace it with `slugline desk upload FILE`.")
    return document


def _checked(body: bytes, stack: Stack) -> None:
    try:
        validated(body, _base(stack))
    except SettingsRefused as refused:
        names = ", ".join(name for name in DeskSettings.model_fields if name not in OF_THE_STACK)
        raise Trouble("\n".join(refused.faults), remedy=f"The settings are: {names}.") from refused


def _try_template(name: str, body: bytes, stack: Stack) -> None:
    from slugline_local.offline.trial import broken_templates  # noqa: PLC0415 - only here is rendering needed

    try:
        template_key(name)
        text = body.decode()
    except ValueError as error:
        raise Trouble(f"{name}: {error}", remedy="Name the file as the template that it stands in for.") from error
    found = in_force(stack.archive, _base(stack), stack.archive.etags(FOLDER)).settings
    faults = broken_templates(found.model_copy(update={"templates": found.templates | {name: text}}))
    if faults:
        raise Trouble("\n".join(faults), remedy="docs/outputs.md names the blocks and what they are given.")


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _tell(faults: tuple[str, ...]) -> None:
    for fault in faults:
        err.print(fault, style="yellow", markup=False)
