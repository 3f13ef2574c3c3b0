"""An archive URL is a citation of what it is a copy of, with the copy given beside it."""

from __future__ import annotations

import pytest

from tests.extract.places import at, cited

SOURCE = "https://a.example/b?c=1#d"

COPIES = {
    f"https://web.archive.org/web/20240822113407/{SOURCE}": SOURCE,
    f"http://web.archive.org/web/20240822id_/{SOURCE}": SOURCE,
    f"https://archive.org/wayback/2010/{SOURCE}": SOURCE,
    f"https://www.webarchive.org.uk/wayback/archive/20120101000000/{SOURCE}": SOURCE,
    f"https://wayback.archive-it.org/1234/20160101000000/{SOURCE}": SOURCE,
    f"https://webarchive.nationalarchives.gov.uk/ukgwa/20120101000000/{SOURCE}": SOURCE,
    f"https://timetravel.mementoweb.org/memento/2010/{SOURCE}": SOURCE,
    f"https://archive.ph/2013.05.03-120000/{SOURCE}": SOURCE,
    f"https://archive.today/20130503120000/{SOURCE}": SOURCE,
    "https://web.archive.org/web/2020/http:/a.example/b": "http://a.example/b",
    "https://web.archive.org/web/2020/a.example/b": "http://a.example/b",
    "https://web.archive.org/web/20200101000000/https%3A%2F%2Fa.example%2Fb": "https://a.example/b",
    f"https://web.archive.org/web/2021/https://web.archive.org/web/2020/{SOURCE}": SOURCE,
}

NO_COPIES = [
    "https://web.archive.org/",
    "https://web.archive.org/web/*/https://a.example/b",
    f"https://web.archive.org/save/{SOURCE}",
    "https://archive.org/details/book-of-2010",
    "https://archive.ph/AbCdE",
    "https://perma.cc/ABCD-1234",
    "https://a.example/web/20240822113407/https://b.example/",
    "https://web.archive.org/web/20240822113407/http://localhost/x",
    "https://web.archive.org/web/20240822113407/ftp://a.example/x",
]


@pytest.mark.parametrize("written", COPIES)
def test_the_source_is_cited_and_the_archive_url_is_its_memento(written: str) -> None:
    text = f"He said so ({written}) in May."
    (citation,) = cited("text", text)
    assert citation.url == COPIES[written]
    assert citation.written == at(text, citation) == written
    assert citation.memento.startswith(("https://", "http://"))
    assert citation.memento != citation.url


@pytest.mark.parametrize("written", NO_COPIES)
def test_what_does_not_say_what_it_is_a_copy_of_stays_as_it_is(written: str) -> None:
    (citation,) = cited("text", f"See {written} there")
    assert citation.written == written
    assert citation.url.rstrip("/") == written.rstrip("/")
    assert citation.memento == ""


@pytest.mark.parametrize(
    ("format_name", "text"),
    [
        ("markdown", "[w](https://web.archive.org/web/2020/https://a.example/b)"),
        ("html", '<a href="https://web.archive.org/web/2020/https://a.example/b">w</a>'),
        ("sources", "https://web.archive.org/web/2020/https://a.example/b"),
    ],
)
def test_every_format_unwraps(format_name: str, text: str) -> None:
    (citation,) = cited(format_name, text)
    assert citation.url == "https://a.example/b"
    assert citation.memento == "https://web.archive.org/web/2020/https://a.example/b"
