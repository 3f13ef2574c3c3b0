"""Identifiers without URL are cited by the address that resolves them, where they can be nothing else."""

from __future__ import annotations

import json

import pytest

from linkcheck import extract
from linkcheck.citing.identifiers import find
from linkcheck.model import Citation, Document
from tests.extract.packages import package, word
from tests.extract.places import at

TAKEN = {
    "see doi:10.1000/182.": ("doi:10.1000/182", "https://doi.org/10.1000/182"),
    "see DOI 10.1000/182, there": ("DOI 10.1000/182", "https://doi.org/10.1000/182"),
    "(10.1038/nphys1170)": ("10.1038/nphys1170", "https://doi.org/10.1038/nphys1170"),
    "10.1016/0021-9797(81)90040-x;": ("10.1016/0021-9797(81)90040-x", "https://doi.org/10.1016/0021-9797(81)90040-x"),
    "doi:10.1002/a#b": ("doi:10.1002/a#b", "https://doi.org/10.1002/a%23b"),
    "as arXiv:2404.12345v2 says": ("arXiv:2404.12345v2", "https://arxiv.org/abs/2404.12345v2"),
    "arXiv:hep-th/9901001": ("arXiv:hep-th/9901001", "https://arxiv.org/abs/hep-th/9901001"),
    "ISBN 0-306-40615-2.": ("ISBN 0-306-40615-2", "https://www.worldcat.org/isbn/0306406152"),
    "ISBN-13: 978-0-306-40615-7": ("ISBN-13: 978-0-306-40615-7", "https://www.worldcat.org/isbn/9780306406157"),
    "ISBN 080442957X": ("ISBN 080442957X", "https://www.worldcat.org/isbn/080442957X"),
    "arXiv 2404.12345": ("arXiv 2404.12345", "https://arxiv.org/abs/2404.12345"),
    "arXiv preprint arXiv:2404.12345": ("arXiv:2404.12345", "https://arxiv.org/abs/2404.12345"),
    "at doi.org/10.1000/182.": ("doi.org/10.1000/182", "https://doi.org/10.1000/182"),
    "doi:10.1002/(SICI)109<1::AID-X>3.0.CO;2-Y": (
        "doi:10.1002/(SICI)109<1::AID-X>3.0.CO;2-Y",
        "https://doi.org/10.1002/(SICI)109%3C1::AID-X%3E3.0.CO;2-Y",
    ),
    "see RFC-1918 for it": ("RFC-1918", "https://www.rfc-editor.org/rfc/rfc1918"),
    "by RFC 7089, section 2": ("RFC 7089", "https://www.rfc-editor.org/rfc/rfc7089"),
}

MARKED = {
    ("latex", r"\doi{10.1000/182} % doi:10.1000/no"): ("10.1000/182", "https://doi.org/10.1000/182"),
    ("latex", r"doi:10.1000/a\_b"): (r"doi:10.1000/a\_b", "https://doi.org/10.1000/a_b"),
    ("latex", "by RFC~7089"): ("RFC~7089", "https://www.rfc-editor.org/rfc/rfc7089"),
    ("latex", "ISBN~0-306-40615-2"): ("ISBN~0-306-40615-2", "https://www.worldcat.org/isbn/0306406152"),
    ("html", "RFC&nbsp;7089"): ("RFC&nbsp;7089", "https://www.rfc-editor.org/rfc/rfc7089"),
    ("html", "<b>doi:</b><i>10.1000/182</i>"): ("doi:</b><i>10.1000/182", "https://doi.org/10.1000/182"),
    ("html", "doi:10.1000/a<sup>1</sup>"): ("doi:10.1000/a", "https://doi.org/10.1000/a"),
    ("html", "doi:10.1002/a&lt;1::B&gt;3.0.CO;2-Y"): (
        "doi:10.1002/a&lt;1::B&gt;3.0.CO;2-Y",
        "https://doi.org/10.1002/a%3C1::B%3E3.0.CO;2-Y",
    ),
    ("markdown", "{doi}`10.1000/182` and `RFC 1` so"): ("10.1000/182", "https://doi.org/10.1000/182"),
    ("markdown", "**doi:** 10.1000/a\\_b"): ("doi:** 10.1000/a\\_b", "https://doi.org/10.1000/a_b"),
    ("rst", ":rfc:`7089` says"): ("7089", "https://www.rfc-editor.org/rfc/rfc7089"),
    ("rst", "the :RFC:`headers <7089#section-2>`"): ("7089", "https://www.rfc-editor.org/rfc/rfc7089"),
    ("wikitext", "{{doi|10.1000/182}} <!-- RFC 1 -->"): ("10.1000/182", "https://doi.org/10.1000/182"),
    ("wikitext", "{{ISBN|0-306-40615-2}}"): ("0-306-40615-2", "https://www.worldcat.org/isbn/0306406152"),
    ("wikitext", "{{IETF RFC|7089}}"): ("7089", "https://www.rfc-editor.org/rfc/rfc7089"),
}

PASSED_OVER = [
    "version 10.2010/11, and 10.2010/11.2010",
    "10.1000/182",
    "a path/10.1038/nphys1170",
    "x=10.1038/nphys1170",
    "ISBN 0-306-40615-3",
    "ISBN 978-0-306-40615-8",
    "arXiv:24.1",
    "RFC 0, RFC, RFCs 7089, XRFC 7089, draft-RFC 7089",
    "2404.12345",
]


