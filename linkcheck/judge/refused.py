"""The server refused this client. That says nothing about whether the source is there.

Taking a 403 for dead is the first complaint about link checkers; taking it for alive hides what is really gone.
"""

from __future__ import annotations

from linkcheck.judge.case import Case, Reason, phrase
from linkcheck.model import State, Verdict

_BLOCKED = (State.BLOCKED,)
_LOOK = "Open it in a browser. If it is there, note the date and keep a capture."

_BY_STATUS = {
    401: Reason(
        "http-401",
        _BLOCKED,
        "The server wants a name and a password before it shows anything.",
        "Cite a public copy if there is one; readers without an account cannot follow this one.",
    ),
    402: Reason(
        "http-402",
        _BLOCKED,
        "The server wants to be paid before it shows anything.",
        "Open it in a browser. Consider citing a free copy beside it.",
    ),
    403: Reason(
        "http-403",
        _BLOCKED,
        "The server refused to answer this client. Many sites do so to every program, so the page may well be there.",
        _LOOK,
    ),
    407: Reason(
        "http-407",
        _BLOCKED,
        "A proxy wants a name and a password. The source itself was probably not asked.",
        "Give the proxy's credentials in its address (`HTTPS_PROXY`), or run from another network.",
    ),
    429: Reason(
        "rate-limited",
        _BLOCKED,
        "The server says that it is asked too often, and nothing of the page. It was asked again after a pause, or "
        "only once where the pause that it wants is longer than we wait.",
        "Run again later. If it stays, ask less often: the settings have a pause between requests to one host.",
    ),
    451: Reason(
        "http-451",
        _BLOCKED,
        "The server may not show the page for legal reasons, often only in this country.",
        "Look for it from another country, or in an archive.",
    ),
    999: Reason(
        "http-999",
        _BLOCKED,
        "The status 999 is no standard: LinkedIn, above all, answers programs with it.",
        _LOOK,
    ),
}
REASONS = tuple(_BY_STATUS.values())


def rule(case: Case) -> Verdict | None:
    """``blocked`` for the statuses by which a server refuses a client (RFC 9110 15.5, RFC 6585, RFC 7725)."""
    status = case.observation.status
    if status not in _BY_STATUS:
        return None
    where = f" at {case.observation.final_url}" if case.was_redirected else ""
    evidence = f"{case.host} refused to show it to us{where}: status {phrase(status)}. It may well be there."
    return case.verdict(State.BLOCKED, _BY_STATUS[status].id, evidence)
