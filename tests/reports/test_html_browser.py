"""The HTML report in a real browser: opened from disk, sorted, filtered, printed, with keyboard and screen reader.

With LINKCHECK_SHOTS naming a folder, the screenshots and the print that are looked at here are left there.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from linkcheck import reports
from linkcheck.model import Report, State
from linkcheck.reports.html import MOST_OPEN
from tests import chromium
from tests.chromium import Browser
from tests.reports.example import saying
from tests.reports.rich import ALTERED, many, rich
from tests.reports.test_contract import HOSTILE

COMMAND = chromium.found()
needs_chromium = pytest.mark.skipif(COMMAND is None, reason="needs a Chromium on PATH")
pytestmark = needs_chromium

NAMES = "[...document.querySelectorAll('#table tbody .name')].map((each) => each.textContent)"
STATES = "[...document.querySelectorAll('#table tbody tr:not(.detail) .state')].map((each) => each.textContent)"
COUNT = "document.getElementById('count').textContent"
GROUND = "getComputedStyle(document.body).backgroundColor"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    assert COMMAND
    with chromium.browsing(COMMAND, tmp_path_factory.mktemp("profile")) as tab:
        for domain in ("Page", "Runtime", "Network", "Log"):
            tab.say(f"{domain}.enable")
        yield tab


class Opened:
    """A report in the browser, opened from disk."""

    def __init__(self, tab: Browser, folder: Path, report: Report) -> None:
        self.tab = tab
        self.path = folder / "report.html"
        self.path.write_text(reports.render("html", report), encoding="utf-8")
        tab.say("Emulation.setDeviceMetricsOverride", width=1200, height=900, deviceScaleFactor=1, mobile=False)
        self.scheme("light")
        self.go("")

    def go(self, fragment: str) -> None:
        """Opens it anew, at that fragment."""
        self.tab.say("Page.navigate", url="about:blank")
        self.tab.until("location.href === 'about:blank' && 'yes'")
        self.tab.events.clear()
        self.tab.say("Page.navigate", url=f"{self.path.as_uri()}{fragment}")
        self.tab.until("location.protocol === 'file:' && document.readyState === 'complete' && 'yes'")

    def scheme(self, name: str) -> None:
        self.tab.say("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": name}])

    def names(self) -> list[str]:
        return self.tab.evaluate(NAMES)  # type: ignore[no-any-return]

    def click(self, selector: str) -> None:
        self.tab.evaluate(f"document.querySelector({json.dumps(selector)}).click()")

    def choose(self, field: str, value: str) -> None:
        self.tab.evaluate(
            f"{{ const field = document.getElementById({json.dumps(field)}); field.value = {json.dumps(value)};"
            " field.dispatchEvent(new Event('change')); }"
        )

    def keep(self, name: str, content: bytes) -> None:
        if folder := os.environ.get("LINKCHECK_SHOTS"):
            (Path(folder) / name).write_bytes(content)


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Opened:
    return Opened(browser, tmp_path, rich())


def test_it_opens_from_disk_and_asks_nobody_and_breaks_no_rule_of_its_own_policy(page: Opened) -> None:
    page.tab.evaluate("new Promise((done) => setTimeout(done, 50))")
    asked = [event["params"]["request"]["url"] for event in page.tab.events if "requestWillBeSent" in event["method"]]
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert len([url for url in asked if url.startswith("file:")]) == 1
    trouble = [event for event in page.tab.events if event["method"] in ("Log.entryAdded", "Runtime.exceptionThrown")]
    assert trouble == []


def test_the_table_begins_with_the_worst_and_is_sorted_by_a_column_up_and_down(page: Opened) -> None:
    states = page.tab.evaluate(STATES)
    assert states == sorted(states, key=[str(state) for state in State].index)
    page.click("th.source button")
    names = page.names()
    assert names == sorted(names, key=str.casefold)
    assert page.tab.evaluate("document.querySelector('th.source').ariaSort") == "ascending"
    assert page.tab.evaluate("document.querySelectorAll('th[aria-sort]').length") == 1
    page.click("th.source button")
    assert page.names() == names[::-1]
    assert page.tab.evaluate("document.querySelector('th.source').ariaSort") == "descending"


def test_a_column_with_gaps_has_them_last_whichever_way_it_is_sorted(page: Opened) -> None:
    cited = "[...document.querySelectorAll('#table tbody td:nth-child(6)')].map((each) => each.textContent)"
    for _ in "up", "down":
        page.click("th.date button")
        dates = page.tab.evaluate(cited)
        assert dates[-2:] == ["", ""]
        assert "" not in dates[:-2]


def test_it_is_filtered_by_state_reason_document_and_host(page: Opened) -> None:
    page.choose("f-state", "drifted")
    assert set(page.tab.evaluate(STATES)) == {"drifted"}
    assert page.tab.evaluate(COUNT) == "3 of 12 citations."
    page.choose("f-document", "docs/handbook/data.md")
    assert page.names() == ["Open data policy", "Broadband in the countryside"]
    page.choose("f-reason", "text-drift")
    assert page.names() == ["Open data policy"]
    page.choose("f-host", "statistics.example")
    assert page.names() == []
    assert page.tab.evaluate(COUNT) == "No citation is like that."
    page.click("#reset")
    assert len(page.names()) == 12


def test_the_address_keeps_what_is_asked_for(page: Opened) -> None:
    page.choose("f-state", "dead")
    page.click("th.document button")
    names = page.names()
    fragment = page.tab.evaluate("location.hash")
    assert fragment == "#state=dead&sort=document"
    page.go(fragment)
    assert page.names() == names
    assert page.tab.evaluate("document.getElementById('f-state').value") == "dead"
    page.go("#state=nonsense&sort=nonsense")
    assert len(page.names()) == 12


def test_a_bar_of_a_chart_leads_to_its_citations(page: Opened) -> None:
    page.click("a[data-filter='reason=text-drift']")
    assert page.names() == ["Open data policy"]


def test_with_the_keyboard_alone_one_searches_opens_a_card_copies_a_suggestion_and_closes_it(page: Opened) -> None:
    tab = page.tab
    tab.say("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
    focus = "document.activeElement.id || document.activeElement.className || document.activeElement.tagName"
    _tab_to(tab, "document.activeElement.id === 'seek'")
    tab.press("OPEN data")
    assert page.names() == ["Open data policy"]
    assert tab.evaluate(COUNT) == "1 of 12 citations."
    _tab_to(tab, "document.activeElement.className === 'name'")
    tab.press("Enter")
    tab.until("document.querySelector('#table .detail .card') && 'open'")
    assert tab.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"
    _tab_to(tab, "document.activeElement.className === 'copy'")
    outline = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid", "one sees where the focus is"
    tab.press("Enter")
    tab.until("document.activeElement.textContent.startsWith('Copied') && 'copied'")
    suggested = "https://web.archive.org/web/20240830083000/https://ministry.example/policy/open-data"
    assert tab.evaluate("navigator.clipboard.readText()") == suggested
    tab.press("Escape")
    assert tab.evaluate("document.querySelector('#table .detail')") is None
    assert tab.evaluate(focus) == "name"


def _tab_to(tab: Browser, wanted: str) -> None:
    for _ in range(60):
        tab.press("Tab")
        if tab.evaluate(wanted):
            return
    raise AssertionError(f"not reached by Tab: {wanted}")


def test_a_card_shows_what_differs_not_by_colour_alone(page: Opened) -> None:
    page.choose("f-reason", "quote-missing")
    page.tab.evaluate("document.querySelectorAll('#table .name')[1].click()")
    page.tab.until("document.querySelector('#table .detail .card') && 'open'")
    card = "document.querySelector('#table .detail .card')"
    assert page.tab.evaluate(f"{card}.querySelector('blockquote mark').textContent") == ALTERED
    changes = "[...{}.querySelectorAll('q del, q ins')].map((each) => [each.tagName, each.textContent])"
    assert page.tab.evaluate(changes.format(card)) == [["DEL", "41.3"], ["INS", "43.1"], ["INS", "fast"]]
    lines = page.tab.evaluate(
        f"['del', 'ins', 'mark'].map((tag) => getComputedStyle({card}.querySelector(tag)).textDecorationLine)"
    )
    assert lines == ["line-through", "underline", "underline"]


def test_drift_is_told_passage_by_passage(page: Opened) -> None:
    page.choose("f-reason", "text-drift")
    page.click("#table .name")
    page.tab.until("document.querySelector('#table .drift') && 'open'")
    passages = page.tab.evaluate(
        "[...document.querySelectorAll('#table .drift li')].map((each) => each.innerHTML.trim())"
    )
    assert "<del>within six</del>" not in passages[0]
    assert "<del>six</del> <ins>twelve</ins> months of collection." in passages[0]
    assert passages[1] == "<del>Requests are answered within ten working days.</del>"
    assert passages[2].startswith("<ins>This page was reviewed")


def test_a_link_to_a_card_opens_it(page: Opened) -> None:
    page.go("#c5")
    page.tab.until("document.activeElement.hash === '#c5' && 'focused'")
    assert page.tab.evaluate("document.querySelector('#table .open .name').hash") == "#c5"
    assert page.tab.evaluate("document.querySelector('#table .detail .card h3').checkVisibility()")


def test_light_and_dark_follow_the_system_until_the_switch_says_otherwise(page: Opened) -> None:
    tab = page.tab
    light = tab.evaluate(GROUND)
    page.keep("light.png", tab.screenshot())
    page.scheme("dark")
    dark = tab.evaluate(GROUND)
    page.keep("dark.png", tab.screenshot())
    assert _lightness(light) > 0.9
    assert _lightness(dark) < 0.2
    page.click("#theme")
    assert tab.evaluate(GROUND) == light
    page.go("")
    assert tab.evaluate(GROUND) == light, "the choice is remembered"
    page.click("#theme")
    page.scheme("light")
    assert tab.evaluate(GROUND) == dark
    page.click("#theme")
    assert tab.evaluate(GROUND) == light
    assert tab.evaluate("document.getElementById('theme').textContent") == "Theme: as the system"


def _lightness(colour: str) -> float:
    """Of ``rgb(250, 249, 246)``: 0 to 1."""
    return sum(int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(",")) / (3 * 255)


def test_on_paper_every_card_is_open_without_controls_and_with_the_addresses_written_out(page: Opened) -> None:
    page.scheme("dark")
    printed = base64.b64decode(page.tab.say("Page.printToPDF", printBackground=True)["data"])
    page.keep("print.pdf", printed)
    with pypdfium2.PdfDocument(printed) as document:
        text = " ".join(" ".join(sheet.get_textpage().get_text_range() for sheet in document).split())
        corner = bytes(document[0].render(scale=0.2).buffer)[:3]
    assert corner == b"\xff\xff\xff", "ink is saved, whatever the theme"
    for finding in rich().findings:
        assert finding.verdict.evidence in text
    last = [finding for finding in rich().findings if finding.verdict.state == "alive"][-1]
    assert last.citation.url in text.replace(" ", "")
    for control in ("Search", "Show all", "Theme", "Copy"):
        assert control not in text


def test_of_a_long_report_the_table_is_printed_whole_with_the_addresses(browser: Browser, tmp_path: Path) -> None:
    report = many(MOST_OPEN + 1)
    Opened(browser, tmp_path, report)
    printed = base64.b64decode(browser.say("Page.printToPDF", printBackground=True)["data"])
    with pypdfium2.PdfDocument(printed) as document:
        text = "".join("".join(sheet.get_textpage().get_text_range() for sheet in document).split())
    # pdfium gives a hyphen at the end of a line as U+FFFE.
    text = text.replace("\ufffe", "-")
    urls = {finding.citation.url for finding in report.findings if finding.citation.url.startswith("http")}
    assert {url for url in urls if url not in text} == set()


def test_on_a_phone_nothing_stands_out_of_the_window(page: Opened) -> None:
    tab = page.tab
    tab.say("Emulation.setDeviceMetricsOverride", width=390, height=800, deviceScaleFactor=1, mobile=True)
    page.go("#c5")
    tab.until("document.querySelector('#table .detail .card') && 'open'")
    page.keep("phone.png", tab.screenshot())
    tab.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert tab.evaluate("document.documentElement.scrollWidth") == 390


def test_without_scripts_it_is_a_table_with_every_card_under_it(browser: Browser, tmp_path: Path) -> None:
    browser.say("Emulation.setScriptExecutionDisabled", value=True)
    try:
        plain = Opened(browser, tmp_path, rich())
        assert len(plain.names()) == 12
        visible = "[...document.querySelectorAll('#cards .card')].filter((each) => each.checkVisibility()).length"
        assert browser.evaluate(visible) == 12
        assert browser.evaluate("document.getElementById('tools').checkVisibility()") is False
        assert browser.evaluate("document.querySelector('.copy').checkVisibility()") is False
    finally:
        browser.say("Emulation.setScriptExecutionDisabled", value=False)


def test_a_stranger_runs_nothing_and_leads_nowhere_else(browser: Browser, tmp_path: Path) -> None:
    for words in (HOSTILE, "</script><script>document.title='taken'</script>", '"><img src=x onerror=alert(1)>'):
        page = Opened(browser, tmp_path, saying(words, url="javascript:document.title='taken'"))
        page.click("#table .name")
        browser.until("document.querySelector('#table .detail .card') && 'open'")
        assert browser.evaluate("document.title") == "Citation health report"
        assert browser.evaluate("document.images.length") == 0
        schemes = browser.evaluate("[...new Set([...document.links].map((each) => each.protocol))]")
        assert schemes == ["file:"]


def test_of_a_long_report_the_card_is_unpacked_when_it_is_opened(browser: Browser, tmp_path: Path) -> None:
    report = many(MOST_OPEN + 120)
    page = Opened(browser, tmp_path, report)
    assert browser.evaluate(COUNT) == "620 citations, the first 250 shown."
    browser.evaluate("document.getElementById('seek').value = 'DISTRICT /617-how'")
    browser.evaluate("document.getElementById('seek').dispatchEvent(new Event('input'))")
    assert page.names() == ["How the count of district 617 was made"]
    page.click("#table .name")
    browser.until("document.querySelector('#table .detail .card') && 'open'")
    card = browser.evaluate("document.querySelector('#table .detail .card').textContent")
    assert report.findings[617].citation.url in card
    page.click("#reset")
    page.click("#more")
    assert len(page.names()) == 620
    assert browser.evaluate("document.activeElement.className") == "name"


def test_a_browser_that_cannot_unpack_says_so(browser: Browser, tmp_path: Path) -> None:
    page = Opened(browser, tmp_path, many(MOST_OPEN + 1))
    browser.evaluate("delete window.DecompressionStream")
    page.click("#table .name")
    browser.until("document.querySelector('#table .detail') && 'open'")
    assert "too old to unpack" in browser.evaluate("document.querySelector('#table .detail').textContent")


@pytest.mark.axe
def test_axe_finds_nothing_serious_light_or_dark_closed_or_open(page: Opened) -> None:
    folder = os.environ.get("LINKCHECK_AXE")
    if not folder:
        pytest.skip("LINKCHECK_AXE does not name the folder of axe-core's axe.min.js")
    axe = (Path(folder) / "axe.min.js").read_text(encoding="utf-8")
    for scheme in "light", "dark":
        page.scheme(scheme)
        page.go("")
        for number in (1, 4, 5, 6, 7, 8):
            page.tab.evaluate(f"document.querySelector('.name[href=\"#c{number}\"]').click()")
        page.tab.evaluate("document.querySelector('details').open = true")
        page.tab.until("document.querySelectorAll('#table .detail .card').length === 6 && 'open'")
        page.tab.evaluate(f"{axe}; 0")
        found = page.tab.evaluate(
            "axe.run().then((told) => told.violations.map((each) =>"
            " [each.impact, each.id, each.nodes.slice(0, 3).map((node) => node.html)]))"
        )
        assert found == [], scheme