def identified(text: str, format_name: str = "text") -> list[Citation]:
    found = extract.citations(Document("d", format_name, text), identifiers=True)
    return [each for each in found if isinstance(each, Citation)]


@pytest.mark.parametrize("text", TAKEN)
def test_an_identifier_is_cited_by_the_address_that_resolves_it(text: str) -> None:
    (citation,) = identified(text)
    assert (citation.written, citation.url) == TAKEN[text]
    assert at(text, citation) == citation.written


@pytest.mark.parametrize(("format_name", "text"), MARKED)
def test_an_identifier_is_read_as_its_readers_see_it_and_stands_where_it_is_written(
    format_name: str, text: str
) -> None:
    (citation,) = identified(text, format_name)
    assert (citation.written, citation.url) == MARKED[format_name, text]
    assert at(text, citation) == citation.written


@pytest.mark.parametrize("format_name", ["html", "markdown", "latex", "wikitext", "rst"])
@pytest.mark.parametrize("piece", ["<", "&", "<!--", "{{doi|", "\\doi{", ":rfc:`", "10.1/<", "```", "{doi}`", "%"])
def test_a_hostile_text_ends(format_name: str, piece: str) -> None:
    assert list(find(piece * 20_000, format_name)) == []


@pytest.mark.parametrize("text", PASSED_OVER)
def test_what_may_be_something_else_is_passed_over(text: str) -> None:
    assert identified(text) == []


@pytest.mark.parametrize("text", TAKEN)
def test_without_the_setting_nothing_is_taken(text: str) -> None:
    assert list(extract.citations(Document("d", "text", text))) == []


def test_the_first_mention_counts_and_none_that_is_linked_or_part_of_a_url() -> None:
    text = "https://doi.org/10.1038/nphys1170 (doi:10.1038/nphys1170)\nRFC 7089\nhttps://a.example/RFC 1 RFC 7089\n"
    assert [(each.line, each.url) for each in identified(text)] == [
        (1, "https://doi.org/10.1038/nphys1170"),
        (2, "https://www.rfc-editor.org/rfc/rfc7089"),
        (3, "https://a.example/RFC"),
    ]


@pytest.mark.parametrize(
    ("format_name", "text"),
    [
        (
            "html",
            "<div data-doi='10.1038/nphys1170'><script>RFC 7089</script><code>RFC 1</code><!-- RFC 2 -->RFC 3</div>",
        ),
        ("markdown", "`RFC 7089`\n\n```\nRFC 1\n```\n<!-- RFC 2 -->\nRFC 3\n"),
    ],
)
def test_code_and_markup_are_no_prose(format_name: str, text: str) -> None:
    assert [each.written for each in identified(text, format_name)] == ["RFC 3"]


def test_tables_and_lists_have_fields_for_it() -> None:
    assert identified("https://a.example/\n    title: RFC 7089\n", "sources")[0].title == "RFC 7089"
    assert len(identified("https://a.example/\n    title: RFC 7089\n", "sources")) == 1


def test_identifiers_of_a_document_without_lines_are_found_where_it_is_asked_for() -> None:
    body = (
        "<w:p><w:r><w:t>See doi:10.5555/abc.1, RFC 9110, and 10.5555/linked too.</w:t></w:r></w:p>"
        '<w:p><w:hyperlink r:id="r1"><w:r><w:t>10.5555/shown</w:t></w:r></w:hyperlink></w:p>'
        "<w:p><w:r><w:t>Again doi:10.5555/abc.1.</w:t></w:r></w:p>"
    )
    written = word(body, "r1=https://a.example/")
    document = Document("d", "docx", "", written)
    found = [each for each in extract.citations(document, identifiers=True) if isinstance(each, Citation)]
    assert [(each.place, each.url) for each in found] == [
        ("paragraph 1", "https://doi.org/10.5555/abc.1"),
        ("paragraph 1", "https://www.rfc-editor.org/rfc/rfc9110"),
        ("paragraph 1", "https://doi.org/10.5555/linked"),
        ("paragraph 2", "https://a.example/"),
    ]
    assert found[0].written == "doi:10.5555/abc.1"
    assert [each.place for each in extract.citations(document) if isinstance(each, Citation)] == ["paragraph 2"]


def test_those_of_a_notebook_stand_in_its_cells_of_markdown() -> None:
    cells = [
        {"cell_type": "markdown", "source": "by RFC 7089", "metadata": {}},
        {"cell_type": "code", "source": "RFC 1", "metadata": {}, "outputs": []},
        {"cell_type": "markdown", "source": "RFC 7089, doi:10.1000/182", "metadata": {}},
    ]
    found = identified(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), "ipynb")
    assert [(each.place, each.column, each.written) for each in found] == [
        ("cell 1", 4, "RFC 7089"),
        ("cell 3", 11, "doi:10.1000/182"),
    ]


def test_those_of_a_book_stand_in_its_chapters() -> None:
    parts = {
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="o.opf"/></rootfiles></container>',
        "o.opf": '<p><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></p>',
        "a.xhtml": "<html><body><p>By RFC 7089 and https://a.example/.</p></body></html>",
    }
    document = Document("d", "epub", "", package(dict(parts), "application/epub+zip"))
    found = [each for each in extract.citations(document, identifiers=True) if isinstance(each, Citation)]
    assert [(each.place, each.written) for each in found] == [
        ("chapter 1", "RFC 7089"),
        ("chapter 1", "https://a.example/"),
    ]
