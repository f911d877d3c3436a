"""Reading of RSS and Atom feeds."""
