"""Domain rules: pure functions over the models."""
