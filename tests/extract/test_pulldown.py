"""What Markdown is made of, and where each piece stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.extract._pulldown import definitions, leaves
from tests.extract.places import at, cited


@pytest.mark.parametrize("before", ["", "é—𝒳 ", "> é\n>\n> ", "- 請看\n\n  "])
def test_places_are_those_of_the_text_whatever_its_letters_take_in_bytes(before: str) -> None:
    text = f"{before}é [wörd](https://a.example/é) and https://b.example/ü, <https://c.example/>\n"
    (leaf,) = leaves(text)
    assert [text[begin:end] for step, _, begin, end in leaf.steps if step == "Start"] == [
        "[wörd](https://a.example/é)",
        "<https://c.example/>",
    ]
    assert [at(text, each) for each in cited("markdown", text)] == [
        "https://a.example/é",
        "https://b.example/ü",
        "https://c.example/",
    ]


def test_blocks_without_anything_that_cites_are_passed_over() -> None:
    assert [leaf.kind for leaf in leaves("# Words\n\nWords *and* `words`.\n\n    https://a.example/\n\n![p](q)\n")] == [
        "words"
    ]


def test_headings_come_when_they_are_asked_for() -> None:
    assert [leaf.kind for leaf in leaves("# Words\n\nWords\n=====\n", headings=True)] == ["heading", "heading"]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("[a]: https://a.example/\n[A]: https://b.example/\n", ["a", "A"]),
        ("> [a]: https://a.example/\n\n- [a]: https://b.example/\n", ["a", "a"]),
        ("[a]: https://a.example/\n\n```\n[a]: https://b.example/\n```\n", ["a"]),
        ("[a]: https://a.example/\n\nwords\n[a]: https://b.example/\n", ["a"]),
        ("[a]: https://a.example/\n\n<div>\n[a]: https://b.example/\n</div>\n", ["a"]),
        ("[a]: https://a.example/\n\n    [a]: https://b.example/\n", ["a"]),
        ("[^a]: https://a.example/\n", []),
    ],
)
def test_a_definition_that_repeats_a_label_is_one_and_what_stands_in_code_is_none(text: str, labels: list[str]) -> None:
    assert [each.label for each in sorted(definitions(text), key=lambda each: each.begin)] == labels


def test_each_of_two_definitions_with_one_label_is_cited() -> None:
    text = "[w][a]\n\n[a]: https://a.example/\n[A]:\n  <https://b.example/>\n"
    assert [(each.written, each.line) for each in cited("markdown", text)] == [
        ("https://a.example/", 3),
        ("https://b.example/", 5),
    ]


def test_the_mark_of_a_task_is_none_of_its_words() -> None:
    (link,) = cited("markdown", "- [x] Read [the paper](https://a.example/).")
    assert link.context == "Read the paper."


def test_what_a_link_of_html_shows_is_no_second_citation() -> None:
    text = 'x <a href="https://a.example/">https://a.example/</a> y, https://b.example/'
    assert [each.column for each in cited("markdown", text)] == [12, 58]


def test_half_a_surrogate_takes_no_place_from_anybody() -> None:
    (link,) = cited("markdown", "a\ud800b https://a.example/")
    assert link.column == 5


@given(st.text(st.sampled_from("é𝒳a[]()<>!*_`~|\\&;#>-1. \n\t:/"), max_size=60))
def test_every_step_stands_within_the_text_and_in_order(text: str) -> None:
    last = 0
    for leaf in leaves(f"{text}https://a.example/{text}"):
        for _, _, begin, end in leaf.steps:
            assert 0 <= begin <= end <= 2 * len(text) + 18
            last = max(last, begin)
    assert last <= 2 * len(text) + 18
