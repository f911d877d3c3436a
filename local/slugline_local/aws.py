"""AWS clients for one place: the laptop's endpoint, or a real account."""

import os
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import boto3
import botocore.session
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_apigatewayv2 import ApiGatewayV2Client
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sqs import SQSClient

_QUICK = Config(connect_timeout=3, read_timeout=60, retries={"mode": "standard", "max_attempts": 3})
# Whatever proxy is in the environment, it is not between this machine and itself.
_LOOPBACK = _QUICK.merge(Config(proxies={}, s3={"addressing_style": "path"}))


@dataclass(frozen=True)
class Aws:
    """Clients of one endpoint (None: AWS itself), each made when first asked for."""

    session: boto3.session.Session
    endpoint: str | None
    config: Config

    @cached_property
    def s3(self) -> "S3Client":
        return self.session.client("s3", endpoint_url=self.endpoint, config=self.config)

    @cached_property
    def sqs(self) -> "SQSClient":
        return self.session.client("sqs", endpoint_url=self.endpoint, config=self.config)

    @cached_property
    def sns(self) -> "SNSClient":
        return self.session.client("sns", endpoint_url=self.endpoint, config=self.config)

    @cached_property
    def dynamodb(self) -> "DynamoDBClient":
        return self.session.client("dynamodb", endpoint_url=self.endpoint, config=self.config)

    @cached_property
    def events(self) -> "EventBridgeClient":
        return self.session.client("events", endpoint_url=self.endpoint, config=self.config)

    @cached_property
    def functions(self) -> "LambdaClient":
        return self.session.client("lambda", endpoint_url=self.endpoint, config=self.config)

    @cached_property
    def apis(self) -> "ApiGatewayV2Client":
        return self.session.client("apigatewayv2", endpoint_url=self.endpoint, config=self.config)

    @cached_property
    def cloudformation(self) -> "CloudFormationClient":
        return self.session.client("cloudformation", endpoint_url=self.endpoint, config=self.config)

    def close(self) -> None:
        """Close the connections of the clients that were made."""
        for client in vars(self).values():
            if hasattr(client, "close"):
                client.close()


def laptop(endpoint: str, region: str) -> Aws:
    """Clients of the laptop's AWS, whatever profile, credentials and proxies the person has set."""
    nothing = (None, None, os.devnull, None)
    core = botocore.session.Session(
        session_vars={"profile": (None, None, None, None), "config_file": nothing, "credentials_file": nothing}
    )
    core.set_credentials("test", "test")
    core.set_config_variable("region", region)
    return Aws(boto3.session.Session(botocore_session=core), endpoint, _LOOPBACK)


def account(endpoint: str | None, region: str | None) -> Aws:
    """Clients of the account that the person's own AWS settings name."""
    return Aws(boto3.session.Session(region_name=region), endpoint, _QUICK)
