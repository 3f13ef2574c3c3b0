"""The last line of a report: what the exit code means, and what to do."""

from __future__ import annotations

from dataclasses import replace

from linkcheck import reports
from linkcheck.conduct import ExitCode
from linkcheck.model import Finding, Problem, Report, State
from tests.reports.example import empty, example

DEAD = example().findings[0]
BARE = replace(DEAD, verdict=replace(DEAD.verdict, suggestions=()))
ALIVE = next(finding for finding in example().findings if finding.verdict.state is State.ALIVE)
KNOWN = replace(DEAD, shortfalls=(), known=DEAD.shortfalls)
EXCEPTED = replace(DEAD, shortfalls=(), excepted=("excepted until 2027-01-31: moving",))


def closing(*findings: Finding, code: ExitCode, **more: object) -> str:
    report: Report = replace(empty(), findings=findings, exit_code=code, **more)  # type: ignore[arg-type]
    return reports.render("terminal", report, width=400).splitlines()[-1]


def test_new_trouble_says_how_many_and_the_way_out() -> None:
    assert closing(DEAD, BARE, code=ExitCode.POLICY) == (
        "2 citations fall short of the policy: take up what is suggested, or cite another source (exit code 1)."
    )


def test_where_nothing_is_suggested_nothing_is_to_be_taken_up() -> None:
    assert closing(BARE, code=ExitCode.POLICY) == (
        "1 citation falls short of the policy: cite another source, or except it for a while in the settings "
        "(exit code 1)."
    )


def test_a_source_that_is_there_and_lacks_a_capture_is_not_to_be_replaced() -> None:
    unkept = replace(ALIVE, shortfalls=("no capture is kept, and fail-on asks for one: run `linkcheck archive`",))
    assert closing(unkept, code=ExitCode.POLICY) == (
        "1 citation falls short of the policy: what is wanting stands beside policy (exit code 1)."
    )


def test_new_trouble_is_told_from_what_the_baseline_knows() -> None:
    assert closing(DEAD, KNOWN, code=ExitCode.POLICY) == (
        "1 citation falls short of the policy (beside 1 that the baseline knows): take up what is suggested, or cite "
        "another source (exit code 1)."
    )


def test_only_known_trouble_is_said_to_be_nothing_new() -> None:
    assert closing(KNOWN, KNOWN, ALIVE, code=ExitCode.OK) == (
        "Nothing new falls short of the policy: the baseline knows the 2 citations that fall short (exit code 0)."
    )
    assert closing(KNOWN, EXCEPTED, code=ExitCode.OK) == (
        "Nothing new falls short of the policy: the baseline knows the 1 citation that falls short, and 1 citation is "
        "excepted for a while (exit code 0)."
    )


def test_damage_is_said_alone_and_beside_trouble() -> None:
    way_out = "The archive is not sound: restore what is named, or `linkcheck archive --recover` (exit code 1)."
    assert closing(ALIVE, code=ExitCode.POLICY, integrity=("torn",)) == way_out
    assert closing(DEAD, code=ExitCode.POLICY, integrity=("torn",)).endswith(f"another source. {way_out}")


def test_a_missing_input_does_not_hide_what_fails() -> None:
    line = closing(DEAD, code=ExitCode.USAGE, problems=(Problem("a.md", 0, "there is no such file"),))
    assert line.startswith("Something handed in could not be used: ")
    assert "1 citation falls short of the policy: take up what is suggested" in line


def test_nothing_told_is_no_verdict_on_any_source() -> None:
    assert closing(ALIVE, code=ExitCode.UNTOLD) == (
        "Nothing could be told about any source: run again when the network is there (exit code 3)."
    )


def test_all_well_says_that_nothing_needs_doing() -> None:
    assert closing(ALIVE, code=ExitCode.OK) == (
        "No citation falls short of the policy: nothing needs doing (exit code 0)."
    )
