"""Fan-out: from one event about a story to one delivery per entitled endpoint."""
