"""From a parsed story to its pictures on the site: what the archive, the site and the bus are told."""

from resizing.resizer import Resizer

__all__ = ["Resizer"]
