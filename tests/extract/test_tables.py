"""CSV, JSON, YAML, RIS: what a record says stands beside its URL."""

from __future__ import annotations

import csv as csv_
import io
import json as json_
from datetime import date

import pytest
import yaml as yaml_
from hypothesis import given
from hypothesis import strategies as st

from linkcheck import extract
from linkcheck.model import Citation, Document
from tests.extract.places import at, cited, urls

SHEET = """\
Title,URL,Accessed,Quote,Archive URL
A “title”,https://a.example/1,2024-09-01,"words, that ""must"" be there",https://web.archive.org/web/2024/https://a.example/1
Second,"see https://a.example/Trust,_but_verify and https://a.example/3",,,
Third,none,,,
"""


def test_a_row_says_what_its_url_is_called_and_what_it_must_hold() -> None:
    first, second, third = cited("csv", SHEET)
    assert (first.url, first.place, first.line) == ("https://a.example/1", "cell B2", 2)
    assert (first.title, first.accessed) == ("A “title”", date(2024, 9, 1))
    assert first.quotes == ('words, that "must" be there',)
    assert first.memento == "https://web.archive.org/web/2024/https://a.example/1"
    assert (second.url, second.place, second.title) == ("https://a.example/Trust,_but_verify", "cell B3", "")
    assert third.written == "https://a.example/3"
    assert [at(SHEET, each) for each in (first, second, third)] == [each.written for each in (first, second, third)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_delimiter_is_told_by_the_first_line(delimiter: str, end: str) -> None:
    text = end.join([delimiter.join(["Name", "Link", "Note"]), delimiter.join(["x", "https://a.example/1", "y"]), ""])
    (only,) = cited("csv", text)
    assert (only.url, only.place, only.line) == ("https://a.example/1", "cell B2", 2)


CELLS = st.lists(st.text(alphabet=' ab,;"\n\té', max_size=8), min_size=2, max_size=5)


@given(st.lists(CELLS, min_size=1, max_size=5), st.sampled_from([",", ";"]))
def test_what_pythons_writer_wrote_is_found_in_its_cell(rows: list[list[str]], delimiter: str) -> None:
    out = io.StringIO()
    writer = csv_.writer(out, delimiter=delimiter, quoting=csv_.QUOTE_ALL)
    writer.writerow(["one", "two"])
    for number, row in enumerate(rows):
        writer.writerow([*row, f"https://a.example/{number},x"])
    found = [each for each in extract.citations(Document("d", "csv", out.getvalue())) if isinstance(each, Citation)]
    assert [(each.url, each.place) for each in found] == [
        (f"https://a.example/{number},x", f"cell {chr(65 + len(row))}{number + 2}") for number, row in enumerate(rows)
    ]


def test_a_doi_column_is_cited_by_the_resolver() -> None:
    (only,) = cited("csv", "title,doi\nT,10.1000/182\n")
    assert (only.url, only.title, only.place) == ("https://doi.org/10.1000/182", "T", "cell B2")


CSL = """[
 {"id": "smith2020", "type": "article-journal", "title": "On \\u201cthings\\u201d",
  "author": [{"family": "Smith", "given": "A."}, {"literal": "The Group"}],
  "issued": {"date-parts": [[2020, 5]]}, "accessed": {"date-parts": [["2024", "9", "1"]]},
  "URL": "https:\\/\\/a.example\\/1", "DOI": "10.1000/182"},
 {"id": "b", "type": "book", "title": "B", "issued": {"raw": "2019-01-02"}, "DOI": "10.1000/183"},
 {"id": "c", "note": "see https://a.example/3.", "type": "webpage"}
]"""


def test_an_item_of_csl_says_who_wrote_what_when() -> None:
    one, two, three = cited("json", CSL)
    assert (one.url, one.written, one.place) == ("https://a.example/1", "https://a.example/1", "@smith2020")
    assert (one.title, one.author) == ("On “things”", "Smith, A.; The Group")
    assert (one.dated, one.accessed) == ("2020-05", date(2024, 9, 1))
    assert (two.url, two.dated, two.title, two.line) == ("https://doi.org/10.1000/183", "2019-01-02", "B", 6)
    assert (three.url, three.title) == ("https://a.example/3", "")
    assert at(CSL, three) == "https://a.example/3"


def test_the_same_in_yaml() -> None:
    text = yaml_.safe_dump({"references": json_.loads(CSL)}, allow_unicode=True, sort_keys=False)
    found = cited("yaml", text)
    assert [(each.url, each.title, each.author, each.dated, each.accessed, each.place) for each in found] == [
        (each.url, each.title, each.author, each.dated, each.accessed, each.place) for each in cited("json", CSL)
    ]
    assert all(at(text, each).startswith(each.written) for each in found)


JSONS = {
    '{"a": "https://a.example/1", "b": ["https://a.example/2", {"https://a.example/3": 1}]}': 3,
    '{"a": "https://a.example/1"}\n{"a": "https://a.example/2"}\n': 2,
    '{"a": "https://a.example/1", "cut off': 1,
    '{"html": "<a href=\\"https://a.example/1\\">x</a> https://a.example/2\\n"}': 2,
    '// json with comments\n{"a": "https://a.example/1",}': 1,
    '{"doi": "10.1000/182"}': 0,
    "[" * 200_000 + '"https://a.example/1"': 1,
}


@pytest.mark.parametrize("text", JSONS, ids=range(len(JSONS)))
def test_every_string_is_read_whatever_is_wrong_around_it(text: str) -> None:
    assert len(cited("json", text)) == JSONS[text]


YAMLS = {
    "a: https://a.example/1 # https://a.example/no\nb:\n- 'https://a.example/2'\n- |\n  see https://a.example/3.\n": 3,
    "https://a.example/1: x\n? https://a.example/2\n: y\n": 2,
    "a: &x https://a.example/1\nb: *x\n": 1,
    "a: {{ template }} https://a.example/1\n": 1,
    "a: \x01 https://a.example/1\n": 1,
    "---\na: https://a.example/1\n---\nb: https://a.example/2\n": 2,
    "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b, https://a.example/1]\n": 1,
}


@pytest.mark.parametrize("text", YAMLS, ids=range(len(YAMLS)))
def test_every_scalar_is_read_and_an_alias_is_no_second_place(text: str) -> None:
    found = cited("yaml", text)
    assert len(found) == YAMLS[text]
    assert [at(text, each) for each in found] == [each.written for each in found]


RIS = """\
TY  - JOUR
ID  - smith2020
TI  - On things
AU  - Smith, A.
AU  - Jones, B.
PY  - 2020/05/06/
Y2  - 2024/09/01
UR  - https://a.example/1
DO  - 10.1000/182
L1  - https://a.example/1.pdf
ER  -\x20

TY  - BOOK
T1  - B
DA  - 2019/01/02
DO  - 10.1000/183
ER  -\x20
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_record_of_ris(end: str) -> None:
    text = RIS.replace("\n", end)
    one, pdf, two = cited("ris", text)
    assert (one.url, one.title, one.author, one.place) == (
        "https://a.example/1",
        "On things",
        "Smith, A.; Jones, B.",
        "@smith2020",
    )
    assert (one.dated, one.accessed, one.line, one.column) == ("2020-05-06", date(2024, 9, 1), 8, 7)
    assert (pdf.url, pdf.title) == ("https://a.example/1.pdf", "")
    assert (two.url, two.title, two.dated) == ("https://doi.org/10.1000/183", "B", "2019-01-02")
    assert [at(text, each) for each in (one, pdf, two)] == [
        "https://a.example/1",
        "https://a.example/1.pdf",
        "10.1000/183",
    ]


HOSTILE = {
    "csv": ['"' * 300_001, '"a,""b' * 50_000, "," * 500_000, '"x\n' * 100_000],
    "json": ['\\"' * 200_000, '["' + '\\"' * 200_000, "[" * 300_000, '{"a":' * 100_000, "[[]" * 100_000],
    "yaml": ["[" * 20_000, "- " * 5_000, "a: " * 20_000, "&a " * 10_000, "\t" * 10_000],
    "ris": ["TY  - \n" * 50_000, "UR  - " + "x" * 500_000],
}


@pytest.mark.parametrize(
    ("name", "number"), [(name, number) for name in HOSTILE for number in range(len(HOSTILE[name]))]
)
def test_hostile_tables_end(name: str, number: int) -> None:
    assert list(extract.citations(Document("d", name, HOSTILE[name][number]))) == []


def test_the_words_of_a_record_may_hold_urls_and_the_database_is_no_source() -> None:
    text = "TY  - JOUR\nAB  - See https://a.example/b.\nUR  - https://c.example/\nDP  - https://no.example/\nER  - \n"
    assert urls("ris", text) == ["https://a.example/b", "https://c.example/"]


def test_a_record_of_ris_ends_where_the_next_one_begins() -> None:
    one, two = cited(
        "ris",
        "TY  - JOUR\r\nTI  - One\r\nDO  - 10.5555/1\r\nER  -\r\nTY  - JOUR\r\nTI  - Two\r\nUR  - https://a.example/2\r\n",
    )
    assert (one.url, one.title, two.url, two.title) == (
        "https://doi.org/10.5555/1",
        "One",
        "https://a.example/2",
        "Two",
    )
    unended = "TY  - JOUR\nTI  - One\nUR  - https://a.example/1\nTY  - JOUR\nTI  - Two\nUR  - https://a.example/2\n"
    assert [each.title for each in cited("ris", unended)] == ["One", "Two"]


RECORD = """\
- title: On gauges and floods
  url: https://a.example/1
  accessed: 2024-09-01
  quotes: [no gauge is right, nor is any flood]
  archive_url: https://web.archive.org/web/2020/https://a.example/1
- title: Contact us today
  url: https://a.example/menu
- url: https://a.example/x
  link: https://a.example/y
  author: A. Smith
  title: Which of them
"""


def test_a_record_of_yaml_or_json_says_of_its_one_address_what_a_table_would() -> None:
    for name, text in (("yaml", RECORD), ("json", json_.dumps(yaml_.safe_load(RECORD), default=str))):
        one, menu, x, y = cited(name, text)
        assert (one.url, one.title, one.accessed) == ("https://a.example/1", "On gauges and floods", date(2024, 9, 1))
        assert one.quotes == ("no gauge is right", "nor is any flood")
        assert one.memento == "https://web.archive.org/web/2020/https://a.example/1"
        assert [each.title for each in (menu, x, y)] == ["", "", ""]


def test_the_vocabulary_of_json_ld_is_no_source() -> None:
    text = '{"@context": ["https://v.example/", {"x": "https://w.example/"}], "$schema": "https://s.example/", "url": "https://a.example/"}'
    assert [each.url for each in cited("json", text)] == ["https://a.example/"]


def test_a_header_may_be_in_german() -> None:
    (only,) = cited("csv", "Titel;URL;Abgerufen am\nÜber Pegel;https://a.example/;1.9.2024\n")
    assert (only.title, only.accessed) == ("Über Pegel", date(2024, 9, 1))
