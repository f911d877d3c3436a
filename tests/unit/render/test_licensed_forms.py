"""Forms of a story for partners with a licence: which are made, and that no other agency's picture is in them."""

from functools import partial
from itertools import combinations
from types import SimpleNamespace

import pytest
from tests.support.memory_store import MemoryStore

from publishing.licensed import MOST_SETS, agency_sets, write_licensed
from rendering import PAGE, render_partner_formats, render_story
from slugline.domain.licence import licence_id, licensed
from slugline.licensed_forms import LicensedForms
from slugline.pictures import Picture, PictureManifest, Rendition
from slugline.story import Block, BlockType, Image, Rights, Story

AGENCIES = ("AFP", "AP", "Reuters")
SETS = [chosen for number in range(1, 4) for chosen in combinations(AGENCIES, number)]


@pytest.fixture
def wire(story: Story) -> Story:
    """A story with a picture of each agency."""
    images = [
        Image(
            id=name,
            alt=name,
            credit=name,
            file=f"{name}-file.jpg",
            rights=Rights(syndicate=False, agency=name, ground=f"credit names {name}"),
        )
        for name in AGENCIES
    ]
    blocks = [Block(type=BlockType.IMAGE, text="", image=name) for name in AGENCIES]
    return story.model_copy(update={"images": tuple(images), "body": (*story.body[:1], *blocks)})


@pytest.fixture
def made(wire: Story) -> PictureManifest:
    return PictureManifest(
        story_id=wire.id,
        version=wire.version,
        pictures=tuple(
            Picture(
                image=name,
                renditions=(
                    Rendition(
                        key=f"pictures/{name}-file.jpg", content_type="image/jpeg", width=640, height=480, bytes=9
                    ),
                ),
            )
            for name in AGENCIES
        ),
    )


@pytest.mark.parametrize("agencies", SETS, ids="+".join)
def test_each_form_names_the_files_of_these_agencies_pictures_and_of_no_others(
    wire: Story, made: PictureManifest, desk, links, agencies: tuple[str, ...]
) -> None:
    for output in render_partner_formats(licensed(wire, agencies), made, desk, links=links):
        named = {name for name in AGENCIES if f"{name}-file".encode() in output.body}
        assert named <= set(agencies), output.name
        if output.name != "story.txt":
            assert named == set(agencies), output.name


class Partners:
    """Who has a licence."""

    def __init__(self, **held: tuple[str, ...]) -> None:
        self._held = held

    def licences(self) -> dict[str, tuple[str, ...]]:
        return self._held


def write(story: Story, made: PictureManifest, desk, links, **held: tuple[str, ...]) -> MemoryStore:
    """The archive, after render has written the story for partners with these licences."""
    services = SimpleNamespace(archive=MemoryStore(), licences=Partners(**held))
    public = render_story(story, made, desk, links=links)
    write_licensed(services, story, public, partial(render_partner_formats, pictures=made, desk=desk, links=links))
    return services.archive


def test_what_differs_from_the_public_forms_is_written_and_its_list_last(wire, made, desk, links) -> None:
    archive = write(wire, made, desk, links, one=("AFP",))

    *forms, last = archive.puts
    index = LicensedForms.model_validate_json(archive.get(last).body)
    assert (index.agencies, index.licence) == (("AFP",), licence_id(["AFP"]))
    assert forms == [index.key(name) for name in index.names]
    assert {"story.json", "ninjs-3.1.json", "newsml-g2.xml", "nitf.xml"} <= set(index.names)
    assert not {PAGE, "oembed.json", "apple-news/article.json"} & set(index.names)


def test_partners_whose_licences_free_the_same_share_one_set(wire, made, desk, links) -> None:
    archive = write(wire, made, desk, links, one=("AFP",), two=("AFP", "dpa"), three=(), four=("dpa",), five=("*",))

    assert {key.split("/")[3] for key in archive.puts} == {licence_id(["AFP"]), licence_id(AGENCIES)}


def test_a_story_whose_pictures_are_kept_back_for_their_terms_has_no_such_forms(wire, made, desk, links) -> None:
    kept = tuple(
        image.model_copy(update={"rights": Rights(syndicate=False, ground="terms say no sales")})
        for image in wire.images
    )

    assert write(wire.model_copy(update={"images": kept}), made, desk, links, one=("*",)).puts == []


def test_of_very_many_different_licences_the_most_frequent_are_served(wire: Story) -> None:
    names = [f"Agency {number:02}" for number in range(30)]
    images = (
        Image(id=name, rights=Rights(syndicate=False, agency=name, ground=f"credit names {name}")) for name in names
    )
    many = wire.model_copy(update={"images": tuple(images)})

    sets = agency_sets(many, [(name,) for name in names] + [("Agency 29",)])

    assert len(sets) == MOST_SETS
    assert sets[0] == ("Agency 29",)
