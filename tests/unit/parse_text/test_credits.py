import pytest

from parsing.text.credits import credit_of, split_tail


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Los Angeles Times via Getty Images", "Los Angeles Times via Getty Images"),
        ("AFP/Getty", "AFP/Getty"),
        ("REUTERS/Ada Byron", "REUTERS/Ada Byron"),
        ("REUTERS/Ada Byron/File Photo", "REUTERS/Ada Byron/File Photo"),
        ("(AP Photo/Ada Byron)", "AP Photo/Ada Byron"),
        ("(Ada Byron/The Daily Planet via AP)", "Ada Byron/The Daily Planet via AP"),
        ("Photo: Ada Byron / Keystone", "Ada Byron / Keystone"),
        ("Photo by Ada Byron/Getty Images", "Ada Byron/Getty Images"),
        ("Foto: Ada Byron (REUTERS)", "Ada Byron (REUTERS)"),
        ("Bildquelle: picture alliance / Ada Byron", "picture alliance / Ada Byron"),
        ("Crédit photo : Ada Byron", "Ada Byron"),
        ("© 2024 picture alliance/dpa", "picture alliance/dpa"),
        ("Courtesy of Ada Byron", "Ada Byron"),
        ("Illustration by Ada Byron", "Ada Byron"),
        ("Handout", "Handout"),
        ("MUKHTAR KHAN / AP", "MUKHTAR KHAN / AP"),
    ],
)
def test_a_line_of_its_own_in_an_agency_s_form_is_a_credit(line: str, credit: str) -> None:
    found = credit_of(line)
    assert found is not None
    assert found.text == credit


@pytest.mark.parametrize(
    "line",
    [
        "An official told the Associated Press.",
        "The photo was taken by Reuters on Friday, officials said.",
        "© 2024 Daily Planet. All rights reserved.",
        "Minister resigns after vote",
        "Ada Byron",
        "The image of the city has changed.",
    ],
)
def test_copy_and_page_footers_are_no_credits(line: str) -> None:
    assert credit_of(line) is None


def test_a_label_is_kept_apart_from_the_credit() -> None:
    found = credit_of("Image credit: Ada Byron")
    assert found is not None
    assert (found.text, found.label) == ("Ada Byron", "Image credit: ")


def test_a_sign_and_year_stay_in_the_copyright_line() -> None:
    found = credit_of("© 2024 Ada Byron / AFP")
    assert found is not None
    assert (found.text, found.copyright) == ("Ada Byron / AFP", "© 2024 Ada Byron / AFP")


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("A minister leaves. (AP Photo/Ada Byron)", "A minister leaves.", "AP Photo/Ada Byron"),
        ("A minister leaves. REUTERS/Ada Byron", "A minister leaves.", "REUTERS/Ada Byron"),
        ("A minister leaves. Photo: Ada Byron", "A minister leaves.", "Ada Byron"),
        ("A minister leaves © Ada Byron", "A minister leaves", "Ada Byron"),
    ],
)
def test_a_credit_at_the_end_of_a_caption_is_split_off(line: str, caption: str, credit: str) -> None:
    found = split_tail(line)
    assert found is not None
    assert (found[0], found[1].text) == (caption, credit)


def test_an_agency_as_a_source_at_the_end_of_a_sentence_is_copy() -> None:
    assert split_tail("The vote was close. The minister told Reuters.") is None
