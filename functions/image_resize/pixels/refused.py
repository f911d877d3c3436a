"""Why a picture was not made."""


class Refused(Exception):  # noqa: N818 - named for the outcome, as parsing.document.Rejected is
    """The picture breaks a rule of ours, named in the message; nothing was decoded."""
