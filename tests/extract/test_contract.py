"""What holds for every input format, and how a document finds its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck import extract, uri
from linkcheck.errors import InputError
from linkcheck.model import Citation, Document, Problem

OF_TEXT = [name for name, member in extract.formats().items() if not hasattr(member, "recognises")]
OF_BYTES = [name for name in extract.formats() if name not in OF_TEXT]


@pytest.mark.parametrize("name", extract.formats())
def test_a_member_is_called_like_its_file_and_claims_suffixes_of_its_own(name: str) -> None:
    member = extract.member(name)
    assert name == member.NAME
    assert all(suffix[0] == "." and suffix == suffix.lower() for suffix in member.SUFFIXES)
    others = [suffix for other in extract.formats().values() if other is not member for suffix in other.SUFFIXES]
    assert not set(member.SUFFIXES) & set(others)


@given(st.sampled_from(sorted(extract.formats())), st.text(max_size=200))
def test_no_text_is_too_strange_for_any_format(name: str, text: str) -> None:
    for each in extract.citations(Document("d", name, text)):
        assert isinstance(each, Citation | Problem)
        assert each.document == "d"
        assert each.line >= 0


@given(st.sampled_from(OF_BYTES), st.binary(max_size=200))
def test_no_bytes_are_too_strange_for_a_format_that_reads_them(name: str, content: bytes) -> None:
    for each in extract.citations(Document("d", name, "", content)):
        assert isinstance(each, Problem)
        assert each.document == "d"


# What a URL alone looks like in a format where a line of text is none, or nothing that cites.
ALONE = {
    "bibtex": "@misc{{,\nurl={{{0}}}}}",
    "ipynb": '{{"cells": [{{"cell_type": "markdown", "source": ["{0}"]}}]}}',
}


@pytest.mark.parametrize("name", OF_TEXT)
def test_a_url_on_a_line_of_its_own_is_found_by_every_format(name: str) -> None:
    url = "https://a.example/Trust,_but_verify"
    text = ALONE.get(name, "{0}\n").format(url)
    (citation,) = extract.citations(Document("d", name, text))
    assert isinstance(citation, Citation)
    line, column = (
        (1, 1)
        if name == "ipynb"
        else next(
            (number, line.index(url) + 1) for number, line in enumerate(text.splitlines(), start=1) if url in line
        )
    )
    assert (citation.line, citation.column, citation.context) == (line, column, "")
    assert citation.url == uri.normalise(citation.written)


NAMES = {
    ("a.md", "x"): "markdown",
    ("a.csv", "x"): "csv",
    ("a.xml", "<?xml version='1.0'?>\n<urlset>"): "sitemap",
    ("a.xml", "<?xml version='1.0'?>\n<!-- x -->\n<rss version='2.0'>"): "feed",
    ("feed", "<feed xmlns='http://www.w3.org/2005/Atom'>"): "feed",
    ("a.xml", "<opml>"): "opml",
    ("a.rdf", "<rdf:RDF>"): "zotero",
    ("A.HTM", "x"): "html",
    ("docs/a.markdown", "https://a.example/"): "markdown",
    ("a.txt", "Words, then https://a.example/"): "text",
    ("a.txt", "# list\nhttps://a.example/\n    > words\n\nhttps://b.example/\n"): "sources",
    ("a.txt", "A heading\nhttps://a.example/\n"): "text",
    ("a.txt", "<html>"): "text",
    ("links.txt", "https://a.example/ok\n    > words\nwww.forgot-scheme.example/x\n"): "sources",
    ("links.txt", "Sources\n\nhttps://a.example/ok\n# comment\n\tAccessed: 2024-09-01\n"): "sources",
    ("links.txt", "https://a.example/ # good\n    zzz\n    title: A title\nand more"): "sources",
    ("links.txt", "www.a.example/x\n    > words\n"): "sources",
    ("mail.txt", "He wrote at https://a.example/ok\n    > words\n"): "text",
    ("mail.txt", "https://a.example/ok\nsays\n    > words\n"): "text",
    ("mail.txt", "https://a.example/ok\n    and more\nWords.\n"): "text",
    ("<stdin>", "https://a.example/ok\n    > words\nnonsense\n"): "sources",
    ("sources.txt", "nonsense"): "sources",
    ("a.egg-info/SOURCES.txt", "setup.py\na/__init__.py\n"): "text",
    ("Sources.txt", "https://a.example/\nnonsense\n"): "sources",
    ("old-sources.txt", "https://a.example/\nnonsense\n"): "sources",
    ("old-sources.txt", "Sources of history\nare many.\n"): "text",
    ("<stdin>", "https://a.example/\n"): "sources",
    ("<stdin>", "Words"): "text",
    ("<stdin>", "\n<!-- x -->\n<!DOCTYPE html>"): "html",
    ("README", "Words"): "text",
    (".md", "Words"): "text",
    ("empty.txt", ""): "text",
}


@pytest.mark.parametrize(("name", "text"), NAMES)
def test_name_and_text_tell_the_format(name: str, text: str) -> None:
    assert extract.format_for(name, text) == NAMES[name, text]


def test_an_unknown_format_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(InputError, match="markdown"):
        extract.citations(Document("d", "wordstar", ""))
