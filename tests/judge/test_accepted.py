"""Statuses that the settings take for a sign that a page is there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linkcheck.conduct import HostRules, Hosts
from linkcheck.judge import judge
from linkcheck.model import Page, State
from tests.judge.cases import URL, citation, led, seen

HOSTS = Hosts((HostRules("www.example.com", "www.example.com", accept=(403, 404, 503)),))
WALL = Page(title="Just a moment...", text="Checking your browser before accessing www.example.com")


@pytest.mark.parametrize("status", [403, 404, 503])
def test_an_accepted_status_is_alive_and_says_why(status: int) -> None:
    verdict = judge(citation(), seen(status, page=WALL), hosts=HOSTS)
    assert (verdict.state, verdict.reason) == (State.ALIVE, "accepted-status")
    assert f"answered {status}" in verdict.evidence
    assert "your settings accept" in verdict.evidence


def test_quotes_are_not_held_against_such_an_answer() -> None:
    verdict = judge(citation(URL, "What was said."), seen(403, page=WALL), hosts=HOSTS)
    assert (verdict.state, verdict.quotes) == (State.ALIVE, ())
    assert "The quote was not looked for" in verdict.evidence


def test_other_statuses_and_other_hosts_are_judged_as_ever() -> None:
    assert judge(citation(), seen(410, confirmed=True), hosts=HOSTS).reason == "http-410"
    assert (
        judge(citation(), seen(403), hosts=Hosts((HostRules("x", "example.com", accept=(403,)),))).reason == "http-403"
    )
    assert judge(citation(), seen(200), hosts=HOSTS).reason == "ok"


def test_the_host_that_answered_counts_not_the_one_that_is_cited() -> None:
    elsewhere = led((URL, 302), to="https://login.example.net/", status=403)
    assert judge(citation(), elsewhere, hosts=HOSTS).reason == "http-403"


def test_a_404_over_plain_http_where_the_headers_are_not_sent_says_nothing() -> None:
    plain = "http://www.example.com/a"
    ours = HostRules("www.example.com", "www.example.com", headers=(("Authorization", "Bearer x"),))
    verdict = judge(citation(plain), seen(404, url=plain, confirmed=True), hosts=Hosts((ours,)))
    assert (verdict.state, verdict.reason) == (State.UNKNOWN, "headers-withheld")
    assert "over plain http" in verdict.evidence
    allowed = Hosts((replace(ours, allow_http=True),))
    assert judge(citation(plain), seen(404, url=plain, confirmed=True), hosts=allowed).reason == "http-404"
    assert judge(citation(plain), seen(200, url=plain), hosts=Hosts((ours,))).reason == "ok"
    assert judge(citation(), seen(404, confirmed=True), hosts=Hosts((ours,))).reason == "http-404"
