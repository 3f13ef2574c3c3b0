"""The HTML report, read back by a parser."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from linkcheck import reports
from linkcheck.model import Report, State
from tests.reports.example import empty, example, saying
from tests.reports.test_contract import HOSTILE

VOID = {"meta", "link", "br"}

CSS = (Path(reports.__file__).parent / "templates" / "report.css").read_text(encoding="utf-8")


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


def test_every_citation_has_a_card_with_its_evidence() -> None:
    page = read(example())
    assert len(page.all("article")) == 9
    for finding in example().findings:
        assert finding.verdict.evidence in page.words
        assert f"{finding.citation.document}, line {finding.citation.line}" in page.words


def test_headings_go_down_one_level_at_a_time_from_a_single_h1() -> None:
    levels = [int(tag[1]) for tag, _ in read(example()).elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_the_page_says_its_language_and_lets_nothing_load() -> None:
    page = read(example())
    assert page.all("html") == [{"lang": "en"}]
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert {"http-equiv": "Content-Security-Policy", "content": policy} in page.all("meta")
    assert not {"script", "img", "iframe", "object", "form"} & {tag for tag, _ in page.elements}
    assert [link for link in page.all("link") if not str(link["href"]).startswith("data:")] == []
    assert "url(" not in CSS
    assert "@import" not in CSS


@pytest.mark.parametrize("hostile", [HOSTILE, '"><script>', "</style><b onclick=x>", "{{ 7*7 }}{% include 'x' %}"])
def test_what_a_stranger_says_never_becomes_markup(hostile: str) -> None:
    said, plain = read(saying(hostile)), read(saying("words"))
    assert said.elements == plain.elements


def test_a_template_expression_of_a_stranger_is_text() -> None:
    assert "{{ 7*7 }}" in read(saying("{{ 7*7 }}")).words


@pytest.mark.parametrize("url", ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "vbscript:x", "file:///x"])
def test_only_web_addresses_become_links(url: str) -> None:
    page = read(saying("words", url=url))
    assert {str(a["href"])[:1] for a in page.all("a")} == {"#"}
    assert url in page.words


def test_a_capture_of_our_own_is_text() -> None:
    page = read(example())
    assert "warcs/linkcheck-20240901083000.warc.gz#48213" in page.words
    assert [a for a in page.all("a") if "warcs/" in str(a["href"])] == []


def test_every_link_within_the_page_leads_somewhere() -> None:
    page = read(example())
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(set(ids)) == len(ids)
    targets = {str(a["href"])[1:] for a in page.all("a") if str(a["href"]).startswith("#")}
    assert targets == set(ids) == set(State)


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
    blocks = re.findall(r":root \{(.*?)\}", CSS, flags=re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", blocks[["light", "dark", "print"].index(theme)]))
    full = {name: c if len(c) == 7 else "#" + "".join(2 * digit for digit in c[1:]) for name, c in colours.items()}
    pairs = [(ink, ground) for ink in ("ink", "muted", "link") for ground in ("paper", "card")]
    pairs += [("on-badge", state) for state in State]
    pairs += [("dead", "card"), ("alive", "card")]
    contrasts = {f"{text} on {ground}": _contrast(full[text], full[ground]) for text, ground in pairs}
    assert {pair: contrast for pair, contrast in contrasts.items() if contrast < 4.5} == {}
