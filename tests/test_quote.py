"""Quotes are found by their words, exactly and in order, however they are set in type."""

from __future__ import annotations

from pydoc_data import topics

import pytest
from hypothesis import assume, given, settings
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
    ("an insertion for a word", "to agree on [it all] to keep moving"),
    ("an insertion beside a word", "the [other] well-known party"),
    ("an insertion at the front", "[She said that they] don't need"),
    ("the end of a word changed in brackets", "need[ed] to agree"),
    ("a sic", "need to [sic] agree on everything"),
    ("an emphasis of the quoter's", "need to agree on everything (emphasis added)"),
    ("a figure without its comma", "it costs $1000"),
    ("a figure with a space for its comma", "it costs $1 000, not"),
    ("a figure so set and an ellipsis", "it costs $1 000, not … in the U.S. market"),
    ("a hyphen more", "did not co-operate"),
    ("a hyphen at a line end of the quote's own", "on issues like arms con-\ntrol"),
    ("a hyphen more and one that is on the page", "well-known party did not co-operate"),
    ("nested quotation marks", "‘nobody can’t verify’, she said"),
    ("a negative figure with another minus", "to -5 degrees"),
    ("percent apart from its figure", "3.5 % to"),
    ("the whole text", SPEECH),
    ("nothing at all", ""),
    ("only an ellipsis", "…"),
]

MISSING = [
    ("part of a word", "part"),
    ("can for can't", "nobody can verify"),
    ("another separator in a figure", "$1.000"),
    ("a figure without its sign", "to 5 degrees"),
    ("another currency", "€1,000"),
    ("a few words in another order", "to need agree"),
    ("words joined", "armscontrol"),
    ("more than the text", "Never. " * 200 + SPEECH),
    ("other words", "a quite different matter, which nobody in these talks had ever touched upon"),
    ("an emoji that is not there", "🎉"),
    ("an insertion and nothing else", "[so he said]"),
]

ALTERED = [
    (
        "a dropped not",
        "The well-known party did cooperate",
        "the page has “not” after “party did”, which the quote leaves out",
    ),
    ("an added not", "We don't not need to agree", "“not” after “We don't” is missing on the page"),
    (
        "a not left out by an ellipsis",
        "known party did … cooperate",
        "the page has “not” after “party did”, which the quote leaves out",
    ),
    (
        "a not left out by an insertion",
        "the well-known party [as such] cooperate",
        "the page has “did not” after “known party”, which the quote leaves out",
    ),
    (
        "a not beside a sic",
        "known party did [sic] cooperate",
        "the page has “not” after “party did”, which the quote leaves out",
    ),
    ("another figure", "and fell by 3.6% to", "the page has “3.5” where the quote has “3.6”"),
    (
        "a figure replaced by an insertion",
        "It costs $[little] — not 1.000 euros",
        "the page has “1,000” after “costs $”, which the quote leaves out",
    ),
    (
        "parts out of order",
        "issues like arms control … need to agree",
        "“issues like arms control” does not stand before “need to agree” on the page",
    ),
    (
        "a part twice that stands there once",
        "arms control … arms control",
        "“arms control” does not stand before “arms control” on the page",
    ),
    ("a part more", "keep moving forward on issues like arms control … for ever", "“for ever” is missing on the page"),
    ("a name changed", "need to agree on Everything to stop moving", "the page has “keep” where the quote has “stop”"),
    (
        "words swapped",
        "to keep forward moving on issues like",
        "the page has “moving” after “to keep”, which the quote leaves out",
    ),
    (
        "parts too far apart for an insertion",
        "to agree on everything [and he] in the U.S. market",
        "“to agree on everything” and “in the us market” do not stand together on the page",
    ),
]


@pytest.mark.parametrize(("what", "words"), FOUND, ids=[what for what, _ in FOUND])
def test_is_found(what: str, words: str) -> None:
    assert quote.find(words, SPEECH) == QuoteMatch(words, True, "live")


@pytest.mark.parametrize(("what", "words"), MISSING, ids=[what for what, _ in MISSING])
def test_is_not_found(what: str, words: str) -> None:
    assert quote.find(words, SPEECH) == QuoteMatch(words, False, "")


@pytest.mark.parametrize(("what", "words", "difference"), ALTERED, ids=[what for what, *_ in ALTERED])
def test_is_altered_and_says_which_words_differ(what: str, words: str, difference: str) -> None:
    match = quote.find(words, SPEECH, where="capture")
    assert (match.found, match.where) == (False, "capture")
    assert match.differences[0] == difference


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
        ("the first office", "the \ufb01rst o\ufb03ce", True),
        ("the negotiations went on", "the nego-\ntiations went on", True),
        ("the well known party", "the well-\nknown party", True),
        ("不要…要核实", "他说：「不要信任，要核实。」", True),
        ("a quote over blocks", "It is a quote\nover blocks.", True),
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


def test_a_chinese_quote_is_altered_by_a_sign() -> None:
    (difference,) = quote.find("我们信任你们要核实", "他说：「我们不信任你们，要核实。」").differences
    assert difference == "the page has “不” after “我们”, which the quote leaves out"


def test_the_first_differences_are_nots_and_figures_and_many_are_counted() -> None:
    text = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda 12 mu nu xi omicron pi rho sigma tau"
    words = text.replace("beta", "b").replace("delta", "d").replace("zeta", "z").replace("12", "21")
    differences = quote.find(words.replace("rho", "r").replace("xi", "x").replace("iota", "i"), text).differences
    assert differences[0] == "the page has “12” where the quote has “21”"
    assert (len(differences), differences[-1]) == (6, "2 more differences")


SENTENCES = [
    quote.normalise(sentence).split()
    for topic in ("assert", "while", "del", "numbers", "truth", "else")
    for sentence in topics.topics.get(topic, "").split(". ")
    if len(sentence.split()) > 5
]
REFERENCE = "\n".join(topics.topics.values())[:5_000] + "\n".join(" ".join(words) for words in SENTENCES)
NORMAL = f" {quote.normalise(REFERENCE)} "


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(SENTENCES), st.data())
def test_no_word_of_a_real_sentence_can_be_dropped_swapped_or_changed(words: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(words) - 2))
    other = data.draw(st.sampled_from(data.draw(st.sampled_from(SENTENCES))))
    every = (
        [*words[:at], *words[at + 1 :]],
        [*words[:at], words[at + 1], words[at], *words[at + 2 :]],
        [*words[:at], other, *words[at + 1 :]],
        [*words[:at], "not", *words[at:]],
        [*words[:at], "[sic]", *words[at + 1 :]],
    )
    for match in quote.find_all(tuple(" ".join(words) for words in every), REFERENCE):
        passage = quote.normalise(match.quote.replace("[sic]", ""))
        assert match.found is (f" {passage} " in NORMAL)
        assert match.found or bool(match.where) is bool(match.differences)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(SENTENCES), st.data())
def test_a_real_sentence_is_found_with_words_left_out_by_an_ellipsis(words: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(words) - 2))
    assume(words[at] not in ("not", "no", "without", "none", "nothing", "never"))
    assert quote.find(f"{' '.join(words[:at])} … {' '.join(words[at + 1 :])}", REFERENCE).found


@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = quote.normalise(text)
    assert quote.normalise(once) == once


@given(st.text(), st.text())
def test_any_two_texts_get_an_answer(words: str, text: str) -> None:
    quote.find(words, text)
    assert quote.find(text, text).found
