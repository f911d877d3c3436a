"""Lint: a verdict for each platform on a story, each rule with its source and the remedy. Pure."""

from rendering.edition import Edition
from rendering.links import StoryLinks
from rendering.lint import apple_news, flipboard, google_news, msn, smartnews
from rendering.lint.rule import Rule
from slugline.desk import DeskSettings
from slugline.pictures import PictureManifest
from slugline.story import Story
from slugline.verdict import Finding, Verdict

__all__ = ["PLATFORMS", "Finding", "Verdict", "lint_story"]

PLATFORMS: dict[str, tuple[Rule, ...]] = {
    "Google News": google_news.RULES,
    "MSN": msn.RULES,
    "SmartNews": smartnews.RULES,
    "Flipboard": flipboard.RULES,
    "Apple News": apple_news.RULES,
}


def lint_story(
    story: Story, pictures: PictureManifest, desk: DeskSettings, *, links: StoryLinks
) -> tuple[Verdict, ...]:
    """The platforms' verdicts, in a fixed order."""
    edition = Edition(story, pictures, desk, links)
    return tuple(_verdict(platform, rules, edition) for platform, rules in PLATFORMS.items())


def _verdict(platform: str, rules: tuple[Rule, ...], edition: Edition) -> Verdict:
    findings = tuple(finding for rule in rules if (finding := rule.check(edition)))
    return Verdict(platform=platform, accepted=not any(item.required for item in findings), findings=findings)
