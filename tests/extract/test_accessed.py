"""A day of access that an author writes beside a URL is the source's; one that may be another's is nobody's."""

from __future__ import annotations

from datetime import date

import pytest

from linkcheck.citing.accessed import said_in
from tests.extract.places import cited

SAID = [
    "Smith, https://a.example/x (accessed 1 September 2024).",
    "Smith. https://a.example/x. Accessed September 1, 2024.",
    "Smith, <https://a.example/x> [last visited on 2024-09-01].",
    "Retrieved September 1, 2024, from https://a.example/x",
    "Schmidt: https://a.example/x (zuletzt abgerufen am 1. September 2024).",
    "Dupont, https://a.example/x, consulté le 1 septembre 2024.",
]
NOT_SAID = [
    "It was accessed on 1 September 2024, as https://b.example/y says, and https://a.example/x too.",
    "See https://a.example/x and https://a.example/x (accessed 1 September 2024).",
    "See https://a.example/x (accessed by 1,200 people until September 2024).",
    "See https://a.example/x, which was accessed a lot. On 1 September 2024 it closed.",
    "See https://a.example/x (accessed 3/4/2024).",
    "See https://a.example/x on 1 September 2024.",
]


@pytest.mark.parametrize("text", SAID)
def test_the_day_beside_a_url_is_when_it_was_read(text: str) -> None:
    assert [each.accessed for each in cited("text", text)] == [date(2024, 9, 1)]


@pytest.mark.parametrize("text", NOT_SAID)
def test_a_day_that_may_be_of_something_else_is_left_alone(text: str) -> None:
    assert {each.accessed for each in cited("text", text) if each.url == "https://a.example/x"} == {None}


LINKED = [
    "[Smith](https://a.example/x), accessed 1 September 2024.",
    "- **[Smith](https://a.example/x)**. Accessed September 1, 2024. [Jones](https://b.example/)",
    "[Jones](https://b.example/), [Smith](https://a.example/x) (retrieved 2024-09-01).",
    "Said.[^1]\n\n[^1]: [Smith](https://a.example/x), last accessed on 1 September 2024.",
]
LINKED_NOT_SAID = [
    "[Smith](https://a.example/x). Retrieved September 1, 2024, from https://b.example/y",
    "[Smith](https://a.example/x), which Jones accessed on 1 September 2024.",
    "[Smith](https://a.example/x) (accessed 3/4/2024).",
]


@pytest.mark.parametrize("text", LINKED)
def test_the_day_behind_the_words_of_a_link_is_when_it_was_read(text: str) -> None:
    days = {each.url: each.accessed for each in cited("markdown", text)}
    assert days.pop("https://a.example/x") == date(2024, 9, 1)
    assert set(days.values()) <= {None}


@pytest.mark.parametrize("text", LINKED_NOT_SAID)
def test_a_day_that_may_be_of_something_else_is_left_alone_behind_words_too(text: str) -> None:
    assert [each.accessed for each in cited("markdown", text) if each.url == "https://a.example/x"] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "<p><a href='https://a.example/x'>Smith</a> (<i>accessed</i> 1 September 2024) <a href='https://b.example/'></a>",
        "<li><a href='https://b.example/'></a><li><a href='https://a.example/x'><b>S.</b></a>, visited 2024-09-01</li>",
    ],
)
def test_the_day_behind_a_link_of_a_page_is_when_it_was_read(text: str) -> None:
    days = {each.url: each.accessed for each in cited("html", text)}
    assert days == {"https://a.example/x": date(2024, 9, 1), "https://b.example/": None}


def test_a_field_says_it_in_words() -> None:
    assert said_in("[Online; accessed 29-September-2012]") == date(2012, 9, 29)
    assert said_in("accessed 1 May 2020; accessed 2 May 2020") is None
