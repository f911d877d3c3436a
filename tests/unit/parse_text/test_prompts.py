"""What a site says to its reader is removed with a reason; what the news says in like words stays."""

import json
import re
from itertools import chain
from pathlib import Path

import pytest

from parsing.text import prompts
from parsing.text.article import Role, read
from parsing.text.prompts import prompt_of

PHRASES: dict[str, list[str]] = json.loads(Path(prompts.__file__).with_name("prompts.json").read_text(encoding="utf-8"))
COPY = (
    "The harbour board voted on Tuesday to close the eastern quay for two years while its walls are rebuilt, the"
    " chairman said after a meeting that lasted until midnight."
)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (
            "Ich bin damit einverstanden, dass mir externe Inhalte angezeigt werden. Damit können personenbezogene"
            " Daten an Drittplattformen übermittelt werden.",
            "consent prompt",
        ),
        ("En poursuivant votre navigation, vous acceptez l'utilisation de cookies.", "consent prompt"),
        ("Il vous reste 72 % de cet article à lire.", "paywall"),
        ("When you buy through links on our site, we may earn a commission.", "affiliate note"),
        ("Sammendraget er laget av en språkmodell og lest av redaksjonen.", "note on how the text was made"),
        ("Votre adresse e-mail ne sera pas publiée.", "comment form"),
        ("¿Quieres añadir otro usuario a tu suscripción?", "paywall"),
        ("Get the latest headlines from the coast every morning.", "newsletter prompt"),
        ("Hat Ihnen der Artikel gefallen? Dann empfehlen Sie ihn weiter.", "support prompt"),
        ("This advertisement has not loaded yet, but your article continues below.", "player label"),
        ("Подписывайтесь на наш канал, чтобы не пропустить главное.", "newsletter prompt"),
    ],
)
def test_a_prompt_between_paragraphs_is_removed_with_its_reason(line: str, reason: str) -> None:
    reading = read(f"Quay to close for two years\n\n{COPY}\n\n{line}\n\n{COPY.replace('Tuesday', 'Monday')}")

    assert reading.roles[2] is Role.REMOVED
    assert reading.reasons[2] == reason


@pytest.mark.parametrize(
    "line",
    [
        "Ukraine wants to become a member of the alliance within five years, its foreign minister said.",
        "Auf eine Bitte um einen Kommentar reagierte das Ministerium bis zum Abend nicht.",
        "Brokers earn a commission of two percent on each sale, according to the filing.",
        "Les députés ont refusé de commenter le vote, qui a été reporté à jeudi.",
    ],
)
def test_the_news_may_say_much_the_same(line: str) -> None:
    assert prompt_of(line) is None


def test_a_paragraph_that_only_ends_in_a_prompt_stays() -> None:
    assert prompt_of(f"{COPY} {COPY} Sign up for our newsletter.") is None


def test_the_phrases_are_spelled_as_they_are_looked_for() -> None:
    phrases = list(chain.from_iterable(PHRASES.values()))

    assert [phrase for phrase in phrases if " ".join(re.findall(r"\w+", phrase.lower())) != phrase] == []
    assert [one for one in phrases if any(one != other and f" {other}" in f" {one}" for other in phrases)] == []
