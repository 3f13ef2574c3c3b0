"""404 and 410: the server says that there is no such page. The commonest way for a source to die."""

from __future__ import annotations

from linkcheck.judge import streak
from linkcheck.judge.case import Case, Reason, phrase
from linkcheck.model import State, Verdict

REASONS = (
    Reason(
        "http-404",
        (State.DEAD,),
        "The server says that it has no such page (404), and a second look agreed. The page was removed, or "
        "moved without a redirect, or the address was never right.",
        "Compare the address with the place you had it from. Then look for where the page went: a suggestion may "
        "stand beside the verdict, and `linkcheck archive` asks for public captures. Cite the new address or a "
        "capture.",
    ),
    Reason(
        "http-410",
        (State.DEAD,),
        "The server says that the page was there and was taken away for good (410).",
        "Cite a capture of it, or another source. Consider why it was taken away.",
    ),
    Reason(
        "gone-once",
        (State.FAILING,),
        "The server said once that it has no such page (404 or 410), and no second look has said the same. One such "
        "answer can be a site that is just being changed, or one sick server of many.",
        "Run again; a second 404 or 410 makes it dead.",
    ),
)

_GONE = frozenset({404, 410})


def rule(case: Case) -> Verdict | None:
    """``dead`` for a 404 or 410 that two looks agree on: two in this run, or an earlier one with no success between.

    Either confirms the other: servers that forget a page say 410 for a while and 404 later, or the other way about.
    """
    seen = case.observation
    if seen.status not in _GONE:
        return None
    if seen.confirmed:
        return _dead(case, ", twice.")
    earlier = [look for look in streak.since_success(case.history) if look.status in _GONE]
    if earlier:
        day = earlier[-1].observed_at.date().isoformat()
        same = earlier[-1].status == seen.status
        return _dead(case, f", as it did on {day}." if same else f", after {phrase(earlier[-1].status or 0)} on {day}.")
    return case.verdict(State.FAILING, "gone-once", f"{case.answer_in_words()}, once.{case.last_seen_in_words()}")


def _dead(case: Case, ending: str) -> Verdict:
    evidence = f"{case.answer_in_words()}{ending}{case.last_seen_in_words()}"
    return case.verdict(State.DEAD, f"http-{case.observation.status}", evidence)
