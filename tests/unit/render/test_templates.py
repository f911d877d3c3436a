"""A newsroom's own templates."""

import json
from collections.abc import Iterator

import pytest

from publishing.template_alarm import raise_alarm_for_templates
from rendering import render_story
from rendering.environment import template_failures, template_faults
from slugline.runtime.telemetry import metrics


def page(story, pictures, desk, links) -> str:
    return render_story(story, pictures, desk, links=links)[0].body.decode()


def with_template(desk, text: str):
    return desk.model_copy(update={"templates": {"article.html": text}})


def test_a_newsroom_replaces_one_block_and_keeps_the_rest(story, pictures, desk, links):
    own = with_template(
        desk, '{% extends "default/article.html" %}{% block masthead %}<header>Our own</header>{% endblock %}'
    )

    made = page(story, pictures, own, links)

    assert "<header>Our own</header>" in made
    assert "<h1>Harbour reopens after storm &amp; flood</h1>" in made


@pytest.fixture
def told(caplog) -> Iterator[pytest.LogCaptureFixture]:
    """What is logged of failed templates, also when a handler of the function has taken the logger over."""
    template_failures.addHandler(caplog.handler)
    yield caplog
    template_failures.removeHandler(caplog.handler)


def test_a_broken_template_falls_back_and_says_so(story, pictures, desk, links, told):
    for broken in ("{% if %}", "{{ nothing_of_the_kind }}", "{{ 1 / 0 }}", '{% extends "missing.html" %}'):
        told.clear()
        made = page(story, pictures, with_template(desk, broken), links)

        assert made == page(story, pictures, desk, links)
        assert "The desk's template for article.html failed" in told.text


def test_a_template_reaches_nothing_but_what_it_is_given(story, pictures, desk, links):
    escape = with_template(desk, "{{ ().__class__.__base__.__subclasses__() }}")

    assert page(story, pictures, escape, links) == page(story, pictures, desk, links)


def test_faults_are_told_when_a_template_is_saved(desk):
    assert template_faults(desk) == ()
    assert template_faults(with_template(desk, "{% if %}"))[0].startswith("article.html: ")


def test_a_template_that_fails_on_a_story_raises_the_alarm_of_the_desk_settings(story, pictures, desk, links, capsys):
    raise_alarm_for_templates()
    raise_alarm_for_templates()
    metrics.clear_metrics()

    page(story, pictures, with_template(desk, "{{ story.headline.nothing_of_the_kind.at_all }}"), links)
    metrics.flush_metrics()

    counted = [line for line in capsys.readouterr().out.splitlines() if "DeskSettingsInvalid" in line]
    assert [json.loads(line)["DeskSettingsInvalid"] for line in counted] == [[1.0]]
