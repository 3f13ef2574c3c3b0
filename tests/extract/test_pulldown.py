"""What Markdown is made of, and where each piece stands."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck import extract
from linkcheck.extract._local import local_links
from linkcheck.extract._pulldown import _Characters, definitions, leaves
from linkcheck.extract.markdown import headings
from linkcheck.model import Citation, Document
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


@pytest.mark.parametrize("text", ["#", "# ##", "-\n  #\n\n# Words", "#\n===\n"])
def test_a_heading_may_have_no_words(text: str) -> None:
    assert list(headings(text)) == (["Words"] if "Words" in text else [])


def test_what_a_link_of_html_shows_is_no_second_citation() -> None:
    text = 'x <a href="https://a.example/">https://a.example/</a> y, https://b.example/'
    assert [each.column for each in cited("markdown", text)] == [12, 58]


@pytest.mark.parametrize("anchor", ['<a id="y"/>', "<a name=y>", '<a id="href" name="y">'])
def test_an_anchor_without_an_address_hides_no_url_behind_it(anchor: str) -> None:
    assert [each.written for each in cited("markdown", f"{anchor} and https://a.example/3 t")] == [
        "https://a.example/3"
    ]


def test_an_anchor_that_nobody_closes_hides_no_url_behind_it() -> None:
    text = "<a href='https://a.example/'>x</a> <a href='https://b.example/'>y https://c.example/ z"
    assert [each.written for each in cited("markdown", text)] == [f"https://{each}.example/" for each in "abc"]


@pytest.mark.parametrize("mark", ["", "!"])
def test_a_link_behind_a_bare_url_without_a_space_is_found(mark: str) -> None:
    found = cited("markdown", f"https://a.example/b{mark}[c](https://d.example/)")
    assert "https://d.example/" in [each.written for each in found]


def test_brackets_of_a_bare_url_make_no_second_citation_of_it() -> None:
    assert len(cited("markdown", "https://a.example/b[c](d) and https://e.example/[f]\n\n[f]: g")) == 2


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_nothing_is_code_in_mdx_because_it_is_indented(end: str) -> None:
    lines = ["é", "<Tabs>", "  <Tab>", "", "    See [é](https://a.example/)", "      and https://b.example/c.", ""]
    lines += [
        "    ```",
        "    https://d.example/",
        "    ```",
        "",
        "    [r]: https://e.example/",
        "",
        "  </Tab>",
        "</Tabs>",
    ]
    text = end.join(lines)
    found = [each for each in extract.citations(Document("a.mdx", "markdown", text)) if isinstance(each, Citation)]
    assert [(each.written, each.line, each.column) for each in found] == [
        ("https://a.example/", 5, 13),
        ("https://b.example/c", 6, 11),
        ("https://e.example/", 12, 10),
    ]
    assert found[0].context == "See é and https://b.example/c."
    assert cited("markdown", text) == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_of_prose_in_mdx_may_begin_with_a_word_of_scripts(end: str) -> None:
    lines = ["import X from 'https://a.example/'", "export Y from 'https://b.example/'", "", "You can"]
    lines += ["export it at https://c.example/", "", "export const Z = {", "url: 'https://d.example/'}"]
    found = extract.citations(Document("a.mdx", "markdown", end.join(lines)))
    assert [each.url for each in found if isinstance(each, Citation)] == ["https://c.example/"]


@pytest.mark.parametrize(
    "text",
    [
        "```\rwords\r```\rhttps://a.example/",
        "    code\rhttps://a.example/",
        "<!-- words -->\r<https://a.example/>",
        "[w][a]\r\r[a]: https://b.example/\r[a]: https://a.example/\r",
    ],
)
def test_carriage_returns_end_lines_of_code_and_html_too(text: str) -> None:
    assert "https://a.example/" in [each.written for each in cited("markdown", text)]
    assert cited("markdown", text) == cited("markdown", text.replace("\r", "\n"))


def test_a_label_may_end_with_a_backslash_that_is_escaped() -> None:
    (link,) = cited("markdown", "See [a\\\\].\n\n[a\\\\]: https://a.example/\n")
    assert (link.written, link.line, link.context) == ("https://a.example/", 3, "See a\\.")


def test_what_only_begins_like_an_entity_stays_as_it_is() -> None:
    (link,) = cited("markdown", "[w](https://a.example/?a&notit;&amp;b)")
    assert link.url == "https://a.example/?a&notit;&b"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_tag_over_several_lines_of_a_quote_is_read_without_their_marks(end: str) -> None:
    text = end.join(
        ["> > words <img", "> > srcset='https://a.example/1.png 1x,", "> > https://a.example/2.png 2x'", "> > alt=x> y"]
    )
    assert [(each.written, each.line, each.column) for each in cited("markdown", text)] == [
        ("https://a.example/1.png", 2, 13),
        ("https://a.example/2.png", 3, 5),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_link_to_a_file_is_found_in_a_tag_over_several_lines_of_a_quote(end: str) -> None:
    document = Document("a.md", "markdown", f"> words <img{end}>   src='b.png'>{end}")
    assert [(each.address, each.line, each.column) for each in local_links(document)] == [("b.png", 2, 10)]


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


@given(st.lists(st.integers(0, 3000), max_size=8))
def test_places_may_be_asked_for_in_any_order(asked: list[int]) -> None:
    text = "éa𝒳\n" * 750
    characters = _Characters(text)
    assert [characters(len(text[:place].encode())) for place in asked] == asked


@pytest.mark.parametrize("mark", ["> ", "- ", ">", "1. "])
@pytest.mark.parametrize("before", ["", "words\n\n"])
def test_what_is_nested_deeper_than_anybody_nests_is_found_and_holds_nobody_up(mark: str, before: str) -> None:
    text = f"{before}{mark * 20_000} https://a.example/b\n" + "words\n" * 20_000 + "\n<https://c.example/>\n"
    found = cited("markdown", text)
    assert [each.written for each in found] == ["https://a.example/b", "https://c.example/"]
    assert [at(text, each) for each in found] == [each.written for each in found]


def test_a_line_of_a_hundred_marks_is_read_as_it_is() -> None:
    (leaf,) = leaves("> " * 100 + "[w](https://a.example/)")
    assert [step for step, *_ in leaf.steps] == ["Start", "Text", "End"]


def test_each_of_many_footnotes_costs_no_more_than_each_of_few() -> None:
    few, many = (
        _calls("".join(f"w[^{each}]\n\n[^{each}]: https://a.example/{each}\n\n" for each in range(number)))
        for number in (50, 400)
    )
    assert many < 9 * few


def _calls(text: str) -> int:
    """How often reading a text calls a function, or goes on with a generator."""
    count = 0

    def counted(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        cited("markdown", text)
    finally:
        sys.setprofile(before)
    return count
