"""What the entries of a bibliography cite."""

from __future__ import annotations

from datetime import date

import pytest

from linkcheck import extract
from linkcheck.model import Document
from tests.extract.places import at, cited, urls

ENTRY = r"""% A list of mine
@article{muller2020,
  author = {M{\"u}ller, Jos\'e and Smith, A. B.},
  title = "On the {\ss}and of {{Time}}",
  date = {2020-03-01/2020-04-02},
  url = {https://a.example/x\_y\%20z{\&}w},
  urldate = {2021-02-03},
}
"""


def test_an_entry_says_what_its_source_is_and_when_it_was_read() -> None:
    (source,) = cited("bibtex", ENTRY)
    assert source.url == "https://a.example/x_y%20z&w"
    assert at(ENTRY, source) == source.written == r"https://a.example/x\_y\%20z{\&}w"
    assert (source.place, source.title, source.author) == (
        "@muller2020",
        "On the ßand of Time",
        "Müller, José; Smith, A. B.",
    )
    assert (source.dated, source.accessed) == ("2020-03-01", date(2021, 2, 3))


FIELDS = {
    r"howpublished = {\url{https://a.example/b\#c}}": ["https://a.example/b#c"],
    r"note = {See \href{https://a.example/b}{there}, https://c.example/d.}": [
        "https://a.example/b",
        "https://c.example/d",
    ],
    "URL = https://a.example/b": ["https://a.example/b"],
    'url = "https://a.example/{~}b"': ["https://a.example/~b"],
    "url = {https://a.example/\n    b}": ["https://a.example/b"],
    "url = {<https://a.example/b>}, note = {x}": ["https://a.example/b"],
    "url = {https://a.example/<b>}": ["https://a.example/%3Cb%3E"],
    "url = {https://a.example/; https://b.example/}": ["https://a.example/", "https://b.example/"],
    "url = {https://a.example/{id}}": ["https://a.example/%7Bid%7D"],
    r"url = {https://a.example/\foo}": [],
    "url = {www.a.example/b}": ["http://www.a.example/b"],
    "url = {https://a.example/b}, bdsk-url-1 = {https://a.example/b}": ["https://a.example/b"],
    "url = {https://a.example/b}, doi = {10.1000/182}": ["https://a.example/b"],
    "doi = {10.1000/18\\_2}": ["https://doi.org/10.1000/18_2"],
    "doi = {https://doi.org/10.1000/182}": ["https://doi.org/10.1000/182"],
    "eprint = {2001.00001v2}, archivePrefix = {arXiv}": ["https://arxiv.org/abs/2001.00001v2"],
    "eprint = {3250920}, eprinttype = {jstor}": ["https://www.jstor.org/stable/3250920"],
    "eprint = {whatever}": [],
    "file = {https://a.example/}, biburl = {https://dblp.example/}": [],
    'note = "a {"}quoted{"} word", url = {https://a.example/}': ["https://a.example/"],
    'note = "no comma" url = {https://a.example/}': ["https://a.example/"],
}


@pytest.mark.parametrize("fields", FIELDS)
def test_a_field_cites_what_it_says(fields: str) -> None:
    assert [each.url for each in cited("bibtex", f"@misc{{k,\n {fields}\n}}")] == FIELDS[fields]


def test_strings_are_put_together() -> None:
    text = '@string{base = "https://a.example/"}\n@misc{k, url = base # "b"}'
    (source,) = cited("bibtex", text)
    assert (source.url, source.written, source.line, source.column) == ("https://a.example/b", 'base # "b"', 2, 16)


def test_what_is_no_entry_cites_nothing() -> None:
    text = (
        "https://a.example/\n@comment{@misc{c, url={https://b.example/}}}\n% @misc{c, url={https://c.example/}}\n"
        '@preamble{"\\url{https://d.example/}"}\n@misc(k, url={https://e.example/)f})'
    )
    assert urls("bibtex", text) == ["https://e.example/)f"]


def test_an_entry_that_is_not_closed_costs_nothing_and_is_named_with_its_line() -> None:
    text = "@misc{ok, url={https://o.example/}}\n@misc{a, url={https://a.example/},\n title={open\n\n"
    text += "@misc{b, url={https://b.example/}}"
    found = cited("bibtex", text)
    assert [(each.place, each.url) for each in found] == [
        ("@ok", "https://o.example/"),
        ("@a", "https://a.example/"),
        ("@b", "https://b.example/"),
    ]
    (remark,) = extract.remarks(Document("d.bib", "bibtex", text), found)
    assert remark.startswith("d.bib:2: the entry a is not closed")
    assert len(list(extract.remarks(Document("d", "bibtex", "@misc{a, url={https://a.example/}\n\n" * 99), []))) == 20


def test_what_an_entry_says_of_its_source_is_not_said_of_what_its_note_refers_to() -> None:
    about = "title={On gauges and floods}, author={A. Smith}, year=2020, urldate={2021-02-03}"
    note = r"note={Reviewed at \url{https://b.example/review}}"
    source, review = cited("bibtex", f"@misc{{k, {about}, url={{https://a.example/}}, {note}}}")
    assert (source.title, source.author, source.dated, source.accessed) == (
        "On gauges and floods",
        "A. Smith",
        "2020",
        date(2021, 2, 3),
    )
    assert (review.title, review.author, review.dated, review.accessed) == ("", "", "", None)
    (alone,) = cited("bibtex", f"@misc{{k, {about}, {note}}}")
    assert alone.title == "On gauges and floods"


@pytest.mark.parametrize(
    "fields",
    [
        "url={https://a.example/}, note={[Online; accessed 29-September-2012]}",
        r"howpublished={\url{https://a.example/}}, note={Accessed: 2012-09-29}",
        r"howpublished={\url{https://a.example/} (last visited September 29, 2012)}",
        "url={https://a.example/}, lastchecked={29.9.2012}",
    ],
)
def test_the_day_of_access_may_stand_in_the_note(fields: str) -> None:
    (source,) = cited("bibtex", f"@misc{{k, {fields}}}")
    assert source.accessed == date(2012, 9, 29)


def test_an_address_is_no_title() -> None:
    (source,) = cited("bibtex", r"@misc{k, title={\url{https://a.example/b}}, url={https://a.example/b}}")
    assert source.title == ""


@pytest.mark.parametrize("piece", ["{", '"', "@a{b, t={", '@a{b, t="', '\n@a{b, t="x",', "@misc{a, x x\n", "x = y # "])
def test_a_hostile_bibliography_ends(piece: str) -> None:
    assert all(each.document == "d" for each in extract.citations(Document("d", "bibtex", piece * 1_000)))
