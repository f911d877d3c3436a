"""Pictures that name a third party stay on our own page."""

import pytest

from slugline.desk import DeskSettings
from slugline.domain.rights import rights_of, with_reservation
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


@pytest.mark.parametrize(
    "caption",
    [
        "The mayor, who spoke to Reuters.",
        "The minister told the AP that she would resign.",
        "A street in Naples, according to news agency dpa the oldest.",
        "People walk out of the station.",
    ],
)
def test_a_caption_that_names_an_agency_as_the_source_of_news_withholds_nothing(caption: str) -> None:
    assert rights_of(Image(id="image-1", caption=caption), AGENCIES).syndicate


FIELDS = ("credit", "byline", "source", "copyright", "usage_terms", "instructions", "caption")


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("AFP/Getty Images", "AFP"),
        ("Action images/Reuters", "Action Images"),
        ("A view of the port. (Photo by Jo Doe/Getty Images)", "Getty Images"),
        ("The mayor told Reuters she was glad. REUTERS/Jo Doe", "Reuters"),
    ],
)
def test_an_agency_is_found_in_every_field_that_may_name_it(field: str, text: str, agency: str) -> None:
    rights = rights_of(Image.model_validate({"id": "image-1", field: text}), AGENCIES)
    assert (rights.syndicate, rights.agency) == (False, agency)
    assert rights.ground.startswith(field.replace("_", " "))


@pytest.mark.parametrize("field", ["instructions", "usage_terms", "caption"])
@pytest.mark.parametrize("terms", ["JAPAN OUT", "Editorial use only", "NO SALES, NO ARCHIVES", "UK AND IRELAND OUT"])
def test_an_agencys_terms_withhold_the_picture_even_without_its_name(field: str, terms: str) -> None:
    rights = rights_of(Image.model_validate({"id": "image-1", field: f"A harbour. {terms}."}), AGENCIES)
    assert not rights.syndicate
    assert terms in rights.ground


def test_the_desk_decides_who_is_a_third_party() -> None:
    image = Image(id="image-1", credit="Ada Byron / Getty Images")
    assert rights_of(image, ()).syndicate
    assert rights_of(image, ("Ada Byron",)).agency == "Ada Byron"


def test_a_picture_carries_the_desks_reservation_unless_it_states_its_own() -> None:
    silent, outspoken = Image(id="1"), Image(id="2", data_mining="http://ns.useplus.org/ldf/vocab/DMI-ALLOWED")
    assert with_reservation(silent, "DMI-PROHIBITED").data_mining == "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED"
    assert with_reservation(outspoken, "DMI-PROHIBITED") == outspoken
