"""An address with a hole in it, ``https://a.example/users/{id}``: a form for addresses, and none itself."""

from __future__ import annotations

import re

from linkcheck.judge.case import Case, Reason
from linkcheck.model import State, Verdict

ID = "template"

REASONS = (
    Reason(
        ID,
        (State.UNKNOWN,),
        "The address has a name in braces where its readers put something else (RFC 6570), as documentation of "
        "interfaces writes it. That nothing answers at it as it stands says nothing of the source.",
        "Set it as code, so that it is not taken for a citation, or give an address that is filled in.",
    ),
)

# No digits: "{8F0B…}" is an id that some systems write into their addresses.
_HOLE = re.compile(r"(?:\{|%7B)(?:[#+./;?&])?[a-z_][a-z_.,:*-]{0,40}(?:\}|%7D)", re.I)
_GONE = (400, 404, 410)


def rule(case: Case) -> Verdict | None:
    """``unknown`` where an address with a hole is answered as one that is not there; what answers it well is a page."""
    if case.observation.status not in _GONE:
        return None
    hole = _HOLE.search(case.citation.written) or _HOLE.search(case.citation.url)
    if hole is None:
        return None
    return case.verdict(State.UNKNOWN, ID, f"{hole[0]} is to be filled in; as it stands, {case.answer_in_words()}.")
