"""`slugline partners doctor` against a good receiver and against each way to be a bad one, over real sockets."""

import json
import ssl
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
import trustme
from tests.support.delivery_world import FixedResolver
from tests.support.partner_server import Headers, Judge, good, partner_server
from tests.support.receiver import receiver, saying, silent, status, trickling
from tests.unit.local.test_cli import slugline

from slugline.domain.webhook_signature import SharedSecret
from slugline.outbound.http_sender import HttpSender
from slugline_local.doctor import findings, slow_line
from slugline_local.doctor.examine import examine
from slugline_local.doctor.findings import Report

SECRET = SharedSecret(bytes(range(32)))
NAMES = {"127.0.0.1": ["127.0.0.1"], "localhost": ["127.0.0.1"], "inside.example": ["10.0.0.1"]}


@pytest.fixture(autouse=True)
def _fast_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(slow_line, "PAUSE_SECONDS", 0.01)
    monkeypatch.setenv("SLUGLINE_STATE", str(tmp_path / "state"))


def examined(url: str, *, secret: SharedSecret | None = SECRET, allow_loopback: bool = True) -> Report:
    return examine(
        url, secret=secret, now=datetime.now(UTC), resolver=FixedResolver(NAMES), allow_loopback=allow_loopback
    )


def wrong(report: Report) -> set[str]:
    return {each.probe for each in report.findings if not each.passed}


def but(judge: Judge, *exceptions: tuple[str, int]) -> Judge:
    """The judge, except for bodies that hold a text."""

    def judged(headers: Headers, body: bytes) -> int:
        first = judge(headers, body)
        return next((answer for text, answer in exceptions if text.encode() in body and first < 300), first)

    return judged


def test_a_good_receiver_gets_an_a_and_is_told_what_an_answer_cannot_show() -> None:
    with partner_server(good(SECRET.text)) as url:
        report = examined(url)

    assert (report.grade, report.passed, wrong(report)) == ("A", True, set())
    assert len(report.findings) == 16
    unseen = {each.probe for each in report.findings if each.unseen}
    assert unseen == {"duplicate", "out of order", "withdrawal"}


def test_a_receiver_that_verifies_nothing_fails_whatever_else_is_right() -> None:
    with partner_server(lambda _headers, _body: 200) as url:
        report = examined(url)

    assert (report.grade, report.passed) == ("F", False)
    assert {"forged", "unsigned", "tampered", "stale", "future"} == wrong(report)
    assert all("Verify" in str(each.remedy) for each in report.findings if each.probe in {"forged", "unsigned"})


def test_without_the_secret_the_signature_check_alone_is_examined() -> None:
    with partner_server(lambda _headers, _body: 200) as careless, partner_server(good(SECRET.text)) as careful:
        assert examined(careless, secret=None).grade == "F"
        report = examined(careful, secret=None)

    assert (report.grade, report.verified_with_secret) == ("A", False)
    assert [each.probe for each in report.findings] == ["forged", "unsigned"]


def test_a_receiver_with_another_secret_refuses_good_messages() -> None:
    with partner_server(good(SharedSecret.new().text)) as url:
        report = examined(url)

    assert report.grade == "F"
    assert {"good", "duplicate", "withdrawal"} <= wrong(report)
    assert "check the secret" in str(report.findings[0].remedy)


def first_signature_only(headers: Headers, body: bytes) -> int:
    first = headers.get("webhook-signature", "").split(" ")[0]
    return good(SECRET.text)(headers | {"webhook-signature": first}, body)


def no_duplicates() -> Judge:
    inner, seen = good(SECRET.text), set[str]()

    def judge(headers: Headers, body: bytes) -> int:
        answer, known = inner(headers, body), headers.get("webhook-id") in seen
        if answer == 204:
            seen.add(headers["webhook-id"])
        return 409 if known and answer == 204 else answer

    return judge


@pytest.mark.parametrize(
    ("judge", "probes", "grade"),
    [
        (first_signature_only, {"rotated"}, "C"),
        (no_duplicates(), {"duplicate"}, "C"),
        (but(good(SECRET.text), ('"sequence":2', 409)), {"out of order"}, "C"),
        (but(good(SECRET.text), ("story.reviewed", 400)), {"unknown type"}, "C"),
        (but(good(SECRET.text), ("story.withdrawn", 500)), {"withdrawal"}, "C"),
        (but(good(SECRET.text), ("x" * 20000, 413)), {"large"}, "C"),
        (
            but(good(SECRET.text), ("story.reviewed", 400), ("story.withdrawn", 404)),
            {"unknown type", "withdrawal"},
            "D",
        ),
    ],
    ids=["one signature", "duplicates", "order", "types", "withdrawals", "size", "two faults"],
)
def test_whoever_would_lose_messages_is_told_which_and_why(judge: Judge, probes: set[str], grade: str) -> None:
    with partner_server(judge) as url:
        report = examined(url)

    assert (wrong(report), report.grade, report.passed) == (probes, grade, False)
    assert all(each.remedy for each in report.findings if not each.passed)


