"""Text that drifted from its capture, and domains that somebody else has: one case a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from linkcheck import drift, page
from linkcheck.model import Comparison, Exchange, Observation, Request
from tests.judge.cases import HOME, URL, judged, led, opinion, seen

PAGES = Path(__file__).parents[1] / "drift_pages"
HTML = (("Content-Type", "text/html; charset=utf-8"),)
DAY = datetime(2024, 6, 4, tzinfo=UTC)
QUOTE = "We land our fish in other towns"


def body(name: str) -> bytes:
    return (PAGES / f"{name}.html").read_bytes()


def exchange(name: str) -> Exchange:
    return Exchange(Request(URL), b"", b"", body(name), 200, HTML, DAY)


def now(
    name: str, *, then: str = "captured", url: str = URL, page_facts: dict[str, Any] | None = None, **facts: Any
) -> Observation:
    """A look at the page of that name, compared with the capture of the other."""
    shown = page.parse(body(name), HTML, url)
    assert shown is not None
    measured = drift.compare(exchange(then), exchange(name), uri_m="warcs/a.warc.gz#0", captured_at=DAY)
    return seen(url=url, page=replace(shown, **page_facts or {}), comparison=measured, **facts)


def measured(likeness: float, **facts: Any) -> Observation:
    facts = {"words_then": 400, "words_now": 400, "title_then": "A story", "language_then": "en"} | facts
    return seen(comparison=Comparison("warcs/a.warc.gz#0", DAY, likeness, **facts))


LAPSED = "https://www.lindmouth.example/news/harbour"
GAMBLING = now("taken-over", url=LAPSED)

OPINIONS: list[tuple[str, Observation | None, str]] = [
    ("nothing was changed", now("captured"), "alive ok"),
    ("a new template and a corrected word", now("redesigned"), "alive ok"),
    ("much was added", now("grown"), "alive ok"),
    ("half is gone", now("shortened"), "drifted text-drift"),
    ("another article in its place", now("replaced"), "drifted text-drift"),
    (
        "another article in its place, after a redirect",
        replace(now("replaced"), final_url=f"{URL}/2"),
        "drifted text-drift",
    ),
    ("no capture, no opinion", replace(now("replaced"), comparison=None), "alive ok"),
    ("on the line", measured(0.75), "alive ok"),
    ("under it", measured(0.74), "drifted text-drift"),
    ("a capture of a few words", measured(0.0, words_then=99), "alive ok"),
    ("a capture of an error page", measured(0.0, title_then="Page not found"), "alive ok"),
    ("a capture of a page that asked for consent", measured(0.0, title_then="Before you continue"), "alive ok"),
    ("a front page changes by the day", now("replaced", url=HOME), "alive ok"),
    ("only the beginning was read", now("shortened", truncated="length"), "alive ok"),
    ("only the beginning was parsed", now("shortened", page_facts={"partial": True}), "alive ok"),
    ("behind a paywall", now("shortened", page_facts={"paywalled": True}), "alive ok"),
    ("scripts fill it", now("shortened", page_facts={"filled_by": "scripts"}), "alive ok"),
    # domains
    ("gambling in another language", GAMBLING, "dead domain-taken-over"),
    ("the same on the front page", now("taken-over", url="https://www.lindmouth.example/"), "dead domain-taken-over"),
    ("no capture of a gambling page", replace(GAMBLING, comparison=None), "alive ok"),
    ("it was a gambling page before", now("taken-over", then="taken-over"), "alive ok"),
    ("a translation", now("translated"), "drifted text-drift"),
    ("another front page in another language", now("translated", url=HOME), "alive ok"),
    ("another article of the same language", now("replaced"), "drifted text-drift"),
]


@pytest.mark.parametrize(("name", "observation", "expected"), OPINIONS, ids=[name for name, *_ in OPINIONS])
def test_opinions(name: str, observation: Observation | None, expected: str) -> None:
    assert opinion(judged(observation)) == expected


def comparison_of(observation: Observation) -> Comparison:
    assert observation.comparison is not None
    return observation.comparison


@pytest.mark.parametrize(
    ("why", "changed"),
    [
        ("the same language", {"language_then": "ms"}),
        ("no language known", {"language_then": ""}),
        ("a word of the title is left", {"title_then": "Togel and the law"}),
        ("no title known", {"title_then": ""}),
        ("some of the text is left", {"likeness": 0.2}),
        ("it spoke of gambling before", {"removed": ("The casino was voted down.",)}),
    ],
)
def test_who_is_like_the_capture_in_one_thing_has_drifted_and_is_not_called_dead(
    why: str, changed: dict[str, Any]
) -> None:
    observation = replace(GAMBLING, comparison=replace(comparison_of(GAMBLING), **changed))
    assert opinion(judged(observation)) == "drifted text-drift", why


def test_the_name_of_the_host_is_no_likeness_for_whoever_buys_it_uses_it() -> None:
    elsewhere = replace(GAMBLING, uri_r=URL, final_url=URL)
    assert opinion(judged(elsewhere)) == "drifted text-drift"


def test_the_citation_may_speak_of_that_trade_itself() -> None:
    assert opinion(judged(GAMBLING, title="A guide to casinos")) == "drifted text-drift"


def test_the_evidence_names_the_share_the_day_and_the_largest_passage_that_is_gone() -> None:
    verdict = judged(now("shortened"))
    assert verdict.evidence.startswith("Of the ")
    assert " words captured on 2024-06-04, " in verdict.evidence
    assert "Gone, among the rest: “The work is to begin in September" in verdict.evidence
    assert " % are still on the page." in verdict.evidence


def test_the_evidence_names_the_former_title_and_language_where_they_are_others() -> None:
    evidence = judged(now("translated")).evidence
    assert "It is in another language now (en then, de now)." in evidence
    assert "It was called “Lindmouth harbour to be dredged" in evidence


def test_the_evidence_of_a_domain_taken_over_names_what_was_and_what_is() -> None:
    evidence = judged(GAMBLING).evidence
    assert "captured on 2024-06-04, “Lindmouth harbour" in evidence
    assert "en then, id now" in evidence
    assert "gambling (" in evidence


def test_a_page_with_all_its_quotes_is_alive_and_the_change_is_a_remark() -> None:
    verdict = judged(now("shortened"), QUOTE)
    assert opinion(verdict) == "alive ok"
    assert "The quote is on it, though of the text captured on 2024-06-04 only " in verdict.evidence
    assert judged(now("captured"), QUOTE).evidence.endswith("The quote is on it.")


def test_a_quote_that_is_gone_outranks_the_drift_of_the_rest() -> None:
    assert opinion(judged(now("replaced"), QUOTE)) == "drifted quote-missing"


def test_an_answer_that_is_no_success_is_not_compared() -> None:
    observation = replace(now("replaced"), status=404, confirmed=True)
    assert opinion(judged(observation)) == "dead http-404"


def test_a_source_that_moved_and_says_something_else_has_drifted() -> None:
    away = led(
        (URL, 301), to="https://www.example.com/b", comparison=comparison_of(now("replaced")), page=now("replaced").page
    )
    verdict = judged(away)
    assert opinion(verdict) == "drifted text-drift"
    assert "still on https://www.example.com/b." in verdict.evidence
