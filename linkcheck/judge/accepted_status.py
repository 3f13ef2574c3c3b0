"""The settings take the status for a sign that the page is there. The user has looked; we have not."""

from __future__ import annotations

from linkcheck import uri
from linkcheck.judge.case import Case, Reason
from linkcheck.model import State, Verdict

ID = "accepted-status"

REASONS = (
    Reason(
        ID,
        (State.ALIVE,),
        "The server answered with a status that is no success, and your settings say that at this host it means that "
        "the page is there (`accept`). What the answer says is not held against quotes, and it is not captured.",
        "Open it in a browser now and then: this verdict would stand over a page that is gone as well.",
    ),
)


def rule(case: Case) -> Verdict | None:
    """``alive`` for a status that the settings accept of the host that answered; nothing else is told from it."""
    status, url = case.observation.status, case.observation.final_url
    if status is None or status not in (case.hosts.of(uri.host(url), uri.port(url)).accept or ()):
        return None
    evidence = f"{case.answer_in_words()}, which your settings accept of it as a sign that the page is there."
    number = len(case.citation.quotes)
    if number:
        evidence += f" The quote{' was' if number == 1 else 's were'} not looked for: that answer is not the page."
    return case.verdict(State.ALIVE, ID, evidence)
