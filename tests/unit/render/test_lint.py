"""Verdicts of the platforms."""

import pytest

from rendering.lint import PLATFORMS, lint_story
from slugline.story import Author


def findings(story, pictures, desk, links):
    return {
        verdict.platform: {item.rule for item in verdict.findings}
        for verdict in lint_story(story, pictures, desk, links=links)
    }


@pytest.fixture
def sound(story, desk):
    """The sample with nothing to find fault with: the logo set, a standfirst long enough."""
    return story.model_copy(update={"standfirst": "Ferries return. " * 20}), desk.model_copy(
        update={"logo_url": "https://news.example/logo.png"}
    )


def test_a_sound_story_is_accepted_everywhere_without_findings(sound, pictures, links):
    story, desk = sound

    assert findings(story, pictures, desk, links) == {platform: set() for platform in PLATFORMS}


@pytest.mark.parametrize(
    ("change", "platform", "rule"),
    [
        ({"headline": "Short"}, "MSN", "headline of 21 to 150 characters"),
        ({"headline": "x" * 151}, "MSN", "headline of 21 to 150 characters"),
        ({"headline": "x" * 111}, "Google News", "headline"),
        ({"headline": ""}, "Apple News", "title"),
        ({"body": ()}, "Flipboard", "full text"),
        ({"authors": ()}, "Google News", "author"),
        ({"authors": (Author(name="Ana Ruiz and Tom Lee"),)}, "Google News", "one name an author"),
        ({"authors": (Author(name="By Ana Ruiz"),)}, "Apple News", "plain names"),
        ({"images": ()}, "Flipboard", "picture"),
        ({"images": ()}, "MSN", "picture"),
        ({"language": "und"}, "Apple News", "language"),
        ({"keywords": ("k",) * 51}, "Apple News", "keywords"),
        ({"standfirst": "Short."}, "Flipboard", "excerpt"),
    ],
)
def test_a_fault_is_found_by_the_platform_that_minds_it(sound, pictures, links, change, platform, rule):  # noqa: PLR0913, PLR0917 - one case
    story, desk = sound

    assert rule in findings(story.model_copy(update=change), pictures, desk, links)[platform]


def test_pictures_that_are_too_small_are_named_with_their_size(sound, pictures, links):
    story, desk = sound
    small = pictures.pictures[0].model_copy(update={"renditions": pictures.pictures[0].renditions[:3]})
    manifest = pictures.model_copy(update={"pictures": (small,)})

    verdict = next(item for item in lint_story(story, manifest, desk, links=links) if item.platform == "Flipboard")

    assert not verdict.accepted
    assert "ferry (320 x 180)" in verdict.findings[0].fault


def test_a_story_of_withheld_pictures_only_has_none_for_partners(sound, pictures, links):
    story, desk = sound
    agency = story.model_copy(update={"images": (story.images[1],)})

    verdict = next(item for item in lint_story(agency, pictures, desk, links=links) if item.platform == "Flipboard")

    assert verdict.findings[0].fault == "The story has no picture that may be passed on (1 withheld)."


def test_every_rule_names_its_source_and_a_remedy():
    for rules in PLATFORMS.values():
        for rule in rules:
            assert rule.source.startswith("https://"), rule.name
            assert rule.remedy.endswith("."), rule.name


def test_a_fault_stays_short_whatever_it_quotes(sound, pictures, links):
    story, desk = sound
    endless = story.model_copy(update={"authors": (Author(name="By " + "x" * 5000),)})

    verdict = next(item for item in lint_story(endless, pictures, desk, links=links) if item.platform == "Apple News")

    assert max(len(finding.fault) for finding in verdict.findings) <= 300
