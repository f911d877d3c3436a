"""What the answers say, and the grade."""

from slugline.deliveries import Outcome
from slugline.domain.delivery_states import Answer
from slugline.model import Model
from slugline_local.doctor.error_body import reports_error
from slugline_local.doctor.probes import Expected, Probe, Weight

SLOW_MS = 5000
_POINTS = {Weight.WEAK: 1, Weight.BAD: 3}
_GRADES = ((0, "A"), (2, "B"), (4, "C"), (7, "D"))
_REFUSALS = range(400, 500)
_TOO_MANY = 429
_REDIRECTS = range(300, 400)
_SHOWN = 60
_CONTRADICTION = {
    Expected.TAKEN: "The body reports an error, but the status says that you took the message: it is never sent again. "
    "Answer 500 when you could not take it.",
    Expected.REFUSED: "The body reports an error, but the status counts, and it says that you took it: answer 401.",
}
_NO_ANSWER = {
    Outcome.ADDRESS: "Webhooks go to https, port 443, at a public address; on this machine, allow loopback.",
    Outcome.DNS: "Give the name an address, or correct the URL.",
    Outcome.CONNECT: "Let the server listen there, and the firewall let port 443 through.",
    Outcome.TLS: "Install a certificate for this very name with its whole chain, of an authority that browsers know.",
    Outcome.TIMEOUT: "Acknowledge first and work afterwards: an attempt ends after 15 seconds.",
    Outcome.RESET: "Answer before the connection is closed; look into the server's error log.",
    Outcome.PROTOCOL: "Answer in HTTP/1.1.",
}


class Finding(Model):
    """One probe with its answer. `slow` is an answer that is right and late, `remedy` what to mend, `unseen` what an
    answer cannot show."""

    probe: str
    sent: str
    expected: Expected
    answer: str
    ms: int
    answered: bool
    passed: bool
    slow: bool = False
    weight: Weight
    remedy: str | None = None
    unseen: str | None = None


class Report(Model):
    """An examination. `grade` is A to F; `passed` when no message is lost and none can be forged."""

    url: str
    grade: str
    passed: bool
    verified_with_secret: bool
    findings: tuple[Finding, ...]


def finding(probe: Probe, answer: Answer) -> Finding:
    """The judgement of one answer."""
    passed = _right(probe.expected, answer)
    slow = passed and probe.expected is Expected.TAKEN and not probe.slowly and answer.ms > SLOW_MS
    remedy = None
    if slow:
        remedy = "Acknowledge first and work afterwards: an attempt ends after 15 seconds."
    elif not passed:
        remedy = _remedy(probe, answer)
    return Finding(
        probe=probe.name,
        sent=probe.sends,
        expected=probe.expected,
        answer=_said(answer),
        ms=answer.ms,
        answered=answer.status is not None,
        passed=passed and not slow,
        slow=slow,
        weight=Weight.WEAK if slow else _weight(probe, answer),
        remedy=remedy,
        unseen=probe.unseen or None,
    )


def _weight(probe: Probe, answer: Answer) -> Weight:
    if answer.status in _REDIRECTS:
        return Weight.CRITICAL
    if probe.expected is Expected.REFUSED and _contradicts_itself(answer):
        return Weight.BAD
    # Whoever breaks at a forged message has at least not taken it.
    broke = probe.expected is Expected.REFUSED and answer.outcome is not Outcome.DELIVERED
    return Weight.WEAK if broke and not _right(probe.expected, answer) else probe.weight


def _right(expected: Expected, answer: Answer) -> bool:
    taken = answer.outcome is Outcome.DELIVERED
    refused = answer.status in _REFUSALS and answer.status != _TOO_MANY
    match expected:
        case Expected.TAKEN:
            return taken and not _contradicts_itself(answer)
        case Expected.REFUSED:
            return refused
        case Expected.UNHURT:
            return taken or refused


def _contradicts_itself(answer: Answer) -> bool:
    return answer.outcome is Outcome.DELIVERED and reports_error(answer.text)


def _remedy(probe: Probe, answer: Answer) -> str:
    if answer.status in _REDIRECTS:
        return f"Redirects are never followed. Register the address itself: {answer.location or 'no Location given'}."
    if answer.status == _TOO_MANY:
        return "It takes no dozen messages in a row: ask for a rate of your endpoint (`per_second`) instead."
    if _contradicts_itself(answer):
        return _CONTRADICTION[probe.expected]
    if probe.expected is Expected.REFUSED and answer.outcome is Outcome.STATUS:
        return "Answer 401 to what you do not take: anything else says that something broke."
    return _NO_ANSWER.get(answer.outcome, probe.remedy)


def _said(answer: Answer) -> str:
    if _contradicts_itself(answer):
        return f"{answer.status}, and an error: {' '.join(answer.text.split())[:_SHOWN]}"
    return str(answer.status) if answer.status else f"{answer.outcome}: {answer.text}"


def report(url: str, findings: tuple[Finding, ...], *, with_secret: bool) -> Report:
    """The grade: F when anything critical is wrong; else by the points of what is."""
    wrong = [each.weight for each in findings if not each.passed]
    # That it is slow is one fault, however many probes show it.
    slow = sum(each.slow for each in findings)
    points = sum(_POINTS.get(weight, 0) for weight in wrong) - max(slow - 1, 0) * _POINTS[Weight.WEAK]
    grade = next((grade for most, grade in _GRADES if points <= most), "E")
    reached = any(each.answered for each in findings)
    if Weight.CRITICAL in wrong or not reached:
        grade = "F"
    passed = reached and all(weight is Weight.WEAK for weight in wrong)
    return Report(url=url, grade=grade, passed=passed, verified_with_secret=with_secret, findings=findings)
