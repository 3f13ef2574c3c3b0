"""It answers, and nothing that was checked speaks against it."""

from __future__ import annotations

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
    on_it = (
        ""
        if not found
        else " The quote is on it."
        if found == 1
        else f" {found} quotes are on it."
        if case.doubtful
        else f" All {found} quotes are on it."
    )
    said = f"{case.untold_in_words() or on_it}{case.doubts_in_words()}"
    return case.verdict(State.ALIVE, "ok", f"{case.answer_in_words()}.{said}")
