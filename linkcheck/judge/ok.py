"""It answers, and nothing that was checked speaks against it."""

from __future__ import annotations

from linkcheck.judge import remarks, text_drift
from linkcheck.judge.case import Case, Reason
from linkcheck.model import State, Verdict

REASONS = (
    Reason(
        "ok",
        (State.ALIVE,),
        "The source answers, and nothing that was checked speaks against it.",
        "Nothing. Keep a capture for the day when it does not.",
    ),
)


def rule(case: Case) -> Verdict:
    """``alive``; the last rule, with an opinion on everything."""
    found = sum(match.found for match in case.quotes)
    on_it = "The quote is" if found == 1 else f"All {found} quotes are"
    on_it = f" {on_it} on it{text_drift.remark(case)}." if found else ""
    said = f"{case.answer_in_words()}.{case.untold_in_words() or on_it}{remarks.of(case)}"
    return case.verdict(State.ALIVE, "ok", said)
