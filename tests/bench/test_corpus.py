"""What the measurement over the corpus takes for one source, and what it sets aside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench import corpus


def outcome(folder: Path, *, strict: bool = False, **case: Any) -> corpus.Outcome:
    row = {"id": "x", "hardness": "easy", "assert": "exact", "must_not": [], "base": None, **case}
    (folder / "cases.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (only,) = corpus.run(folder / "cases.jsonl", strict=strict)
    return only


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<https://a.example/?b=]>", "https://a.example/?b=%5D"),
        ("<https://a.example/[b]>", "https://a.example/%5Bb%5D"),
        ("<https://[2001:db8::1]/?[>", "https://[2001:db8::1]/?%5B"),
    ],
)
def test_a_bracket_and_its_escape_are_one_source_unless_strictly_measured(
    tmp_path: Path, text: str, expected: str
) -> None:
    assert outcome(tmp_path, format="markdown", text=text, expected_http=[expected]).passed
    strictly = outcome(tmp_path, format="markdown", text=text, expected_http=[expected], strict=True)
    assert (strictly.passed, strictly.lacking, len(strictly.wrong)) == (False, [expected], 1)


def test_other_escapes_are_another_source(tmp_path: Path) -> None:
    assert not outcome(
        tmp_path, format="markdown", text="<https://a.example/b/c>", expected_http=["https://a.example/b%2Fc"]
    ).passed


def test_an_address_that_no_browser_can_follow_is_set_aside_and_what_was_found_in_its_stead_is_wrong(
    tmp_path: Path,
) -> None:
    unasked = "http://1080::8/b"
    aside = outcome(tmp_path, format="text", text=unasked, expected_http=[unasked])
    assert (aside.aside, aside.lacking, aside.right, aside.passed) == ([unasked], [], 0, True)
    instead = outcome(tmp_path, format="text", text="http://a.example/", expected_http=[unasked])
    assert (instead.aside, instead.wrong, instead.passed) == ([unasked], ["http://a.example/"], False)
    assert outcome(tmp_path, format="text", text=unasked, expected_http=[unasked], strict=True).lacking == [unasked]


def test_a_link_that_is_named_as_a_problem_is_set_aside_and_one_that_is_not_is_lacking(tmp_path: Path) -> None:
    expected = ["https://a.example/"]
    assert outcome(tmp_path, format="markdown", text="<https://a]b.example/>", expected_http=expected).aside == expected
    assert outcome(tmp_path, format="markdown", text="words", expected_http=expected).lacking == expected


def test_the_first_source_must_be_the_first_that_is_expected(tmp_path: Path) -> None:
    case = {"format": "text", "assert": "first", "text": "https://a.example/ https://b.example/"}
    assert outcome(tmp_path, **case, expected_http=["https://a.example/", "https://c.example/"]).passed
    second = outcome(tmp_path, **case, expected_http=["https://b.example/"])
    assert (second.passed, second.lacking, second.right) == (False, ["https://b.example/"], 0)
    assert outcome(tmp_path, **case, expected_http=[]).wrong == ["https://a.example/"]


def test_a_page_is_read_with_the_address_that_its_case_gives(tmp_path: Path) -> None:
    case = {"format": "html", "text": '<a href="b">', "base": "https://a.example"}
    assert outcome(tmp_path, **case, expected_http=["https://a.example/b"]).passed
