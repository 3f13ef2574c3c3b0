"""The page answers, but the quoted words are not on it, or only others that come near to them."""

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
    Reason(
        "quote-altered",
        (State.DRIFTED,),
        "The page answers, and it has a passage that comes near to the quote, in other words: a word more or less, a "
        "changed figure, parts in another order. The page was edited since, or the quote was never exact.",
        "Compare the words that are named with the page. If the quote is inexact, correct it; if the page was edited, "
        "cite a capture from before, or quote what it says now.",
    ),
)

_LONGEST = 120


def rule(case: Case) -> Verdict | None:
    """``drifted`` where the text of the page is known whole and a quote is not found in it, or stands there altered.

    It outranks ``moved``: where a redirect leads matters little when what was cited is not there. A quote that is
    missing outranks one that was altered.
    """
    where = case.observation.final_url if case.was_redirected else "the page"
    if case.missing:
        others = len(case.missing) - 1
        more = f", nor {others} other {'quote' if others == 1 else 'quotes'}" if others else ""
        also = f" {_count(len(case.altered))} altered." if case.altered else ""
        return case.verdict(
            State.DRIFTED, "quote-missing", f"“{_short(case.missing[0])}” is not on {where}{more}.{also}"
        )
    if case.altered:
        first = case.altered[0]
        others = len(case.altered) - 1
        more = f" {_count(others, 'other ')} altered, too." if others else ""
        evidence = f"“{_short(first.quote)}” is altered on {where}: {first.differences[0]}.{more}"
        return case.verdict(State.DRIFTED, "quote-altered", evidence)
    return None


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()}…"


def _count(quotes: int, other: str = "") -> str:
    return f"{quotes} {other}{'quote is' if quotes == 1 else 'quotes are'}"
