"""The tree of a page: which block a text belongs to, whatever its author forgot to close."""

from __future__ import annotations

import pytest

from linkcheck import extract
from linkcheck.extract import _elements
from linkcheck.extract._references import scanned
from linkcheck.extract._tags import Tag
from linkcheck.model import Citation, Document


def texts(page: str) -> list[tuple[str, str]]:
    """The words of a page, each with the name of the block it stands in."""
    elements = _elements.Elements()
    scanned(page, elements)
    found = [each for each in elements.nodes if isinstance(each, _elements.Text)]
    return [(each.words, each.block.name if each.block else "") for each in found if each.words]


PAGES = {
    "<p>a <b>b</b> c</p>d<i></i>": [("a ", "p"), ("b", "p"), (" c", "p"), ("d", "")],
    "<p>a<br>b<img src=x>c</p>": [("a", "p"), ("b", "p"), ("c", "p")],
    "<p>a</b>b</p>": [("a", "p"), ("b", "p")],
    "<div><p><b>a</div>b<i></i>": [("a", "p"), ("b", "")],
    "<p>a<br/>b<hr/>c</p>": [("a", "p"), ("b", "p"), ("c", "p")],
    "<p>&lt;a&gt; &eacute;&#8212;&nosuch; R&D</p>": [("<a> é—&nosuch R&D", "p")],
    "<p>a<script>b</script><!-- c --><style>d</style>e</p>": [("a", "p"), ("e", "p")],
    "<ul> \n <li>a</ul>": [("\n", "ul"), ("a", "li")],
    "<pre>  a\n</pre>": [("  a\n", "pre")],
    "<p>a very long<wbr>word</p>": [("a very long", "p"), ("word", "p")],
}


@pytest.mark.parametrize("page", PAGES)
def test_words_belong_to_the_block_they_stand_in(page: str) -> None:
    assert texts(page) == PAGES[page]


def test_an_element_knows_where_its_own_ends() -> None:
    elements = _elements.Elements()
    scanned("<div><p>a<b>b</b></p></div><p>c</p>", elements)
    ends = [(each.name, each.end) for each in elements.nodes if isinstance(each, _elements.Element)]
    assert ends == [("div", 5), ("p", 5), ("b", 5), ("p", 7)]


def test_of_an_attribute_that_is_given_twice_the_first_counts_as_in_browsers() -> None:
    element = _elements.Element(Tag("start", "a", " HREF=x&amp;y id href='z'", 0, 27), None, 0)
    assert (element.get("href"), element.get("id"), element.get("name")) == ("x&y", "", None)


def test_a_page_nested_thousands_deep_says_what_stands_around_its_link() -> None:
    text = "<div>" * 20_000 + '<p>Words before <a href="https://a.example/">this</a> and behind.</p>'
    (citation,) = extract.citations(Document("d", "html", text))
    assert isinstance(citation, Citation)
    assert citation.context == "Words before this and behind."
