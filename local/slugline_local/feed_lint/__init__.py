"""Lint of a feed: what each platform would say of an RSS, Atom or JSON feed, or of a sitemap."""

from slugline.verdict import Finding, Verdict
from slugline_local.feed_lint.platforms import PLATFORMS
from slugline_local.feed_lint.reading import Feed, read_feed

__all__ = ["Feed", "lint_feed", "read_feed"]


def lint_feed(feed: Feed) -> tuple[Verdict, ...]:
    """The platforms' verdicts, in a fixed order."""
    return tuple(_verdict(platform, feed) for platform in PLATFORMS)


def _verdict(platform: str, feed: Feed) -> Verdict:
    findings = tuple(
        Finding(rule=rule.name, required=rule.required, fault=fault, remedy=rule.remedy, source=rule.source)
        for rule in PLATFORMS[platform]
        if (fault := rule.fault(feed))
    )
    return Verdict(platform=platform, accepted=not any(one.required for one in findings), findings=findings)
