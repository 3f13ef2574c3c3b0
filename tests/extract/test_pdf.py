"""What a PDF cites: its links and what it shows, with the page, and what ends cleanly."""

from __future__ import annotations

import pytest

from linkcheck import extract
from linkcheck.extract import _pdfium
from linkcheck.model import Citation, Document
from tests.extract.packages import cited, lines, pdf, places, problems, real

LINK = "/Annots[<</Type/Annot/Subtype/Link/Rect[{}]/A<</S/URI/URI{}>>>>]"
LONG = "https://d.example/briefing-room/statements-and-releases/2023/06/02/remarks-of-the-national-security-advisor"


def test_a_pdf_of_libreoffice_says_links_and_shown_urls_with_their_page() -> None:
    assert sorted(places(real("article.pdf"))) == [
        ("page 1", "https://a.example/header"),
        ("page 1", "https://a.example/remarks"),
        ("page 1", "https://b.example/report?id=1&part=2"),
        ("page 1", "https://c.example/figures/2021"),
        ("page 1", f"{LONG}/"),
        ("page 1", "https://f.example/box"),
        ("page 1", "https://g.example/cell"),
        ("page 2", "https://h.example/endnote"),
    ]


def test_a_page_printed_by_chromium_gives_whole_urls_and_the_quotes_of_their_sentence() -> None:
    found = cited(real("printed.pdf"))
    assert [each.url for each in found] == [
        "https://a.example/remarks",
        f"{LONG}-in-full/",
        "https://b.example/archives/documents/2023/long-path-of-a-document.html",
    ]
    assert found[0].quotes == ("talks will be held without any preconditions at all",)
    assert (found[0].line, found[0].column) == (0, 0)


def test_what_a_link_shows_is_not_cited_beside_it() -> None:
    page = pdf(
        lines("See https://a.example/lo", "ng.html for it."),
        LINK.format("44 345 164 362", "(https://a.example/long.html)"),
    )
    (only,) = cited(page)
    assert only.url == "https://a.example/long.html"
    assert "See" in only.context


def test_a_url_of_a_printed_listing_is_cited_without_its_escapes() -> None:
    page = pdf(lines("url = {https://a.example/b\\\\_c?d=1\\\\&e=2},"))
    assert [each.url for each in cited(page)] == ["https://a.example/b_c?d=1&e=2"]


def test_the_number_of_a_note_behind_the_name_of_a_file_is_no_part_of_it() -> None:
    page = pdf(lines("https://a.example/b.htm42 https://a.example/c.mp3 https://a.example/d.html5/e"))
    assert [each.url[18:] for each in cited(page)] == ["b.htm", "c.mp3", "d.html5/e"]


def test_a_page_without_urls_may_have_identifiers() -> None:
    document = Document("d", "pdf", "", pdf(lines("See doi:10.1000/182 and RFC 7089.")))
    found = [each for each in extract.citations(document, identifiers=True) if isinstance(each, Citation)]
    assert [(each.place, each.url) for each in found] == [
        ("page 1", "https://doi.org/10.1000/182"),
        ("page 1", "https://www.rfc-editor.org/rfc/rfc7089"),
    ]
    assert list(extract.citations(document)) == []


def test_a_url_shown_twice_on_a_page_is_cited_once() -> None:
    assert places(pdf(lines("https://a.example/b and", "https://a.example/b again"))) == [
        ("page 1", "https://a.example/b")
    ]


def test_a_url_that_is_perhaps_cut_is_a_problem_that_names_both_readings_and_no_citation() -> None:
    (problem,) = problems(pdf(lines("It stands at https://a.example/", "reports which nobody has")))
    assert "page 1" in problem
    assert "https://a.example/ or https://a.example/reports" in problem


def test_a_url_that_leaves_out_its_end_is_not_cited() -> None:
    assert places(pdf(lines("one for https://a.example/... and https://b.example/c"))) == [
        ("page 1", "https://b.example/c")
    ]


@pytest.mark.parametrize(
    "written",
    [
        "(https://a.example/caf\xc3\xa9)",
        "(https://a.example/caf\xe9)",
        "<FEFF" + "https://a.example/café".encode("utf-16-be").hex() + ">",
    ],
)
def test_an_address_in_utf_8_latin_1_or_utf_16_is_the_same(written: str) -> None:
    assert places(pdf(lines("A word"), LINK.format("20 345 60 362", written))) == [
        ("page 1", "https://a.example/caf%C3%A9")
    ]


def test_the_links_of_the_outline_are_cited_and_a_circle_in_it_ends() -> None:
    page = pdf(
        lines("A word"),
        "",
        b"<</First 7 0 R/Last 7 0 R>>",
        b"<</Title(A)/Parent 6 0 R/Next 7 0 R/First 7 0 R/A<</S/URI/URI(https://a.example/)>>>>",
    ).replace(b"/Pages 2 0 R>>", b"/Pages 2 0 R/Outlines 6 0 R>>", 1)
    assert places(page) == [("outline", "https://a.example/")]


def test_a_pdf_that_only_restricts_printing_is_read() -> None:
    assert places(real("restricted.pdf")) == [("page 1", "https://a.example/b")]


def test_a_pdf_that_is_locked_says_how_to_unlock_it() -> None:
    (problem,) = problems(real("locked.pdf"))
    assert "password" in problem
    assert "qpdf --decrypt" in problem


def test_a_broken_pdf_and_one_cut_short_are_problems() -> None:
    for content in (b"%PDF-1.4\n" + bytes(range(256)) * 10, real("article.pdf")[:9000]):
        (problem,) = problems(content)
        assert "broken or cut short" in problem


def test_pages_without_text_may_be_a_scan() -> None:
    (problem,) = problems(pdf(b"0 0 100 100 re f"))
    assert "may be a scan" in problem


def test_a_page_tree_that_lies_about_its_pages_ends() -> None:
    assert problems(pdf(b"").replace(b"Kids[3 0 R]/Count 1", b"Kids[2 0 R]/Count 9"))
    assert places(pdf(lines("https://a.example/b")).replace(b"/Count 1>>", b"/Count 2000000000>>")) == [
        ("page 1", "https://a.example/b")
    ]


def test_links_beyond_any_page_are_left_out_with_a_word() -> None:
    one = "<</Type/Annot/Subtype/Link/Rect[20 345 60 362]/A<</S/URI/URI(https://a.example/)>>>>"
    (problem,) = problems(pdf(lines("A word"), "/Annots[" + one * (_pdfium.MOST_LINKS + 1) + "]"))
    assert "the rest is unread" in problem


def test_a_text_that_speaks_of_pdf_is_no_pdf() -> None:
    assert extract.binary_format("a.txt", b"A file begins with %PDF-1.7, see https://a.example/") == ""
    assert extract.binary_format("a.pdf", b"\0rubbish\n%PDF-1.7\n") == "pdf"
