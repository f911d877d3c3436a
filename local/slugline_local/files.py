"""Files that a person names on the command line."""

from pathlib import Path

from slugline_local.errors import Trouble


def read_file(path: Path) -> bytes:
    """Raises Trouble for one that cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Trouble(f"{path} cannot be read: {reason}.", remedy="Name a file that you may read.") from error