def breaks_at_oddities(headers: Headers, body: bytes) -> int:
    answer = good(SECRET.text)(headers, body)
    return 500 if answer in {400, 413} else answer


def ignores_time(headers: Headers, body: bytes) -> int:
    signed = headers.get("webhook-signature", "")
    for part in signed.split(" "):
        made = SECRET.sign(f"{headers.get('webhook-id')}.{headers.get('webhook-timestamp')}.".encode() + body)
        if part == made:
            return 413 if len(body) > 65_536 else 204
    return 401


@pytest.mark.parametrize(
    ("judge", "probes"),
    [(breaks_at_oddities, {"oversized", "wrong content"}), (ignores_time, {"stale", "future"})],
)
def test_weaknesses_cost_a_grade_but_fail_nobody(judge: Judge, probes: set[str]) -> None:
    with partner_server(judge) as url:
        report = examined(url)

    assert (wrong(report), report.grade, report.passed) == (probes, "B", True)


def test_whoever_breaks_at_a_forged_message_has_not_taken_it() -> None:
    def breaks(headers: Headers, body: bytes) -> int:
        answer = good(SECRET.text)(headers, body)
        return 500 if answer == 401 else answer

    with partner_server(breaks) as url:
        report = examined(url)

    assert wrong(report) == {"forged", "unsigned", "tampered", "stale", "future"}
    assert (report.grade, report.passed) == ("D", True)


def in_the_body(status: int) -> tuple[int, str]:
    """As frameworks do that answer 200 to everything."""
    return (200, '{"error": "invalid signature"}') if status >= 400 else (200, '{"ok": true, "errors": []}')


def test_a_200_whose_body_reports_an_error_is_no_refusal() -> None:
    with partner_server(good(SECRET.text), says=in_the_body) as url:
        report = examined(url)

    assert wrong(report) == {"forged", "unsigned", "tampered", "stale", "future"}
    assert (report.grade, report.passed) == ("E", False)
    (forged,) = (each for each in report.findings if each.probe == "forged")
    assert forged.answer == '200, and an error: {"error": "invalid signature"}'
    assert "answer 401" in str(forged.remedy)


@pytest.mark.parametrize(
    "body",
    [
        '{"error": {"code": 17}}',
        '{"success": false}',
        '{"Status": "failed", "id": 3}',
        "<br />\n<b>Fatal error</b>: Uncaught PDOException: could not find driver",
        "Traceback (most recent call last):\n",
        "ERROR: no database",
    ],
)
def test_a_good_message_answered_by_200_and_an_error_is_a_message_lost(body: str) -> None:
    with partner_server(good(SECRET.text), says=lambda status: (status, body) if status >= 400 else (200, body)) as url:
        report = examined(url)

    assert (report.grade, report.passed) == ("F", False)
    assert {"good", "duplicate", "withdrawal"} <= wrong(report)
    assert "never sent again" in str(report.findings[0].remedy)


@pytest.mark.parametrize(
    "body", ["", "OK", '{"error": null, "ok": true}', "[]", '"error"', "No errors.", "<html>taken"]
)
def test_a_body_that_reports_no_error_costs_nothing(body: str) -> None:
    with partner_server(good(SECRET.text), says=lambda status: (status, body) if status >= 400 else (200, body)) as url:
        assert examined(url).grade == "A"


