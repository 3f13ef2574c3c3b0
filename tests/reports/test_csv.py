"""The CSV report, read back by a parser."""

from __future__ import annotations

import csv
import io
import json

import pytest

from linkcheck import reports
from linkcheck.model import Report
from linkcheck.reports.csv import cell
from tests.reports.example import empty, example, saying


def rows(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(reports.render("csv", report)), strict=True))


def test_the_columns_are_the_keys_of_a_citation_in_the_json_contract() -> None:
    entry = json.loads(reports.render("json", example()))["citations"][0]
    assert list(rows(example())[0]) == list(entry)


def test_there_is_one_row_a_citation_in_the_order_of_the_documents() -> None:
    assert [row["url"] for row in rows(example())] == [finding.citation.url for finding in example().findings]
    assert reports.render("csv", empty()).count("\n") == 1


def test_lists_become_one_cell() -> None:
    moved = next(row for row in rows(example()) if row["state"] == "moved")
    first = "301 http://old.example/blog/2015/03/how-we-count"
    assert moved["hops"] == f"{first} | 308 https://old.example/blog/2015/03/how-we-count"
    assert moved["suggestions"] == "redirect, verified: https://new.example/how-we-count"
    assert [row["quotes_found"] for row in rows(example()) if row["quotes_found"]] == [
        "memento: without preconditions",
        "memento: don’t need to agree on everything to keep moving forward on issues like arms control",
        "missing: Distrust and can’t verify",
        "altered: 41.3 per cent of households (41.3 became 43.1)",
    ]


@pytest.mark.parametrize(
    "formula",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "  =1", "＝1", "＋1", "－1", "＠a", "\u00a0=1", "\u2028=1"],
)
def test_a_formula_gets_an_apostrophe(formula: str) -> None:
    assert str(cell(formula)).startswith("'")
    assert rows(saying(formula))[0]["title"].startswith("'")


@pytest.mark.parametrize("text", ["a;=1+1", "a; @SUM(A1)", 'a;"=1+1"', "https://a.example/?b;-c", ";;+1"])
def test_no_cell_begins_as_a_formula_where_semicolons_end_cells(text: str) -> None:
    written = reports.render("csv", saying(text))
    cells = [each for line in csv.reader(io.StringIO(written), delimiter=";") for each in line[1:]]
    assert [each for each in cells if each.lstrip(' "')[:1] in tuple("=+-@")] == []
    assert len(cells) > 1


@pytest.mark.parametrize("text", ["a=1", "a; b=1", "a;b", "1-2", "mail@a.example", "'quoted", ""])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert cell(text) == text


def test_commas_quotes_and_line_ends_stay_in_their_cell() -> None:
    assert rows(saying('a, "b"\nc'))[0]["context"] == 'a, "b" c'
