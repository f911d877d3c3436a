import pytest

from parsing.text.bylines import byline_of, is_person_with_role, sign_off_people
from parsing.text.names import is_person


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ada Byron", ["Ada Byron"]),
        ("By Ada Byron and Bo Yi", ["Ada Byron", "Bo Yi"]),
        ("By Ada Byron, Bo Yi and Cem Su", ["Ada Byron", "Bo Yi", "Cem Su"]),
        ("BY TED D'AFFLISIO, Reuters", ["TED D'AFFLISIO"]),
        ("Von Ada Byron und Bo Yi", ["Ada Byron", "Bo Yi"]),
        ("Par Ada Byron et Bo Yi", ["Ada Byron", "Bo Yi"]),
        ("Por Ada de la Vega", ["Ada de la Vega"]),
        ("By Ada Byron | Associated Press", ["Ada Byron"]),
        ("By Ada Byron for The Daily Planet", ["Ada Byron"]),
        ("By Ada Byron (AFP)", ["Ada Byron"]),
        ("By Ada Byron @adabyron", ["Ada Byron"]),
        ("By J.K. Byron", ["J.K. Byron"]),
        ("Written by Ada Byron", ["Ada Byron"]),
        ("Story by Ada Byron", ["Ada Byron"]),
        ("Par Ada Byron (avec AFP)", ["Ada Byron"]),
        ("Par Ada Byron, à Bruxelles", ["Ada Byron"]),
        ("Tekst: Ada Byron", ["Ada Byron"]),
        ("كتب أحمد علي", ["أحمد علي"]),
        ("記者陳小明／台北報導", ["陳小明"]),
        ("文／王小明", ["王小明"]),
        ("本报记者 张三", ["张三"]),
        ("김철수 기자", ["김철수"]),
        ("김철수 기자 kim@daily.example", ["김철수"]),
        ("By The Associated Press", []),
        ("By dpa correspondents", []),
        ("Par Jeanne d'Emilio", ["Jeanne d'Emilio"]),
        ("By Ada d’Emilio and Bo Yi", ["Ada d’Emilio", "Bo Yi"]),
        ("By Staff Reporter", []),
        ("Της Μαρίνας Δελλή", ["Μαρίνας Δελλή"]),
        ("โดย สมหญิง ใจดี", ["สมหญิง ใจดี"]),
        ("Pewarta: Nurul Fitri", ["Nurul Fitri"]),
    ],
)
def test_a_byline_names_people_and_no_agencies(line: str, names: list[str]) -> None:
    found = byline_of(line)
    assert found is not None
    assert [author.name for author in found.authors] == names
    assert found.text == line


def test_a_role_after_the_name_is_the_author_s() -> None:
    found = byline_of("By Ada Byron, Political Correspondent")
    assert found is not None
    assert [(author.name, author.role) for author in found.authors] == [("Ada Byron", "Political Correspondent")]


def test_a_role_needs_no_comma() -> None:
    found = byline_of("By Ada Byron AP Sports Writer")
    assert found is not None
    assert [(author.name, author.role) for author in found.authors] == [("Ada Byron", "AP Sports Writer")]


def test_a_place_after_the_name_is_the_author_s() -> None:
    found = byline_of("By Ada Byron in Berlin")
    assert found is not None
    assert [(author.name, author.location) for author in found.authors] == [("Ada Byron", "Berlin")]


@pytest.mark.parametrize(
    "line", ["By the end of the day the vote was lost.", "By Friday, it was over", "Di lunedì è chiuso", "By far"]
)
def test_copy_that_begins_with_by_is_no_byline(line: str) -> None:
    assert byline_of(line) is None


def test_a_sign_off_names_reporters_not_editors() -> None:
    people = sign_off_people("(Reporting by Ada Byron and Bo Yi; Editing by Cem Su)")
    assert people is not None
    assert [person.name for person in people] == ["Ada Byron", "Bo Yi"]


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Bill Press", True),
        ("Robert M. Press", True),
        ("Emily Post", True),
        ("Associated Press", False),
        ("Detroit Free Press", False),
        ("Bangkok Post", False),
        ("Share Post", False),
    ],
)
def test_press_and_post_are_surnames_but_in_newspapers(name: str, person: bool) -> None:
    assert is_person(name) is person


@pytest.mark.parametrize("name", ["রেহানা পারভীন", "अनिता वर्मा", "สมหญิง ใจดี", "مریم احمدی"])
def test_vowel_signs_are_letters_of_a_name(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize("name", ["The Shoreline Gazette", "Tidewater Tribune", "Valley Herald"])
def test_a_newspaper_is_no_person(name: str) -> None:
    assert not is_person(name)


def test_a_name_and_an_agency_after_a_slash_are_a_byline() -> None:
    assert is_person_with_role("Linnea Ahlbäck/TT")
    assert not is_person_with_role("Linnea Ahlbäck/Harbour")


def test_labels_below_the_copy_name_reporter_and_editor() -> None:
    reporters = sign_off_people("Pewarta: Nurul Fitri")
    assert reporters is not None
    assert [author.name for author in reporters] == ["Nurul Fitri"]
    assert sign_off_people("Editor: Bambang Susilo") == ()
    assert sign_off_people("Text: the words of 1974") is None
