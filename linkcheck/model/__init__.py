"""The nouns, one a stage, all frozen. In the order a citation meets them:

Document -> Citation -> (Request -> Exchange | Failure)* -> Observation -> Verdict -> Finding -> Report
"""

from __future__ import annotations

from linkcheck.model.asked import Exchange, Failure, Hop, Request
from linkcheck.model.cited import Citation, Document, Problem
from linkcheck.model.seen import Comparison, Landing, Look, Observation, Page, Picture, Snapshot, Witness
from linkcheck.model.told import Finding, QuoteMatch, Report, Suggestion, Tally, Verdict
from linkcheck.model.words import FailureKind, Headers, State

__all__ = [
    "Citation",
    "Comparison",
    "Document",
    "Exchange",
    "Failure",
    "FailureKind",
    "Finding",
    "Headers",
    "Hop",
    "Landing",
    "Look",
    "Observation",
    "Page",
    "Picture",
    "Problem",
    "QuoteMatch",
    "Report",
    "Request",
    "Snapshot",
    "State",
    "Suggestion",
    "Tally",
    "Verdict",
    "Witness",
]
