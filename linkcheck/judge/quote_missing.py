"""The page answers, but the quoted words are not on it."""

from __future__ import annotations

from linkcheck.judge.case import Case, Reason
from linkcheck.model import State, Verdict

REASONS = (
    Reason(
        "quote-missing",
        (State.DRIFTED,),
        "The page answers, but a passage that it is quoted for is not on it, word for word. It was changed since, or "
        "quoted inexactly, or the words come from another page; or a script shows them that we do not run.",
        "Search the page for a part of the quote. If the page was changed, cite a capture from before; if the quote "
        "is inexact, correct it.",
    ),
)

_LONGEST = 120


def rule(case: Case) -> Verdict | None:
    """``drifted`` where the text of the page is known whole and a quote is not found in it.

    It outranks ``moved``: where a redirect leads matters little when what was cited is not there.
    """
    if not case.missing:
        return None
    first = case.missing[0]
    shown = first if len(first) <= _LONGEST else f"{first[:_LONGEST].rstrip()}…"
    others = len(case.missing) - 1
    more = f", nor {others} other {'quote' if others == 1 else 'quotes'}" if others else ""
    where = case.observation.final_url if case.was_redirected else "the page"
    return case.verdict(State.DRIFTED, "quote-missing", f"“{shown}” is not on {where}{more}.")
