"""The last line of a report: what the exit code means, and what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from linkcheck import reports
from linkcheck.conduct import ExitCode
from linkcheck.exceptions import Exemption, run_out
from linkcheck.model import Finding, Problem, Report, State
from tests.reports.example import empty, example

DEAD = example().findings[0]
BARE = replace(DEAD, verdict=replace(DEAD.verdict, suggestions=()))
ALIVE = next(finding for finding in example().findings if finding.verdict.state is State.ALIVE)
KNOWN = replace(DEAD, shortfalls=(), known=DEAD.shortfalls)
EXCEPTED = replace(DEAD, shortfalls=(), excepted=("excepted until 2027-01-31: moving",))


def closing(*findings: Finding, code: ExitCode, **more: object) -> str:
    report: Report = replace(empty(), findings=findings, exit_code=code, **more)  # type: ignore[arg-type]
    return reports.render("terminal", report, width=600).splitlines()[-1]


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
        "1 citation falls short of the policy: what is missing is said beside “policy” (exit code 1)."
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


def held(state: State, reason: str, *words: str) -> Finding:
    """A finding that falls short for these words of the policy, without any suggestion."""
    verdict = replace(BARE.verdict, state=state, reason=reason)
    return replace(BARE, verdict=verdict, shortfalls=tuple(f"{word} fails" for word in words), held_for=words)


NOT_THERE = "cite another source, or except it for a while in the settings"


@pytest.mark.parametrize(
    ("fallen", "way"),
    [
        ([held(State.MOVED, "redirect-permanent", "moved")], NOT_THERE),
        ([held(State.BLOCKED, "http-403", "http-403")], "open what refused us yourself, and except it for a while if "
         "it is there"),
        ([held(State.FAILING, "timeout", "failing")], "run again for what gave no answer"),
        ([held(State.UNKNOWN, "not-reached", "unknown")], "run again for what gave no answer"),
        ([held(State.DEAD, "file-missing", "dead")], "mend the links to what is not in the tree"),
        ([held(State.MOVED, "redirect-permanent", "missing-capture")], "what is missing is said beside “policy”"),
        (
            [held(State.DEAD, "http-404", "dead"), held(State.DEAD, "file-missing", "dead"),
             held(State.FAILING, "timeout", "failing"), held(State.BLOCKED, "http-403", "missing-memento")],
            f"{NOT_THERE}; mend the links to what is not in the tree; run again for what gave no answer; "
            "what is missing is said beside “policy”",
        ),
    ],
)  # fmt: skip
def test_the_way_out_is_that_of_what_fell_short(fallen: list[Finding], way: str) -> None:
    line = closing(*fallen, code=ExitCode.POLICY)
    assert line.partition(": ")[2] == f"{way} (exit code 1)."


def test_what_fails_nothing_and_is_not_well_is_counted() -> None:
    findings = [
        replace(held(state, reason), shortfalls=(), held_for=())
        for state, reason in (
            (State.DEAD, "http-404"), (State.MOVED, "redirect-permanent"), (State.BLOCKED, "http-403"),
            (State.BLOCKED, "bot-wall"), (State.FAILING, "timeout"), (State.UNKNOWN, "excluded"), (State.ALIVE, "ok"),
        )
    ]  # fmt: skip
    assert closing(*findings, code=ExitCode.OK) == (
        "No citation falls short of the policy. Worth a look: 1 is dead (fail-on lets it be), 1 has moved (`linkcheck "
        "repair`, or cite the new address), 2 refused us (open it yourself), 1 gave no usable answer (run again "
        "another day) (exit code 0)."
    )
    assert closing(KNOWN, findings[1], code=ExitCode.OK).startswith(
        "Nothing new falls short of the policy: the baseline knows the 1 citation that falls short. Worth a look: 1 has"
    )


def test_an_exception_that_has_run_out_is_said_at_the_end_too() -> None:
    exemption = Exemption("https://example.org/*", (), date(2026, 11, 22), "moving")
    notes = run_out([exemption], date(2026, 11, 23))
    wanted = "1 exception has run out: take it out of the settings, or give a new date"
    assert closing(ALIVE, code=ExitCode.OK, notes=notes) == (
        f"No citation falls short of the policy. {wanted} (exit code 0)."
    )
    assert closing(BARE, code=ExitCode.POLICY, notes=notes).endswith(f"in the settings. {wanted} (exit code 1).")
    assert "run out" not in closing(ALIVE, code=ExitCode.OK, notes=run_out([exemption], date(2026, 11, 22)))


def test_where_nothing_is_cited_nothing_needs_doing() -> None:
    assert closing(code=ExitCode.OK) == ("Nothing is cited that was asked for, and nothing needs doing (exit code 0).")


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


@pytest.mark.parametrize(
    ("reasons", "way"),
    [
        (["unsafe-address"], "allow by name what may be private (allow-private)"),
        (["missing-variable"], "set the environment variables that are named"),
        (["not-asked", "not-asked"], "they were not asked yet, `linkcheck check` asks"),
        (["unsafe-address", "timeout"], "why stands beside each"),
        (["offline", "connection-refused"], "run again when the network is there"),
    ],
)
def test_the_network_is_blamed_only_where_it_may_be_at_fault(reasons: list[str], way: str) -> None:
    findings = [replace(held(State.UNKNOWN, reason), shortfalls=(), held_for=()) for reason in reasons]
    line = closing(*findings, code=ExitCode.UNTOLD)
    assert line == f"Nothing could be told about any source: {way} (exit code 3)."


def test_all_well_says_that_nothing_needs_doing() -> None:
    assert closing(ALIVE, code=ExitCode.OK) == (
        "No citation falls short of the policy: nothing needs doing (exit code 0)."
    )
