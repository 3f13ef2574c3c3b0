"""Which words are marked: read with ``[-gone-]``, ``{+new+}`` and ``*quoted*``."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.model import Citation, Comparison, QuoteMatch
from linkcheck.reports._marked import Marked, differing, passages, quoted, sentence
from linkcheck.reports._text import printable

SIGNS = {"": "{}", "mark": "*{}*", "del": "[-{}-]", "ins": "{{+{}+}}"}


def read(spans: Marked) -> str:
    return "".join(SIGNS[span.kind].format(span.text) for span in spans)


def cited(context: str, *quotes: str, loose: tuple[str, ...] = ()) -> Citation:
    url = "https://a.example/"
    return Citation(url, url, "a.md", 1, 1, context=context, quotes=quotes, loose=loose)


@pytest.mark.parametrize(
    ("context", "quote", "marked"),
    [
        ("He said “no deal” twice.", "no deal", "He said “*no deal*” twice."),
        ("He said “No  deal,\nnot now” twice.", "no deal, not now", "He said “*No  deal, not now*” twice."),
        ("It’s “don’t know”.", "don't know", "It’s “*don’t know*”."),
        ("Nothing of it.", "no deal", "Nothing of it."),
        ("Nothing of it.", "", "Nothing of it."),
        ("… !", "!", "… *!*"),
        ("so_called and -- ELSE", "Called and else", "so_*called and -- ELSE*"),
        ("The nodeal.", "no deal", "The nodeal."),
    ],
)
def test_the_quote_is_marked_in_its_sentence_however_it_is_set(context: str, quote: str, marked: str) -> None:
    assert read(sentence(cited(context, quote))) == marked


def test_several_quotes_are_marked_and_none_twice() -> None:
    told = sentence(cited("We have “one thing” and “another”.", "another", "one thing", loose=("thing", "and")))
    assert read(told) == "We have “*one thing*” *and* “*another*”."


def test_an_altered_quote_shows_the_words_of_the_page_beside_its_own() -> None:
    match = QuoteMatch("We will NOT talk, ever.", False, "live", ("…",), "we will talk ever again")
    assert read(quoted(match)) == "We will [-NOT-] talk, ever. {+again+}"


def test_a_found_quote_is_plain() -> None:
    assert read(quoted(QuoteMatch("As it is", True, "live", (), "as it was"))) == "As it is"


def test_case_and_punctuation_are_no_difference_and_figures_are() -> None:
    assert read(differing("“Rates rose 3.5 %,” he said.", "rates rose 3.6 % he said")) == (
        "“Rates rose [-3.5-] {+3.6+} %,” he said."
    )


def test_an_altered_passage_is_told_as_one_and_others_as_gone_or_new() -> None:
    compared = Comparison(
        "warcs/a",
        datetime(2024, 9, 1, tzinfo=UTC),
        0.5,
        100,
        100,
        removed=("The fee is five euros a year for all members.", "Dogs are welcome."),
        added=("Cats must stay outside the building.", "The fee is nine euros a year for all members."),
    )
    assert [read(told) for told in passages(compared)] == [
        "The fee is [-five-] {+nine+} euros a year for all members.",
        "[-Dogs are welcome.-]",
        "{+Cats must stay outside the building.+}",
    ]


def test_a_very_long_text_is_not_compared_word_by_word() -> None:
    assert [span.kind for span in differing("a " * 500, "b " * 500)] == ["del", "ins"]


def test_a_quote_that_is_made_to_match_in_many_ways_costs_no_time() -> None:
    """A pattern of words with anything between them took 2^n steps here."""
    assert read(sentence(cited("_" * 20_000, "_ " * 300 + "b"))) == "_" * 20_000
    assert read(sentence(cited("a " * 20_000 + ".", "a " * 390 + "b"))) == "a " * 20_000 + "."


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_word_of_either_text_is_lost(one: str, other: str) -> None:
    one, other = printable(one), printable(other)
    spans = differing(one, other)
    first = "".join(span.text if span.kind != "ins" else " " for span in spans)
    assert first.split() == one.split()
    second = "".join(span.text for span in spans if span.kind != "del")
    assert _letters(second) == _letters(other)


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


@given(st.text(max_size=60), st.text(max_size=10))
def test_marking_a_sentence_changes_no_letter_of_it(context: str, quote: str) -> None:
    assert "".join(span.text for span in sentence(cited(context, quote))) == printable(context)
