"""How far a page went from its capture; the pages are in ``drift_pages/``."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck import drift
from linkcheck.model import Comparison, Exchange, Request
from linkcheck.signs import languages, trades

PAGES = Path(__file__).parent / "drift_pages"
HTML = (("Content-Type", "text/html; charset=utf-8"),)
PLAIN = (("Content-Type", "text/plain; charset=utf-8"),)
DAY = datetime(2024, 6, 4, tzinfo=UTC)
FORTY = " ".join(f"word{number}" for number in range(40))


def answered(body: bytes | str, **facts: Any) -> Exchange:
    content = body.encode() if isinstance(body, str) else body
    made = Exchange(Request("https://www.example.com/news/harbour"), b"", b"", content, 200, HTML, DAY)
    return replace(made, **facts)


def shown(name: str, **facts: Any) -> Exchange:
    return replace(answered((PAGES / f"{name}.html").read_bytes()), **facts)


def compared(then: Exchange, now: Exchange) -> Comparison | None:
    return drift.compare(then, now, uri_m="warcs/a.warc.gz#0", captured_at=DAY)


def went(name: str) -> Comparison:
    seen = compared(shown("captured"), shown(name))
    assert seen is not None
    return seen


def test_what_stands_round_an_article_is_not_part_of_it() -> None:
    text = drift.main_text((PAGES / "captured.html").read_bytes(), HTML, "https://www.example.com/")
    assert "The work is to begin in September" in text
    around = ("cookies", "Today 12°", "Why the eel is late", "my keel", "Imprint", "Letters")
    assert [word for word in around if word in text] == []


def test_a_page_is_as_like_itself_as_can_be() -> None:
    seen = went("captured")
    assert (seen.likeness, seen.removed, seen.added) == (1.0, (), ())
    assert (seen.uri_m, seen.captured_at, seen.language_then) == ("warcs/a.warc.gz#0", DAY, "en")
    assert seen.title_then == "Lindmouth harbour to be dredged after forty years - The Lindmouth Gazette"


def test_another_template_other_advertisements_and_a_corrected_word_hardly_count() -> None:
    assert went("redesigned").likeness > 0.95
    assert went("redesigned").removed == ()


def test_what_was_added_takes_nothing_away_and_is_named() -> None:
    seen = went("grown")
    assert seen.likeness == 1.0
    assert seen.words_now > seen.words_then
    assert seen.added[0].startswith("Correction, 7 June")


def test_of_half_an_article_half_is_left_and_the_rest_is_shown_the_longest_first() -> None:
    seen = went("shortened")
    assert 0.4 < seen.likeness < 0.6
    assert seen.removed[0].startswith("The work is to begin in September")
    assert [len(passage) for passage in seen.removed] == sorted(map(len, seen.removed), reverse=True)


@pytest.mark.parametrize("name", ["replaced", "translated", "taken-over"])
def test_of_another_article_next_to_nothing_is_left(name: str) -> None:
    assert went(name).likeness < 0.1


def test_nothing_is_gone_that_stands_anywhere_on_the_page() -> None:
    """Extractors take an article for its surroundings now and then."""
    article = (PAGES / "captured.html").read_text().partition("<article>")[2].partition("</article>")[0]
    other = (PAGES / "replaced.html").read_text()
    both = answered(other.replace("<footer>", f"<footer>{article}"))
    assert "Ada Brenner" not in drift.main_text(both.body, HTML, "https://www.example.com/")
    seen = compared(shown("captured"), both)
    assert seen is not None
    assert (seen.likeness, seen.removed) == (1.0, ())


def test_passages_are_few_and_short() -> None:
    then = "\n".join(f"<p>{FORTY.replace('word', f'{place}word')} {FORTY}.</p>" for place in range(9))
    seen = compared(answered(f"<main>{then}</main>"), shown("captured"))
    assert seen is not None
    assert len(seen.removed) == 5
    assert all(len(passage) <= 301 and passage.endswith("…") for passage in seen.removed)


def test_a_section_that_moved_is_still_there() -> None:
    one, two = FORTY, FORTY.replace("word", "term")
    assert drift.kept(f"{one}\n{two}", f"{two}\n{one}") == 1.0


def test_words_that_only_occur_here_and_there_are_no_text_in_common() -> None:
    assert drift.kept("the cat sat on the mat", "on a mat the dog and the cat both sat") == 0.0


def test_scripts_without_spaces_are_compared_by_the_character() -> None:
    assert drift.words("東京は雨 rain") == ["東", "京", "は", "雨", "rain"]
    assert drift.kept("今日は雨が降っています。", "今日は雨が降っていました。") > 0.7


def test_soft_hyphens_case_and_punctuation_do_not_count() -> None:
    assert drift.kept("An ex\u00adample, of THIS kind", "an example of this kind!") == 1.0


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_is_kept_is_a_share_and_all_of_a_text_is_in_itself(one: str, other: str) -> None:
    assert 0 <= drift.kept(one, other) <= 1
    assert drift.kept(one, f"{one} {other}") == (1.0 if drift.words(one) else 0.0)


def test_compressed_and_plain_bodies_are_read() -> None:
    body = (PAGES / "captured.html").read_bytes()
    packed = answered(gzip.compress(body), headers=(*HTML, ("Content-Encoding", "gzip")))
    seen = compared(packed, answered(body))
    assert seen is not None
    assert seen.likeness == 1.0
    plain = compared(answered(FORTY, headers=PLAIN), answered(f"<p>{FORTY}</p>", headers=PLAIN))
    assert plain is not None
    assert (plain.likeness, plain.words_then, plain.words_now) == (1.0, 40, 42)


def test_a_page_without_an_article_and_one_that_is_very_large_count_with_all_their_text() -> None:
    assert drift.main_text(b"<title>A</title><form><label>one</label></form>", HTML, "https://a.example/") == "one"
    menu = b"<nav><a href=/>Menu</a></nav><p>Text.</p>"
    large = menu + b"<p>" + b"word " * 10 + b"</p><!--" + b"x" * 1_000_000 + b"-->"
    assert drift.main_text(large, HTML, "https://a.example/").startswith("Menu")


@pytest.mark.parametrize(
    ("why", "facts"),
    [
        ("it was cut short", {"truncated": "length"}),
        ("it is a part", {"status": 206}),
        ("it is an error page", {"status": 404}),
        ("it is no prose", {"headers": (("Content-Type", "application/json"),)}),
        ("it came in an unknown coding", {"headers": (*HTML, ("Content-Encoding", "br"))}),
        ("it is empty", {"body": b""}),
        ("scripts fill it", {"body": b"<div id=root></div><script src=/app.js></script>"}),
        ("it is a PDF", {"body": b"%PDF-1.7", "headers": (("Content-Type", "application/pdf"),)}),
    ],
)
def test_nothing_is_said_of_an_answer_that_cannot_speak_for_the_text(why: str, facts: dict[str, Any]) -> None:
    assert compared(shown("captured"), shown("captured", **facts)) is None, why
    assert compared(shown("captured", **facts), shown("captured")) is None, why


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "Es ist nicht der Fall, dass alle Leute von der Sache wussten, die an dem Tag in dem Haus waren.",
            "de",
        ),
        (
            "Il n'est pas vrai que les gens qui étaient dans la maison ont tous entendu parler de la chose.",
            "fr",
        ),
        ("東京は雨です。明日は晴れるでしょう。", "ja"),
        ("今天北京下雨，明天会放晴。", "zh"),
        ("Brown Smith Jones Miller Davis Wilson Moore Taylor Anderson Thomas Jackson White Harris Martin Lee Hall", ""),
        ("Too short to tell", ""),
    ],
)
def test_the_language_of_a_text_is_told_by_its_words(text: str, code: str) -> None:
    assert languages.of_words(text) == code


def test_the_words_outweigh_what_a_template_declares_and_markup_speaks_where_they_do_not() -> None:
    assert (
        languages.spoken(drift.main_text((PAGES / "taken-over.html").read_bytes(), HTML, "https://a.example/"), "en-US")
        == "id"
    )
    assert languages.spoken("Hello", "pt-BR") == "pt"
    assert languages.spoken("Hello", "") == ""
    assert languages.kindred("hr", "sr")
    assert not languages.kindred("en", "id")


def test_a_trade_is_named_only_where_a_page_is_there_for_it() -> None:
    selling = "Slot gacor, togel, casino, slot, judi and poker."
    trade = trades.of("Situs Judi Slot", selling)
    assert trade is not None
    assert (trade.name, trade.words[0]) == ("gambling", "slot")
    assert trades.of("A law on lotteries", selling) is None
    assert trades.of("The casino vote", "The casino was voted down. A casino would have brought jobs.") is None
    assert trades.of("娱乐城", "百家乐 老虎机 百家乐 老虎机 博彩") is not None
