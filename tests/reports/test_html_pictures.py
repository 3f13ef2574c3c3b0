"""Pictures on the cards of the HTML report, in a real browser: enlarged, printed, packed, shared, without scripts."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from linkcheck.model import Finding, Picture, Report, Snapshot
from linkcheck.reports.html import MOST_OPEN
from tests import chromium
from tests.chromium import Browser
from tests.pictures import JPEG, WEBP, png
from tests.reports.example import NOW
from tests.reports.rich import many, rich
from tests.reports.test_html import read
from tests.reports.test_html_browser import Opened

COMMAND = chromium.found()
needs_chromium = pytest.mark.skipif(COMMAND is None, reason="needs a Chromium on PATH")

TALL = png(80, 400)
ALT = "The page as it looked on 2026-11-23"
SIZES = "[...document.querySelectorAll('.detail .picture img')].map((each) => each.naturalWidth)"


def picturing(report: Report, *contents: bytes) -> Report:
    """The first findings with a picture each; those of equal bytes share one record."""
    findings = list(report.findings)
    for place, content in enumerate(contents):
        if content:
            findings[place] = _with_picture(findings[place], content, contents.index(content))
    return replace(report, findings=tuple(findings))


def _with_picture(finding: Finding, content: bytes, offset: int) -> Finding:
    url = finding.citation.url
    kept = Snapshot(url, f"warcs/w.warc.gz#{offset}", NOW, "local", 200, "sha256:0", warc="warcs/w.warc.gz")
    picture = Picture(kept.uri_m, NOW, f"urn:fullPage:{url}", "image/png", "warcs/w.warc.gz", offset, content)
    return replace(finding, snapshots=(*finding.snapshots, kept), pictures=(picture,))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    assert COMMAND
    with chromium.browsing(COMMAND, tmp_path_factory.mktemp("profile")) as tab:
        for domain in ("Page", "Runtime", "Network", "Log"):
            tab.say(f"{domain}.enable")
        yield tab


def open_card(page: Opened, number: int) -> None:
    page.click(f".name[href='#c{number}']")
    page.tab.until("document.querySelector('.detail .card') && 'open'")


@needs_chromium
def test_with_the_keyboard_alone_a_picture_is_opened_larger_scrolled_and_closed(
    browser: Browser, tmp_path: Path
) -> None:
    page = Opened(browser, tmp_path, picturing(rich(), TALL))
    open_card(page, 1)
    page.tab.until(f"{SIZES}[0] === 80 && 'loaded'")
    browser.evaluate("document.querySelector('.detail .enlarge').focus({ focusVisible: true })")
    before = browser.evaluate("document.querySelector('.detail .enlarge').getBoundingClientRect().height")
    assert before < 300, "a long page does not fill the card"
    browser.press("Enter")
    dialog = "document.querySelector('dialog')"
    assert browser.evaluate(f"{dialog}.open && {dialog}.matches(':modal')")
    assert browser.evaluate(f"document.getElementById({dialog}.getAttribute('aria-labelledby')).textContent") == ALT
    assert browser.evaluate(f"{dialog}.querySelector('img').alt") == ALT
    assert browser.evaluate("document.activeElement.textContent") == "Close"
    height = browser.evaluate(f"{dialog}.querySelector('img').getBoundingClientRect().height")
    assert height > 4 * before
    assert browser.evaluate(f"{dialog}.scrollHeight > {dialog}.clientHeight")
    page.keep("larger.png", browser.screenshot())
    browser.press("Escape")
    browser.until(f"!{dialog}.open && 'closed'")
    assert browser.evaluate("document.activeElement.className") == "enlarge", "one is where one was"
    assert browser.evaluate("document.querySelectorAll('.detail').length") == 1, "the card stays open"
    browser.press("Enter")
    browser.press("Enter")
    browser.until(f"!{dialog}.open && 'closed by its button'")
    asked = [event["params"]["request"]["url"] for event in browser.events if "requestWillBeSent" in event["method"]]
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert [event for event in browser.events if event["method"] in ("Log.entryAdded", "Runtime.exceptionThrown")] == []


@needs_chromium
def test_a_screen_reader_hears_what_the_picture_is_and_that_it_can_be_larger(browser: Browser, tmp_path: Path) -> None:
    page = Opened(browser, tmp_path, picturing(rich(), TALL))
    open_card(page, 1)
    nodes = browser.say("Accessibility.getFullAXTree")["nodes"]
    named = [
        (node["role"]["value"], node["name"]["value"])
        for node in nodes
        if not node["ignored"] and ALT in node.get("name", {}).get("value", "")
    ]
    assert ("button", f"{ALT}: larger") in [(role, " ".join(name.split()).replace(" :", ":")) for role, name in named]


@needs_chromium
def test_a_source_that_is_cited_again_shows_its_picture_on_each_card_and_it_stands_in_the_page_once(
    browser: Browser, tmp_path: Path
) -> None:
    report = picturing(rich(), TALL, WEBP, TALL)
    page = Opened(browser, tmp_path, report)
    assert page.path.read_text(encoding="utf-8").count(base64.b64encode(TALL).decode()) == 1
    browser.evaluate("document.querySelectorAll('#table .name').forEach((each) => each.click())")
    browser.until(f"{SIZES}.length === 3 && {SIZES}.every(Boolean) && 'loaded'")
    assert sorted(browser.evaluate(SIZES)) == [8, 80, 80]
    assert browser.evaluate("document.querySelectorAll('.detail [id]').length") == 0, "no id stands twice"


@needs_chromium
def test_in_a_long_report_the_pictures_wait_outside_the_packed_cards(browser: Browser, tmp_path: Path) -> None:
    report = picturing(many(MOST_OPEN + 1), *[JPEG, TALL] * 60)
    page = Opened(browser, tmp_path, report)
    assert page.path.read_text(encoding="utf-8").count(base64.b64encode(TALL).decode()) == 1
    assert browser.evaluate("document.images.length") == 0
    wanted = report.findings[7].citation.url
    browser.evaluate(f"document.getElementById('seek').value = '{wanted.lower()}'")
    browser.evaluate("document.getElementById('seek').dispatchEvent(new Event('input'))")
    page.click("#table .name")
    browser.until(f"{SIZES}[0] === 80 && 'loaded'")
    assert browser.evaluate("document.querySelectorAll('.detail .enlarge').length") == 1
    page.click("#table .name")
    page.click("#table .name")
    browser.until(f"{SIZES}[0] === 80 && 'opened again'")
    assert browser.evaluate("document.querySelectorAll('.detail .enlarge').length") == 1


@needs_chromium
def test_on_paper_every_card_has_its_picture_and_no_button(browser: Browser, tmp_path: Path) -> None:
    page = Opened(browser, tmp_path, picturing(rich(), TALL, WEBP, TALL))
    open_card(page, 1)
    page.click(".detail .enlarge")
    printed = base64.b64decode(browser.say("Page.printToPDF", printBackground=True)["data"])
    page.keep("pictures.pdf", printed)
    with pypdfium2.PdfDocument(printed) as document:
        images = [
            each
            for sheet in document
            for each in sheet.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=9)
        ]
        text = " ".join("".join(sheet.get_textpage().get_text_range() for sheet in document).split())
    assert len(images) == 3
    assert text.count(f"{ALT}, drawn") == 3
    for control in ("larger", "Close"):
        assert control not in text


@needs_chromium
def test_without_scripts_the_whole_picture_stands_on_the_first_card_and_the_next_one_leads_there(
    browser: Browser, tmp_path: Path
) -> None:
    browser.say("Emulation.setScriptExecutionDisabled", value=True)
    try:
        Opened(browser, tmp_path, picturing(rich(), TALL, b"", TALL))
        pictures = "[...document.querySelectorAll('#cards .picture img')].map((each) => each.height / each.width)"
        assert browser.evaluate(pictures) == [pytest.approx(5, abs=0.1)]
        (lead,) = browser.evaluate("[...document.querySelectorAll('#cards noscript a')].map((each) => each.hash)")
        assert browser.evaluate(f"document.querySelector('{lead} .picture img') !== null")
    finally:
        browser.say("Emulation.setScriptExecutionDisabled", value=False)


@needs_chromium
@pytest.mark.axe
def test_axe_finds_nothing_serious_about_pictures_small_or_large(browser: Browser, tmp_path: Path) -> None:
    folder = os.environ.get("LINKCHECK_AXE")
    if not folder:
        pytest.skip("LINKCHECK_AXE does not name the folder of axe-core's axe.min.js")
    axe = (Path(folder) / "axe.min.js").read_text(encoding="utf-8")
    page = Opened(browser, tmp_path, picturing(rich(), TALL))
    for scheme in "light", "dark":
        page.scheme(scheme)
        page.go("")
        open_card(page, 1)
        browser.evaluate(f"{axe}; 0")
        found = "axe.run().then((told) => told.violations.map((each) => [each.id, each.nodes[0].html]))"
        assert browser.evaluate(found) == [], scheme
        page.click(".detail .enlarge")
        assert browser.evaluate(found) == [], f"{scheme}, larger"


def test_every_picture_says_in_words_what_it_is_and_which_size_it_has() -> None:
    for picture in read(picturing(rich(), TALL, JPEG)).all("img"):
        assert picture["alt"] == ALT
        assert (picture["width"], picture["height"]) in (("80", "400"), ("8", "6"))
        assert picture["decoding"] == "async"
