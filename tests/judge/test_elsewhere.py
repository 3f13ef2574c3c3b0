"""Other pages speak for a source that is gone: where its quotes stand, which better address is verified, by what."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from linkcheck.judge import judge
from linkcheck.model import FailureKind, Observation, Page, Snapshot, State, Verdict, Witness
from tests.judge.cases import STORY, URL, citation, failed, led, seen

SAID = "It says what was cited"
UNSAID = "It says nothing"
M = "https://web.archive.org/web/20240822113407/" + URL
FROZEN = "https://frozen.example.org/news/2024/story"
NEAR = "https://www.example.com/news/2023/a-story-of-treaties-and-trust-a77"
DAY = datetime(2024, 8, 22, 11, 34, 7, tzinfo=UTC)
SHOT = Snapshot(URL, M, DAY, "wayback", 200, "sha1:X")
GONE = seen(404, confirmed=True)
OTHER = Page(title="Another page", text="Nothing of the kind stands here. " * 40)


def witness(kind: str, page: Page | None = STORY, status: int = 200) -> Witness:
    url = {"capture": "warcs/a.warc.gz#7", "memento": M, "moved-collection": FROZEN, "neighbour": NEAR}[kind]
    return Witness(kind, url, DAY, status, page)


def judged(
    observation: Observation, *witnesses: Witness, quotes: tuple[str, ...] = (), title: str = "", **more: Any
) -> Verdict:
    cited = replace(citation(observation.uri_r, *quotes, title=title), accessed=date(2024, 9, 1))
    return judge(cited, observation, witnesses=witnesses, **more)


def suggested(verdict: Verdict) -> list[tuple[str, bool, str]]:
    return [(each.kind, each.verified, each.evidence) for each in verdict.suggestions]


# ---------------------------------------------------------------- quotes


@pytest.mark.parametrize(
    ("witnesses", "found"),
    [
        ((), []),
        ((witness("memento"),), [(True, "memento")]),
        ((witness("moved-collection"), witness("memento"), witness("capture")), [(True, "capture")]),
        ((witness("capture", OTHER), witness("moved-collection")), [(True, "moved-collection")]),
        ((witness("capture", OTHER), witness("memento", None)), [(False, "")]),
        ((witness("memento", STORY, 404),), []),
        ((witness("neighbour"),), []),
    ],
)
def test_a_quote_of_a_dead_source_is_looked_for_in_its_copies_our_own_first(
    witnesses: tuple[Witness, ...], found: list[tuple[bool, str]]
) -> None:
    verdict = judged(GONE, *witnesses, quotes=(SAID,))
    assert verdict.state is State.DEAD
    assert [(match.found, match.where) for match in verdict.quotes] == found


@pytest.mark.parametrize("observation", [seen(403), failed(FailureKind.TIMEOUT)])
def test_so_is_that_of_a_source_that_was_not_shown_to_us(observation: Observation) -> None:
    (match,) = judged(observation, witness("memento"), quotes=(SAID,)).quotes
    assert (match.found, match.where) == (True, "memento")


def test_a_quote_that_the_page_lost_is_drift_and_the_copy_that_has_it_is_suggested() -> None:
    verdict = judged(seen(), witness("memento", Page(text=UNSAID)), quotes=(SAID, UNSAID), snapshots=(SHOT,))
    assert (verdict.state, verdict.reason) == (State.DRIFTED, "quote-missing")
    assert [(match.found, match.where) for match in verdict.quotes] == [(True, "live"), (True, "memento")]
    assert suggested(verdict) == [("memento", True, "captured on 2024-08-22, with the quote on it")]


def test_a_source_that_is_there_is_not_spoken_for() -> None:
    verdict = judged(seen(), witness("memento"), quotes=(SAID,), snapshots=(SHOT,))
    assert verdict.suggestions == ()
    assert verdict == judged(seen(), quotes=(SAID,), snapshots=(SHOT,))


# ---------------------------------------------------------------- better addresses


def test_a_frozen_copy_is_verified_by_the_quote_or_the_title_and_else_offered_as_it_is() -> None:
    by_quote = judged(GONE, witness("moved-collection"), quotes=(SAID,))
    assert suggested(by_quote)[0][1:] == (
        True,
        "the frozen copy of the site answers at this address: the quote is on it",
    )
    by_title = judged(GONE, witness("moved-collection"), title="A story")
    assert suggested(by_title)[0][1:] == (
        True,
        "the frozen copy of the site answers at this address: it bears the cited title",
    )
    untold = judged(GONE, witness("moved-collection"))
    assert suggested(untold)[0][1] is False
    assert "could not be told" in suggested(untold)[0][2]


def test_a_frozen_copy_is_verified_by_the_text_of_a_capture() -> None:
    verdict = judged(GONE, witness("capture"), witness("moved-collection"))
    assert suggested(verdict)[0][1:] == (
        True,
        "the frozen copy of the site answers at this address: its text is that of the copy of 2024-08-22",
    )
    assert suggested(judged(GONE, witness("capture", OTHER), witness("moved-collection")))[0][1] is False


def test_a_candidate_without_the_quote_is_not_verified_whatever_its_title() -> None:
    verdict = judged(GONE, witness("moved-collection"), quotes=(UNSAID,), title="A story")
    assert suggested(verdict)[0][1:] == (
        False,
        "the frozen copy of the site answers at this address, but the quote is not on it",
    )


@pytest.mark.parametrize("status", [0, 301, 403, 404, 500])
def test_what_does_not_answer_is_not_suggested(status: int) -> None:
    assert judged(GONE, witness("moved-collection", STORY, status), title="A story").suggestions == ()


def test_a_memento_is_verified_when_it_plays_back() -> None:
    assert suggested(judged(GONE, witness("memento"), quotes=(SAID,), snapshots=(SHOT,))) == [
        ("memento", True, "captured on 2024-08-22; it plays back, the quote is on it")
    ]
    assert suggested(judged(GONE, snapshots=(SHOT,))) == [
        ("memento", False, "captured on 2024-08-22 with status 200; not opened by us")
    ]
    assert suggested(judged(GONE, witness("memento", OTHER), quotes=(SAID,), snapshots=(SHOT,))) == [
        ("memento", False, "captured on 2024-08-22; it plays back, but the quote is not on it")
    ]
    assert judged(GONE, witness("memento", STORY, 404), snapshots=(SHOT,)).suggestions == ()


def test_a_memento_that_was_cut_is_not_said_to_lack_the_quote() -> None:
    cut = replace(OTHER, partial=True)
    assert suggested(judged(GONE, witness("memento", cut), quotes=(SAID,), snapshots=(SHOT,)))[0][1] is True


def test_a_neighbour_is_what_was_meant_when_its_title_has_the_words_of_the_address() -> None:
    mangled = "https://www.example.com/news/2024/a-story-of-treaties-and-trust"
    lost = seen(404, url=mangled, confirmed=True)
    named = Page(title="A Story of Treaties and Trust | Example", text="Words of it. " * 40)
    assert suggested(judged(lost, witness("neighbour", named))) == [
        (
            "neighbour",
            True,
            "a page of nearly this name answers at this address: its title has the words of the cited address",
        )
    ]
    assert suggested(judged(lost, witness("neighbour", OTHER)))[0][1] is False


def test_neighbours_are_left_out_where_the_address_itself_is_held() -> None:
    verdict = judged(GONE, witness("neighbour"), title="A story", snapshots=(SHOT,))
    assert [kind for kind, *_ in suggested(verdict)] == ["memento"]


def test_the_way_that_the_server_itself_names_stays_first() -> None:
    moved = led((URL, 301), to="https://www.example.com/new")
    verdict = judged(moved, witness("memento"), snapshots=(SHOT,))
    assert [kind for kind, *_ in suggested(verdict)] == ["redirect"]


@pytest.mark.parametrize(
    "shown",
    [
        Page(
            title="Page not found | Example",
            text="Page not found\nTry the search.",
            titles=("Page not found | Example",),
        ),
        Page(title="Welcome to nginx!", text="If you see this page, it works.", titles=("Welcome to nginx!",)),
    ],
)
@pytest.mark.parametrize("kind", ["memento", "moved-collection", "neighbour"])
def test_an_error_page_that_answers_200_is_no_better_address(kind: str, shown: Page) -> None:
    more = {"snapshots": (SHOT,)} if kind == "memento" else {}
    assert suggested(judged(GONE, witness(kind), **more))
    assert not suggested(judged(GONE, witness(kind, shown), **more))


GIVEN = "https://arquivo.pt/wayback/20240830120000/" + URL


def with_a_copy_given(*witnesses: Witness, quotes: tuple[str, ...] = (), **more: Any) -> list[tuple[str, bool, str]]:
    cited = replace(citation(URL, *quotes), accessed=date(2024, 9, 1), memento=GIVEN)
    return [each for each in suggested(judge(cited, GONE, witnesses=witnesses, **more)) if "itself gives" in each[2]]


def test_a_copy_that_the_text_gives_is_suggested_and_opened_where_it_can_be() -> None:
    given = Witness("memento", GIVEN, DAY, 200, STORY)
    assert with_a_copy_given() == [("memento", False, "the copy that the text itself gives; not opened by us")]
    assert with_a_copy_given(given, quotes=(SAID,)) == [
        (
            "memento",
            True,
            "the copy that the text itself gives, captured on 2024-08-22; it plays back, the quote is on it",
        )
    ]
    ((_, verified, words),) = with_a_copy_given(given, quotes=(UNSAID,))
    assert (verified, words.endswith("but the quote is not on it")) == (False, True)


def test_a_copy_that_the_text_gives_and_that_shows_nothing_is_not_suggested() -> None:
    assert with_a_copy_given(Witness("memento", GIVEN, DAY, 404, STORY)) == []


CHALLENGE = Page(
    title="Just a moment...",
    text="Enable JavaScript and cookies to continue",
    titles=("Just a moment...",),
)


@pytest.mark.parametrize("kind", ["memento", "moved-collection", "neighbour"])
def test_a_bot_wall_that_was_kept_in_place_of_the_page_is_no_better_address(kind: str) -> None:
    more = {"snapshots": (SHOT,)} if kind == "memento" else {}
    assert not suggested(judged(GONE, witness(kind, CHALLENGE), **more))
