"""Links of Markdown, each where its URL is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck import extract
from linkcheck.model import Citation, Document
from tests.extract.places import at, cited, problems, urls

LINKS = {
    "[words](https://a.example/b)": ["https://a.example/b"],
    "[words](<https://a.example/b c> 'title')": ["https://a.example/b c"],
    "[words](https://a.example/b\\(c\\))": ["https://a.example/b\\(c\\)"],
    "![picture](https://a.example/b.png)": ["https://a.example/b.png"],
    "[![badge](https://a.example/b.png)](https://c.example/)": ["https://c.example/", "https://a.example/b.png"],
    "<https://a.example/b>": ["https://a.example/b"],
    "**https://a.example/b_c_d**, _https://a.example/e_.": ["https://a.example/b_c_d", "https://a.example/e"],
    "See www.a.example/b.": ["www.a.example/b"],
    "https://a.example/b`c`d and https://a.example/e` f`": ["https://a.example/b`c`d", "https://a.example/e"],
    "[https://a.example/](https://a.example/)": ["https://a.example/"],
    "[w][r] and [r] and [r][]\n\n[r]: https://a.example/b 'title'": ["https://a.example/b"],
    "[unused]:\n  <https://a.example/b>": ["https://a.example/b"],
    "Words[^1].\n\n[^1]: In https://a.example/b, p. 3.\n[^2]: https://c.example/ is never named.": [
        "https://a.example/b",
        "https://c.example/",
    ],
    "Words^[see https://a.example/b].": ["https://a.example/b"],
    "<div><a href='https://a.example/b'>x</a></div>": ["https://a.example/b"],
    'x <a href="https://a.example/b">y</a> <!-- https://c.example/ -->': ["https://a.example/b"],
    "| a | b |\n|---|---|\n| https://a.example/b | [x\\|y](https://c.example/) |": [
        "https://a.example/b",
        "https://c.example/",
    ],
    "> - [w](https://a.example/b)\n>   more https://c.example/d": ["https://a.example/b", "https://c.example/d"],
    "# [w](https://a.example/b) #\n\nhttps://c.example/\n---": ["https://a.example/b", "https://c.example/"],
}

NO_LINKS = [
    "`https://a.example/b` and ``[w](https://a.example/b)``",
    "```\nhttps://a.example/b\n```",
    "    https://a.example/b",
    "[w](#part) [w](page.md) [w](/page) [w](mailto:a@b.example) [w](javascript:alert(1))",
    "<mailto:a@b.example> <ftp://a.example/>",
    "[w](https://github.example/{{site.repository}}/b)",
]


@pytest.mark.parametrize("text", LINKS)
def test_a_link_is_found_and_stands_where_it_is_said_to(text: str) -> None:
    found = cited("markdown", text)
    assert [each.written for each in found] == sorted(LINKS[text], key=text.index)
    assert [at(text, each) for each in found] == [each.written for each in found]


@pytest.mark.parametrize("text", LINKS)
def test_windows_line_ends_change_nothing(text: str) -> None:
    assert cited("markdown", text.replace("\n", "\r\n")) == cited("markdown", text)


@pytest.mark.parametrize("text", NO_LINKS)
def test_code_and_what_leads_nowhere_on_the_web_is_no_link(text: str) -> None:
    assert urls("markdown", text) == []


def test_the_same_url_twice_in_a_paragraph_is_cited_at_both_places() -> None:
    found = cited(
        "markdown", "text\n\n* [a](https://a.example/) and\n  [b](https://a.example/), [c](https://a.example/)"
    )
    assert [(each.line, each.column) for each in found] == [(3, 7), (4, 7), (4, 32)]


def test_the_same_url_in_two_cells_of_a_row_is_cited_at_both() -> None:
    found = cited("markdown", "| a | b |\n|---|---|\n| https://a.example/ | https://a.example/ |")
    assert [(each.line, each.column) for each in found] == [(3, 3), (3, 24)]


def test_escapes_are_kept_as_written_and_resolved_in_the_url() -> None:
    (link,) = cited("markdown", "[w](https://a.example/?b=1&amp;c=\\*)")
    assert (link.written, link.url) == ("https://a.example/?b=1&amp;c=\\*", "https://a.example/?b=1&c=*")


def test_a_bare_www_address_is_asked_over_http_as_on_github() -> None:
    assert [each.url for each in cited("markdown", "www.a.example/b")] == ["http://www.a.example/b"]


def test_the_context_is_the_paragraph_without_its_markup() -> None:
    (link,) = cited("markdown", "It *was* said in [the\npaper](https://a.example/b) of `May`.")
    assert link.context == "It was said in the paper of May."


def test_a_definition_has_the_context_of_its_first_use() -> None:
    (link,) = cited("markdown", "As [they][R] said.\n\nAgain [they][r].\n\n[r]: https://a.example/b")
    assert (link.line, link.context) == (5, "As they said.")


def test_a_link_that_no_browser_can_follow_is_a_problem() -> None:
    (problem,) = problems("markdown", "x\n\n[w](https://a]b.example/)")
    assert (problem.line, "no browser" in problem.message) == (3, True)


MARKS = [
    "[",
    "](",
    ")",
    "![",
    "][",
    "]: ",
    "<",
    ">",
    "> ",
    "- ",
    "# ",
    "|",
    "\n|-|-|\n",
    "`",
    "\\",
    "*",
    "_",
    "\t",
    "\n",
    " ",
]
PIECES = st.sampled_from(
    [*MARKS, "a", "[^1]", "    ", "https://a.example/b", "www.a.example", '<a href="https://c.example/">']
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_whatever_is_found_stands_where_it_is_said_to(text: str) -> None:
    for citation in cited("markdown", text):
        assert at(text, citation) == citation.written


@pytest.mark.parametrize("fence", ["---", "+++"])
def test_the_front_matter_of_a_page_is_no_markdown(fence: str) -> None:
    text = f"{fence}\nsource: https://a.example/b\n# https://no.example/\nlist:\n\n    - 'https://c.example/'\n{fence}\n\n[w](https://d.example/)"
    found = cited("markdown", text)
    assert [each.written for each in found] == ["https://a.example/b", "https://c.example/", "https://d.example/"]
    assert [at(text, each) for each in found] == [each.written for each in found]


def test_mdx_has_code_comments_and_attributes_of_its_own() -> None:
    text = (
        "import X from 'https://no.example/x.js'\n\n{/* https://no.example/ */}\n\n"
        'Words <a href={"https://a.example/b"}>w</a>.\n\n<Card href="https://c.example/" />\n'
    )
    found = [each for each in extract.citations(Document("a.mdx", "markdown", text)) if isinstance(each, Citation)]
    assert [each.written for each in found] == ["https://a.example/b", "https://c.example/"]
    assert [at(text, each) for each in found] == [each.written for each in found]
