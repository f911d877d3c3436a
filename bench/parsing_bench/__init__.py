"""The parser's measurements. Public sets are folders given as arguments; none is part of the repository."""
