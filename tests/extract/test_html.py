"""What a web page cites, with raw spelling and place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck import extract
from linkcheck.model import Citation, Document
from tests.extract.places import at, cited, problems, urls

LINKS = {
    '<a href="https://a.example/b">w</a>': ["https://a.example/b"],
    "<A HREF=https://a.example/b>w</A>": ["https://a.example/b"],
    "<a\n  class=x\n  href = ' https://a.example/b '\n>w</a>": ["https://a.example/b"],
    '<a href="https://a.example/?b=1&amp;c=2">': ["https://a.example/?b=1&amp;c=2"],
    '<img src="https://a.example/1.png" srcset="https://a.example/2.png 2x, https://a.example/3,4.png 3x">': [
        "https://a.example/1.png",
        "https://a.example/2.png",
        "https://a.example/3,4.png",
    ],
    '<q cite="https://a.example/b">w</q><iframe src="https://c.example/"></iframe>': [
        "https://a.example/b",
        "https://c.example/",
    ],
    '<object data="https://a.example/b.pdf"></object><x-card href="https://c.example/">': [
        "https://a.example/b.pdf",
        "https://c.example/",
    ],
    '<p>See https://a.example/b. <a href="https://c.example/">https://c.example/</a>': [
        "https://a.example/b",
        "https://c.example/",
    ],
    "<p>https://a.example/?b=1&amp;c=2&nbsp;or": ["https://a.example/?b=1&amp;c=2"],
    'x <![x> <a href="https://a.example/b">': ["https://a.example/b"],
    '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><a href="https://a.example/b"/></html>': [
        "https://a.example/b"
    ],
    "https://a.example/b <a <a": ["https://a.example/b"],
}

NO_LINKS = [
    '<a href="#part"><a href="page.html"><a href="mailto:a@b.example"><a href="data:,x"><a href="///">',
    '<link rel="preconnect" href="https://a.example/"><link rel="DNS-Prefetch stylesheet" href="https://a.example/">',
    '<!-- <a href="https://a.example/b">w</a> https://a.example/ -->',
    "<script>'https://a.example/b'</script><style>@import 'https://a.example/'</style>",
    "<code>https://a.example/</code><pre>https://a.example/</pre><title>https://a.example/</title>",
    '<svg xmlns="https://a.example/ns"></svg><div data-href="https://a.example/">',
    '<base href="https://a.example/">',
    '<img srcset="a@1.5x.png">',
]


@pytest.mark.parametrize("text", LINKS)
def test_a_link_is_found_and_stands_where_it_is_said_to(text: str) -> None:
    found = cited("html", text)
    assert [each.written for each in found] == LINKS[text]
    assert [at(text, each) for each in found] == LINKS[text]


@pytest.mark.parametrize("text", LINKS)
def test_windows_line_ends_change_no_place(text: str) -> None:
    assert [(each.line, each.column) for each in cited("html", text.replace("\n", "\r\n"))] == [
        (each.line, each.column) for each in cited("html", text)
    ]


@pytest.mark.parametrize("text", NO_LINKS)
def test_what_is_no_source_is_passed_over(text: str) -> None:
    assert urls("html", text) == []


def test_entities_are_kept_as_written_and_resolved_in_the_url() -> None:
    (link,) = cited("html", '<a href="https://a.example/?b=1&amp;copy=2&copy=3">')
    assert link.url == "https://a.example/?b=1&copy=2&copy=3"


def test_relative_links_count_only_with_a_base_that_is_absolute() -> None:
    page = '<base href="{}"><a href="b">w</a>'
    assert [each.url for each in cited("html", page.format("https://a.example/x/"))] == ["https://a.example/x/b"]
    assert urls("html", page.format("/x/")) == []


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("", "https://a.example/d/c.html"),
        ('<base href="https://b.example/x/">', "https://b.example/x/c.html"),
        ('<base href="sub/">', "https://a.example/d/sub/c.html"),
        ('<base target="_blank">', "https://a.example/d/c.html"),
        ('<base href="https://a]b.example/">', "https://a.example/d/c.html"),
    ],
)
def test_relative_links_of_a_page_whose_address_is_known_start_from_it(base: str, expected: str) -> None:
    page = Document("a", "html", f'{base}<a href="c.html">w</a><a href="#part">', address="https://a.example/d/e.html")
    assert [each.url for each in extract.citations(page) if isinstance(each, Citation)] == [expected]


def test_the_context_is_the_block_around_the_link_as_a_reader_sees_it() -> None:
    link = '<a href="https://a.example/">a&nbsp;paper</a><!-- x -->'
    page = f"<p>Other.</p><p>As <b>was</b>\nsaid in {link} of May.</p>After."
    (found,) = cited("html", page)
    assert found.context == "As was said in a paper of May."


def test_a_link_alone_in_its_block_has_its_own_words_as_context_or_none() -> None:
    page = (
        '<ul><li><a href="https://a.example/">A paper</a><li><a href="https://b.example/">https://b.example/</a></ul>'
    )
    assert [each.context for each in cited("html", page)] == ["A paper", ""]


def test_a_quotation_that_names_its_source_is_a_quote_without_its_author_line() -> None:
    page = '<blockquote cite="https://a.example/"><p>Trust,\n but verify.</p><footer>R.</footer></blockquote>'
    (link,) = cited("html", page)
    assert link.quotes == ("Trust, but verify.",)


def test_what_stands_in_the_author_line_of_a_quotation_is_no_quote_of_its_own() -> None:
    page = (
        "<blockquote cite=https://a.example/>Trust.<cite>R. in <q cite=https://b.example/>Words</q></cite></blockquote>"
        "<q cite=https://c.example/>So</q>"
    )
    assert [link.quotes or link.loose for link in cited("html", page)] == [("Trust.",), (), ("So",)]


def test_quotations_within_quotations_without_end_are_not_each_kept_with_all_that_they_hold() -> None:
    links = cited("html", "".join(f"<q cite='https://a.example/{each}'>Words {each}, " for each in range(500)))
    assert len(links) == 500
    assert links[0].quotes[0].startswith("Words 0, Words 1,")
    assert sum(bool(link.quotes) for link in links) < 20


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("https://a.example/?x&region", "https://a.example/?x&region"),
        ("https://a.example/?x&notit;", "https://a.example/?x&notit;"),
        ("https://a.example/?x&lt;y", "https://a.example/?x%3Cy"),
        ("https://a.example/?x&amp", "https://a.example/?x&"),
    ],
)
def test_what_only_begins_like_an_entity_is_a_parameter(written: str, url: str) -> None:
    (link,) = cited("html", f'<a href="{written}">w</a>')
    assert (link.written, link.url) == (written, url)


def test_a_page_nested_deeper_than_python_can_call_is_read() -> None:
    page = "<div>" * 20_000 + '<a href="https://a.example/b">w</a>'
    assert urls("html", page) == ["https://a.example/b"]


def test_a_link_that_no_browser_can_follow_is_a_problem_and_a_slip_of_another_kind_is_not() -> None:
    (problem,) = problems("html", '\n<a href="https://a]b.example/">w</a><a href="https;//a.example/">w</a>')
    assert (problem.line, "no browser" in problem.message) == (2, True)


TAGS = [
    "<a ",
    "</a>",
    "<script>",
    "</script>",
    "<p>",
    "<base ",
    "<blockquote cite=",
    "<!--",
    "-->",
    "<![",
    "]]>",
    "<!",
    "<?",
]
SIGNS = ["<", ">", "/", "href=", "srcset=", '"', "'", "=", "https://a.example/b", " ", "\n", "&amp;", "&", ",", "x"]


@given(st.lists(st.sampled_from(TAGS + SIGNS), max_size=40).map("".join))
def test_whatever_is_found_stands_where_it_is_said_to(text: str) -> None:
    for citation in extract.citations(Document("d", "html", text)):
        if isinstance(citation, Citation) and "\n" not in citation.written:
            assert at(text, citation) == citation.written


def test_the_words_around_a_bare_url_are_those_that_a_reader_sees() -> None:
    (only,) = cited(
        "html",
        "<div>No.</div>\n<p id='x'>Smith &amp; <i>Jones</i> keep\nhttps://a.example/b on <b>it</b>.</p><p>No.</p>",
    )
    assert only.context == "Smith & Jones keep https://a.example/b on it."
    (alone,) = cited("html", "<p>Words</p><p>https://a.example/b</p><p>more</p>")
    assert alone.context == ""


@pytest.mark.parametrize("page", ["<?xml version='1.0'?>\n<doc><p id='a'>w</p></doc>", "https://a.example/b"])
def test_the_places_of_xml_and_of_a_lone_address_are_read_without_a_warning_of_the_parser(page: str) -> None:
    found = extract.anchors(Document("d", "html", page))
    assert list(found or ()) == (["a"] if "id=" in page else [])
