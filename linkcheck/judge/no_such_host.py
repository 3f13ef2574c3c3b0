"""The name is not in the DNS, while names that surely exist are: the run has asked for those before it says so."""

from __future__ import annotations

from linkcheck import uri
from linkcheck.judge import streak
from linkcheck.judge.case import Case, Reason
from linkcheck.model import FailureKind, State, Verdict

REASONS = (
    Reason(
        "no-such-host",
        (State.FAILING, State.DEAD),
        "The host's name does not exist, while names that surely do were found in the same run. The domain may have "
        "been given up, or the name mistyped. It is dead after three looks, each three days from the next; failing "
        "until then, since domains lapse by mistake and come back.",
        "Compare the name with the place you had it from. If it is right, cite a capture, or the owner's new site.",
    ),
)


def rule(case: Case) -> Verdict | None:
    """``failing`` at first, ``dead`` when the name stayed away (:mod:`linkcheck.judge.streak`)."""
    seen = case.observation
    if seen.failure is not FailureKind.NO_SUCH_HOST:
        return None
    where = f", where {uri.host(seen.uri_r)} redirects" if seen.hops else ""
    evidence = f"There is no host called {case.host}{where}."
    days = streak.bad_days(case)
    if streak.is_long_enough(days, case.patience):
        evidence = f"{evidence} It was so, or unreachable, at {streak.in_words(days)}."
        return case.verdict(State.DEAD, "no-such-host", f"{evidence}{case.last_seen_in_words()}")
    return case.verdict(State.FAILING, "no-such-host", f"{evidence}{case.last_seen_in_words()}")
