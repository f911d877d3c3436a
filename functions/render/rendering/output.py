"""What rendering hands back."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Output:
    """One file: its name below the story's (or feed's) folder, its media type, its bytes."""

    name: str
    content_type: str
    body: bytes
