"""From a story version to what readers see: the site, the table's current version, the feeds."""

from publishing.publisher import Publisher

__all__ = ["Publisher"]
