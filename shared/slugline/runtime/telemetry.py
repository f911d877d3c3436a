"""Structured logs, metrics and traces: one logger, one metrics and one tracer per container, from Powertools."""

from aws_lambda_powertools import Logger, Metrics, Tracer

logger = Logger(service="slugline")
metrics = Metrics(namespace="Slugline", service="slugline")
tracer = Tracer(service="slugline")
