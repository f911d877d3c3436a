"""template.yaml as CloudFormation gets it: transformed by AWS's own SAM translator."""

from functools import cache
from pathlib import Path
from typing import Any

import boto3
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

ROOT = Path(__file__).parents[2]
REGION = "eu-central-1"
_ARTEFACT = "s3://artefacts/function.zip"
PARAMETERS = {"SiteUrl": "https://news.example", "PictureWaitSeconds": "0", "AllowLoopbackEndpoints": "true"}


@cache
def sam_template() -> dict[str, Any]:
    """The file as written."""
    template: dict[str, Any] = yaml_parse((ROOT / "template.yaml").read_text(encoding="utf-8"))
    return template


@cache
def transformed_template() -> dict[str, Any]:
    """The resources that CloudFormation would create."""
    template: dict[str, Any] = yaml_parse((ROOT / "template.yaml").read_text(encoding="utf-8"))
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = _ARTEFACT
        if resource["Type"] == "AWS::Serverless::LayerVersion":
            resource["Properties"]["ContentUri"] = _ARTEFACT
    translator = Translator({}, Parser(), boto_session=boto3.session.Session(region_name=REGION))
    transformed: dict[str, Any] = translator.translate(template, dict(PARAMETERS))
    return transformed


def resources_of(kind: str) -> dict[str, dict[str, Any]]:
    """Logical id to resource, of one CloudFormation type."""
    return {
        name: resource for name, resource in transformed_template()["Resources"].items() if resource["Type"] == kind
    }
