"""What the API answers, one module per resource. Each has `add_routes`, which api_handler names."""
