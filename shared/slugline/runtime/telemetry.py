"""Structured logs and metrics: one logger and one metrics collector per container, from Powertools.

There is no tracer: the X-Ray SDK would take as long to import as most of the rest (docs/decisions/0011-cold-start.md).
Lambda itself traces each invocation, and the logger writes its trace id beside the correlation id.
"""

from aws_lambda_powertools import Logger, Metrics

logger = Logger(service="slugline")
metrics = Metrics(namespace="Slugline", service="slugline")
