"""The HTML report, read back by a parser. What a browser makes of it is in test_html_browser.py."""

from __future__ import annotations

import base64
import re
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest

from linkcheck import reports
from linkcheck.model import Comparison, Report, State
from linkcheck.reports import html
from tests.reports.example import empty, everything, example, long, saying
from tests.reports.rich import rich
from tests.reports.test_contract import HOSTILE

VOID = {"meta", "link", "br", "input", "img"}

TEMPLATES = Path(reports.__file__).parent / "templates"
CSS = (TEMPLATES / "report.css").read_text(encoding="utf-8")
SCRIPT = (TEMPLATES / "report.js").read_text(encoding="utf-8")


class Reader(HTMLParser):
    """Collects elements and text, and insists that what is opened is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def read(report: Report) -> Reader:
    return Reader(reports.render("html", report))


def packed(report: Report) -> str:
    """The cards that the page of a long report holds packed."""
    packs = re.findall(r'class="pack">([^<]*)</script>', reports.render("html", report))
    return "".join(zlib.decompress(base64.b64decode(pack)).decode() for pack in packs)


def test_every_citation_has_a_card_with_its_evidence() -> None:
    page = read(example())
    assert len(page.all("article")) == 9
    for finding in example().findings:
        assert finding.verdict.evidence in page.words
        assert f"{finding.citation.document}:{finding.citation.line}" in page.words


def test_headings_go_down_one_level_at_a_time_from_a_single_h1() -> None:
    levels = [int(tag[1]) for tag, _ in read(rich()).elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_the_page_says_its_language_and_lets_nothing_load() -> None:
    page = read(rich())
    assert page.all("html") == [{"lang": "en"}]
    assert not {"img", "iframe", "object", "form"} & {tag for tag, _ in page.elements}
    assert [link for link in page.all("link") if not str(link["href"]).startswith("data:")] == []
    assert [script for script in page.all("script") if "src" in script] == []
    assert "url(" not in CSS
    assert "@import" not in CSS
    assert "fetch(" not in SCRIPT


def test_only_its_own_style_sheet_and_script_are_allowed_each_by_its_digest() -> None:
    text = reports.render("html", rich())
    (policy,) = [str(meta["content"]) for meta in Reader(text).all("meta") if "http-equiv" in meta]
    allowed = dict(directive.split(" ", 1) for directive in policy.split("; "))
    style = re.findall("<style>(.*?)</style>", text, re.DOTALL)
    script = re.findall('<script id="[^>]*>(.*?)</script>', text, re.DOTALL)
    assert (len(style), len(script)) == (1, 2)
    for directive, inline in (("style-src", style), ("script-src", script)):
        digests = [base64.b64encode(sha256(each.encode()).digest()).decode() for each in inline]
        assert allowed.pop(directive).split() == [f"'sha256-{digest}'" for digest in digests]
    assert allowed == {"default-src": "'none'", "img-src": "data:", "base-uri": "'none'", "form-action": "'none'"}


def test_no_element_has_a_style_or_a_handler_of_its_own() -> None:
    names = {name for _, attributes in read(rich()).elements for name in attributes}
    assert {name for name in names if name == "style" or name.startswith("on")} == set()


@pytest.mark.parametrize(
    "report",
    [empty(), example(), everything(), rich(), saying(HOSTILE), long(html.MOST_OPEN + 1)],
    ids=["empty", "example", "everything", "rich", "hostile", "long"],
)
def test_the_page_is_html_without_a_single_parse_error(report: Report) -> None:
    html5lib.HTMLParser(strict=True).parse(reports.render("html", report))
    for card in re.findall("<article.*?</article>", packed(report), re.DOTALL)[:20]:
        html5lib.HTMLParser(strict=True).parseFragment(card)


def test_of_a_long_report_the_table_has_every_citation_and_the_cards_are_packed() -> None:
    report = long(html.MOST_OPEN + 1)
    page = read(report)
    assert page.all("article") == []
    assert len([a for a in page.all("a") if a.get("class") == "name"]) == html.MOST_OPEN + 1
    cards = Reader(packed(report))
    assert len(cards.all("article")) == html.MOST_OPEN + 1
    assert "https://new.example/how-we-count" in cards.words


def test_a_report_in_pieces_is_the_same_text() -> None:
    report = long(html.MOST_OPEN + 1)
    pieces = list(reports.pieces("html", report))
    assert "".join(pieces) == reports.render("html", report)
    assert len(pieces) > 2


STRANGE = [
    HOSTILE,
    '"><script>alert(1)</script>',
    "' onfocus=alert(1) autofocus x='",
    "</style><b onclick=x>",
    "</script><script>alert(1)</script>",
    "</textarea></title></template></noscript></select><!--",
    "<![CDATA[ ]]> <?php ?> &lt;script&gt; &#60;b&#62;",
    "{{ 7*7 }}{% include 'x' %}",
    "line\u2028and\u2029end",
]


@pytest.mark.parametrize("hostile", STRANGE)
def test_what_a_stranger_says_never_becomes_markup(hostile: str) -> None:
    said, plain = read(saying(hostile)), read(saying("words"))
    assert _shape(said) == _shape(plain)


def test_nor_does_it_in_a_packed_card() -> None:
    said, plain = _many_saying(STRANGE), _many_saying(["words"] * len(STRANGE))
    assert _shape(Reader(packed(said))) == _shape(Reader(packed(plain)))
    assert _shape(read(said)) == _shape(read(plain))


def _many_saying(texts: list[str]) -> Report:
    few = [finding for text in texts for finding in saying(text).findings]
    return replace(empty(), findings=(*few, *long(html.MOST_OPEN).findings))


def _shape(page: Reader) -> list[tuple[str, dict[str, str | None]]]:
    """The elements and their attributes, less the marks that depend on where a quote stands in a sentence."""
    return [
        (tag, {name: value for name, value in attributes.items() if name != "data-filter"})
        for tag, attributes in page.elements
        if tag not in ("mark", "del", "ins")
    ]


def test_a_template_expression_of_a_stranger_is_text() -> None:
    assert "{{ 7*7 }}" in read(saying("{{ 7*7 }}")).words


@pytest.mark.parametrize("url", ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "vbscript:x", "file:///x"])
def test_only_web_addresses_become_links(url: str) -> None:
    page = read(saying("words", url=url))
    assert {str(a["href"])[:1] for a in page.all("a")} == {"#"}
    assert url in page.words
    # Copying is no following: the address is text, whatever it is.
    assert {button["data-copy"] for button in page.all("button") if "data-copy" in button} == {url}


def test_a_capture_of_our_own_is_text() -> None:
    page = read(example())
    assert "warcs/linkcheck-20240901083000.warc.gz#48213" in page.words
    assert [a for a in page.all("a") if "warcs/" in str(a["href"])] == []


def test_every_link_within_the_page_leads_somewhere() -> None:
    for report in (rich(), long(html.MOST_OPEN + 1)):
        page = read(report)
        ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
        assert len(set(ids)) == len(ids)
        targets = {str(a["href"])[1:] for a in page.all("a") if str(a["href"]).startswith("#")}
        assert len(targets) > len(report.findings)
        assert targets <= set(ids)


def test_an_empty_report_is_a_page_too() -> None:
    page = read(empty())
    assert "No citations." in page.words
    assert page.all("article") == []


def _luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_text_has_the_contrast_of_wcag_aa(theme: str) -> None:
    pairs = dict(re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}, #[0-9a-f]{6})\);", CSS))
    colours = {name: both.split(", ")[theme == "dark"] for name, both in pairs.items()}
    if theme == "print":
        printed = re.findall(r"--([\w-]+): (#[0-9a-f]{3});", CSS.partition("@media print")[2])
        colours |= {name: "#" + "".join(2 * digit for digit in colour[1:]) for name, colour in printed}
        assert printed
    inks = [(ink, ground) for ink in ("ink", "muted", "link", *State) for ground in ("paper", "card")]
    inks += [("ink", ground) for ground in ("gone", "new", "quote")]
    inks += [(tone, ground) for tone in ("dead", "alive") for ground in ("gone", "new", "quote")]
    contrasts = {f"{ink} on {ground}": _contrast(colours[ink], colours[ground]) for ink, ground in inks}
    assert {pair: contrast for pair, contrast in contrasts.items() if contrast < 4.5} == {}
    # Borders of fields and pieces of charts: WCAG 1.4.11.
    shapes = [(shape, ground) for shape in ("field", *State) for ground in ("paper", "card")]
    assert [pair for pair in shapes if _contrast(colours[pair[0]], colours[pair[1]]) < 3] == []


def test_of_many_drifted_texts_the_first_are_compared_word_by_word_and_all_are_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    then = datetime(2024, 9, 1, tzinfo=UTC)
    compared = Comparison(
        "warcs/a#0", then, 0.5, 9, 9, removed=("The old words stand here",), added=("The new words stand here",)
    )
    drifted = next(each for each in example().findings if each.verdict.state is State.DRIFTED)
    assert drifted.observation is not None
    finding = replace(drifted, observation=replace(drifted.observation, comparison=compared))
    monkeypatch.setattr(html, "COMPARED_CLOSELY", 1)
    html._template.cache_clear()
    page = reports.render("html", replace(example(), findings=(finding, finding)))
    html._template.cache_clear()
    assert page.count("<del>old</del>") == page.count("<del>The old words stand here</del>") == 1
