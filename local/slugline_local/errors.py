"""What a person sees in place of a traceback."""


class Trouble(Exception):  # noqa: N818 - reads as the finding it is
    """Something a person can act on: what is wrong, and what to do."""

    def __init__(self, reason: str, *, remedy: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy
