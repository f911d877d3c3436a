"""Pictures that name a third party stay on our own page."""

import pytest

from slugline.desk import DeskSettings
from slugline.domain.rights import rights_of
from slugline.story import Image

AGENCIES = DeskSettings().agencies


@pytest.mark.parametrize(
    ("credit", "agency"),
    [
        ("Los Angeles Times via Getty Images", "Getty Images"),
        ("Eva Manez/Reuters", "Reuters"),
        ("REUTERS/Eva Manez/File Photo", "Reuters"),
        ("AP Photo/Charles Rex Arbogast", "AP"),
        ("picture-alliance / dpa", "picture alliance"),
        ("KEYSTONE/Peter Klaunzer", "Keystone"),
    ],
)
def test_a_credited_agency_withholds_the_picture(credit: str, agency: str) -> None:
    rights = rights_of(Image(id="image-1", credit=credit), AGENCIES)
    assert (rights.syndicate, rights.agency) == (False, agency)
    assert credit in rights.ground


@pytest.mark.parametrize("credit", ["Ada Byron", "Naples Daily News", "Supplied", "Ap Scholten", "Janepa Studio", None])
def test_own_and_free_pictures_may_go_to_partners(credit: str | None) -> None:
    assert rights_of(Image(id="image-1", credit=credit), AGENCIES).syndicate


def test_the_copyright_line_counts_too() -> None:
    rights = rights_of(Image(id="image-1", credit="Ada Byron", copyright="© 2024 Agence France-Presse"), AGENCIES)
    assert rights.agency == "Agence France-Presse"


def test_a_caption_that_names_an_agency_as_its_source_withholds_nothing() -> None:
    assert rights_of(Image(id="image-1", caption="The mayor, who spoke to Reuters."), AGENCIES).syndicate


def test_the_desk_decides_who_is_a_third_party() -> None:
    image = Image(id="image-1", credit="Ada Byron / Getty Images")
    assert rights_of(image, ()).syndicate
    assert rights_of(image, ("Ada Byron",)).agency == "Ada Byron"
