"""Text of strangers, before any format gets it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck import reports
from linkcheck.model import Report
from linkcheck.reports._text import href, printable, shorten_tail, shorten_url, shown
from tests.reports.example import empty, example

LONG = "https://www.whitehouse.gov/briefing-room/speeches-remarks/2023/06/02/remarks-aca-annual-forum/"


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("plain, “quoted” – 中文 🙂", "plain, “quoted” – 中文 🙂"),
        ("two\r\n\tlines\u2028more", "two lines more"),
        ("\x1b[31mred", "\ufffd[31mred"),
        ("\x9b31m\x7f", "\ufffd31m\ufffd"),
        ("a\u202eb\u2066c", "a\ufffdb\ufffdc"),
        ("שלום\u200f!", "שלום!"),
        ("\ud83d \udc00 \x00 \uffff", "\ufffd \ufffd \ufffd \ufffd"),
    ],
)
def test_what_acts_instead_of_being_read_is_made_harmless(text: str, fit: str) -> None:
    assert printable(text) == fit


@given(st.text(st.characters()))
def test_making_text_printable_twice_changes_nothing_more(text: str) -> None:
    assert printable(printable(text)) == printable(text)


def test_only_web_addresses_become_links() -> None:
    assert href("https://a.example/?q=1#f") == "https://a.example/?q=1#f"
    for url in ("javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "warcs/a.warc.gz#1", "file:///etc"):
        assert href(url) is None


def test_an_address_is_shown_without_its_password() -> None:
    assert shown("https://user:secret@host.example/@page") == "https://host.example/@page"


@pytest.mark.parametrize(
    "text",
    [
        "Write to a@b.example about https://medium.com/@writer and https://a.example/?to=x@y.example.",
        "// a comment of me@a.example",
        "see https://a.example, or me@a.example",
    ],
)
def test_an_at_sign_that_is_no_password_stays(text: str) -> None:
    assert printable(text) == text


def test_a_shortened_address_keeps_its_host_and_its_tail() -> None:
    short = shorten_url(LONG, 44)
    assert short.startswith("whitehouse.gov/…")
    assert short.endswith("remarks-aca-annual-forum/")
    assert len(short) == 44


def test_an_address_that_fits_loses_only_its_scheme() -> None:
    assert (
        shorten_url("https://en.wikipedia.org/wiki/Trust,_but_verify", 60) == "en.wikipedia.org/wiki/Trust,_but_verify"
    )
    assert shorten_url("ftp://files.example/data.zip", 60) == "ftp://files.example/data.zip"


def test_a_host_that_is_too_long_keeps_the_end_that_says_whose_it_is() -> None:
    assert ".evil.example/…" in shorten_url(f"https://www.bank.example.{'x' * 80}.evil.example/log/in/here", 40)


@given(st.text(min_size=1), st.integers(12, 200))
def test_a_shortened_address_never_exceeds_its_room(text: str, room: int) -> None:
    assert len(shorten_url(f"https://{text}", room)) <= room
    assert len(shorten_tail(text, room)) <= room


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://a.example/?x[]=1&y={z}", "https://a.example/?x%5B%5D=1&y=%7Bz%7D"),
        ("https://[::1]:80/a|b`c^d", "https://[::1]:80/a%7Cb%60c%5Ed"),
        ("https://a.example/100%#a#[b]%20", "https://a.example/100%25#a%23%5Bb%5D%20"),
        ("https://a.example?x[]=%C3%A4", "https://a.example?x%5B%5D=%C3%A4"),
        ("https://a.example/wiki/A_(b)", "https://a.example/wiki/A_(b)"),
    ],
)
def test_a_link_holds_no_sign_that_the_grammar_of_urls_bars(url: str, link: str) -> None:
    assert href(url) == link
    assert f'href="{link.replace("&", "&amp;")}"' in reports.render("html", citing(url))


def citing(url: str) -> Report:
    first = example().findings[0]
    return replace(empty(), findings=(replace(first, citation=replace(first.citation, url=url, written=url)),))
