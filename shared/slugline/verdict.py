"""What a platform would say of a story, before it is sent there."""

from slugline.model import Model


class Finding(Model):
    """A rule that the story breaks: what is wrong, where the platform says so, and what to do.

    `required` rules keep the story off the platform, the others make it less visible there.
    """

    rule: str
    required: bool
    fault: str
    remedy: str
    source: str


class Verdict(Model):
    """A story is accepted when it breaks no required rule."""

    platform: str
    accepted: bool
    findings: tuple[Finding, ...] = ()
