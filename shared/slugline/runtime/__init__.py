"""What runs around the use cases: settings, telemetry, the composition root."""
