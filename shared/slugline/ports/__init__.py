"""What the use cases need from the outside world. Adapters meet these for AWS, fakes for tests."""
