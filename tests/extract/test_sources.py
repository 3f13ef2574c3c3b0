"""The list of sources, and its writer."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck import uri
from linkcheck.extract.sources import dumps
from linkcheck.model import Citation
from tests.extract.places import cited, problems, urls

LIST = """\
# comment
https://a.example/Trust,_but_(verify)#part

https://b.example/
    > first passage
    > second: passage
    accessed: 2024-09-01
    title: Remarks: a title
# another
\thttps-like words are no key
"""


def test_what_is_indented_under_a_url_belongs_to_it() -> None:
    first, second = cited("sources", LIST.replace("\thttps-like words are no key\n", ""))
    assert (first.written, first.line, first.column, first.quotes) == (
        "https://a.example/Trust,_but_(verify)#part",
        2,
        1,
        (),
    )
    assert (second.line, second.quotes, second.accessed, second.title) == (
        4,
        ("first passage", "second: passage"),
        date(2024, 9, 1),
        "Remarks: a title",
    )


def test_windows_line_ends_read_alike() -> None:
    text = LIST.replace("\thttps-like words are no key\n", "")
    assert cited("sources", text.replace("\n", "\r\n")) == cited("sources", text)


def test_another_scheme_with_a_host_is_taken_for_the_judge_to_refuse() -> None:
    assert urls("sources", "ftp://a.example/file\n") == ["ftp://a.example/file"]


MISTAKES = {
    "    > words\n": (1, "no URL stands above"),
    "https://a.example/\n    acessed: 2024-09-01\n": (2, "did you mean accessed:?"),
    "https://a.example/\n    zzz\n": (2, "there are accessed:, title:, memento:, >"),
    "https://a.example/\n    memento: perhaps\n": (2, "no URL: perhaps"),
    "https://a.example/\n    accessed: 1 May\n": (2, "YYYY-MM-DD"),
    "https://a.example/\n    accessed: 20240901\n": (2, "YYYY-MM-DD"),
    "https://a.example/\n    accessed: 2024-02-30\n": (2, "YYYY-MM-DD"),
    "https://a.example/\n    >\n": (2, "without words"),
    "https://a.example/\nnot a url\n": (2, "no URL: not a url"),
    "a.example/page\n": (1, "beginning with https://"),
    "https://a.example/ # good\n": (1, "more than a URL"),
    "mailto:a@b.example\n": (1, "no URL"),
    "https://\n": (1, "no URL"),
    "": (0, "holds no URL"),
    "# only this\n\n": (0, "holds no URL"),
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_named_with_its_line_and_the_way_out(text: str) -> None:
    (problem,) = problems("sources", text)
    line, words = MISTAKES[text]
    assert problem.line == line
    assert words in problem.message


def test_a_line_of_100_kb_is_a_problem_that_does_not_print_it() -> None:
    (problem,) = problems("sources", "https://a.example/" + "x" * 100_000)
    assert "100,018 characters" in problem.message
    assert len(problem.message) < 250


def test_what_is_indented_under_a_bad_line_is_not_given_to_the_url_before() -> None:
    text = "https://a.example/\nnonsense\n    > words\n"
    assert len(problems("sources", text)) == 1
    assert dumps([Citation("https://a.example/", "https://a.example/", "", 1, 1)]) == "https://a.example/\n"


def test_a_comment_says_where_a_source_is_cited_and_in_what_words() -> None:
    bare = Citation("https://a.example/", "https://a.example/", "d.txt", 7, 1)
    told = Citation("https://a.example/", "https://a.example/", "d.md", 9, 4, context="see\nhere: it")
    assert dumps([bare, told]).splitlines() == [
        "# d.txt:7",
        "https://a.example/",
        "# d.md:9: see here: it",
        "https://a.example/",
    ]


WORDS = st.text(max_size=40)
URLS = st.builds("https://{}.example/{}".format, st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.text(max_size=20))
CITATIONS = st.lists(
    st.builds(
        lambda written, quotes, accessed, title: Citation(
            uri.normalise(written) or "https://a.example/",
            written,
            "d",
            1,
            1,
            quotes=tuple(quotes),
            accessed=accessed,
            title=title,
        ),
        URLS,
        st.lists(WORDS, max_size=3),
        st.none() | st.dates(),
        WORDS,
    ),
    min_size=1,
    max_size=4,
)


def test_the_place_in_a_document_without_lines_is_said_once() -> None:
    page = Citation("https://a.example/", "https://a.example/", "a.pdf", 0, 0, "Words", place="page 3")
    entry = Citation("https://a.example/", "https://a.example/", "a.bib", 7, 2, "Words", place="@key")
    assert dumps([page, entry]).splitlines()[::2] == ["# a.pdf, page 3: Words", "# a.bib:7, @key: Words"]


@given(CITATIONS)
def test_a_list_that_was_written_reads_the_same(citations: list[Citation]) -> None:
    def said(citation: Citation) -> tuple[object, ...]:
        quotes = [" ".join(quote.split()) for quote in citation.quotes]
        return citation.url, [quote for quote in quotes if quote], citation.accessed, " ".join(citation.title.split())

    assert [said(each) for each in cited("sources", dumps(citations))] == [said(each) for each in citations]


def test_a_memento_beside_a_source_is_read_and_written() -> None:
    text = "https://a.example/x\n    memento: https://web.archive.org/web/2020/https://a.example/x\n"
    (only,) = cited("sources", text)
    assert only.memento == "https://web.archive.org/web/2020/https://a.example/x"
    (unwrapped,) = cited("sources", only.memento)
    assert dumps([only]).endswith(text)
    assert dumps([unwrapped]).endswith(text)


def test_a_comment_steers_no_terminal() -> None:
    url, document = "https://a.example/", "a\x1b[31m\u202ec.md"
    named = Citation(url, url, document, 1, 1, "as \x9bit\u2066 is", apart=True, loose=("x \x1b] y",))
    written = dumps([named])
    assert [sign for sign in "\x1b\x9b\u202e\u2066" if sign in written] == []
    assert "# a\ufffd[31m\ufffdc.md:1: as" in written


def test_no_citations_make_an_empty_list() -> None:
    assert dumps([]) == ""


def test_a_passage_that_may_be_the_sources_stands_behind_a_question_mark() -> None:
    (only,) = cited("sources", "https://a.example/x\n    > must be there\n    ? may be there\n    ?also this\n")
    assert (only.quotes, only.loose) == (("must be there",), ("may be there", "also this"))
    (again,) = cited("sources", dumps([only]))
    assert again.loose == only.loose
    (problem,) = problems("sources", "https://a.example/x\n    ?\n")
    assert "a ? without words" in problem.message
