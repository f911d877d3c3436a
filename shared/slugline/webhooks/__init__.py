"""What a webhook says: the bodies of messages about stories."""
