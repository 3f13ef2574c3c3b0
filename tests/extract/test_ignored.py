"""A comment can tell linkcheck to pass over a place."""

from __future__ import annotations

import json

import pytest

from tests.extract.packages import package, places
from tests.extract.places import urls

ONE, TWO, THREE = "https://a.example/1", "https://a.example/2", "https://a.example/3"

COMMENTS = [
    "<!-- linkcheck: ignore -->",
    "<!-- linkcheck:ignore because it is an example -->",
    "% linkcheck: ignore",
    "# linkcheck: ignore",
    "// linkcheck: ignore",
    "/* linkcheck: ignore */",
    "{/* linkcheck: ignore */}",
    "{# linkcheck: ignore #}",
    ".. linkcheck: ignore",
    "; linkcheck: ignore",
    "-- LINKCHECK: IGNORE",
    "[//]: # (linkcheck: ignore)",
    '[comment]: <> "linkcheck: ignore"',
]


@pytest.mark.parametrize("comment", COMMENTS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_comment_on_its_own_line_is_for_the_next_and_behind_words_for_its_own(comment: str, end: str) -> None:
    assert urls("text", end.join([ONE, comment, TWO, THREE])) == [ONE, THREE]
    assert urls("text", end.join([f"so {ONE} {comment}", TWO])) == [TWO]


def test_blank_lines_do_not_part_a_comment_from_what_it_is_for() -> None:
    assert urls("rst", f"{ONE}\n\n.. linkcheck: ignore\n\n{TWO}\n\n{THREE}") == [ONE, THREE]
    assert urls("markdown", f"<!-- linkcheck: ignore -->\n\n{ONE}\n\n{TWO}") == [TWO]
    assert urls("text", f"# linkcheck: ignore\n\n\n\n\n{ONE}") == [ONE]


@pytest.mark.parametrize("comment", COMMENTS)
def test_a_stretch_begins_and_ends(comment: str) -> None:
    start, stop = (comment.replace("ignore", how).replace("IGNORE", how) for how in ("ignore-start", "ignore-end"))
    assert urls("text", f"{ONE}\n{start}\n{TWO}\n{TWO}\n{stop}\n{THREE}") == [ONE, THREE]
    assert urls("text", f"{ONE}\n{start}\n{TWO}\n{THREE}") == [ONE]


@pytest.mark.parametrize(
    "words", ["linkcheck: ignore", "`linkcheck: ignore`", "we say linkcheck: ignore -->", "<!-- linkcheck: ignored -->"]
)
def test_a_text_may_speak_of_it(words: str) -> None:
    assert urls("text", f"{words} {ONE}\n{TWO}") == [ONE, TWO]


@pytest.mark.parametrize(
    ("format_name", "text"),
    [
        ("markdown", f"<!-- linkcheck: ignore -->\n[a]({ONE})\n[b]({TWO})\n"),
        ("html", f"<!-- linkcheck: ignore -->\n<a href='{ONE}'>a</a>\n<a href='{TWO}'>b</a>\n"),
        ("sources", f"# linkcheck: ignore\n{ONE}\n{TWO}\n"),
    ],
)
def test_every_format_of_lines_knows_it(format_name: str, text: str) -> None:
    assert urls(format_name, text) == [TWO]


def test_a_comment_in_a_notebook_or_a_book_concerns_its_own_cell_or_chapter() -> None:
    cells = [["No.\n", f"[a]({ONE})\n"], ["<!-- linkcheck: ignore -->\n", f"[b]({TWO})\n", f"[c]({THREE})\n"]]
    notebook = {"cells": [{"cell_type": "markdown", "source": source} for source in cells]}
    assert urls("ipynb", json.dumps(notebook, indent=1)) == [ONE, THREE]
    book = {
        "META-INF/container.xml": '<c><rootfile full-path="b.opf"/></c>',
        "b.opf": '<p><manifest><item id="1" href="c.xhtml"/></manifest><spine><itemref idref="1"/></spine></p>',
        "c.xhtml": f"<p><a href='{ONE}'>a</a></p>\n<!-- linkcheck: ignore -->\n<p><a href='{TWO}'>b</a></p>",
    }
    assert [url for _, url in places(package(dict(book), "application/epub+zip"))] == [ONE]
