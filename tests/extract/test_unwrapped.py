"""Where a URL that ends with its line goes on in the next, and where nobody can tell."""

from __future__ import annotations

import pytest

from linkcheck.extract._unwrapped import HYPHEN, Gap, goes_on, unwrap

FULL = Gap(True, 0.5)
ROOM = Gap(True, 40)

CASES = {
    ("https://", False, "www.a.example/b", "says", FULL): True,
    ("https://", False, "and", "says", FULL): False,
    ("https://a.example/statements/", False, "2021/05/speech", "", FULL): True,
    ("https://a.example/?id=", False, "word", "more", FULL): True,
    ("https://a.example/oss-", False, "fuzz", "is", FULL): True,
    ("https://a.example/b", False, "/c", "is", FULL): True,
    ("https://a.example/b", False, ".html", "is", FULL): True,
    ("https://a.example/long", True, "er-part-of-it/page.html", "", FULL): True,
    ("https://www.a.", False, "example/b", "", FULL): True,
    ("https://a.example/paper.", False, "pdf", "is", FULL): True,
    ("https://a.example/about/", False, "people.", "", FULL): True,
    ("https://a.example/about/", False, "people", "(accessed 2 May)", FULL): True,
    ("https://a.example/", False, "and", "then", FULL): False,
    ("https://a.example/b.", False, "The", "next", FULL): False,
    ("https://a.example/b,", False, "word", "", FULL): False,
    ("https://a.example/b)", False, "see/also", "", FULL): False,
    ("https://a.example/b", False, "word", "more", FULL): False,
    ("https://a.example/b", False, "https://b.example/", "", FULL): False,
    ("https://a.example/b", False, "doi:10.1000/1", "", FULL): False,
    ("https://a.example/b", False, "and/or", "", FULL): False,
    ("https://a.example/b", True, "see/also.html", "", ROOM): False,
    ("https://a.example/b-", False, "c", "", Gap(False, 0)): None,
    ("https://a.example/b/", False, "c", "", Gap(False, 0)): False,
    ("https://a.example/", False, "word", "that", Gap(False, 0, True)): True,
    ("https://a.example/about/pre", True, "vious-releases", "many", FULL): True,
    ("https://a.example/wiki/Bi", True, "bTeX", "of", FULL): True,
    ("https://a.example/pull/459", True, "67", "(accessed 3 May 2021)", FULL): True,
    ("https://a.example/pull/459", True, "3", "May 2021", FULL): None,
    ("https://a.example/pull/459", True, "2021", "and", FULL): None,
    ("https://a.example/pull/459", True, "67", "(accessed 3 May 2021)", ROOM): False,
    ("https://a.example/v3.5", True, "8.", "Smith", FULL): None,
    ("https://a.example/v3.5", True, "8.", "", FULL): True,
    ("https://a.example/DDR_SDRA", True, "M", "(accessed", FULL): True,
    ("https://a.example/DDR_SDRA", True, "I", "knew", FULL): False,
    ("https://a.example/pull/35", True, "00", "known", Gap(False, 1)): None,
    ("https://a.example/issues/", False, "62049).", "And", FULL): True,
    ("https://a.example/issues/", False, "2021", "was", FULL): None,
    ("https://a.example/report.cgi?", True, "dist=unstable;by-", "", FULL): True,
    ("https://a.example/report?", True, "Nobody", "knows", FULL): False,
    ("https://a.example/l3build.yml/", True, "badge.svg", "", Gap(True, 8)): True,
    ("https://a.example/commit/", True, "def36946da", "people", Gap(False, 0.6)): None,
    ("https://a.example/wiki/Web", True, "Nobody", "knows", FULL): False,
    ("https://a.example/", False, "reports", "that say", FULL): None,
    ("http://wordplay.blo", False, "gs.a.example/2015/01/26/one/.", "It", FULL): True,
    ("https://a.example/p", False, "osts/972495572815454", "is", FULL): True,
    ("https://a.example/p", False, "osts/all", "is", FULL): None,
    ("https://a.example/p", False, "TCP/IP", "is", FULL): None,
    ("https://a.example/how-to-do", False, "-everything.", "", FULL): True,
    ("https://a.example/how-to-do", False, "-x", "is", ROOM): False,
    ("https://a.example/300", False, "10.", "", FULL): True,
    ("https://a.example/300", False, "10.", "Smith", FULL): False,
    ("https://a.example/9780199343", False, "638.003.0012.", "", FULL): True,
    ("https://a.example/9780199343638.", False, "003.0012.", "", FULL): True,
    ("https://a.example/9780199343638.", False, "3.12", "Methods", FULL): False,
    ("https://a.example/infor", True, "mation", "that", FULL): None,
}


@pytest.mark.parametrize("case", CASES)
def test_the_end_of_a_line_is_or_is_not_the_end_of_the_url(case: tuple[str, bool, str, str, Gap]) -> None:
    assert goes_on(*case) is CASES[case]


def full(last: int, first: int, length: int) -> Gap:
    return FULL


def test_a_url_over_three_lines_is_made_whole_and_the_other_lines_stay() -> None:
    text = f"One\nhttps://a.example/b/\nc_d/oss{HYPHEN}fuzz.html and\nmore"
    whole = unwrap(text, full)
    assert whole.text == "One\nhttps://a.example/b/c_d/oss-fuzz.html and\nmore"
    assert whole.text[whole.at(text.index("more")) :] == "more"


def test_a_url_that_ends_its_page_within_a_word_is_a_doubt() -> None:
    assert unwrap("One\nhttps://a.example/b-\n", full).doubts == {4: ("https://a.example/b-", "https://a.example/b-…")}
    assert not unwrap("One\nhttps://a.example/b\n", full).doubts


def test_what_stands_in_brackets_goes_on_to_where_they_close() -> None:
    text = "It is so\n(https://a.example/WebSock\net). That"
    assert unwrap(text, full).text == "It is so\n(https://a.example/WebSocket). That"


def test_what_is_the_same_either_way_is_no_doubt() -> None:
    whole = unwrap("At https://a.example/b/\n\u201creports\u201d that and https://c.example/d/\n, said", full)
    assert not whole.doubts


def test_what_the_document_links_to_elsewhere_decides() -> None:
    text = "At https://a.example/\nreports that"
    assert unwrap(text, full).doubts == {3: ("https://a.example/", "https://a.example/reports")}
    assert "https://a.example/reports that" in unwrap(text, full, {"https://a.example/reports"}).text
    assert unwrap(text, full, {"https://a.example/"}).text == text
    assert not unwrap(text, full, {"https://a.example/"}).doubts


def test_a_page_of_nothing_but_broken_urls_ends() -> None:
    assert unwrap("https://a.example/\n" * 20_000, full).text.count("https") == 20_000
