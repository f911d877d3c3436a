"""What a dead letter was about, and its row."""
