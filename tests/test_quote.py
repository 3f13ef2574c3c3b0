"""Quotes are found by their words, exactly and in order, however they are set in type."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from linkcheck import quote
from linkcheck.model import QuoteMatch

SPEECH = (
    "We don\u2019t need to agree on everything to keep moving forward on issues like arms control.\n"
    "It costs $1,000 \u2014 not 1.000 euros \u2014 and fell by 3.5% to \u22125 degrees in the U.S. market[12] "
    "last year.\n"
    "The well\u2011known party did not co\u00adoperate; \u201cnobody can\u2019t verify\u201d, she said."
)

FOUND = [
    ("as the article sets it, with its own comma at the end", "don’t need to agree on everything … arms control,"),
    ("straight apostrophe for a curly one", "don't need to agree"),
    ("other case", "WE DON'T NEED"),
    ("across a line", "issues like arms control. It costs"),
    ("white space of any kind", "need\u00a0to\n\tagree"),
    ("quotation marks around it", "“nobody can't verify”"),
    ("quotation marks left out", "nobody can't verify, she said"),
    ("another dash", "$1,000 - not 1.000 euros"),
    ("a hyphen of another kind", "well-known party"),
    ("a soft hyphen in the page", "did not cooperate"),
    ("a soft hyphen and a zero-width space in the quote", "did not co\u00adop\u200berate"),
    ("parts in order", "agree on everything ... arms control [...] last year"),
    ("parts around a bracketed ellipsis", "We don't […] arms control"),
    ("an ellipsis at both ends", "… need to agree …"),
    ("initials with and without points", "in the US market"),
    ("a footnote mark in the page", "market last year"),
    ("a capital changed in brackets", "[w]e don't need"),
    ("a negative figure with another minus", "to -5 degrees"),
    ("percent apart from its figure", "3.5 % to"),
    ("the whole text", SPEECH),
    ("nothing at all", ""),
    ("only an ellipsis", "…"),
]

MISSING = [
    ("part of a word", "part"),
    ("a dropped not", "The well-known party did cooperate"),
    ("an added not", "We don't not need"),
    ("can for can't", "nobody can verify"),
    ("another figure", "fell by 3.6%"),
    ("another separator in a figure", "$1.000"),
    ("a figure without its sign", "to 5 degrees"),
    ("another currency", "€1,000"),
    ("parts out of order", "arms control … need to agree"),
    ("a part twice that stands there once", "arms control … arms control"),
    ("words joined", "armscontrol"),
    ("words in another order", "to need agree"),
    ("more than the text", SPEECH + " And more."),
    ("an emoji that is not there", "🎉"),
]


@pytest.mark.parametrize(("what", "words"), FOUND, ids=[what for what, _ in FOUND])
def test_is_found(what: str, words: str) -> None:
    assert quote.find(words, SPEECH) == QuoteMatch(words, True, "live")


@pytest.mark.parametrize(("what", "words"), MISSING, ids=[what for what, _ in MISSING])
def test_is_not_found(what: str, words: str) -> None:
    assert quote.find(words, SPEECH) == QuoteMatch(words, False, "")


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("不要信任", "他说：「不要信任，要核实。」", True),
        ("要核实", "他说：「不要信任，要\n核实。」", True),
        ("他说信任", "他说：「不要信任，要核实。」", False),
        ("ﾃｽﾄです", "これはテストです。", True),
        ("ไม่ไว้ใจ", "เราไม่ไว้ใจแต่ตรวจสอบ", True),
        ("ไว้ใจแต่", "เราไม่ไว้ใจแต่ตรวจสอบ", True),
        ("ไม่ตรวจสอบ", "เราไม่ไว้ใจแต่ตรวจสอบ", False),
        ("доверяй, но проверяй", "Пословица «Доверяй, но проверяй».", True),
        ("विश्वास करो", "विश्वास करो, पर जाँचो", True),
        ("विशवास करो", "विश्वास करो, पर जाँचो", False),
        ("cafe\u0301 society", "the café society of", True),
        ("cafe society", "the café society of", False),
        ("Straße", "die STRASSE entlang", True),
        ("👍🏽", "well done 👍🏽 all", True),
        ("well done all", "well done 👍🏽 all", True),
        ("!!!", "stop !! !", True),
    ],
)
def test_other_scripts_follow_their_own_borders(words: str, text: str, found: bool) -> None:
    assert quote.find(words, text).found is found


def test_several_quotes_are_answered_in_their_order() -> None:
    matches = quote.find_all(("arms control", "arms race"), SPEECH, where="memento")
    assert matches == (QuoteMatch("arms control", True, "memento"), QuoteMatch("arms race", False, ""))


NOTED = "10 m2 of land,3 he said in 19904, or 106 in all. The policy5 was new."
NOTES = tuple(
    place for mark in ("2 of", "3 he", "4, or", "6 in", "5 was") for place in (NOTED.index(mark), NOTED.index(mark) + 1)
)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("10 m2 of land", True),
        ("land, he said", True),
        ("land,3 he said", True),
        ("in 1990, or", True),
        ("10 m2 of land, he said in 1990, or 106 in all", True),
        ("the policy was new", True),
        ("the policy5 was new", True),
        ("the policy4 was new", False),
        ("the policy not was new", False),
        ("land, she said", False),
    ],
)
def test_a_quote_may_have_a_note_mark_or_leave_it_out(words: str, found: bool) -> None:
    notes = tuple(sorted(NOTES))
    assert quote.find_all((words,), NOTED, notes=notes)[0].found is found


def test_without_notes_every_figure_counts() -> None:
    assert not quote.find_all(("land, he said",), NOTED)[0].found


WORDS = st.lists(
    st.from_regex(r"[a-z]{1,8}('[a-z]{1,2})?|[0-9]{1,3}(,[0-9]{3})?", fullmatch=True), min_size=4, max_size=40
)
SETTINGS = st.sampled_from([" ", "  ", "\n", "\u00a0", " — ", ", ", "; ", " “", "” ", "-", " \u200b"])


@given(WORDS, st.data())
def test_a_passage_cut_at_word_borders_is_found(words: list[str], data: st.DataObject) -> None:
    text = "".join(word + data.draw(SETTINGS) for word in words)
    start = data.draw(st.integers(0, len(words) - 1))
    passage = words[start : data.draw(st.integers(start + 1, len(words)))]
    assert quote.find(" ".join(passage).upper(), text.replace("-", " - ")).found


@given(WORDS, st.data())
def test_a_word_more_or_another_word_is_not_found(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    place = data.draw(st.integers(0, len(words)))
    assert not quote.find(" ".join([*words[:place], "not", *words[place:]]), text).found
    other = [*words[:place], "zzzzzzzzz", *words[place + 1 :]]
    assert not quote.find(" ".join(other), text).found


@given(WORDS, st.data())
def test_a_word_left_out_of_the_middle_is_not_found(words: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(words) - 2))
    words[place] = "unlike"
    less = [*words[:place], *words[place + 1 :]]
    assume("unlike" not in less)
    assert not quote.find(" ".join(less), " ".join(words)).found


@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = quote.normalise(text)
    assert quote.normalise(once) == once


@given(st.text(), st.text())
def test_any_two_texts_get_an_answer(words: str, text: str) -> None:
    quote.find(words, text)
    assert quote.find(text, text).found
