"""Structured logs and metrics: one logger and one metrics collector per container, from Powertools.

There is no tracer: the X-Ray SDK takes 120 ms of each cold start to import and patch (docs/decisions). Lambda itself
traces each invocation, and the logger writes its trace id beside the correlation id.
"""

from aws_lambda_powertools import Logger, Metrics

logger = Logger(service="slugline")
metrics = Metrics(namespace="Slugline", service="slugline")
