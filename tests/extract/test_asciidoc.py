"""What an AsciiDoc document cites."""

from __future__ import annotations

import pytest

from linkcheck import extract
from linkcheck.model import Document
from tests.extract.places import at, cited, urls

LINKS = {
    "link:https://a.example/b_c[words] and https://d.example/(e).": ["https://a.example/b_c", "https://d.example/(e)"],
    "<https://a.example/> https://b.example[words^]": ["https://a.example/", "https://b.example"],
    "image::https://a.example/i.png[alt]\nfootnote:[See https://b.example/.]": ["https://a.example/i.png", "https://b.example/"],
    "_https://a.example/_ __https://b.example/__ a_https://c.example/": ["https://a.example/", "https://b.example/", "https://c.example/"],
    "link:++https://a.example/b_[c]++[d]": ["https://a.example/b_[c]"],
}  # fmt: skip

NO_LINKS = [
    "// https://a.example/\n////\nhttps://b.example/\n////",
    "----\nhttps://a.example/\n----\n....\nhttps://b.example/\n....\n```sh\nhttps://c.example/\n```",
    "[source,sh]\ncurl https://a.example/",
    "\\https://a.example/ +https://b.example/+ pass:[https://c.example/] +++https://d.example/+++",
    "{unknown}/b[words] https://{host}.example/b xref:{unknown}[x]",
    ":base: https://a.example/",
]


@pytest.mark.parametrize("text", LINKS)
def test_a_link_stands_where_it_is_said_to(text: str) -> None:
    found = cited("asciidoc", text)
    assert [each.written for each in found] == LINKS[text]
    assert [at(text, each) for each in found] == LINKS[text]


@pytest.mark.parametrize("text", NO_LINKS)
def test_code_comments_and_what_is_not_filled_in_are_no_links(text: str) -> None:
    assert urls("asciidoc", text) == []


def test_a_line_under_a_title_begins_no_listing() -> None:
    text = "Options\n-------\n\nSee https://a.example/ there.\n\nMore\n++++\n\nhttps://b.example/"
    assert urls("asciidoc", text) == ["https://a.example/", "https://b.example/"]


def test_a_fence_of_another_length_than_the_line_above_is_one() -> None:
    assert urls("asciidoc", "See this:\n----\nhttps://a.example/\n----\nhttps://b.example/") == ["https://b.example/"]


def test_a_paragraph_that_begins_with_a_space_is_code_unless_it_is_a_url() -> None:
    text = "So:\n\n  git clone https://a.example/\n  cd a\n\nthere:\n\n\thttps://b.example/\n [1] https://c.example/\n"
    assert urls("asciidoc", text) == ["https://b.example/", "https://c.example/"]


@pytest.mark.parametrize(
    "text", ["  * https://a.example/ x", "Term::\n\n  https://a.example/ x", "- one\n  https://a.example/ x"]
)
def test_what_is_indented_in_a_list_is_no_code(text: str) -> None:
    assert urls("asciidoc", text) == ["https://a.example/"]


def test_backticks_are_code_in_a_document_with_a_title_of_old() -> None:
    words = "Clone `https://a.example/`."
    assert urls("asciidoc", f"Title\n=====\n\n{words}") == []
    assert urls("asciidoc", f"= Title\n\n{words}") == ["https://a.example/"]


def test_attributes_of_the_document_are_filled_in() -> None:
    text = ":base: https://a.example\n:docs-url: {base}/docs\n\nSee {docs-url}/x[the docs] or {base}."
    assert [(each.written, each.url) for each in cited("asciidoc", text)] == [
        ("{docs-url}/x", "https://a.example/docs/x"),
        ("{base}", "https://a.example/"),
    ]


@pytest.mark.parametrize(
    "block", ["____\nWe will *never* talk\nto them.\n____\n\nMore.", "We will never talk\nto them.\n\nMore."]
)
def test_a_block_that_says_whose_words_it_is_quotes_them_from_there(block: str) -> None:
    text = f"[quote, Smith, https://a.example/b]\n{block} https://c.example/"
    source, other = cited("asciidoc", text)
    assert (source.url, source.quotes, at(text, source)) == (
        "https://a.example/b",
        ("We will never talk to them.",),
        "https://a.example/b",
    )
    assert other.quotes == ()


def test_attributes_that_name_each_other_end() -> None:
    assert urls("asciidoc", ":a: {b}{b}\n:b: {a}{a}\n\n{a}[x]") == []


@pytest.mark.parametrize(
    "piece", ["{", "{a", "{a}", "+", "++", "link:++", "pass:[", "https://{", "https://a.example/[", "\n----\n"]
)
def test_a_hostile_text_ends(piece: str) -> None:
    assert all(each.document == "d" for each in extract.citations(Document("d", "asciidoc", piece * 1_000)))
