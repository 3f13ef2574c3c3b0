"""The Markdown report, read back by a CommonMark parser."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from linkcheck import reports
from linkcheck.model import Report, State
from tests.reports.example import empty, example, saying, saying_elsewhere
from tests.reports.test_contract import HOSTILE

GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])

OURS = re.compile(r"</?details>|</?summary>|</?b>")

marks = st.text(st.sampled_from("|`*_[]()<>!#@\\~$&;:-+=.1a \n"), max_size=30)


def tokens(report: Report) -> list[Token]:
    """Every token of the rendered report, those inside of lines too."""
    blocks = GITHUB.parse(reports.render("markdown", report))
    return [token for block in blocks for token in (block, *(block.children or []))]


def shape(report: Report) -> list[str]:
    """The kinds of the tokens: what of the text is markup. Text may fall into any number of pieces."""
    return [token.type for token in tokens(report) if token.type not in ("text", "text_special")]


def test_the_table_has_one_row_a_citation_and_four_cells_each() -> None:
    found = [token.type for token in tokens(example())]
    assert found.count("tr_open") == 10
    assert found.count("td_open") == 36
    assert found.count("th_open") == 4


@pytest.mark.parametrize("hostile", [HOSTILE, "| a |\n| - |", "- x\n# y\n1. z", "```\ncode", "a\\", "---", "[a]: b"])
def test_what_a_stranger_says_never_becomes_markup(hostile: str) -> None:
    assert shape(saying(hostile)) == shape(saying("words"))
    assert shape(saying_elsewhere(hostile)) == shape(saying_elsewhere("words"))


@settings(max_examples=150, deadline=None)
@given(marks)
def test_no_mixture_of_marks_becomes_markup(hostile: str) -> None:
    assert shape(saying(f"x{hostile}x")) == shape(saying("words"))


@settings(max_examples=60, deadline=None)
@given(marks)
def test_text_is_shown_letter_for_letter(said: str) -> None:
    shown = "".join(token.content for token in tokens(saying(f"x{said}x")) if token.type.startswith("text"))
    assert " ".join(f"x{said}x".split()) in " ".join(shown.replace("\u200b", "").split())


def test_html_is_only_our_own() -> None:
    blocks = [t.content for t in tokens(saying(HOSTILE)) if t.type in ("html_block", "html_inline")]
    assert [block for block in blocks if "<" in OURS.sub("", block)] == []


def test_nobody_is_mentioned_and_no_issue_is_linked() -> None:
    text = reports.render("markdown", saying("@octocat and @org/team, see #12 or org/repo#3"))
    assert re.findall(r"[@#][0-9A-Za-z]", text) == []


def test_a_report_of_somebodys_issue_leaves_no_entry_there() -> None:
    thread = "https://github.com/org/repo/issues/3"
    text = reports.render("markdown", saying(f"see {thread} and GH-12", url=thread))
    assert "(<https://redirect.github.com/org/repo/issues/3>)" in text
    assert re.findall(r"https?://(?:www\.)?github\.com|GH-\d", text) == []
    assert "https://github.com/org/repo>" in reports.render("markdown", saying("x", url="https://github.com/org/repo"))


@pytest.mark.parametrize(
    "bare",
    [
        "see https://evil.example/x",
        "HTTP://evil.example",
        "(www.evil.example)",
        "a@b.example",
        "http:/\u200e/evil.example",
    ],
)
def test_an_address_in_a_text_is_shown_and_is_no_link(bare: str) -> None:
    text = reports.render("markdown", saying(bare, url="ftp://host.example/"))
    assert bare.replace("\u200e", "") in text.replace("\u200b", "").replace("\\", "")
    assert re.findall(r"(?i)(?:https?://|www\.|@)\w", text) == []


def test_details_that_do_not_fit_are_counted() -> None:
    report = saying("words " * 300)
    many = replace(report, findings=report.findings * 60)
    text = reports.render("markdown", many)
    left_out = re.search(r"the details of ([\d,]+) left out", text)
    assert left_out is not None
    rows = len(re.findall(r"^\| \*\*dead", text, re.M))
    assert rows == 60
    assert text.count("<details>") + int(left_out[1]) == rows


def test_what_fails_the_run_stands_before_what_is_known() -> None:
    dead = example().findings[0]
    known = replace(dead, shortfalls=(), known=dead.shortfalls, citation=replace(dead.citation, line=1))
    moved = next(f for f in example().findings if f.verdict.state is State.MOVED)
    new = replace(moved, shortfalls=("moved sources fail the run (fail-on)",))
    text = reports.render("markdown", replace(example(), findings=(known, new)))
    assert text.index("| **moved** |") < text.index("| **dead** |")


@pytest.mark.parametrize(
    "url", ["https://a.example/x|y?q=`z`&amp;#a>b", "https://a.example/?q=%5B(x)[y]'\"", "https://a.example/\\x"]
)
def test_an_address_with_marks_stays_one_link_in_one_cell(url: str) -> None:
    assert shape(saying("words", url=url)) == shape(saying("words"))


def test_only_web_addresses_are_linked() -> None:
    report = saying("words", url="javascript:alert(1)")
    assert [t.attrs for t in tokens(report) if t.type == "link_open"] == []


def test_an_empty_report_has_no_table() -> None:
    assert "|" not in reports.render("markdown", empty())
