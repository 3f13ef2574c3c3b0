"""It answers, and nothing that was checked speaks against it."""

from __future__ import annotations

from dataclasses import replace

from linkcheck.judge import loose_quotes, remarks, text_drift
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
    changed = text_drift.remark(case)
    on_it = f" {on_it} on it{changed}." if found else ""
    untold, others = case.untold_in_words(), remarks.of(case)
    said = f"{case.answer_in_words()}.{untold or on_it}{loose_quotes.remark(case)}{others}"
    pause = f"{untold or (on_it if changed else '')}{others}".strip()
    return replace(case.verdict(State.ALIVE, "ok", said), pause=pause)
