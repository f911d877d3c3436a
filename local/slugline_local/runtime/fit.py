"""What a laptop needs beyond the template: settings of the deployed stack, made through AWS's own calls.

The template stays as it is in AWS; docs/decisions/0003-laptop-runtime.md says why for each.
"""

import json
import os
import re
from collections.abc import Iterator
from concurrent.futures import Executor
from typing import Any

from slugline_local.aws import Aws

_SMALLEST_CONCURRENCY = 2
"""Lambda takes no less for a queue."""
_NO_RECORDS = b'{"Records": []}'
_METHODS = {"x-amazon-apigateway-any-method": "ANY"}
_OF_THE_API = {"HUB_URL": "/hub", "OEMBED_URL": "/oembed", "API_URL": ""}

Json = dict[str, Any]


def fit(aws: Aws, stack: str, redelivery_seconds: int, api_url: str) -> None:
    """Make the deployed stack fit for one machine that a person watches."""
    resources = _resources(aws, stack)
    _redeliver_soon(aws, resources, redelivery_seconds)
    _bound_concurrency(aws)
    _add_routes(aws, stack, resources)
    _name_api(aws, api_url)


def start_functions(aws: Aws, pool: Executor) -> None:
    """Have each function that reads a queue start its first process now, not at the first file. Does not wait."""
    mappings = aws.functions.list_event_source_mappings()["EventSourceMappings"]
    for function in dict.fromkeys(mapping["FunctionArn"] for mapping in mappings):
        pool.submit(aws.functions.invoke, FunctionName=function, Payload=_NO_RECORDS)


def _resources(aws: Aws, stack: str) -> dict[str, tuple[str, str]]:
    """Type and physical id of each resource, by its name in the template."""
    described = aws.cloudformation.describe_stack_resources(StackName=stack)["StackResources"]
    return {each["LogicalResourceId"]: (each["ResourceType"], each["PhysicalResourceId"]) for each in described}


def _redeliver_soon(aws: Aws, resources: dict[str, tuple[str, str]], seconds: int) -> None:
    """Let queues hand out a message again after seconds where the template says minutes.

    On a laptop a person kills a process and waits for what it held. AWS asks for six times the function's timeout; here
    the price of a message handed out twice is some repeated work.
    """
    for kind, url in resources.values():
        if kind == "AWS::SQS::Queue":
            aws.sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": str(seconds)})


def _bound_concurrency(aws: Aws) -> None:
    """At most one process of a function per core: here they share the machine with each other."""
    most = max(_SMALLEST_CONCURRENCY, os.cpu_count() or 1)
    for mapping in aws.functions.list_event_source_mappings()["EventSourceMappings"]:
        if mapping.get("ScalingConfig", {}).get("MaximumConcurrency", most) > most:
            aws.functions.update_event_source_mapping(UUID=mapping["UUID"], ScalingConfig={"MaximumConcurrency": most})


def _add_routes(aws: Aws, stack: str, resources: dict[str, tuple[str, str]]) -> None:
    """Give HTTP APIs the routes of their OpenAPI body, which MiniStack does not read."""
    processed = aws.cloudformation.get_template(StackName=stack, TemplateStage="Processed")["TemplateBody"]
    template: Json = processed if isinstance(processed, dict) else json.loads(processed)
    for name, resource in template["Resources"].items():
        if resource["Type"] != "AWS::ApiGatewayV2::Api":
            continue
        api = resources[name][1]
        if aws.apis.get_routes(ApiId=api)["Items"]:
            continue
        for route, function in _routes(resource["Properties"].get("Body", {})):
            integration = aws.apis.create_integration(
                ApiId=api,
                IntegrationType="AWS_PROXY",
                IntegrationUri=aws.functions.get_function(FunctionName=resources[function][1])["Configuration"][
                    "FunctionArn"
                ],
                PayloadFormatVersion="2.0",
            )
            target = f"integrations/{integration['IntegrationId']}"
            aws.apis.create_route(ApiId=api, RouteKey=route, Target=target)


def _name_api(aws: Aws, api_url: str) -> None:
    """Tell the functions that name the API's addresses to others those here: the template's are names of AWS's."""
    for function in aws.functions.list_functions()["Functions"]:
        variables = function.get("Environment", {}).get("Variables", {})
        named = {name: api_url + path for name, path in _OF_THE_API.items() if name in variables}
        if named:
            aws.functions.update_function_configuration(
                FunctionName=function["FunctionName"], Environment={"Variables": {**variables, **named}}
            )


def _routes(body: Json) -> Iterator[tuple[str, str]]:
    """Each route of an OpenAPI body with the name of its function in the template."""
    for path, methods in body.get("paths", {}).items():
        for method, operation in methods.items():
            uri = json.dumps(operation["x-amazon-apigateway-integration"]["uri"])
            if named := re.search(r"\$\{(\w+)\.Arn\}", uri):
                yield f"{_METHODS.get(method, method.upper())} {path}", named[1]
