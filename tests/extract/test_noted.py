"""A source in a footnote is the source of the sentence that bears its mark, however the format writes it."""

from __future__ import annotations

import pytest

from tests.extract.places import cited

FIRST, SECOND = "no reading above seven should be believed", "the sensor was replaced in that night"
NOTED = {
    "latex": (
        f"He wrote ``{FIRST}''.\\footnote{{Report, \\url{{https://a.example/}}.}} She wrote that ``{SECOND}''"
        "\\footnote{A \\href{https://b.example/}{letter}.}. Both stand at \\url{https://c.example/} now."
    ),
    "rst": (
        f"He wrote “{FIRST}”. [1]_ She wrote that “{SECOND}”. [#x]_ Both stand at https://c.example/ now.\n\n"
        ".. [1] Report,\n   https://a.example/.\n.. [#x] A `letter <https://b.example/>`__.\n\nText."
    ),
    "asciidoc": (
        f'He wrote "`{FIRST}`".footnote:[Report, https://a.example/.] She wrote that "`{SECOND}`".footnote:x[A '
        "https://b.example/[letter]]. Both stand at https://c.example/ now."
    ),
}
WITH_TWO = {
    "latex": f"He wrote ``{FIRST}''.\\footnote{{\\url{{https://a.example/}}, \\url{{https://b.example/}}}}",
    "rst": f"He wrote “{FIRST}”. [1]_\n\n.. [1] https://a.example/ and https://b.example/",
    "asciidoc": f'He wrote "`{FIRST}`".footnote:[https://a.example/ and https://b.example/]',
}


@pytest.mark.parametrize("name", NOTED)
def test_the_source_of_a_note_is_quoted_where_its_mark_stands(name: str) -> None:
    assert {each.url: each.quotes for each in cited(name, NOTED[name])} == {
        "https://a.example/": (FIRST,),
        "https://b.example/": (SECOND,),
        "https://c.example/": (),
    }


@pytest.mark.parametrize("name", WITH_TWO)
def test_of_two_sources_in_a_note_none_is_known_to_be_quoted(name: str) -> None:
    assert [each.quotes for each in cited(name, WITH_TWO[name])] == [(), ()]


def test_a_mark_that_stands_twice_says_nothing() -> None:
    text = f"He wrote “{FIRST}”. [1]_ Others say so, too. [1]_\n\n.. [1] https://a.example/"
    assert [each.quotes for each in cited("rst", text)] == [()]


def test_the_words_around_a_link_show_curved_marks_as_readers_see_them() -> None:
    (only,) = cited("asciidoc", 'He wrote "`so`". See https://a.example/[there].')
    assert only.context == "He wrote “so”. See there."
