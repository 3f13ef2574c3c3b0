"""Every report format keeps these promises, also the one that is added tomorrow."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example as example_
from hypothesis import given, settings
from hypothesis import strategies as st

from linkcheck import reports
from linkcheck.errors import SettingsError
from linkcheck.model import Report
from tests.reports.example import GOLDEN, empty, everything, example, golden, long, saying, saying_elsewhere

HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> [red]red[/red] | `tick` *bold* _under_ @octocat #12\n"
    "=1+1\r\n\x1b[31mESC\x1b]8;;https://evil.example\x07 \x9b31m \u202eright-to-left\u2066 \ud800 \x00 \uffff "
    "{{ 7*7 }} {% raw %} ]]> --> </details></summary> ![x](https://evil.example/p.png) [y](javascript:alert(1))\n"
    "::set-output name=a::b\n##vso[task.setvariable variable=a]b ##[error]c ##teamcity[d] <!-- GH-12 \uff1d1 \ufffe"
)

every_format = pytest.mark.parametrize("name", reports.names())


def test_the_formats_are_found_by_themselves() -> None:
    assert set(reports.names()) >= {"csv", "html", "json", "markdown", "svg", "terminal"}
    assert set(reports.names()) >= {"badge", "compact", "endpoint", "github", "gitlab", "junit", "sarif", "summary"}


@every_format
def test_a_member_is_called_as_its_file_and_claims_its_suffix(name: str) -> None:
    member = reports.member(name)
    assert name == member.NAME
    assert reports.format_for(f"out/Report{member.SUFFIX.upper()}") == name
    assert reports.format_for(member.SUFFIX) == name


def test_the_longest_ending_counts() -> None:
    assert reports.format_for("out/report.badge.json") == "endpoint"
    assert reports.format_for("out/badge.json") == "json"
    assert reports.format_for("x.badge.svg") == "badge"
    assert reports.format_for("x.codequality.json") == "gitlab"


def test_no_two_formats_claim_one_suffix() -> None:
    suffixes = [reports.member(name).SUFFIX for name in reports.names()]
    assert len(set(suffixes)) == len(suffixes)


def test_a_suffix_that_nobody_claims_has_no_format() -> None:
    assert reports.format_for("report.docx") is None
    assert reports.format_for("html") is None


def test_an_unknown_format_is_an_error_that_names_the_nearest() -> None:
    with pytest.raises(SettingsError, match="'markdwon'; did you mean markdown"):
        reports.render("markdwon", empty())
    with pytest.raises(SettingsError, match="there are badge, compact, csv, "):
        reports.render("xyz", empty())


def test_asking_for_names_and_suffixes_loads_neither_rich_nor_jinja2() -> None:
    program = (
        "import sys; from linkcheck import reports; reports.format_for('x.none');"
        "print(sorted({'rich', 'jinja2'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=root, check=True)
    assert run.stdout == "[]\n"


@every_format
@pytest.mark.parametrize(
    "report",
    [empty(), everything(), example(), saying(HOSTILE), saying_elsewhere(HOSTILE)],
    ids=["empty", "everything", "example", "hostile", "elsewhere"],
)
@pytest.mark.parametrize("width", [1, 80, 140])
def test_any_report_becomes_text_that_ends_with_a_newline_and_is_utf8(name: str, report: Report, width: int) -> None:
    text = reports.render(name, report, width=width, colour=width == 140)
    assert text.endswith("\n")
    text.encode("utf-8")


@every_format
@pytest.mark.parametrize("citations", [0, 9, 600])
def test_the_pieces_make_up_the_whole(name: str, citations: int) -> None:
    report = long(citations)
    assert "".join(reports.pieces(name, report, width=80)) == reports.render(name, report, width=80)


@every_format
def test_equal_reports_give_equal_texts_whatever_the_environment(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = reports.render(name, example(), colour=True)
    for variable, value in {"COLUMNS": "40", "TERM": "dumb", "NO_COLOR": "1", "FORCE_COLOR": "1"}.items():
        monkeypatch.setenv(variable, value)
    assert "COLUMNS" in os.environ
    assert reports.render(name, example(), colour=True) == before


PARTIAL = {"badge", "endpoint", "compact", "github", "gitlab"}
"""They say nothing of what is well, or not of every citation."""


@pytest.mark.parametrize("name", sorted(set(reports.names()) - PARTIAL))
def test_every_reason_is_in_the_report(name: str) -> None:
    report = everything()
    # A picture of a terminal has no plain spaces, but reasons have none either.
    text = reports.render(name, report)
    assert [f.verdict.reason for f in report.findings if f.verdict.reason not in text] == []


def _acts(character: str) -> bool:
    bidi = unicodedata.bidirectional(character) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    return bidi or (character != "\n" and unicodedata.category(character) in {"Cc", "Cs"})


@every_format
@settings(max_examples=30, deadline=None)
@given(text=st.text(st.characters(), max_size=60))
@example_(text=HOSTILE)
def test_nothing_that_a_stranger_says_steers_a_terminal_or_breaks_utf8(name: str, text: str) -> None:
    for report in (saying(text), saying_elsewhere(text)):
        assert [character for character in reports.render(name, report) if _acts(character)] == []


@every_format
@pytest.mark.parametrize("width", [60, 80, 100])
def test_nothing_that_a_stranger_says_is_a_command_in_the_log_of_a_ci(name: str, width: int) -> None:
    # GitHub Actions: a line that begins with "::"; it, Azure Pipelines and TeamCity: "##[", "##vso[", "##teamcity[".
    folded = f"{'x' * (width - 11)} ::add-mask::secret {'y' * (3 * width)}::add-mask::secret"
    url = f"https://a.example/{'z' * 200}"
    for said, report in itertools.product(("::add-mask::x", HOSTILE, folded), (saying, saying_elsewhere)):
        lines = reports.render(name, report(said, url=url), width=width).splitlines()
        ours = ("::error ", "::warning ", "::notice ") if name == "github" else ()
        begun = [line.strip() for line in lines if line.strip().startswith("::")]
        assert [line for line in begun if not line.startswith(ours)] == []
        assert [line for line in lines if re.search(r"##(vso|teamcity)?\[", line)] == []


@every_format
def test_a_very_long_text_makes_no_report_that_nobody_can_open(name: str) -> None:
    report = saying("A very long text, without end. " * 5_000)
    (said,) = report.findings
    report = replace(report, findings=(replace(said, citation=replace(said.citation, document="article.txt")),))
    text = reports.render(name, replace(report, problems=()))
    # JSON and CSV say for scripts all that there is, and the page shows it in cards.
    most = {"json": 3_000_000, "csv": 3_000_000, "html": 10_000_000, "svg": 500_000, "sarif": 150_000}
    assert len(text) < most.get(name, 65_536)


@every_format
def test_a_password_in_an_address_is_not_shown_to_people(name: str) -> None:
    text = reports.render(name, saying("words", url="https://user:qwertz123@host.example/page"))
    # JSON and CSV repeat for scripts what stands in the document.
    assert ("qwertz123" in text) == (name in ("json", "csv"))


@every_format
@pytest.mark.parametrize(
    "said",
    [
        "no browser can follow this link; correct it: http://user:qwertz123@[::1/x",
        "See //user:qwertz123@host.example/page for more.",
        "https://web.archive.org/web/20200101000000/http://user:qwertz123@host.example/page",
        "https://qwertz123@host.example/",
        "https://user:pass@qwertz123@host.example/",
    ],
)
def test_a_password_in_a_sentence_or_in_a_better_address_is_not_shown_to_people(name: str, said: str) -> None:
    for report in (saying(said), saying(said, url=said), saying_elsewhere(said)):
        cited = [replace(each.citation, document="article.txt") for each in report.findings]
        findings = tuple(replace(each, citation=new) for each, new in zip(report.findings, cited, strict=True))
        for width in (60, 100):
            text = reports.render(name, replace(report, findings=findings), width=width)
            assert "qwertz123" not in text or name in ("json", "csv")


@pytest.mark.parametrize("file_name", sorted(golden()))
def test_the_example_looks_as_reviewed(file_name: str) -> None:
    """``python -m tests.reports.example`` writes the golden files anew."""
    assert golden()[file_name] == (GOLDEN / file_name).read_bytes().decode()
