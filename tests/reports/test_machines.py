"""What machines read: SARIF, JUnit, annotations, Code Quality, badges. Held against the formats' own rules."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import etree

from linkcheck import reports
from linkcheck.model import Finding, Report, State, Verdict
from linkcheck.reports import github, markdown, sarif, summary
from tests.reports.example import empty, everything, example, long, saying, saying_elsewhere
from tests.reports.test_contract import HOSTILE

ALL = pytest.mark.parametrize(
    "report",
    [empty(), everything(), example(), saying(HOSTILE), saying_elsewhere(HOSTILE)],
    ids=["empty", "everything", "example", "hostile", "elsewhere"],
)


def made(name: str, report: Report) -> Any:
    return json.loads(reports.render(name, report))


# ---------------------------------------------------------------- SARIF


def multitool() -> Path:
    """The folder of Microsoft's validator, with the standard's schema in it."""
    named = os.environ.get("LINKCHECK_SARIF", "")
    if not named:
        pytest.skip("LINKCHECK_SARIF does not name the folder of Microsoft's SARIF Multitool (.ci/run fetches it)")
    return Path(named)


def oasis() -> Draft202012Validator:
    return Draft202012Validator(json.loads((multitool() / "sarif-2.1.0.json").read_text(encoding="utf-8")))


@ALL
def test_the_log_is_as_the_standards_schema_says(report: Report) -> None:
    assert [fault.message for fault in oasis().iter_errors(made("sarif", report))] == []


def test_the_standards_schema_finds_a_fault() -> None:
    log = made("sarif", example())
    log["runs"][0]["results"][0]["level"] = "loud"
    assert list(oasis().iter_errors(log))


def judged(folder: Path, texts: dict[str, str]) -> set[tuple[str, str]]:
    """Of each log the rules of the validator, the standard's and GitHub's, that find an error or a warning."""
    for name, text in texts.items():
        (folder / f"{name}.sarif").write_text(text, encoding="utf-8")
    command = [str(multitool() / "Sarif.Multitool"), "validate", f"{folder}/*.sarif", "--output", f"{folder}/told.json"]
    command += ["--rule-kind", "Sarif;Ghas", "--level", "Error;Warning", "--log", "ForceOverwrite"]
    try:
        environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
        subprocess.run(command, capture_output=True, timeout=120, check=False, env=environment)
    except OSError as error:
        pytest.skip(f"the validator does not run on this machine: {error}")
    (run,) = json.loads((folder / "told.json").read_text(encoding="utf-8-sig"))["runs"]
    places = [(each["locations"][0]["physicalLocation"]["artifactLocation"], each["ruleId"]) for each in run["results"]]
    return {(Path(place.get("uri") or run["artifacts"][place["index"]]["location"]["uri"]).stem, rule)
            for place, rule in places}  # fmt: skip


def test_the_validator_that_github_names_finds_nothing_wrong(tmp_path: Path) -> None:
    whole = {"empty": empty(), "everything": everything(), "example": example(), "hostile": saying(HOSTILE)}
    whole["elsewhere"] = saying_elsewhere(HOSTILE)
    texts = {name: reports.render("sarif", report) for name, report in whole.items()}
    texts["broken"] = texts["example"].replace('"startLine": 65', '"startLine": 0')
    assert {name for name, _ in judged(tmp_path, texts)} == {"broken"}


def test_the_limits_of_code_scanning_are_kept() -> None:
    """docs.github.com, "SARIF support for code scanning": what a rule must say, and how much."""
    unheard_of = Finding(example().findings[0].citation, Verdict(State.DEAD, "http-499", "x" * 20_000))
    (run,) = made("sarif", replace(everything(), findings=(*everything().findings, unheard_of)))["runs"]
    rules = run["tool"]["driver"]["rules"]
    for rule in rules:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
        assert len(rule["properties"]["tags"]) <= 10
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert 0 < len(result["message"]["text"]) <= 2000
        assert result["locations"][0]["physicalLocation"]["region"]["startLine"] >= 1


def test_as_many_results_as_are_taken_fit_into_ten_megabytes_of_gzip() -> None:
    nine = example().findings
    many = tuple(
        replace(
            nine[n % 8],
            citation=replace(nine[n % 8].citation, url=f"https://a.example/{sha256(b'%d' % n).hexdigest()}"),
        )
        for n in range(sarif.MOST)
    )
    text = reports.render("sarif", replace(example(), findings=many))
    assert text.count('"partialFingerprints"') > 20_000
    assert len(gzip.compress(text.encode(), 6)) < 10_000_000


def test_a_message_has_no_links_and_no_placeholders_of_strangers() -> None:
    (result,) = made("sarif", saying("[click](https://evil.example) {0} \\ end"))["runs"][0]["results"]
    assert "\\[click\\](https://evil.example) {{0}} \\\\ end" in result["message"]["text"]


def test_a_document_without_lines_has_a_region_all_the_same_and_says_the_page() -> None:
    finding = example().findings[0]
    paged = replace(finding, citation=replace(finding.citation, document="a.pdf", line=0, column=0, place="page 3"))
    (result,) = made("sarif", replace(example(), findings=(paged,)))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    assert result["locations"][0]["message"]["text"] == "page 3"


def test_every_result_names_its_rule_its_place_and_a_fingerprint() -> None:
    (run,) = made("sarif", example())["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert re.fullmatch(r"[0-9a-f]{64}", result["partialFingerprints"]["linkcheckCitation/v1"])
    first = run["results"][0]["locations"][0]["physicalLocation"]
    assert first["artifactLocation"] == {"uri": "article.txt", "uriBaseId": "%SRCROOT%"}
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
    another = replace(report.findings[0], citation=replace(report.findings[0].citation, url="https://new.example/"))
    assert set(prints(report)) < set(prints(replace(report, findings=(another, *report.findings))))


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


def test_a_test_keeps_its_name_when_lines_move_and_no_two_have_one() -> None:
    def names(report: Report) -> list[tuple[str, str]]:
        cases = ET.fromstring(reports.render("junit", report)).iter("testcase")
        return [(case.attrib["classname"], case.attrib["name"]) for case in cases]

    report = replace(example(), findings=example().findings * 2, integrity=("one", "two"))
    lower = tuple(replace(f, citation=replace(f.citation, line=f.citation.line + 7)) for f in report.findings)
    assert names(replace(report, findings=lower)) == names(report)
    assert len(set(names(report))) == len(names(report))


@pytest.mark.parametrize("said", ["]]> & <b> \x00 \x0b \ufffe \uffff \ud800", "\" ' &#0; <![CDATA["])
@pytest.mark.parametrize("name", ["junit", "badge", "svg"])
def test_what_xml_cannot_hold_is_replaced(name: str, said: str) -> None:
    for report in (saying(said), saying_elsewhere(said)):
        ET.fromstring(reports.render(name, report))


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


def test_an_annotation_reads_as_it_was_said() -> None:
    """The runner undoes what actions/toolkit's ``command.ts`` does."""
    said = "100% of 5,000: 50%25, a,b=c::d"
    finding = example().findings[0]
    finding = replace(
        finding,
        citation=replace(finding.citation, document="a,b: 50%.md"),
        verdict=replace(finding.verdict, evidence=said, suggestions=()),
    )
    line = reports.render("github", replace(example(), findings=(finding,), problems=(), integrity=())).splitlines()[0]
    properties, _, message = line.removeprefix("::error ").partition("::")
    assert f"(http-404). {said}" in message.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
    assert properties == "file=a%2Cb%3A 50%25.md,line=65,col=1,title=dead%3A http-404"


