"""What a notebook cites."""

from __future__ import annotations

import json

import pytest

from tests.extract.places import cited, problems


def notebook(*cells: dict[str, object]) -> str:
    return json.dumps({"cells": cells, "metadata": {"language_info": {"name": "python"}}, "nbformat": 4})


def test_cells_are_counted_and_lines_are_those_of_the_cell() -> None:
    text = notebook(
        {"cell_type": "markdown", "source": ["# Title\n", "See [x](https://a.example/)."]},
        {
            "cell_type": "code",
            "source": "x = 'https://no.example/#y'  # after https://b.example/\n'''\n# https://no.example/\n'''\n",
            "outputs": [
                {"data": {"text/html": ["<a href='https://c.example/'>c</a>"], "text/plain": "https://no.example/"}},
                {"data": {"text/markdown": "[d](https://d.example/)"}},
                {"output_type": "stream", "text": "https://no.example/"},
            ],
        },
        {"cell_type": "raw", "source": "https://e.example/"},
    )
    assert [(each.url, each.place, each.line, each.column) for each in cited("ipynb", text)] == [
        ("https://a.example/", "cell 1", 2, 9),
        ("https://b.example/", "cell 2", 1, 38),
        ("https://c.example/", "cell 2, output", 1, 10),
        ("https://d.example/", "cell 2, output", 1, 5),
        ("https://e.example/", "cell 3", 1, 1),
    ]


def test_the_sheets_of_an_old_notebook_are_read() -> None:
    text = json.dumps({"worksheets": [{"cells": [{"cell_type": "code", "input": ["# https://a.example/"]}]}]})
    assert [each.place for each in cited("ipynb", text)] == ["cell 1"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cells": 1}', "[" * 100_000, '{"a": ' * 50_000])
def test_what_is_no_notebook_is_one_problem(text: str) -> None:
    (problem,) = problems("ipynb", text)
    assert problem.message.startswith("no notebook")


@pytest.mark.parametrize("cell", [1, None, {}, {"cell_type": "code", "outputs": [1, {"data": 2}], "source": {}}])
def test_a_cell_that_is_none_costs_only_itself(cell: object) -> None:
    text = json.dumps({"cells": [cell, {"cell_type": "markdown", "source": "https://a.example/"}]})
    assert [each.place for each in cited("ipynb", text)] == ["cell 2"]


def test_a_code_cell_of_html_or_markdown_is_read_as_such() -> None:
    cells = [
        {"cell_type": "code", "source": ["%%html\n", "<a href='https://a.example/'>a</a>"]},
        {"cell_type": "code", "source": ["%%markdown --x\n", "[b](https://b.example/)"]},
        {"cell_type": "code", "source": ["%%htmlx\n", "'https://c.example/'"]},
    ]
    one, two = cited("ipynb", json.dumps({"cells": cells}))
    assert (one.url, one.line, one.column) == ("https://a.example/", 2, 10)
    assert (two.url, two.place) == ("https://b.example/", "cell 2")
