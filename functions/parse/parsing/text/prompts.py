"""What a site says to its reader: prompts to sign up, to pay, to consent, to comment, by the words they are made of.

Single words are evidence only, weighed with the rest. The phrases (`prompts.json`) are as good as sure: no copy is
worded so, since the site speaks of itself and of its reader's account, browser or consent.
"""

import json
import re
from functools import cache, lru_cache
from pathlib import Path

LONGEST = 900
NEAR_START = 160
"""Characters within which a phrase has to begin, unless the line is short: a paragraph may end in a prompt."""
SHORT = 300

_WORDS = frozenset((
    "newsletter", "newsletters", "register", "cookie", "cookies", "app", "apps", "account", "accounts", "email",
    "emails", "mail", "inbox", "privacy", "terms", "whatsapp", "telegram", "facebook", "twitter", "instagram",
    "tiktok", "youtube", "podcast", "podcasts", "premium", "member", "members", "membership", "comment", "comments",
    "share", "gift", "offer", "offers", "notification", "notifications", "alert", "alerts", "browser", "javascript",
    "trial", "login", "konto", "werbung", "anzeige", "anzeigen", "jetzt", "artikel", "inhalt", "inhalte",
    "nutzungsbedingungen", "teilen", "angebot", "angebote", "compte", "confidentialité", "lecteur", "lecteurs",
    "courriel", "cuenta", "gratis", "boletín", "correo", "privacidad", "accedi", "nyhetsbrev", "vilkår",
    "personvern", "nieuwsbrief", "odběr", "войти", "abone", "bülten", "reklam", "abo", "subscribe", "subscriber",
    "subscribers", "subscription",
))  # fmt: skip
_STEMS = (
    "subscri", "registr", "download", "click", "advert", "sponsor", "bookmark", "abonn", "anmeld", "datenschutz",
    "kostenlos", "zustimm", "einwillig", "kommentar", "inscri", "connect", "gratuit", "partag", "suscri", "regístr",
    "compart", "abbona", "iscri", "condivid", "prenumer", "annons", "aanmeld", "předplat", "přihlás", "подпис",
    "регистр", "реклам", "اشترك", "تسجيل", "حساب", "הרשמ", "מנוי", "כתבות", "구독", "로그인", "회원", "무단",
)  # fmt: skip
_STEM_STARTS = frozenset(stem[:2] for stem in _STEMS)
_LATIN_PHRASES = (
    r"sign[- ]?(?:up|in)\b|log[- ]in\b|follow us|free trial|our (?:team|journalism|coverage|channel)\b|lesen sie"
    r"|logga in|logg inn"
)
_PHRASES_IN_ASCII = re.compile(_LATIN_PHRASES)
_PHRASES_IN_TEXT = re.compile(
    rf"{_LATIN_PHRASES}|会員|登録|ログイン|購読|有料|無料|メール|記事を|シェア|共有|コピー|订阅|訂閱|登入|登录|注册|下載|下载|分享|기자의"
)
_ASKED = re.compile(
    r"\b(?:declin\w+|refus\w+|(?:un)?available|requests?|reached|asked|responded?) (?:to|for) comment\b"
)
"""What the news says of those it asked."""
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=256)  # asked by the credits too
def prompt_words(text: str) -> int:
    """How many words of the line speak to a reader of a site, not about the news."""
    head = text[:600].lower()
    if "comment" in head:
        head = _ASKED.sub("", head)
    phrases = _PHRASES_IN_ASCII if head.isascii() else _PHRASES_IN_TEXT
    words = set(_WORD.findall(head))
    found = words & _WORDS
    found |= {word for word in words if word[:2] in _STEM_STARTS and word.startswith(_STEMS)}
    return len(found) + len(set(phrases.findall(head)))


def prompt_of(text: str) -> str | None:
    """What the site says to its reader in the line, as a reason to remove it; None when it says nothing."""
    if len(text) > LONGEST:
        return None
    words = _WORD.findall(text.lower())
    phrases = _phrases()
    joined = f" {' '.join(words)}"
    said = joined if len(text) <= SHORT else joined[:NEAR_START]
    starts = (word for word in words if word in phrases)
    return next((reason for start in starts for phrase, reason in phrases[start] if phrase in said), None)


@cache
def _phrases() -> dict[str, list[tuple[str, str]]]:
    """The phrases and their reasons by the first word. The last word may go on: `externer inhalt` is `Inhalte` too."""
    table: dict[str, list[str]] = json.loads(Path(__file__).with_name("prompts.json").read_text(encoding="utf-8"))
    found: dict[str, list[tuple[str, str]]] = {}
    for reason, phrases in table.items():
        for phrase in phrases:
            found.setdefault(phrase.split(" ", 1)[0], []).append((f" {phrase}", reason))
    return found
