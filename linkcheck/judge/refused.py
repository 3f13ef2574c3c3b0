"""The server refused this client. That says nothing about whether the source is there.

Taking a 403 for dead is the first complaint about link checkers; taking it for alive hides what is really gone.
"""

from __future__ import annotations

import re

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


_TOO_OFTEN = re.compile(
    r"\b(?:too many requests|rate[- ]limit(?:ed|ing)?\b.{0,40}\b(?:exceeded|reached|hit)|rate[- ]limited"
    r"|exceeded (?:the|your|our) (?:rate|request) limit|(?:quota|limit) (?:of requests )?exceeded"
    r"|slow down|sending requests too (?:quickly|fast)|zu viele anfragen|trop de requêtes"
    r"|demasiadas (?:solicitudes|peticiones)"
    r"|troppe richieste|te veel verzoeken)\b",
    re.I,
)
_ONLY_TOO_OFTEN = re.compile(
    r"\W*(?:(?:http |error:? ?)*429\W*)?(?:error:? )?(?:too many requests|rate limit exceeded|rate limited)\W*", re.I
)
_SHORT, _SHORTEST = 600, 200
"""Characters of a notice under a status that is no success, and under one that is."""


def rule(case: Case) -> Verdict | None:
    """``blocked`` for the statuses by which a server refuses a client (RFC 9110 15.5, RFC 6585, RFC 7725).

    A rate limit is also one where a server writes so under 503 (RFC 9110 15.6.4), or under 200.
    """
    status = case.observation.status
    if says_too_often(case):
        wait = case.observation.header("retry-after").strip()[:40]
        asks = f" (Retry-After: {wait})" if wait else ""
        evidence = (
            f"{case.answer_in_words()} and says on the page that it is asked too often{asks}. It may well be there."
        )
        return case.verdict(State.BLOCKED, "rate-limited", evidence)
    if status not in _BY_STATUS:
        return None
    where = f" at {case.observation.final_url}" if case.was_redirected else ""
    evidence = f"{case.host} refused to show it to us{where}: status {phrase(status)}. It may well be there."
    return case.verdict(State.BLOCKED, _BY_STATUS[status].id, evidence)


def says_too_often(case: Case) -> bool:
    """Whether a short page under 503, or one of next to nothing under 200, speaks of a rate limit."""
    page = case.observation.page
    if page is None or case.shows_what_was_cited:
        return False
    if case.observation.status == 503:
        return len(page.text) <= _SHORT and _TOO_OFTEN.search(f"{page.title}\n{page.text}") is not None
    if case.observation.status != 200 or len(page.text) > _SHORTEST or page.links:
        return False
    titled = _ONLY_TOO_OFTEN.fullmatch(page.title) is not None
    return _ONLY_TOO_OFTEN.fullmatch(page.text) is not None or (titled and _TOO_OFTEN.search(page.text) is not None)
