"""Lists on a terminal."""

import pytest

from slugline_local.tables import show

ORDERS = "a\x1b[2Jb\x1b]0;title\x07c\x9b31md\x7fe"


@pytest.mark.parametrize("as_json", [False, True], ids=["table", "JSON"])
def test_what_a_partner_answered_is_no_order_to_the_terminal(as_json: bool, capsys: pytest.CaptureFixture[str]) -> None:
    show([{"answer": ORDERS}], ["answer"], as_json=as_json, none="")

    printed = capsys.readouterr().out
    assert not any(order in printed for order in "\x1b\x07\x9b\x7f")
    assert all(letter in printed for letter in "abcde")


def test_marks_of_a_table_are_shown_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    show([{"answer": "[red]no[/red] caf\u00e9 \u0645\u200c\u0627"}], ["answer"], as_json=False, none="")

    assert "[red]no[/red] caf\u00e9 \u0645\u200c\u0627" in capsys.readouterr().out
