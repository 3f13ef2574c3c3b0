"""The terminal report, and its picture."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from rich.cells import cell_len

from linkcheck import reports
from linkcheck.conduct import ExitCode
from linkcheck.model import State, Verdict
from tests.reports.example import STATES_IN_ORDER, empty, everything, example, long, saying


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_no_line_is_wider_than_the_terminal_except_for_an_address_on_its_own(width: int) -> None:
    lines = reports.render("terminal", example(), width=width).splitlines()
    wide = [line for line in lines if cell_len(line) > width]
    assert [line for line in wide if not re.fullmatch(r" *https?://\S+", line)] == []


@pytest.mark.parametrize("width", [60, 80, 140])
def test_a_suggested_address_stands_whole_on_one_line(width: int) -> None:
    lines = [line.strip() for line in reports.render("terminal", example(), width=width).splitlines()]
    suggested = [s.url for finding in example().findings for s in finding.verdict.suggestions]
    assert [url for url in suggested if url not in lines] == []


def test_an_address_within_a_sentence_is_not_broken() -> None:
    address = f"https://a.example/{'x' * 100}"
    assert address in reports.render("terminal", saying(f"The page names {address} as its own address."), width=80)


def test_wide_characters_are_counted_as_two_columns() -> None:
    lines = reports.render("terminal", saying("核軍縮の交渉を再開する" * 30), width=80).splitlines()
    assert max(cell_len(line) for line in lines) <= 80


def test_rows_come_worst_first_and_say_the_state_in_words() -> None:
    text = reports.render("terminal", example())
    rows = re.findall(rf"^({'|'.join(State)}) ", text, flags=re.MULTILINE)
    assert rows == STATES_IN_ORDER
    assert text.splitlines()[0] == (
        "9 citations of 9 sources: 3 dead, 1 drifted, 1 moved, 1 blocked, 1 failing, 1 unknown, 1 alive."
    )


def test_a_row_whose_place_does_not_fit_says_it_whole_below() -> None:
    text = reports.render("terminal", example(), width=80)
    assert "…tributing.md:12\n         in docs/handbook/contributing.md:12\n" in text


def test_the_snapshot_that_stands_for_a_citation_is_the_last_before_the_date_of_citing() -> None:
    text = reports.render("terminal", example())
    assert "kept: 2024-08-30 in the Wayback Machine" in text
    assert "2025-01-02" not in text


def test_a_live_source_whose_quote_is_missing_says_so() -> None:
    assert "alive    ok" in reports.render("terminal", example())
    assert "quote: “Distrust and can’t verify”: not found" in reports.render("terminal", example())


def test_colour_comes_only_when_asked_for() -> None:
    assert "\x1b" not in reports.render("terminal", example())
    assert "\x1b[1;31mdead" in reports.render("terminal", example(), colour=True)


def test_markup_of_a_page_is_text() -> None:
    assert "[red]alarm[/red] :smile:" in reports.render("terminal", saying("[red]alarm[/red] :smile:"), colour=True)


@pytest.mark.parametrize("exit_code", list(ExitCode))
def test_the_last_line_says_what_the_exit_code_means(exit_code: ExitCode) -> None:
    text = reports.render("terminal", replace(empty(), exit_code=exit_code), width=140)
    assert text.splitlines()[-1].endswith(f"(exit code {int(exit_code)}).")


def test_that_we_are_offline_is_said_once_and_not_under_every_row() -> None:
    verdict = Verdict(State.UNKNOWN, "offline", "We seem to be offline.")
    shown = tuple(replace(finding, verdict=verdict, observation=None) for finding in everything().findings)
    offline = replace(empty(), findings=shown, notes=("This machine seems to be offline.",))
    assert reports.render("terminal", offline).count("seem") == 1
    unsaid = replace(offline, notes=())
    assert reports.render("terminal", unsaid).count("We seem to be offline.") == len(shown)


def test_the_picture_is_xml_that_fetches_nothing() -> None:
    for report in (empty(), example(), saying("<b> & ]]> \x00 \uffff \ud800 {x} url(http://a.example)")):
        picture = reports.render("svg", report)
        tree = ElementTree.fromstring(picture)
        styles = "".join(node.text or "" for node in tree.iter("{http://www.w3.org/2000/svg}style"))
        assert "@font-face" not in styles
        assert "url(" not in styles
        attributes = [value for node in tree.iter() for value in node.attrib.values()]
        assert [value for value in attributes if "://" in value] == []


def test_the_picture_shows_the_words_of_the_terminal() -> None:
    words = "".join(ElementTree.fromstring(reports.render("svg", everything())).itertext()).replace("\xa0", " ")
    assert f"{len(everything().findings)} citations" in words
    assert "Evidence of http-404." in words


def test_the_picture_of_a_long_report_says_what_it_leaves_out() -> None:
    words = "".join(ElementTree.fromstring(reports.render("svg", long(503))).itertext()).replace("\xa0", " ")
    assert "503 citations of 9 sources" in words
    assert "3 further citations: not in this picture." in words