def test_a_receiver_that_is_slow_is_told_to_acknowledge_first_and_loses_one_grade(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(findings, "SLOW_MS", 50)
    with partner_server(good(SECRET.text), takes_seconds=0.08) as url:
        report = examined(url)

    assert (report.grade, report.passed) == ("B", True)
    slow = {each.probe for each in report.findings if each.slow}
    assert {"good", "rotated", "duplicate", "large", "withdrawal"} <= slow == wrong(report)
    assert "Acknowledge first" in str(report.findings[0].remedy)


@pytest.mark.parametrize("secret", [SECRET, None], ids=["with the secret", "without"])
def test_a_receiver_that_never_answers_is_asked_once_and_fails(
    monkeypatch: pytest.MonkeyPatch, secret: SharedSecret | None
) -> None:
    monkeypatch.setattr("slugline_local.doctor.examine.HttpSender", partial(HttpSender, seconds=0.2))
    with receiver(silent) as partner:
        report = examined(partner.url, secret=secret)

    (only,) = report.findings
    assert (report.grade, report.passed) == ("F", False)
    assert only.answer.startswith("timeout:")
    assert "Acknowledge first" in str(only.remedy)


def test_a_receiver_that_answers_one_byte_at_a_time_fails_by_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("slugline_local.doctor.examine.HttpSender", partial(HttpSender, seconds=0.2))
    with receiver(trickling(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"x", 0.02)) as partner:
        report = examined(partner.url)

    assert report.findings[0].answer.startswith("timeout:")
    assert report.grade == "F"


@pytest.mark.parametrize("secret", [SECRET, None], ids=["with the secret", "without"])
def test_whoever_does_not_answer_at_all_fails(secret: SharedSecret | None) -> None:
    report = examined("http://127.0.0.1:9/", secret=secret)

    (only,) = report.findings
    assert (report.grade, report.passed) == ("F", False)
    assert only.answer.startswith("connect:")
    assert "Let the server listen there" in str(only.remedy)


@pytest.mark.parametrize("secret", [SECRET, None], ids=["with the secret", "without"])
def test_a_redirect_is_named_with_its_target_and_never_followed(secret: SharedSecret | None) -> None:
    with receiver(status(308, "Location: https://www.partner.example/hook")) as partner:
        report = examined(partner.url, secret=secret)

    assert report.grade == "F"
    assert "Register the address itself: https://www.partner.example/hook" in str(report.findings[0].remedy)


@pytest.mark.parametrize(
    ("url", "answer", "remedy"),
    [
        ("https://inside.example/hook", "address: inside.example resolves to 10.0.0.1", "public address"),
        ("https://nowhere.example/hook", "dns:", "Give the name an address"),
        ("http://partner.example/hook", "address:", "https, port 443"),
    ],
)
def test_an_endpoint_that_webhooks_would_never_reach_is_asked_nothing_more(url: str, answer: str, remedy: str) -> None:
    report = examined(url)

    (only,) = report.findings
    assert report.grade == "F"
    assert only.answer.startswith(answer)
    assert remedy in str(only.remedy)


def test_loopback_is_refused_unless_it_is_allowed() -> None:
    with partner_server(good(SECRET.text)) as url:
        report = examined(url, allow_loopback=False)

    assert report.grade == "F"
    assert report.findings[0].answer.startswith("address:")


def test_a_certificate_of_an_unknown_authority_is_named() -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("localhost").configure_cert(tls)
    with receiver(status(204), tls=tls) as partner:
        report = examined(f"https://localhost:{partner.port}/")

    (only,) = report.findings
    assert only.answer.startswith("tls: the certificate is not valid")
    assert "Install a certificate" in str(only.remedy)


def test_what_is_no_http_is_told_so() -> None:
    with receiver(saying(b"220 mail.partner.example ESMTP\r\n")) as partner:
        report = examined(partner.url)

    assert report.grade == "F"
    assert report.findings[0].answer.startswith("protocol:")


def test_the_command_prints_a_table_and_remedies_and_fails_with_exit_code_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with partner_server(lambda _headers, _body: 200) as url:
        code = slugline(monkeypatch, "partners", "doctor", url, "--secret", SECRET.text, "--allow-loopback")

    said = capsys.readouterr()
    assert code == 1
    assert "Grade F" in said.out
    assert "forged, unsigned: Verify `webhook-signature`" in said.out
    assert "duplicate: an answer does not show whether it was taken once or twice" in said.out
    assert "Endpoints on loopback are allowed here." in said.err


def test_the_commands_json_is_the_report(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with partner_server(good(SECRET.text)) as url:
        code = slugline(monkeypatch, "partners", "doctor", url, "--secret", SECRET.text, "--allow-loopback", "--json")

    report = json.loads(capsys.readouterr().out)
    assert (code, report["grade"], report["url"]) == (0, "A", url)
    assert SECRET.text not in json.dumps(report)


def test_what_is_no_secret_is_refused_before_anything_is_sent(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert slugline(monkeypatch, "partners", "doctor", "https://partner.example/", "--secret", "whsec_abc") == 1
    assert "--secret: a secret" in capsys.readouterr().err
