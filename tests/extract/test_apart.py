"""URLs that stand apart from their sentences: what the text quotes may be of any of them."""

from __future__ import annotations

import pytest

from linkcheck import extract
from linkcheck.extract.sources import dumps
from linkcheck.model import Document
from tests.extract.packages import lines, pdf, word
from tests.extract.places import cited, problems

LIST = "https://a.example/1\nhttps://a.example/2\n"


def loose(text: str) -> list[tuple[str, ...]]:
    return [each.loose for each in cited("text", text)]


PASSAGES = {
    "He said “without\npreconditions” then.": ("without preconditions",),
    "“Two words”, „drei kurze Worte“ and «deux mots».": ("Two words", "drei kurze Worte", "deux mots"),
    'A “reset” and ‘two words’ and "three short words".': (),
    'He said "four words are enough".': ("four words are enough",),
    "The book “War and Peace” and “f(x) = {y}”.": (),
    "“Twice said” and “twice said” and “Twice said”.": ("Twice said", "twice said"),
}


@pytest.mark.parametrize("sentence", PASSAGES)
def test_every_source_of_a_run_gets_what_the_text_quotes(sentence: str) -> None:
    assert loose(f"{sentence}\n\n{LIST}") == [PASSAGES[sentence]] * 2
    assert loose(f"{LIST}\nMore.\n\n{sentence}") == [PASSAGES[sentence]] * 2


def test_a_blank_line_may_stand_between_and_bullets_before() -> None:
    text = "“Two words”\n\n1. https://a.example/1\n\n2. https://a.example/2\n"
    assert loose(text) == [("Two words",)] * 2


@pytest.mark.parametrize(
    "text",
    [
        "“Two words”\n\nhttps://a.example/1\n",
        "“Two words”: see https://a.example/1\nand see https://a.example/2\n",
        "“Two words”\n\nhttps://a.example/1\n\nWords.\n\nhttps://a.example/2\n",
        f"No quotes.\n\n{LIST}",
    ],
)
def test_where_the_urls_do_not_stand_apart_nothing_is_given_to_them(text: str) -> None:
    assert set(loose(text)) == {()}


def test_what_has_a_source_beside_it_is_not_given_to_the_others() -> None:
    text = f"“The talks are at an end for good”, he said (https://b.example/).\n\nAnd “two words”.\n\n{LIST}"
    first, *others = cited("text", text)
    assert first.quotes == ("The talks are at an end for good",)
    assert [each.loose for each in others] == [("two words",)] * 2


def test_a_list_made_of_it_leaves_the_quotes_to_be_placed_by_hand() -> None:
    text = dumps(cited("text", f"“Two words”\n\n{LIST}"))
    assert text.count("“Two words”") == text.count("? ") == 0
    assert "#     > Two words" in text
    assert problems("sources", text) == []
    assert [each.loose for each in cited("sources", text)] == [(), ()]


def remarks(text: str, format_name: str = "text") -> list[str]:
    document = Document("d", format_name, text)
    return list(extract.remarks(document, cited(format_name, text)))


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("Words.\n\nA recent\nDaily Planet article said so.", 3, "A recent Daily Planet article"),
        ("As a 2023 study by Some University shows.", 1, "a 2023 study by Some University"),
        ("Related article: What happened in May", 1, "Related article: What happened in May"),
        ("x\r\n\r\nRead more: What happened in May\r\n", 3, "Read more: What happened in May"),
    ],
)
def test_a_reference_without_a_link_is_remarked(text: str, line: int, words: str) -> None:
    assert remarks(text) == [f"d:{line}: a reference that a reader cannot follow: {words}"]


@pytest.mark.parametrize(
    "text",
    [
        "A recent Daily Planet article (https://a.example/1) said so.",
        "A recent article said so; a new report is due; the recent past.",
        "a recent interview, an article, a Politico article",
        "Related article:\nRelated article: see\nNo related article: what happened in May",
        "Related article: What happened in May\nhttps://a.example/1",
        "Related article: What Happened in May\n\nhttps://a.example/2024/what-happened-in-may\n",
        "The article is related: what happened in May",
    ],
)
def test_what_can_be_followed_or_is_no_reference_is_not(text: str) -> None:
    assert remarks(text) == []


def test_in_markdown_a_link_is_a_link_and_the_remarks_end_somewhere() -> None:
    assert remarks("[A recent Daily Planet article](https://a.example/1) said so.", "markdown") == []
    assert len(remarks("Related article: What happened in May\n\n" * 100)) == 20


@pytest.mark.parametrize(
    ("format_name", "text"),
    [
        ("markdown", "A recent Daily Planet article [said][1] so.\n\n[1]: https://a.example/1"),
        ("markdown", "A recent [Daily Planet article] said so.\n\n[daily planet article]: https://a.example/1"),
        ("markdown", "A recent Daily Planet article said so.[^a]\n\n[^a]: See https://a.example/1"),
        ("rst", "A recent `Daily Planet article`_ said so.\n\n.. _Daily Planet article: https://a.example/1"),
        ("rst", "Read more: :ref:`here it is <label>` and there."),
        ("asciidoc", "Read more: <<label,here it is>> and there."),
        ("text", "A recent Daily Planet article said so [1].\n\n[1] https://a.example/1"),
        ("text", "A recent Daily Planet article said so.¹\n\n1. https://a.example/1"),
    ],
)
def test_a_reference_with_the_mark_of_a_note_can_be_followed(format_name: str, text: str) -> None:
    assert remarks(text, format_name) == []


def test_brackets_of_an_editor_are_no_mark() -> None:
    assert len(remarks("A recent Daily Planet article [in May] said so.")) == 1


def test_references_without_a_link_are_remarked_in_word_and_pdf_too() -> None:
    first = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    words = ["A recent Daily Planet article said so.", "A 2023 Star report (https://a.example/1)."]
    document = Document("d", "docx", "", word("".join(map(first.format, words))))
    assert list(extract.remarks(document, [])) == [
        "d: paragraph 1: a reference that a reader cannot follow: A recent Daily Planet article"
    ]
    document = Document("d", "pdf", "", pdf(lines(words[0])))
    assert list(extract.remarks(document, [])) == [
        "d: page 1: a reference that a reader cannot follow: A recent Daily Planet article"
    ]
