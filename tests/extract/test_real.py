"""What is read from files that other programs wrote; ``real/README.md`` says which, and how.

``NAME.expected.jsonl`` beside a file has a line for each citation and problem: what of it is not empty, but the words
around it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from linkcheck import documents, extract
from linkcheck.model import Citation, Document, Problem

REAL = Path(__file__).parent / "real"
FILES = sorted(
    path.name for path in REAL.iterdir() if path.suffix not in (".sh", ".py", ".jsonl") and path.name != "README.md"
)
TOLD = (
    "place",
    "line",
    "column",
    "url",
    "written",
    "quotes",
    "loose",
    "accessed",
    "title",
    "author",
    "dated",
    "memento",
)
# What source.md cites: every program that keeps links keeps all of them.
CITED = {
    "https://www.example.org/board/statements/2024/03/flood-of-march-2024.html",
    "https://news.example.com/2024/03/18/aldwick-bridge,7420.html?page=1&ref=front#figures",
    "https://docs.example.org/letters/2024-04-02_(council).pdf",
    "https://lectures.example.edu/hydrology/~mbeki/2019/lecture-07/",
    "https://doi.org/10.5555/aldwick.2021.004",
    "http://data.example.net/series/aldwick.csv",
    "http://data.example.net/series/aldwick/about.html",
    "https://library.example.org/yearbooks/1947.djvu?p=112",
    "https://gauge.example.org/aldwick/2024?unit=m&max=1",
    "https://wb.example.de/Pegel%20und%20H%C3%B6he",
    "https://www.example.org/board/reports/R-17/full%20text.pdf",
    "https://council.example.org/minutes?id=88&part=3",
}
WHOLE = [
    "source.md",
    "pandoc.md",
    "prettier.mdx",
    "pandoc.html",
    "libreoffice.html",
    "docutils.html",
    "pandoc.docx",
    "libreoffice.docx",
    "pandoc.odt",
    "libreoffice.odt",
    "pandoc.epub",
    "libreoffice.epub",
    "pandoc.rst",
    "pandoc.adoc",
    "pandoc.tex",
    "pandoc.wikitext",
    "pandoc.ipynb",
    "chromium.pdf",
    "typst.pdf",
]


def read(name: str) -> Document:
    (document,) = documents.read_all([str(REAL / name)])
    assert isinstance(document, Document), document
    return document


def told(name: str) -> list[dict[str, Any]]:
    return [row(each) for each in extract.citations(read(name))]


def row(each: Citation | Problem) -> dict[str, Any]:
    if isinstance(each, Problem):
        return {"line": each.line, "problem": each.message}
    row = {field: getattr(each, field) for field in TOLD if getattr(each, field)}
    if row["written"] == row["url"]:
        del row["written"]
    return json.loads(json.dumps(row, default=str))


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_another_program_is_read_as_it_is_meant(name: str) -> None:
    expected = (REAL / f"{name}.expected.jsonl").read_text(encoding="utf-8").splitlines()
    assert told(name) == [json.loads(line) for line in expected]


@pytest.mark.parametrize("name", WHOLE)
def test_no_source_of_the_article_is_lost_or_made_up(name: str) -> None:
    assert {each.url for each in extract.citations(read(name)) if isinstance(each, Citation)} == CITED


def test_every_format_has_a_file_that_another_program_wrote() -> None:
    assert {read(name).format for name in FILES} == set(extract.formats())


def test_the_program_of_every_file_is_recorded() -> None:
    record = (REAL / "README.md").read_text(encoding="utf-8")
    assert [name for name in FILES if f"`{name}`" not in record] == []
