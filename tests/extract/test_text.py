"""URLs in plain text end where a reader would say they end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck import uri
from linkcheck.extract.text import find_urls
from tests.extract.places import at, cited, problems, urls

SENTENCES = {
    "See https://a.example/page.": ["https://a.example/page"],
    "Is it https://a.example/page?": ["https://a.example/page"],
    "https://a.example/Trust,_but_verify, he said": ["https://a.example/Trust,_but_verify"],
    "(see https://a.example/c_(d))": ["https://a.example/c_(d)"],
    "(https://a.example/c), and [https://a.example/d].": ["https://a.example/c", "https://a.example/d"],
    "https://a.example/c(see below)": ["https://a.example/c"],
    "https://a.example/?list[]=1&list[2]=3": ["https://a.example/?list[]=1&list[2]=3"],
    "“https://a.example/c” and 'https://a.example/d'": ["https://a.example/c", "https://a.example/d"],
    "https://a.example/o'neill": ["https://a.example/o'neill"],
    "<https://a.example/c>;<a href='https://a.example/d'>": ["https://a.example/c", "https://a.example/d"],
    "请看https://a.example/c。还有https://a.example/d，谢谢": ["https://a.example/c", "https://a.example/d"],
    "「https://a.example/東京」を見て": ["https://a.example/東京"],
    "https://a.exampleを見て": ["https://a.example"],
    "the page https://a.example/c—which moved—is gone": ["https://a.example/c"],
    "http://a.example/c,http://b.example/d": ["http://a.example/c", "http://b.example/d"],
    "http://a.example/chttp://b.example/d": ["http://a.example/c", "http://b.example/d"],
    "https://web.archive.example/web/2020/https://b.example/d": [
        "https://web.archive.example/web/2020/https://b.example/d"
    ],
    "{{cite web|url=http://a.example/c|title=T}}": ["http://a.example/c"],
    "{{cite web | url = http://a.example/c|title=T}}": ["http://a.example/c"],
    "http://a.example/?q=1|2": ["http://a.example/?q=1|2"],
    '{"url":"https://a.example/c\\n"}': ["https://a.example/c"],
    "http://user:pass@a.example:8080/c": ["http://user:pass@a.example:8080/c"],
    "http://[2001:db8::1]:8080/c and http://192.0.2.1/": ["http://[2001:db8::1]:8080/c", "http://192.0.2.1/"],
    "http://bücher.example/x": ["http://bücher.example/x"],
    "https://a.example/page#:~:text=some%20words,more": ["https://a.example/page#:~:text=some%20words,more"],
    "_https://a.example/c_ ~~https://a.example/d~~": ["https://a.example/c", "https://a.example/d"],
    "https://a.example/c&quot;&gt;": ["https://a.example/c"],
    "https://a.example/c\u200bd": ["https://a.example/c"],
    "https://a.example/c\x00d": ["https://a.example/c"],
    "http://http://a.example/c": ["http://a.example/c"],
    'https://a.example/?q="exact+words"&y=2 and': ['https://a.example/?q="exact+words"&y=2'],
    '{"a":"see https://a.example/b","c":"d"}': ["https://a.example/b"],
    '{"a":"see https://a.example/b?c=","c":"d"}': ["https://a.example/b?c="],
    '"https://a.example/?q="c"d': ["https://a.example/?q="],
    'x,https://a.example/b?c=1,"d"': ["https://a.example/b?c=1"],
    "https://a.example/b`c`d": ["https://a.example/b"],
}

NONE_AT_ALL = [
    r"^https?://a\.b\.example/.*$ https://a\-b.example/",
    "www.a.example and a.example/c",
    "mailto:a@b.example ftp://a.example/c javascript:alert(1)",
    "http:// a.example, http:/a.example, https:\\//a.example",
    "http://-a.example http://a-.example http://.a.example http://a..example",
    "http://1080::8:800:200c:417a/",
    "http://user@host@a.example/",
    f"http://{'a' * 64}.example/",
    f"http://{'a.' * 127}example/",
    "https://github.example/{{ site.repository }}/issues https://api.{{ region }}.example/ https://api.$region.example/",
]


def test_hyphens_and_tildes_as_they_are_set_are_read_as_they_are_typed() -> None:
    text = "https://a.example/b\u2010c\u2011d\u2212e https://a.example/\u223cuser/ https://a.example/\u02dcuser"
    assert [each.url for each in cited("text", text)] == [
        "https://a.example/b-c-d-e",
        "https://a.example/~user/",
        "https://a.example/~user",
    ]


def test_escapes_of_a_text_are_no_part_of_the_address() -> None:
    text = r"https://a.example/b\_c, https://a.example/v1\...v2 or https://a.example/web/\*/https://b.example/\."
    assert [each.url for each in cited("text", text)] == [
        "https://a.example/b_c",
        "https://a.example/v1...v2",
        "https://a.example/web/*/https://b.example/",
    ]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_url_ends_where_a_reader_would_end_it(sentence: str) -> None:
    assert urls("text", sentence) == SENTENCES[sentence]


@pytest.mark.parametrize("sentence", NONE_AT_ALL)
def test_what_is_no_web_address_is_passed_over(sentence: str) -> None:
    assert urls("text", sentence) == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_and_column_count_from_one_in_characters_whatever_ends_the_lines(end: str) -> None:
    text = end.join(["Erste Zeile", "", "  ä😀 https://a.example/b", "https://c.example/"])
    assert [(each.line, each.column) for each in cited("text", text)] == [(3, 6), (4, 1)]


def test_the_context_is_the_paragraph_on_one_line_and_nothing_of_its_neighbours() -> None:
    (citation,) = cited("text", "Before.\n\nAs was\nsaid: https://a.example/b\nin May.\n\nAfter.")
    assert citation.context == "As was said: https://a.example/b in May."


def test_a_url_alone_on_its_line_has_no_context() -> None:
    assert [each.context for each in cited("text", "Sources\n1. https://a.example/\n- https://b.example/,\n")] == [
        "",
        "",
    ]


def test_a_long_paragraph_is_cut_between_words() -> None:
    (citation,) = cited("text", "lorem ipsum " * 200 + "https://a.example/ " + "dolor sit " * 200)
    assert len(citation.context) <= 302
    assert citation.context.startswith("… ")
    assert citation.context.endswith(" …")
    assert set(citation.context.split()) == {"…", "lorem", "ipsum", "https://a.example/", "dolor", "sit"}


def test_an_overlong_url_is_a_problem_that_does_not_print_it_whole() -> None:
    (problem,) = problems("text", f"see\nhttps://a.example/{'x' * 100_000} there")
    assert problem.line == 2
    assert "100,018 characters" in problem.message
    assert len(problem.message) < 250


def test_ten_million_characters_on_one_line_are_read() -> None:
    line = "x" * 5_000_000 + " https://a.example/b " + "(" * 5_000_000
    assert [offset for offset, _ in find_urls(line)] == [5_000_001]


ALPHABET = st.sampled_from(
    [*"ab1.,:;/?#@()[]{}'|_~*<>\"` \n\r\\-&é。？", "http://", "https://", "www.", "a.example", "&amp;"]
)


@given(st.lists(ALPHABET, max_size=60).map("".join))
def test_what_is_found_stands_where_it_is_said_to_stand(text: str) -> None:
    for citation in cited("text", text):
        assert at(text, citation) == citation.written
        assert citation.url == uri.normalise(citation.written)
        assert len(citation.context) <= 310
    ends = 0
    for offset, written in find_urls(text):
        assert offset >= ends
        ends = offset + len(written)
        assert text[offset:ends] == written


@given(
    st.from_regex(r"https?://[a-z]{1,9}\.example(:[1-9][0-9]{0,3})?(/[a-z0-9_,=+%-]{0,9}[a-z0-9])*/?", fullmatch=True)
)
def test_a_plain_url_is_found_whole_in_any_sentence(url: str) -> None:
    for sentence in (f"{url}", f"({url})", f"See {url}.", f"“{url}”,", f"<{url}>", f"《{url}》", f"{url}; {url}!"):
        assert set(urls("text", sentence)) == {url}
