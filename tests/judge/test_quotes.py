"""What is said of quotes: missing, altered, and those that were only read off the citing sentence."""

from __future__ import annotations

import pytest

from linkcheck.model import Observation, Page
from tests.judge.cases import HOME, URL, judged, led, opinion, seen

TALKS = Page(
    title="Talks", text="We will not talk about 92 conditions with anybody.\nNobody asked for that. " + "Words. " * 400
)
SAID = "We will not talk about 92 conditions"
LESS = "We will talk about 92 conditions with anybody"
FIGURE = "We will not talk about 29 conditions"
UNSAID = "quite another matter that no page has"
NEW = "https://www.example.com/talks"

OPINIONS = [
    ("a dropped not", seen(page=TALKS), (LESS,), "drifted quote-altered"),
    ("a changed figure", seen(page=TALKS), (FIGURE,), "drifted quote-altered"),
    ("a not hidden by an ellipsis", seen(page=TALKS), ("We will … talk about 92",), "drifted quote-altered"),
    ("as it stands", seen(page=TALKS), (SAID,), "alive ok"),
    ("one altered, one there", seen(page=TALKS), (SAID, LESS), "drifted quote-altered"),
    ("one altered, one missing", seen(page=TALKS), (LESS, UNSAID), "drifted quote-missing"),
    ("altered, behind a permanent redirect", led((URL, 301), to=NEW, page=TALKS), (LESS,), "drifted quote-altered"),
    ("altered, on a page that was cut", seen(page=TALKS, truncated="length"), (LESS,), "alive ok"),
    ("altered, on a 404 page", seen(404, confirmed=True, page=TALKS), (LESS,), "dead http-404"),
    ("altered, on the front page", led((URL, 301), to=HOME, page=TALKS), (LESS,), "drifted quote-altered"),
]


@pytest.mark.parametrize(("what", "observation", "quotes", "expected"), OPINIONS, ids=[case[0] for case in OPINIONS])
def test_opinion(what: str, observation: Observation, quotes: tuple[str, ...], expected: str) -> None:
    assert opinion(judged(observation, *quotes)) == expected


def test_the_evidence_names_the_first_difference() -> None:
    verdict = judged(seen(page=TALKS), LESS, FIGURE)
    assert verdict.evidence == (
        "“We will talk about 92 conditions with anybody” is altered on the page: the page has “not” after “We will”, "
        "which the quote leaves out. 1 other quote is altered, too."
    )
    assert [match.found for match in verdict.quotes] == [False, False]
    assert verdict.quotes[1].differences == ("the page has “92” where the quote has “29”",)


def test_a_missing_quote_outranks_an_altered_one_and_both_are_said() -> None:
    verdict = judged(seen(page=TALKS), LESS, UNSAID)
    assert verdict.evidence == f"“{UNSAID}” is not on the page. 1 quote is altered."


def test_an_altered_quote_verifies_no_move() -> None:
    verdict = judged(led((URL, 302), to=NEW, page=TALKS), LESS, title="Talks")
    assert opinion(verdict) == "drifted quote-altered"
