"""A licence opens the pictures of its agencies, and nobody else's."""

from hypothesis import given
from hypothesis import strategies as st

from slugline.domain.licence import covers, freed_agencies, licence_id, licensed
from slugline.story import Image, Rights, Story

AGENCIES = ["AFP", "AP", "Reuters", "Getty Images"]
names = st.sampled_from(AGENCIES)
licences = st.sets(names)
rights = st.one_of(
    st.just(Rights()),
    st.just(Rights(syndicate=False, ground="usage terms “Editorial use only” says Editorial use only")),
    names.map(lambda agency: Rights(syndicate=False, agency=agency, ground=f"credit names {agency}")),
)
stories = st.lists(rights, max_size=6).map(
    lambda found: Story(
        id="s1", headline="Flood", images=tuple(Image(id=f"i{at}", rights=one) for at, one in enumerate(found))
    )
)


def with_pictures_of(*agencies: str | None) -> Story:
    """A story with a picture of each of these; None is one that is kept back for its terms."""
    pictures = (
        Image(id=f"i{at}", credit=agency, rights=Rights(syndicate=False, agency=agency, ground="credit"))
        for at, agency in enumerate(agencies)
    )
    return Story(id="s1", headline="Flood", images=tuple(pictures))


def passed_on(story: Story) -> list[str]:
    return [image.id for image in story.images if image.rights.syndicate]


@given(stories, licences)
def test_no_licence_lets_a_picture_through_that_it_does_not_cover(story: Story, licence: set[str]) -> None:
    for before, after in zip(story.images, licensed(story, licence).images, strict=True):
        if after.rights.syndicate and not before.rights.syndicate:
            assert before.rights.agency in licence


@given(stories, licences)
def test_nothing_but_the_decision_about_pictures_changes(story: Story, licence: set[str]) -> None:
    def without_decisions(one: Story) -> Story:
        return one.model_copy(
            update={"images": tuple(image.model_copy(update={"rights": Rights()}) for image in one.images)}
        )

    assert without_decisions(licensed(story, licence)) == without_decisions(story)


@given(stories, licences, licences)
def test_licences_that_free_the_same_agencies_give_the_same_story(
    story: Story, one: set[str], another: set[str]
) -> None:
    freed = freed_agencies(story, one)
    assert licensed(story, one) == licensed(story, freed)
    assert (freed == freed_agencies(story, another)) == (licensed(story, one) == licensed(story, another))


def test_a_licence_frees_the_pictures_of_its_agencies() -> None:
    story = with_pictures_of("AFP", "Reuters", "AFP")

    assert passed_on(licensed(story, ["AFP"])) == ["i0", "i2"]
    assert freed_agencies(story, ["AFP", "AP"]) == {"AFP"}


def test_an_asterisk_is_for_all_agencies() -> None:
    assert passed_on(licensed(with_pictures_of("AFP", "Reuters"), ["*"])) == ["i0", "i1"]


def test_a_picture_kept_back_for_its_terms_is_opened_by_no_licence() -> None:
    assert passed_on(licensed(with_pictures_of(None), ["*"])) == []


def test_a_story_without_such_pictures_is_left_as_it_is() -> None:
    story = with_pictures_of("Reuters")

    assert licensed(story, ["AFP"]) is story


def test_a_licence_covers_a_set_of_agencies_only_whole() -> None:
    assert covers(["AFP", "AP"], {"AFP"})
    assert covers(["*"], {"AFP", "Reuters"})
    assert not covers(["AFP"], {"AFP", "Reuters"})
    assert not covers([], {"AFP"})


def test_the_id_of_a_set_of_agencies_is_the_same_in_any_order_and_another_for_each_set() -> None:
    assert licence_id(["AP", "AFP"]) == licence_id({"AFP", "AP"})
    assert len({licence_id(each) for each in ([], ["AFP"], ["AP"], ["AFP", "AP"])}) == 4
