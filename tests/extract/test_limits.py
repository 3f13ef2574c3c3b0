"""No document holds a run: what is large is read elsewhere within limits, and says what it found all the same."""

from __future__ import annotations

from datetime import date

import pytest

from linkcheck import extract
from linkcheck.extract import _apart
from linkcheck.model import Citation, Document, Problem
from tests.extract.packages import cited, package, word

HOSTILE = Document("hostile.wiki", "wikitext", "{{a|" * 20_000 + "}}" * 20_000)
"""mwparserfromhell takes minutes for these 120 kB."""


def test_a_document_that_takes_too_long_is_a_problem_that_names_the_limit_and_the_next_is_read() -> None:
    (problem,) = extract.citations(HOSTILE, seconds=1)
    assert isinstance(problem, Problem)
    assert (problem.document, problem.line) == ("hostile.wiki", 0)
    assert "longer than 1 second" in problem.message
    assert "Split it" in problem.message
    (citation,) = extract.citations(Document("next.wiki", "wikitext", "[https://a.example/ x] " + "words " * 2_000))
    assert isinstance(citation, Citation)


WIKITEXT = (
    "It was “a very long winter for all”, he said.<ref>{{cite web|url=https://a.example/1|title=Winter|author=B|"
    "date=2020-01-02|access-date=2021-03-04|archive-url=https://web.archive.org/web/2020/https://a.example/1|"
    "quote=A winter that was very long}}</ref> And [https://b.example/ more]. [https://[bad/ x]\n\n"
)
LARGE = {
    "markdown": "He said “it is a very long winter” ([so](https://a.example/?q=1)), and [that](http://é.example/).\n\n",
    "html": '<p>He said “it is a very long winter” (<a href="https://a.example/é">so</a>).</p>\n',
    "wikitext": WIKITEXT,
    "rst": "He said `so <https://a.example/>`_, and https://b.example/x.\n\n",
}


@pytest.mark.parametrize("name", LARGE)
def test_what_a_large_document_cites_is_what_it_would_cite_if_it_were_small(name: str) -> None:
    least = getattr(extract.member(name), "CONFINED_FROM", 0)
    document = Document(f"d.{name}", name, LARGE[name] * 30 + "Words and words.\n\n" * (least // 18))
    found = list(extract.citations(document, identifiers=True))
    assert found == list(extract.citations_here(document, True))
    assert len(found) >= 30


def test_dates_quotes_and_mementos_come_back_as_they_were() -> None:
    found = extract.citations(Document("d", "wikitext", WIKITEXT + "words " * 2_000))
    first = next(each for each in found if isinstance(each, Citation) and each.title)
    assert first.accessed == date(2021, 3, 4)
    assert first.quotes == ("A winter that was very long",)
    assert first.memento.startswith("https://web.archive.org/")


def test_relative_links_of_a_large_page_start_from_where_it_was_published_too() -> None:
    page = Document("d.html", "html", '<a href="b">b</a>' + "<p>words</p>\n" * 20_000, address="https://a.example/x/")
    (citation,) = extract.citations(page)
    assert isinstance(citation, Citation)
    assert citation.url == "https://a.example/x/b"


def test_links_to_files_and_anchors_of_a_large_document_are_found_within_the_limits_too() -> None:
    text = "# A heading\n\nSee [this](other.md#there).\n\n" + "Words and words.\n\n" * 5_000
    document = Document("d.md", "markdown", text)
    (link,) = extract.local_links(document)
    assert (link.address, link.line) == ("other.md#there", 3)
    assert list(extract.anchors(document) or ()) == ["A heading"]


def test_what_can_be_linked_to_in_a_document_that_takes_too_long_is_unknown() -> None:
    page = Document("d.html", "html", "<a href=b id=c>" * 1_500_000)
    assert extract.anchors(page, seconds=1) is None
    assert list(extract.local_links(page, seconds=1)) == []


def test_a_package_counts_as_large_as_it_unpacks() -> None:
    content = package({"word/document.xml": "<a/>" * 500_000})
    assert len(content) < 10_000
    assert _apart.size(Document("d.docx", "docx", "", content)) == 2_000_000


@pytest.mark.parametrize("name", extract.formats())
def test_every_format_has_a_size_from_which_on_it_is_confined(name: str) -> None:
    least = getattr(extract.member(name), "CONFINED_FROM", _apart.CONFINED_FROM)
    assert isinstance(least, int)
    assert least >= 1024


def test_fields_of_word_that_nobody_ends_are_not_counted_with_every_paragraph() -> None:
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    linked = "<w:r><w:t>https://a.example/</w:t></w:r>"
    assert len(cited(word(f"<w:p>{begun * 3_000}</w:p>" + f"<w:p>{linked}</w:p>" * 3))) == 3


def test_strings_of_bibtex_that_double_sixty_times_end() -> None:
    doubled = "".join(f"@string{{a{each + 1} = a{each} # a{each}}}\n" for each in range(60))
    text = f"@string{{a0 = {{x}}}}\n{doubled}@misc{{k, note = a60, url = {{https://a.example/}}}}\n"
    (citation,) = extract.citations(Document("d", "bibtex", text))
    assert isinstance(citation, Citation)
    assert citation.url == "https://a.example/"


def test_comments_of_mdx_that_nobody_closes_hide_nothing() -> None:
    text = "{/*" * 10_000 + "\n\nhttps://a.example/ {/* https://b.example/ */}\n"
    found = extract.citations(Document("d.mdx", "markdown", text))
    assert [each.url for each in found if isinstance(each, Citation)] == ["https://a.example/"]
