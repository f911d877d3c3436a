import pytest

from parsing.text.datelines import split_dateline


@pytest.mark.parametrize(
    ("opening", "place", "date", "source"),
    [
        ("ISLAMABAD (AP) — ", "ISLAMABAD", None, "AP"),
        ("BUENOS AIRES, Argentina (AP) _ ", "BUENOS AIRES, Argentina", None, "AP"),
        ("WASHINGTON, March 5 (Reuters) - ", "WASHINGTON", "March 5", "Reuters"),
        ("RIO DE JANEIRO, Feb 26 - ", "RIO DE JANEIRO", "Feb 26", None),
        ("PARIS, 5 mars (AFP) - ", "PARIS", "5 mars", "AFP"),
        ("Berlin (dpa) - ", "Berlin", None, "dpa"),
        ("SYDNEY, Sept 8 AAP - ", "SYDNEY", "Sept 8", "AAP"),
        ("LONDON — ", "LONDON", None, None),
    ],
)
def test_a_dateline_is_split_from_the_first_paragraph(
    opening: str, place: str, date: str | None, source: str | None
) -> None:
    split = split_dateline(f"{opening}The minister resigned on Tuesday.")
    assert split is not None
    assert (split.dateline.place, split.dateline.date, split.dateline.source) == (place, date, source)
    assert split.rest == "The minister resigned on Tuesday."


@pytest.mark.parametrize(
    "paragraph",
    [
        "The minister — who lost a vote — resigned.",
        "Ada Byron (left) - the minister's deputy - resigned.",
        "The NATO (alliance) talks went on.",
        "March 5 was a Tuesday - and a long one.",
    ],
)
def test_prose_with_dashes_and_brackets_has_no_dateline(paragraph: str) -> None:
    assert split_dateline(paragraph) is None
