"""What a reStructuredText document cites."""

from __future__ import annotations

import pytest

from linkcheck import extract
from linkcheck.model import Document
from tests.extract.places import at, cited, urls

LINKS = {
    "See `the paper <https://a.example/b_c>`_, `it <https://d.example/>`__.": ["https://a.example/b_c", "https://d.example/"],
    "http://a.example/Mercury_(planet) and http://a.example/b\\_c.": ["http://a.example/Mercury_(planet)", "http://a.example/b\\_c"],
    ".. _x: https://a.example/\n.. _y: x_\n.. _`z: w`: https://b.example/\n__ https://c.example/": [
        "https://a.example/",
        "https://b.example/",
        "https://c.example/",
    ],
    ".. image:: https://a.example/i.png\n   :target: https://b.example/": ["https://a.example/i.png", "https://b.example/"],
    ".. versionadded:: 3.1\n   See https://a.example/.": ["https://a.example/"],
    ".. [1] Smith, https://a.example/.\n.. |s| image:: https://b.example/": ["https://a.example/", "https://b.example/"],
    ":Homepage: https://a.example/": ["https://a.example/"],
    ".. _x:\n   https://a.example/b\n": ["https://a.example/b"],
    "- a\n\n  .. _x: https://a.example/\n  __ docs/config.html\n  .. _y: https://b.example/": ["https://a.example/", "https://b.example/"],
}  # fmt: skip

NO_LINKS = [
    "``https://a.example/`` :pep:`https://a.example/`",
    "Thus::\n\n    https://a.example/\n\n    https://b.example/",
    ".. code-block:: sh\n   :caption: x\n\n   curl https://a.example/",
    ".. a comment https://a.example/\n   https://b.example/",
    ">>> 'https://a.example/'\n'https://a.example/'",
    "https://a.example/|version|/b",
]


@pytest.mark.parametrize("text", LINKS)
def test_a_link_stands_where_it_is_said_to(text: str) -> None:
    found = cited("rst", text)
    assert [each.written for each in found] == LINKS[text]
    assert [at(text, each) for each in found] == LINKS[text]


@pytest.mark.parametrize("text", NO_LINKS)
def test_code_comments_and_substitutions_are_no_links(text: str) -> None:
    assert urls("rst", text) == []


def test_a_target_has_the_words_and_the_quotes_of_its_first_use() -> None:
    text = 'He said "we will never ever negotiate" (`press`_).\n\n.. _Press: https://a.example/b\n   c\n'
    (source,) = cited("rst", text)
    assert (source.url, source.line, source.column) == ("https://a.example/bc", 3, 12)
    assert source.context == 'He said "we will never ever negotiate" (press).'
    assert source.quotes == ("we will never ever negotiate",)


def test_the_code_of_an_item_is_what_is_indented_more_than_its_words() -> None:
    text = "1. Do `it`__::\n\n     curl https://no.example/\n\n   __ https://a.example/\n\n- And::\n\n    curl https://no.example/\n"
    assert urls("rst", text) == ["https://a.example/"]


def test_a_url_that_goes_on_in_the_next_line_of_a_cell_is_whole() -> None:
    text = "+---+\n| See `it <https://a.example/re |\n| ports/b.gz>`__. |\n+---+\n"
    assert [each.url for each in cited("rst", text)] == ["https://a.example/reports/b.gz"]
    text = "+---+---+\n| One | `two <https://a.example |\n| two | /reports>`_              |\n+---+---+\n"
    assert [each.url for each in cited("rst", text)] == ["https://a.example/reports"]


@pytest.mark.parametrize(
    "piece", ["`", "``", "`a <", ".. ", ".. _a", "\n.. _a: b\n c", "a_ ", "|", ":a:`", "\\_", "::\n\n "]
)
def test_a_hostile_text_ends(piece: str) -> None:
    assert list(extract.citations(Document("d", "rst", piece * 1_000))) == []
