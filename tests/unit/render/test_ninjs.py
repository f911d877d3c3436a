"""ninjs, against IPTC's own schemas and by what it says."""

import json

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rendering import render_story
from slugline.pictures import PictureManifest
from slugline.story import Status, Story


@pytest.fixture(scope="module")
def validator(schemas):
    schema = json.loads((schemas / "ninjs-schema_3.1.json").read_text())
    # The place's GeoJSON schema is a reference to the network; no story here has a place object.
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)


def ninjs(story, pictures, desk, links):
    outputs = {output.name: output for output in render_story(story, pictures, desk, links=links)}
    return json.loads(outputs["ninjs-3.1.json"].body)


def test_is_valid_with_every_part_of_a_story(validator, story, pictures, desk, links):
    validator.validate(ninjs(story, pictures, desk, links))


@pytest.mark.parametrize("status", list(Status))
def test_is_valid_for_the_barest_story(validator, desk, links, status):
    bare = Story(id="bare", headline="Bare", status=status)

    document = ninjs(bare, PictureManifest(story_id="bare", version=1), desk, links)

    validator.validate(document)
    assert document["pubStatus"] == status.value


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_is_valid_whatever_a_story_holds(validator, desk, links, stories, data):
    story = data.draw(stories)
    manifest = PictureManifest(story_id=story.id, version=story.version)

    validator.validate(ninjs(story, manifest, desk, links))


def test_carries_the_copy_word_for_word(story, pictures, desk, links):
    document = ninjs(story, pictures, desk, links)

    plain = next(body["value"] for body in document["bodies"] if body["contentType"] == "text/plain")
    assert plain.split("\n\n")[0] == "The harbour reopened on Sunday, officials said."
    assert document["located"] == "PORT ELLEN"
    assert [person["name"] for person in document["people"]] == ["Ana Ruiz", "Tom Lee"]


def test_tells_editors_every_notice(story, pictures, desk, links):
    note = ninjs(story, pictures, desk, links)["edNote"]

    assert note.splitlines() == [
        "An earlier version misstated the number of berths.",
        "Editors: adds quote in paragraph 3.",
    ]


def test_gives_a_picture_that_partners_may_have_with_all_its_files(story, pictures, desk, links):
    ferry = ninjs(story, pictures, desk, links)["associations"][0]

    assert len(ferry["renditions"]) == 9
    assert ferry["renditions"][0]["href"] == "https://news.example/stories/harbour-1/pictures/ferry-320.jpg"


def test_keeps_caption_and_credit_of_a_withheld_picture_with_the_reason_and_no_file(story, pictures, desk, links):
    storm = ninjs(story, pictures, desk, links)["associations"][1]

    assert "renditions" not in storm
    assert storm["descriptions"][0]["value"] == "The storm on Friday."
    assert storm["infoSources"] == [{"name": "John Doe / Getty Images", "role": "credit"}]
    assert storm["edNote"] == "Picture withheld: credit names Getty Images"


def test_reserves_text_and_data_mining(story, pictures, desk, links):
    document = ninjs(story, pictures, desk, links)

    rights = document["rightsInfo"]["encodedRights"]
    assert "DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING" in rights
    assert rights.endswith("https://news.example/rights")


def older(version, schemas, story, pictures, desk, links):  # noqa: PLR0913, PLR0917 - the fixtures of one story
    outputs = {output.name: output for output in render_story(story, pictures, desk, links=links)}
    schema = json.loads((schemas / f"ninjs-schema_{version}.json").read_text())
    document = json.loads(outputs[f"ninjs-{version}.json"].body)
    kind = jsonschema.validators.validator_for(schema)
    kind(schema, format_checker=kind.FORMAT_CHECKER).validate(document)
    return document


@pytest.mark.parametrize("version", ["2.2", "1.6"])
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_older_versions_are_valid_whatever_a_story_holds(schemas, version, desk, links, stories, data):  # noqa: PLR0913, PLR0917 - fixtures
    made = data.draw(stories)
    older(version, schemas, made, PictureManifest(story_id=made.id, version=made.version), desk, links)


@pytest.mark.parametrize("version", ["2.2", "1.6"])
def test_older_versions_are_valid_with_every_part_of_a_story(schemas, version, story, pictures, desk, links):  # noqa: PLR0913, PLR0917 - the fixtures of one story
    document = older(version, schemas, story, pictures, desk, links)

    assert document["pubstatus"] == "usable"


def test_ninjs_1_names_headline_body_and_pictures_in_its_own_way(schemas, story, pictures, desk, links):
    document = older("1.6", schemas, story, pictures, desk, links)

    assert document["headline"] == "Harbour reopens after storm & flood"
    assert document["body_text"].startswith("The harbour reopened on Sunday")
    assert document["associations"]["ferry"]["description_caption"] == "The first ferry arrives."
    assert "renditions" not in document["associations"]["storm"]
    assert document["subject"][0]["code"] == "03000000"
