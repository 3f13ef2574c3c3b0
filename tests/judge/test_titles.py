"""Is it the page that the citation names? One case a line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from linkcheck.judge import judge, page_date
from linkcheck.judge.words import content_words, held, language, script
from linkcheck.model import Page, Verdict
from tests.judge.cases import URL, citation, judged, led, opinion, seen

MISMATCH = "drifted title-mismatch"
CASINO = Page(
    title="The best slots for you", titles=("The best slots for you",), headings=("Play now",), language="en",
    text="The best slots for you\nPlay now and win in our casino. Sign up to get your bonus.\n" + "Spin again. " * 300,
)  # fmt: skip
TREATY = Page(
    title="US and Russia agree on nuclear arms | The Paper",
    titles=("US and Russia agree on nuclear arms | The Paper", "Ministers agree on arms"),
    headings=("Ministers agree on arms",), language="en",
    text="Ministers agree on arms\nThe ministers met in Geneva on Tuesday, and by the evening it was signed.",
)  # fmt: skip
GERMAN = Page(
    title="Die Minister und der Vertrag", titles=("Die Minister und der Vertrag",), language="de",
    text="Die Minister trafen sich in Genf, und am Abend war der Vertrag unterschrieben.",
)  # fmt: skip
RUSSIAN = Page(title="Министры и договор", titles=("Министры и договор",), text="Министры и договор на вечер")
UNTOLD = Page(title="Lorem ipsum dolor", titles=("Lorem ipsum dolor",), text="Consectetur adipiscing elit.")
EMPTY = Page(title="", text="Some words without any title.", language="en")

# What the citation calls it, the page, and what is thought of it.
CASES: list[tuple[str, str, Page, str]] = [
    ("its own title", "The best slots for you", CASINO, "alive ok"),
    ("another title altogether", "How the ministers agreed on nuclear arms", CASINO, MISMATCH),
    ("one word of the title", "The ministers and the war", TREATY, "alive ok"),
    ("a word in another form", "How a minister is made", TREATY, "alive ok"),
    ("a word only in the text", "The evening of the Geneva meeting", TREATY, "alive ok"),
    ("a word only in the address", "A tale for the story books", CASINO, "alive ok"),
    ("nothing of the title", "The parish bridge will be mended in May", TREATY, MISMATCH),
    ("too few words to tell", "The bridge", TREATY, "alive ok"),
    ("small words only", "How it was, and what has not been", TREATY, "alive ok"),
    ("a translated title", "How the bridge was mended", GERMAN, "alive ok"),
    ("a title translated from German", "Wie die Brücke von Neustadt erneuert wird", TREATY, "alive ok"),
    ("a German title of another German page", "Wie die Brücke von Neustadt erneuert wird", GERMAN, MISMATCH),
    ("a title in another script", "How the bridge was mended", RUSSIAN, "alive ok"),
    ("names that may be of any language", "Kovalenko Brandenburg Neustadt", TREATY, "alive ok"),
    ("a page in no language that is known", "How the bridge was mended", UNTOLD, "alive ok"),
    ("a page without a title", "How the bridge was mended", EMPTY, "alive ok"),
]

OPINIONS = [(words, None, expected) for words, _, _, expected in CASES]


def called(title: str, shown: Page, *quotes: str, **facts: Any) -> Verdict:
    accessed = facts.pop("accessed", None)
    facts.setdefault("media_type", "text/html")
    return judged(seen(page=shown, **facts), *quotes, title=title, accessed=accessed)


@pytest.mark.parametrize(("title", "shown", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_another_title_is_no_other_page_unless_nothing_agrees(title: str, shown: Page, expected: str) -> None:
    assert opinion(called(title, shown)) == expected


def test_the_evidence_names_both_titles() -> None:
    assert called("How the ministers agreed on nuclear arms", CASINO).evidence == (
        "The page is called “The best slots for you”, and nothing there speaks of “How the ministers agreed on nuclear "
        "arms”."
    )


def test_a_title_that_agrees_by_less_than_half_is_a_remark() -> None:
    verdict = called("The ministers and the bridge across the river at Neustadt", TREATY)
    assert opinion(verdict) == "alive ok"
    assert "It is called “US and Russia agree" in verdict.evidence
    assert "It is called" not in called("How the ministers agreed on nuclear arms", TREATY).evidence
    assert "It is called" not in called("US and Russia agree on nuclear arms", TREATY).evidence


def test_a_page_that_holds_a_quote_is_the_source_whatever_it_is_called() -> None:
    assert opinion(called("The parish bridge will be mended in May", TREATY, "it was signed")) == "alive ok"


def test_a_page_that_was_cut_may_speak_of_it_further_down() -> None:
    cut = Page(CASINO.title, CASINO.text, titles=CASINO.titles, language="en", partial=True)
    assert opinion(called("The parish bridge will be mended in May", cut)) == "alive ok"


def test_another_page_at_the_end_of_a_redirect_is_told_before_its_address_is_offered() -> None:
    there = led((URL, 301), to="https://www.example.com/play", page=CASINO, media_type="text/html")
    verdict = judged(there, title="How the ministers agreed on nuclear arms")
    assert opinion(verdict) == MISMATCH
    assert verdict.evidence.startswith("https://www.example.com/play is called")


def test_where_a_title_of_names_tells_no_language_the_words_around_it_may() -> None:
    around = "As he had said it at the time, and it was not true, the minister was for it."
    cited = replace(citation(title="Kovalenko Brandenburg Neustadt"), context=around)
    there = seen(page=TREATY, media_type="text/html")
    assert opinion(judge(cited, there)) == MISMATCH
    assert (
        opinion(judge(replace(cited, context="Wie er es damals gesagt hat, und es war nicht so."), there)) == "alive ok"
    )


# ---------------------------------------------------------------- dates


def dated(day: str, page: Page = TREATY) -> Page:
    return Page(
        title=page.title, titles=page.titles, headings=page.headings, language=page.language, text=page.text,
        published=day,
    )  # fmt: skip


def test_a_page_that_dates_itself_after_the_citing_is_told_so() -> None:
    verdict = called("", dated("2025-03-01"), accessed=date(2024, 9, 1))
    assert opinion(verdict) == "alive ok"
    assert verdict.evidence.endswith("The page dates itself 2025-03-01, after it was cited (2024-09-01).")


@pytest.mark.parametrize("day", ["2024-09-01", "2024-09-03", "2020-01-01", "2024-02-31", ""])
def test_a_page_of_the_day_of_citing_or_before_is_not_remarked_upon(day: str) -> None:
    assert "dates itself" not in called("", dated(day), accessed=date(2024, 9, 1)).evidence


def test_a_page_that_dates_itself_otherwise_than_its_address_is_told_so() -> None:
    url = "https://www.example.com/2024/08/28/treaty"
    assert judged(seen(url=url, page=dated("2025-07-20"))).evidence.endswith(
        "The page dates itself 2025-07-20, its address says 2024-08-28."
    )
    assert "dates itself" not in judged(seen(url=url, page=dated("2024-08-27"))).evidence


def test_a_later_date_is_a_second_signal_where_only_the_text_shares_a_word_with_the_title() -> None:
    title = "The evening of the Geneva meeting"
    assert opinion(called(title, dated("2024-01-01"), accessed=date(2024, 9, 1))) == "alive ok"
    verdict = called(title, dated("2025-03-01"), accessed=date(2024, 9, 1))
    assert opinion(verdict) == MISMATCH
    assert verdict.evidence.endswith("The page dates itself 2025-03-01, after it was cited (2024-09-01).")
    assert opinion(called("How ministers agree", dated("2025-03-01"), accessed=date(2024, 9, 1))) == "alive ok"


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2024/08/28/story", date(2024, 8, 28)),
        ("/news/2024-8-3.html", date(2024, 8, 3)),
        ("/2024/08/", None),
        ("/12024/08/28/x", None),
        ("/2024/13/28/x", None),
        ("/2023/02/30/x", None),
        ("/2024-08/28", None),
    ],
)
def test_the_day_in_an_address(path: str, day: date | None) -> None:
    assert page_date.in_address(f"https://www.example.com{path}") == day


# ---------------------------------------------------------------- temporary redirects


@pytest.mark.parametrize(
    ("cited", "to", "is_elsewhere"),
    [
        ("/2024/08/28/parish-bridge-mended", "/play/now", True),
        ("/2024/08/28/parish-bridge-mended", "/en/parish-bridge-mended", False),
        ("/parish-bridge-mended-a86187", "/2024/another-name-a86187", False),
        ("/parish-bridge-mended", "/story?id=12", True),
        ("/story/4711234/parish-bridge", "/story?id=4711234", False),
        ("/news/ministers-in-geneva", "/play/now", False),
        ("/p/17", "/play/now", False),
    ],
    ids=[
        "nothing is kept", "the name is kept", "the number in the name is kept", "a short number tells nothing",
        "the number is kept", "the page speaks of it", "the cited address has no name",
    ],
)  # fmt: skip
def test_where_a_temporary_redirect_leads_is_remarked_upon(cited: str, to: str, is_elsewhere: bool) -> None:
    site = "https://www.example.com"
    verdict = judged(led((site + cited, 302), to=site + to, page=TREATY, media_type="text/html"))
    assert opinion(verdict) == "alive ok"
    assert ("It leads for now to another page" in verdict.evidence) == is_elsewhere


# ---------------------------------------------------------------- words


def test_content_words_are_beginnings_and_leave_out_small_words() -> None:
    assert content_words("The elections of 2024 and what the Elections were") == ("elect", "2024")
    assert held(("elect", "2024", "minis"), "He was elected in 2024.") == 2
    assert held(("elect",), "a selection") == 0


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("How the bridge was mended", "en"),
        ("Wie die Brücke von Neustadt erneuert wird", "de"),
        ("Comment les ministres se sont mis d'accord sur le traité", "fr"),
        ("Как министры договорились", "ru"),
        ("Neustadt Kovalenko", ""),
        ("", ""),
    ],
)
def test_the_language_of_a_title_is_told_by_its_small_words(text: str, spoken: str) -> None:
    assert language(text) == spoken


def test_the_script_of_a_text() -> None:
    assert [script(text) for text in ("Brücke", "Мост", "橋の修理", "γέφυρα", "12 – 3")] == [
        "latin", "cyrillic", "cjk", "greek", "",
    ]  # fmt: skip
