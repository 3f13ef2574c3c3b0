"""What machines read: SARIF, JUnit, annotations, Code Quality, badges. Held against the formats' own rules."""

from __future__ import annotations

import json
import os
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from lxml import etree

from linkcheck import reports
from linkcheck.model import Finding, Report, State, Verdict
from linkcheck.reports import github, markdown, sarif, summary
from tests.reports.example import empty, everything, example, long, saying
from tests.reports.test_contract import HOSTILE

ALL = pytest.mark.parametrize("report", [empty(), everything(), example(), saying(HOSTILE)], ids=lambda r: r.command)


def made(name: str, report: Report) -> Any:
    return json.loads(reports.render(name, report))


# ---------------------------------------------------------------- SARIF


def oasis() -> dict[str, Any]:
    named = os.environ.get("LINKCHECK_SARIF_SCHEMA", "")
    if not named:
        pytest.skip("LINKCHECK_SARIF_SCHEMA does not name the schema of SARIF 2.1.0 (.ci/run fetches it)")
    return json.loads(Path(named).read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@ALL
def test_the_log_is_as_the_standards_schema_says(report: Report) -> None:
    faults = [fault.message for fault in Draft7Validator(oasis()).iter_errors(made("sarif", report))]
    assert faults == []


def test_the_standards_schema_finds_a_fault() -> None:
    log = made("sarif", example())
    log["runs"][0]["results"][0]["level"] = "loud"
    assert list(Draft7Validator(oasis()).iter_errors(log))


def test_every_result_names_its_rule_its_place_and_a_fingerprint() -> None:
    (run,) = made("sarif", example())["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert re.fullmatch(r"[0-9a-f]{64}", result["partialFingerprints"]["linkcheckCitation/v1"])
    first = run["results"][0]["locations"][0]["physicalLocation"]
    assert first["artifactLocation"] == {"uri": "article.txt", "uriBaseId": "SRCROOT"}
    assert (first["region"]["startLine"], first["region"]["startColumn"]) == (65, 1)


def test_rules_say_what_they_mean_and_what_to_do() -> None:
    rules = made("sarif", empty())["runs"][0]["tool"]["driver"]["rules"]
    assert {"http-404", "quote-missing", "bot-wall"} <= {rule["id"] for rule in rules}
    assert all("What to do: " in rule["help"]["text"] and rule["shortDescription"]["text"] for rule in rules)


def test_a_live_source_is_no_result_and_what_fails_the_run_is_an_error() -> None:
    results = made("sarif", example())["runs"][0]["results"]
    told = [(result["properties"]["state"], result["level"]) for result in results]
    assert told[:4] == [("dead", "error")] * 3 + [("drifted", "error")]
    assert ("moved", "warning") in told
    assert ("blocked", "note") in told
    assert all(state != "alive" or level == "note" for state, level in told)


def test_a_fingerprint_stays_when_lines_move_and_is_nobody_elses() -> None:
    def prints(report: Report) -> list[str]:
        results = made("sarif", report)["runs"][0]["results"]
        return [result["partialFingerprints"]["linkcheckCitation/v1"] for result in results]

    report = example()
    further_down = tuple(
        replace(each, citation=replace(each.citation, line=each.citation.line + 7)) for each in report.findings
    )
    assert prints(replace(report, findings=further_down)) == prints(report)
    twice = prints(replace(report, findings=(*report.findings, *report.findings)))
    assert len(set(twice)) == len(twice)


def test_what_is_known_or_excepted_is_said_in_the_standards_own_words() -> None:
    dead = next(each for each in example().findings if each.verdict.state is State.DEAD)
    known = replace(dead, shortfalls=(), known=("dead sources fail the run",))
    excepted = replace(dead, shortfalls=(), excepted=("excepted until 2027-01-31: moving",))
    results = made("sarif", replace(example(), findings=(known, excepted)))["runs"][0]["results"]
    assert [result["level"] for result in results] == ["note", "note"]
    assert results[0]["baselineState"] == "unchanged"
    assert results[1]["suppressions"][0]["justification"] == "excepted until 2027-01-31: moving"


def test_a_path_that_looks_like_a_scheme_or_has_spaces_is_a_relative_reference() -> None:
    finding = example().findings[0]
    odd = replace(finding, citation=replace(finding.citation, document="notes: a/b c#1.md"))
    (result,) = made("sarif", replace(example(), findings=(odd,)))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "notes%3A%20a/b%20c%231.md"


def test_no_more_results_than_are_taken_and_what_is_left_out_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST", 10)
    (run,) = made("sarif", long(90))["runs"]
    assert len(run["results"]) == 10
    said = [note["message"]["text"] for note in run["invocations"][0]["toolExecutionNotifications"]]
    assert any("results are left out" in text for text in said)


# ---------------------------------------------------------------- JUnit

GRAMMAR = etree.RelaxNG(etree.parse(str(Path(__file__).parent / "junit.rng")))


@ALL
def test_the_xml_is_as_readers_of_junit_expect(report: Report) -> None:
    document = etree.fromstring(reports.render("junit", report).encode())
    assert GRAMMAR.validate(document), GRAMMAR.error_log


def test_the_grammar_finds_a_fault() -> None:
    broken = reports.render("junit", example()).replace("<testcase ", "<test ").replace("</testcase>", "</test>")
    assert not GRAMMAR.validate(etree.fromstring(broken.encode()))


def test_failures_errors_and_what_was_skipped_are_counted() -> None:
    root = ET.fromstring(reports.render("junit", example()))
    counted = {key: int(root.attrib[key]) for key in ("tests", "failures", "errors", "skipped")}
    assert counted == {"tests": 11, "failures": 5, "errors": 1, "skipped": 3}
    for kind, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert len(root.findall(f".//{element}")) == counted[kind]
    assert [suite.attrib["name"] for suite in root] == [
        *("article.txt", "docs/handbook/contributing.md", "notes.md", "linkcheck")
    ]


# ---------------------------------------------------------------- GitHub


def test_an_annotation_stands_at_its_line_and_only_what_fails_is_an_error() -> None:
    lines = reports.render("github", example()).splitlines()
    assert lines[2].startswith("::error file=article.txt,line=65,col=1,title=dead%3A http-404::https://www.themoscow")
    levels = [line.partition(" ")[0] for line in lines if line.startswith("::")]
    assert levels.count("::error") == 6  # four citations, a problem, damage
    assert levels.count("::warning") == 1


def test_what_strangers_say_is_no_workflow_command() -> None:
    said = "x\n::set-output name=a::b\r\n::error::c %0A::add-mask::d ##[group]"
    lines = reports.render("github", saying(said)).splitlines()
    commands = [line for line in lines if line.startswith("::")]
    assert all(re.match(r"::(error|warning|notice) [^:]*::", line) for line in commands)
    assert "%250A" in "".join(lines)
    assert not any(line.startswith(("::set", "::add", "##")) for line in lines)


def test_ten_of_a_level_are_shown_and_the_others_counted() -> None:
    lines = reports.render("github", long(90)).splitlines()
    assert sum(line.startswith("::error") for line in lines) == github.MOST
    assert "30 errors" in lines[-2]
    assert lines[-2].startswith("linkcheck: GitHub shows ten")


def test_a_comment_fits_and_says_what_is_left_out() -> None:
    text = reports.render("markdown", long(5_000))
    assert len(text) <= markdown.LIMIT
    assert len(text) > markdown.LIMIT * 0.9
    left_out = re.search(r"([\d,]+) citations not shown here", text)
    assert left_out is not None
    rows = len(re.findall(r"^\| (?!State|---)", text, re.M))
    assert rows + int(left_out[1].replace(",", "")) == 5_000
    assert text.count("<details>") == text.count("</details>")


def test_the_summary_of_a_step_has_room_for_a_mebibyte() -> None:
    text = reports.render("summary", long(20_000))
    assert summary.LIMIT * 0.9 < len(text.encode()) <= summary.LIMIT


def test_a_comment_of_a_hundred_thousand_notes_still_has_its_citations() -> None:
    text = reports.render("markdown", replace(example(), notes=("A note of some words. " * 5,) * 100_000))
    assert len(text) <= markdown.LIMIT
    assert "more, not shown here for want of room" in text
    assert "themoscowtimes" in text


# ---------------------------------------------------------------- GitLab and badges


@ALL
def test_code_quality_issues_have_the_keys_that_gitlab_wants(report: Report) -> None:
    issues = made("gitlab", report)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["lines"]["begin"] >= 1


@pytest.mark.parametrize(
    ("states", "message", "colour"),
    [
        ((), "untold", "lightgrey"),
        ((State.BLOCKED,), "untold", "lightgrey"),
        ((State.ALIVE,), "66/100", "yellow"),  # there, the thing, not kept
        ((State.DEAD,), "0/100", "red"),
    ],
)
def test_a_badge_shows_the_score(states: tuple[State, ...], message: str, colour: str) -> None:
    cited = example().findings[0].citation
    report = replace(empty(), findings=tuple(Finding(cited, Verdict(state, "ok", "")) for state in states))
    assert made("endpoint", report) == {
        "schemaVersion": 1,
        "label": "citations",
        "message": message,
        "color": colour,
    }
    picture = etree.fromstring(reports.render("badge", report).encode())
    assert picture.findtext("{*}title") == f"citations: {message}"


# ---------------------------------------------------------------- editors


def test_a_line_of_the_compact_form_is_one_that_editors_jump_to() -> None:
    lines = reports.render("compact", example()).splitlines()
    pattern = re.compile(r"[^:]+:\d+:\d+: (?:error|warning|notice): [\w-]+: .+")
    assert all(pattern.fullmatch(line) for line in lines[:-1])
    assert lines[2].startswith("article.txt:65:1: error: http-404: https://www.themoscowtimes.com/2025/07/20/")
    assert (
        lines[-1] == "9 citations of 9 sources: 3 dead, 1 drifted, 1 moved, 1 blocked, 1 failing, 1 unknown, 1 alive."
    )
