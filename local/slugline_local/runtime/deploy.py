"""Deploys the packaged template by CloudFormation, as `sam deploy` does."""

import json
import time
from collections.abc import Mapping

from slugline_local.aws import Aws
from slugline_local.build.artefact import Artefact
from slugline_local.build.template import Template, package
from slugline_local.errors import Trouble

ARTEFACT_BUCKET = "slugline-artefacts"
_TEMPLATE = "template.json"
_DEPLOY_SECONDS = 120.0
_LOOK_SECONDS = 0.1


def deploy(
    aws: Aws, stack: str, template: Template, artefacts: list[Artefact], parameters: Mapping[str, str]
) -> dict[str, str]:
    """Creates the stack and gives its outputs. Raises Trouble naming the resource that failed."""
    aws.s3.create_bucket(Bucket=ARTEFACT_BUCKET)
    for artefact in artefacts:
        aws.s3.upload_file(str(artefact.path), ARTEFACT_BUCKET, artefact.path.name)
    # By its address: a template in the request itself has 51,200 bytes at most.
    packaged = json.dumps(package(template, artefacts, ARTEFACT_BUCKET)).encode()
    aws.s3.put_object(Bucket=ARTEFACT_BUCKET, Key=_TEMPLATE, Body=packaged)
    aws.cloudformation.create_stack(
        StackName=stack,
        TemplateURL=f"{aws.endpoint}/{ARTEFACT_BUCKET}/{_TEMPLATE}",
        Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()],
        Capabilities=["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
    )
    if _final_status(aws, stack) != "CREATE_COMPLETE":
        raise Trouble(
            f"The template could not be deployed: {_first_failure(aws, stack)}",
            remedy="Fix that resource in template.yaml; the log is .slugline/ministack.log.",
        )
    return outputs(aws, stack)


def _final_status(aws: Aws, stack: str) -> str:
    """The stack's status once it is no longer in progress. Botocore's waiter looks once a second at best."""
    deadline = time.monotonic() + _DEPLOY_SECONDS
    while (status := _status(aws, stack)).endswith("_IN_PROGRESS") and time.monotonic() < deadline:
        time.sleep(_LOOK_SECONDS)
    return status


def _status(aws: Aws, stack: str) -> str:
    return aws.cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"]


def outputs(aws: Aws, stack: str) -> dict[str, str]:
    """The stack's outputs by name. Raises botocore.exceptions.ClientError when there is no such stack."""
    described = aws.cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
    return {output["OutputKey"]: output["OutputValue"] for output in described.get("Outputs", [])}


def _first_failure(aws: Aws, stack: str) -> str:
    events = aws.cloudformation.describe_stack_events(StackName=stack)["StackEvents"]
    for event in reversed(events):
        if "FAILED" in event.get("ResourceStatus", ""):
            return f"{event.get('LogicalResourceId')}: {event.get('ResourceStatusReason', 'no reason given')}"
    return "no event says why"
