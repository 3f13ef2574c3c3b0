"""Where the tags of a page begin and end: as in browsers, whatever is opened and never closed."""

from __future__ import annotations

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.extract._tags import attributes, tags

PAGES = {
    "a<b>c</b>d": ["<b>", "</b>"],
    "<A HREF=x>": ["<A HREF=x>"],
    "1 < 2 <3 <a>": ["<a>"],
    "<a title='>' href=\">\">": ["<a title='>' href=\">\">"],
    "<a title=don't href=b>c's": ["<a title=don't href=b>"],
    '<a href="b>c <b>': ['<a href="b>', "<b>"],
    "<br/><p / ><a/b>": ["<br/>", "<p / >", "<a/b>"],
    "</p x='>'>": ["</p x='>"],
    "<!-- <a> --><!--><a><!---><b><!-- --!><c>": ["<!-- <a> -->", "<!-->", "<a>", "<!--->", "<b>", "<!-- --!>", "<c>"],
    "<p><!-- <a>": ["<p>", "<!-- <a>"],
    "<p><!-- a": ["<p>", "<!-- a"],
    "<!doctype html><?xml?><![CDATA[<a>]]></></ a>": ["<!doctype html>", "<?xml?>", "<![CDATA[<a>", "</>", "</ a>"],
    "<script><a></scripts></SCRIPT ><a>": ["<script>", "</SCRIPT >", "<a>"],
    "<title><a></title><textarea><a></textarea><style><a>": [
        "<title>",
        "</title>",
        "<textarea>",
        "</textarea>",
        "<style>",
    ],
    "<a <b>": ["<a <b>"],
    "<a>b<c": ["<a>"],
}


@pytest.mark.parametrize("page", PAGES)
def test_tags_are_found_where_browsers_find_them(page: str) -> None:
    assert [page[tag.begin : tag.end] for tag in tags(page)] == PAGES[page]


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("<a href=b>", [("href", "b")]),
        ("<a HREF = 'b c'x=\"y\"/>", [("href", "b c"), ("x", "y")]),
        ("<a href=b/>", [("href", "b/")]),
        ("<a href=\nhidden>", [("href", "hidden")]),
        ("<a href= >", [("href", "")]),
        ("<a =x y==z>", [("=x", ""), ("y", "=z")]),
        ("<a a/b=c\td>", [("a", ""), ("b", "c"), ("d", "")]),
        ('<a href="b\'c">', [("href", "b'c")]),
    ],
)
def test_attributes_have_names_places_and_values(tag: str, expected: list[tuple[str, str]]) -> None:
    (only,) = tags(tag)
    found = list(attributes(only))
    assert [(name, value) for name, _, value in found] == expected
    assert [tag[place : place + len(value)] for _, place, value in found] == [value for _, value in expected]


@pytest.mark.parametrize(
    ("tag", "is_whole"),
    [
        ("<a/>", True),
        ("<a />", True),
        ("<a b='c'/>", True),
        ("<a b/>", True),
        ("<a b=c/>", False),
        ("<a b=c//>", False),
        ("<a//>", True),
        ("<a b='c' d=e/>", False),
    ],
)
def test_a_slash_ends_an_element_unless_it_is_one_of_its_address(tag: str, is_whole: bool) -> None:
    (only,) = tags(tag)
    assert only.is_whole is is_whole


def test_a_script_whose_address_ends_with_a_slash_is_not_over_before_its_end_tag() -> None:
    page = "<script src=https://a.example/b/>'<a href=https://b.example/>'</script><a href=https://c.example/>"
    assert [each.name for each in tags(page)] == ["script", "script", "a"]


def addresses(page: str) -> list[str]:
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    return [each.get("href") for each in tree.iter() if isinstance(each.tag, str) and each.get("href") is not None]


PIECES = [
    "<a href=x>",
    "<a href='y'",
    "</a>",
    "<p>",
    "<b ",
    " c=",
    ">",
    "/>",
    "'",
    '"',
    "<!--",
    "-->",
    "<i",
    "=",
    " ",
    "z",
    "\n",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_links_are_those_that_the_parser_of_the_standard_finds(page: str) -> None:
    whole = f"<body>{page} z'>\"><!-- --><p>"  # where nothing is left open, be it a value that has not begun
    found = [
        next((value for name, _, value in attributes(tag) if name == "href"), None)
        for tag in tags(whole)
        if tag.kind == "start"
    ]
    assert set(addresses(whole)) == set(found) - {None}
