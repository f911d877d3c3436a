"""Slugline's shared layer: models, domain rules, ports, adapters and runtime of the news syndication service."""
