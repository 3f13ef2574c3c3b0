"""The settings have headers for a host, and over plain http they were not sent: what it says, it says to a stranger."""

from __future__ import annotations

from linkcheck import uri
from linkcheck.judge.case import Case, Reason
from linkcheck.model import State, Verdict

ID = "headers-withheld"

REASONS = (
    Reason(
        ID,
        (State.UNKNOWN,),
        "Your settings have headers for this host, and they go over https only; over plain http it was asked without "
        "them, and refused. Many servers answer 404 to strangers, so that says nothing of the source.",
        "Cite it over https, or set `allow-http` for the host where its network is your own.",
    ),
)


def rule(case: Case) -> Verdict | None:
    """``unknown`` for a refusal or a 404 that a host gave over plain http, where the settings have headers for it."""
    status, url = case.observation.status, case.observation.final_url
    if status is None or status < 400 or uri.scheme(url) != "http":
        return None
    rules = case.hosts.of(uri.host(url), uri.port(url))
    if not (rules.headers or rules.missing) or rules.allow_http:
        return None
    return case.verdict(
        State.UNKNOWN, ID, f"{case.answer_in_words()} over plain http, where the headers of your settings are not sent."
    )
