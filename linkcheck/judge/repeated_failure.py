"""Nobody there, or a server error, again and again over days: what only comes and goes has had its chances."""

from __future__ import annotations

from linkcheck.judge import streak
from linkcheck.judge.case import Case, Reason
from linkcheck.judge.failing import what_failed
from linkcheck.model import State, Verdict

REASONS = (
    Reason(
        "repeated-failure",
        (State.DEAD,),
        "At three looks or more, each at least three days from the next, there was no usable answer: a time-out, a "
        "broken connection, a server error. No look between had a success. One success brings it back.",
        "Try it from another network. If it stays away, cite a capture, or another source.",
    ),
)


def rule(case: Case) -> Verdict | None:
    """``dead`` for a streak (:mod:`linkcheck.judge.streak`) that ends in no answer or 5xx; 404 is :mod:`gone`'s."""
    if case.observation.status in (404, 410):
        return None
    days = streak.bad_days(case)
    if not streak.is_long_enough(days, case.patience):
        return None
    evidence = f"No usable answer at {streak.in_words(days)}. {what_failed(case)}{case.last_seen_in_words()}"
    return case.verdict(State.DEAD, "repeated-failure", evidence)
