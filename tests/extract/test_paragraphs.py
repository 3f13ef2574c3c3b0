"""What is taken out of a Markdown text before it is read changes nothing of what is found in it."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from linkcheck.citing.places import Places
from linkcheck.extract import _paragraphs, markdown
from linkcheck.model import Document

PIECES = (
    "\n",
    "\n",
    "\n",
    "Words of a paragraph\n",
    "He said “it was a very long winter” ([so](https://a.example/1)).\n",
    "Bare https://b.example/x_y_ and <https://c.example/>,\n",
    "a [label][ref] and [ref] and a note[^1]\n",
    "[ref]: https://d.example/\n",
    "[^1]: A note https://e.example/\n",
    "    indented https://f.example/\n",
    "  two spaces [x](https://g.example/)\n",
    "- item [y](https://h.example/)\n",
    "- plain item\n",
    "1. first\n",
    "* * *\n",
    "> quoted https://i.example/\n",
    "> only words\n",
    "```\n",
    "~~~\n",
    "````\n",
    "# Heading\n",
    "## Heading [z](https://j.example/)\n",
    "===\n",
    "---\n",
    "a | b\n--|--\nc | https://k.example/\n",
    "| words | more |\n",
    '<div title="x">\n',
    "</div>\n",
    "<!-- comment\n",
    "the end --> https://l.example/\n",
    '<pre><a href="https://m.example/">m</a>\n',
    "x</pre>\n",
    "[multi\n",
    "line](<https://n.example/>)\n",
    "ends in two spaces  \n",
    "ends in a backslash\\\n",
    "`code https://o.example/`\n",
    "``code\n",
    "(www.p.example)\n",
    "&amp; *emphasis* _https://q.example/_\n",
)


def links(tokens: list[Any], env: dict[str, Any], text: str) -> list[Any]:
    reader = markdown._Reader(text, Places(Document("d", "markdown", text)))
    for token in tokens:
        reader.read(token)
    reader.read_definitions(env)
    return sorted(((each, reader.quoted_before(each.note)) for each in reader.found), key=lambda each: each[0].offset)


def folded(text: str) -> list[Any]:
    env: dict[str, Any] = {}
    return links(_paragraphs.tokens(markdown._parser(), text, env), env, text)


def as_it_is(text: str) -> list[Any]:
    env: dict[str, Any] = {}
    return links(markdown._parser().parse(text, env), env, text)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_every_link_is_found_where_it_is_without(text: str) -> None:
    assert folded(text) == as_it_is(text)


def test_paragraphs_are_taken_out_and_what_holds_no_link_goes() -> None:
    text = (
        "Words.\n\nSee [x](https://a.example/).\n\n- one\n- two\n\n# Heading\n\n- [y](https://b.example/)\n\nWords.\n"
    )
    found = _paragraphs.fold(text)
    assert found.text == f"{_paragraphs.SIGN}\n\n- [y](https://b.example/)\n\n{_paragraphs.SIGN}\n"
    assert found.runs == {0: [(2, "See [x](https://a.example/).\n")], 4: []}
    assert found.line(2) == 9


def test_what_looks_like_a_paragraph_within_html_is_read_as_html() -> None:
    text = '<pre>\n\nSee <a href="https://a.example/">this</a>.\n\n</pre>\n'
    assert [each.address for each, _ in folded(text)] == ["https://a.example/"]