def test_ten_of_a_level_are_shown_and_the_others_counted() -> None:
    lines = reports.render("github", long(90)).splitlines()
    for level in ("error", "warning", "notice"):
        assert sum(line.startswith(f"::{level}") for line in lines) == github.MOST
    # 40 errors and 10 warnings; of 30 notices 9 are shown, since the one that counts is a notice too.
    assert lines[20].startswith("::notice title=linkcheck%3A not all are shown::30 errors and 21 notices more: ")


def test_nothing_is_said_to_be_left_out_where_nothing_is() -> None:
    few = replace(long(90), findings=long(90).findings[4:5] * 10)
    assert "not all are shown" not in reports.render("github", few)


def test_what_is_new_is_annotated_before_what_is_known() -> None:
    dead = example().findings[0]
    known = replace(dead, shortfalls=(), known=dead.shortfalls)
    report = replace(example(), findings=(known,) * 20 + (dead,), problems=(), integrity=())
    first = reports.render("github", report).splitlines()[0]
    assert first.startswith("::error")


@pytest.mark.parametrize("given", ["./docs/a.md", ".//docs/a.md"])
def test_a_path_is_what_the_repository_calls_the_file(given: str) -> None:
    finding = example().findings[0]
    report = replace(example(), findings=(replace(finding, citation=replace(finding.citation, document=given)),))
    assert "file=docs/a.md,line=65," in reports.render("github", report)
    assert made("gitlab", report)[-1]["location"]["path"] == "docs/a.md"
    physical = made("sarif", report)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "docs/a.md"
    (case,) = ET.fromstring(reports.render("junit", report)).findall(".//testcase[@file]")
    assert case.attrib["file"] == "docs/a.md"


@pytest.mark.parametrize(("document", "is_named"), [("<b>&.md", True), ("<stdin>", False), ("<arguments>", False)])
def test_a_file_may_be_called_anything_and_what_is_no_file_is_none(document: str, is_named: bool) -> None:
    first = example().findings[0]
    finding = replace(first, citation=replace(first.citation, document=document))
    line = reports.render("github", replace(empty(), findings=(finding,))).splitlines()[0]
    assert (f"file={document}," in line) is is_named
    (result,) = made("sarif", replace(empty(), findings=(finding,)))["runs"][0]["results"]
    assert ("uriBaseId" in result["locations"][0]["physicalLocation"]["artifactLocation"]) is is_named


def test_a_message_is_no_longer_than_the_runner_passes_on() -> None:
    lines = reports.render("github", saying("% of a very long text " * 2_000)).splitlines()
    messages = [line.split("::", 2)[2] for line in lines if line.startswith("::")]
    assert max(len(message.replace("%25", "%")) for message in messages) <= 4096


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
    pattern = re.compile(r"[^:]+:\d+:\d+: (?:error|warning|note): (?:[\w-]+ [\w-]+ \S+|problem|damaged)(?: — .+)?")
    assert [line for line in lines[:-1] if not pattern.fullmatch(line)] == []
    assert lines[2].startswith("article.txt:65:1: error: dead http-404 https://www.themoscowtimes.com/2025/07/20/")
    assert lines[-1].startswith(
        "9 citations of 9 sources: 3 dead, 1 drifted, 1 moved, 1 blocked, 1 failing, 1 unknown, "
    )
