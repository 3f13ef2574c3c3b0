"""A baseline: what an earlier run held against a citation fails no later one, and nothing else is let pass."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import linkcheck
from linkcheck import reports
from linkcheck.baseline import Baseline, compared, parse, without_known
from linkcheck.conduct import ExitCode
from linkcheck.errors import InputError
from linkcheck.model import Citation, Finding, Problem, QuoteMatch, Report, State, Verdict
from tests.command import run as run_command
from tests.reports.example import NOW
from tests.servers import Server, html, response, serving

URL = "https://example.org/page"


def found(
    state: State = State.DEAD, reason: str = "http-404", *, line: int = 1, context: str = "as it is said",
    held_for: tuple[str, ...] | None = None, document: str = "docs/a.md", url: str = URL,
) -> Finding:  # fmt: skip
    words = held_for if held_for is not None else (str(state),)
    cited = Citation(url, url, document, line, 1, context)
    return Finding(cited, Verdict(state, reason, ""), shortfalls=tuple(f"{word}." for word in words), held_for=words)


def report(*findings: Finding) -> Report:
    return Report("verify", NOW, "linkcheck 0.1.0", findings, ExitCode.POLICY)


def baseline(*findings: Finding) -> Baseline:
    return parse(reports.render("json", report(*findings)).encode(), "baseline.json")


def new(before: Baseline, *findings: Finding, untouched: tuple[Citation, ...] = ()) -> list[int]:
    """The lines of what still falls short."""
    made = compared(report(*findings), before, untouched)
    return [finding.citation.line for finding in made.findings if finding.shortfalls]


# ---------------------------------------------------------------- what is known


def test_what_fell_short_before_is_known_wherever_its_line_has_gone() -> None:
    (made,) = compared(report(found(line=90)), baseline(found(line=3))).findings
    assert made.shortfalls == ()
    assert made.known == ("dead.; so it did on 2026-11-23 (baseline.json)",)
    assert made.held_for == ("dead",)


@pytest.mark.parametrize(
    ("then", "now", "is_new"),
    [
        (found(State.MOVED, "redirect-permanent"), found(), True),
        (found(State.DEAD, "http-404"), found(State.DEAD, "no-such-host"), False),
        (found(State.DRIFTED, "text-drift"), found(State.DRIFTED, "text-drift"), False),
        (found(State.DRIFTED, "text-drift"), found(State.DRIFTED, "quote-missing"), True),
        (found(State.ALIVE, "ok", held_for=()), found(), True),
        (found(State.DEAD, held_for=()), found(), True),
        (found(State.DEAD, held_for=("missing-capture",)), found(), True),
        (found(State.DEAD, held_for=("http-404",)), found(held_for=("dead",)), False),
        (found(State.DEAD, "http-410"), found(State.DEAD, "http-404", held_for=("http-404",)), True),
        (found(State.ALIVE, "ok", held_for=("damaged",)), found(State.ALIVE, "ok", held_for=("damaged",)), True),
        (
            found(State.ALIVE, "ok", held_for=("missing-capture",)),
            found(State.FAILING, "timeout", held_for=("missing-capture",)),
            False,
        ),
        (found(State.FAILING, "timeout", held_for=()), found(State.DEAD, "repeated-failure"), True),
        (found(document="docs/b.md"), found(), True),
        (found(url=f"{URL}?other"), found(), True),
        (found(document="./docs/a.md"), found(), False),
    ],
)  # fmt: skip
def test_it_is_known_only_for_what_it_was_held_for(then: Finding, now: Finding, is_new: bool) -> None:
    assert new(baseline(then), replace(now, citation=replace(now.citation, line=7))) == [7] * is_new


def test_another_quote_that_is_wanting_is_new() -> None:
    def quoting(missing: str, found_there: str) -> Finding:
        drifted = found(State.DRIFTED, "quote-missing")
        quotes = (QuoteMatch(missing, True, "memento"), QuoteMatch(found_there, True, "live"))
        return replace(
            drifted,
            citation=replace(drifted.citation, quotes=("one", "two")),
            verdict=replace(drifted.verdict, quotes=quotes),
        )

    before = baseline(quoting("one", "two"))
    assert new(before, quoting("one", "two")) == []
    assert new(before, quoting("two", "one")) == [1]


def test_of_two_troubles_only_the_new_one_is_left() -> None:
    now = found(held_for=("dead", "missing-capture"))
    (made,) = compared(report(now), baseline(found(held_for=("missing-capture",)))).findings
    assert made.shortfalls == ("dead.",)
    assert made.held_for == ("dead", "missing-capture"), "first those that hold, then those that were known"
    assert len(made.known) == 1


def test_each_citation_of_the_baseline_stands_for_one() -> None:
    two = (found(line=3, context="one"), found(line=8, context="two"))
    assert new(baseline(*two), *two, found(line=12, context="three")) == [12]
    assert new(baseline(*two), found(line=1, context="three"), *two) == [1], "the words around it tell which is new"
    rewritten = [found(line=line, context=f"rewritten {line}") for line in (4, 9, 13)]
    assert new(baseline(*two), *rewritten) == [13], "else their order does"


def test_a_second_citation_in_a_change_is_new_although_the_first_is_not_part_of_the_change() -> None:
    added = found(line=5, context="added")
    old = found(line=9)
    assert new(baseline(old), added, untouched=(old.citation,)) == [5]
    assert new(baseline(old), added) == []


def test_a_document_with_a_new_name_is_known_by_the_words_around_its_citations() -> None:
    before = baseline(found(context="one"), found(context="two", url=f"{URL}/2"))
    renamed = [found(document="docs/b.md", context="one", line=7), found(document="docs/b.md", context="other", line=8)]
    copied = found(document="docs/c.md", context="one", line=9)
    made = compared(report(*renamed, copied), before, gone={"docs/a.md"})
    assert [finding.citation.line for finding in made.findings if finding.known] == [7], "each stands for one"
    assert any("1 cited in a document with a new name: write it anew" in note for note in made.notes)
    assert not any(finding.known for finding in compared(report(copied), before).findings), "it is there still"
    there = found(document="docs/d.md", context="one")
    known = baseline(found(context="one"), found(document="docs/d.md", url=f"{URL}/3"))
    assert not compared(report(there), known, gone={"docs/a.md"}).findings[0].known, "d.md is no new name"


def test_an_input_that_could_not_be_used_before_either_is_known_for_the_same_reason_only() -> None:
    torn = Problem("docs/a.pdf", 0, "this PDF is torn")
    before = parse(reports.render("json", replace(report(), problems=(torn,))).encode(), "baseline.json")
    other = replace(torn, message="this PDF is encrypted")
    made = compared(replace(report(), problems=(torn, other)), before)
    assert (made.problems, made.known_problems) == ((other,), (torn,))
    assert any("docs/a.pdf: this PDF is torn" in note for note in made.notes)
    again = parse(reports.render("json", made).encode(), "baseline.json")
    assert compared(replace(report(), problems=(torn, other)), again).problems == (), "both are known from here on"


def test_a_baseline_that_was_made_with_a_baseline_knows_both() -> None:
    first = baseline(found())
    second = compared(report(found(), found(url=f"{URL}?2", line=2)), first)
    third = parse(reports.render("json", second).encode(), "second.json")
    assert new(third, found(), found(url=f"{URL}?2", line=2)) == []


def test_a_report_from_before_the_key_held_for_is_read() -> None:
    read = json.loads(reports.render("json", report(found(), found(State.ALIVE, "ok", url=f"{URL}?2", held_for=()))))
    for entry in read["citations"]:
        del entry["held_for"]
    old = parse(json.dumps(read).encode(), "old.json")
    assert new(old, found(), found(url=f"{URL}?2", line=2)) == [2]


# ---------------------------------------------------------------- what is told


def test_what_is_mended_or_cited_no_longer_is_told_and_a_refusal_mends_nothing() -> None:
    urls = [f"{URL}?{number}" for number in range(4)]
    before = baseline(*(found(url=url, line=line) for line, url in enumerate(urls)))
    alive = found(State.ALIVE, "ok", url=urls[0], held_for=())
    blocked = found(State.BLOCKED, "bot-wall", url=urls[1], held_for=())
    made = compared(report(alive, blocked, found(url=urls[2])), before)
    assert made.notes == (
        "baseline.json of 2026-11-23 knows 1 citation that would fall short of the policy (1 dead); "
        "what it knows does not fail the run.",
        "Of what baseline.json knows, 1 mended and 1 cited no longer: write it anew "
        "(the same over all documents, with -o baseline.json in place of --baseline).",
    )
    assert compared(report(), before).notes == (), "a document that was not read has lost nothing"


def test_what_is_known_can_be_left_out_of_the_table_and_is_counted_on() -> None:
    other = found(url=f"{URL}?2", line=2)
    whole = compared(report(found(), other), baseline(found()))
    shown = without_known(whole)
    assert [finding.citation.line for finding in shown.findings] == [2]
    assert shown.counts() == whole.counts() == {State.DEAD: 2}
    assert shown.notes[-1] == "Not shown (--new-only): 1 citation that the baseline knows."
    table = reports.render("terminal", shown)
    assert "2 citations of 2 sources: 2 dead." in table
    assert table.count("http-404") == 1
    assert without_known(report(other)) == report(other)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is no JSON, or only a part of it"),
        (b'{"schema": 1, "citations": [{"url"', "is no JSON, or only a part of it"),
        (b"[" * 200_000, "is no JSON, or only a part of it"),
        (b"\xff\xfe{", "is no JSON, or only a part of it"),
        (b"[]", "is no JSON report of linkcheck"),
        (b'{"version": "2.1.0", "runs": []}', "is no JSON report of linkcheck"),
        (b'{"schema": 2, "citations": [], "tool": "linkcheck 9.0"}', "is of schema 2, made by 'linkcheck 9.0'"),
        (b'{"schema": 1, "citations": [{"url": 5}]}', "has no document, url, state, reason in citation 1"),
    ],
)
def test_a_file_that_is_no_baseline_is_named_with_the_way_out(content: bytes, words: str) -> None:
    with pytest.raises(InputError, match=r"the same command with -o base\.json in place of --baseline") as caught:
        parse(content, "base.json")
    assert str(caught.value).startswith("--baseline: base.json ")
    assert words in str(caught.value)


def test_twenty_thousand_citations_of_one_url_are_told_apart() -> None:
    many = [found(line=line, context=f"said {line}") for line in range(20_000)]
    moved = [replace(each, citation=replace(each.citation, line=each.citation.line + 7)) for each in many]
    assert new(baseline(*many), *moved, found(line=30_000, context="said anew")) == [30_000]


# ---------------------------------------------------------------- the commands


@pytest.fixture
def web() -> Iterator[Server]:
    script = {"/alive": html("A", "<p>x"), "/gone": response(404, b"no"), "/broken": response(500, b"oops")}
    with serving(script) as server:  # type: ignore[arg-type]
        yield server


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run_command(folder, *words, "--wayback", "", "--allow-private", "127.0.0.1", env={"CI": "1"})


def plain(text: str) -> str:
    return " ".join(text.split())


def told(folder: Path, name: str = "now.json") -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / name).read_text("utf-8"))
    return read


@pytest.mark.parametrize("command", ["check", "verify"])
def test_only_new_trouble_fails_a_run(command: str, tmp_path: Path, web: Server) -> None:
    (tmp_path / "linkcheck.toml").write_text("spacing = 0\nretries = 0\n")
    text = tmp_path / "a.md"
    text.write_text(f"See {web.url}/alive, {web.url}/broken and\n\n- {web.url}/gone\n")
    base = ("--baseline", "base.json")
    first = run(tmp_path, command, "a.md", *base, "-o", "base.json")
    assert first.returncode == 1, "the first run writes the baseline that it is told to hold against"
    again = run(tmp_path, command, "a.md", *base)
    assert again.returncode == 0, again.stdout
    assert "Nothing new falls short of the policy: the baseline knows the 1 citation that falls short" in plain(
        again.stdout
    )
    text.write_text(f"A new beginning.\n\n{text.read_text()}\nAnd {web.url}/gone once more, for other words.\n")
    third = run(tmp_path, command, "a.md", *base, "--new-only", "-o", "now.json")
    assert third.returncode == 1
    assert "1 citation falls short of the policy (beside 1 that the baseline knows)" in plain(third.stdout)
    assert "a.md:5" not in third.stdout, "left out of the table"
    entries = {entry["line"]: entry for entry in told(tmp_path)["citations"] if entry["state"] == "dead"}
    assert {line: bool(entry["known"]) for line, entry in entries.items()} == {5: True, 7: False}
    assert entries[7]["held_for"] == ["dead"]


def test_a_change_and_a_baseline_together_fail_for_what_the_change_adds(tmp_path: Path, web: Server) -> None:
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-C", str(tmp_path)]
    text = tmp_path / "a.md"
    text.write_text(f"Old: {web.url}/gone\n\nA line.\n")
    subprocess.run([*git, "init", "-q", "-b", "main"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "x"], check=True)
    assert run(tmp_path, "verify", "a.md", "-o", "base.json").returncode == 1
    held = ("verify", "a.md", "--baseline", "base.json", "--since", "main")
    text.write_text(f"Old, reworded: {web.url}/gone\n\nA line.\n")
    assert run(tmp_path, *held).returncode == 0, "a known one whose line is touched is known"
    text.write_text(f"New: {web.url}/gone\n\nOld: {web.url}/gone\n\nA line.\n")
    assert run(tmp_path, *held).returncode == 1, "a second citation of a dead source is new trouble"


def test_a_baseline_that_cannot_be_used_ends_the_run_before_anybody_is_asked(tmp_path: Path, web: Server) -> None:
    (tmp_path / "torn.json").write_text('{"schema": 1, "cit')
    for words in (("--baseline", "torn.json"), ("--baseline", "none.json"), ("--new-only",)):
        done = run(tmp_path, "verify", f"{web.url}/gone", *words)
        assert (done.returncode, done.stdout) == (2, "")
        assert "--baseline" in done.stderr
    assert web.paths() == []


def test_a_stored_run_is_reported_under_a_baseline_and_for_a_change(tmp_path: Path, web: Server) -> None:
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-C", str(tmp_path)]
    text = tmp_path / "a.md"
    text.write_text(f"[x]({web.url}/gone)\n")
    subprocess.run([*git, "init", "-q", "-b", "main"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "x"], check=True)
    assert run(tmp_path, "check", "a.md", "-o", "base.json").returncode == 1
    asked = len(web.paths())

    def reported(*words: str) -> subprocess.CompletedProcess[str]:
        return run_command(tmp_path, "report", *words, env={"CI": "1"})

    assert reported().returncode == 1
    known = reported("--baseline", "base.json", "--new-only")
    assert known.returncode == 0, known.stderr
    assert "Not shown (--new-only): 1 citation" in known.stdout
    assert reported("--since", "main").stdout.startswith("No citations.")
    text.write_text(f"[x]({web.url}/gone)\n\n[y]({web.url}/gone) for other words\n")
    assert reported("--since", "main", "--baseline", "base.json").returncode == 1
    assert len(web.paths()) == asked, "nobody is asked"


def test_a_document_may_be_renamed_under_a_baseline(tmp_path: Path, web: Server) -> None:
    (tmp_path / "a.md").write_text(f"[x]({web.url}/gone)\n")
    assert run(tmp_path, "check", "a.md", "-o", "base.json").returncode == 1
    (tmp_path / "b.md").write_text(f"[x]({web.url}/gone)\n")
    assert run(tmp_path, "check", "b.md", "--baseline", "base.json").returncode == 1, "a.md is there still"
    (tmp_path / "a.md").unlink()
    assert run(tmp_path, "check", "b.md", "--baseline", "base.json").returncode == 0


@pytest.mark.parametrize("job", [linkcheck.check, linkcheck.verify])
def test_from_python_a_baseline_is_held_against_as_well(job: Any, tmp_path: Path, web: Server) -> None:
    settings = linkcheck.load_settings(
        tmp_path, archive=str(tmp_path / "archive"), wayback="", allow_private=["127.0.0.1"], spacing=0, retries=0
    )
    made = job(f"{web.url}/gone", settings=settings)
    assert made.exit_code is ExitCode.POLICY
    (tmp_path / "base.json").write_text(linkcheck.render(made, "json"), "utf-8")
    again = job(f"{web.url}/gone", settings=settings, baseline=tmp_path / "base.json")
    assert again.exit_code is ExitCode.OK
    assert again.findings[0].known
    with pytest.raises(InputError, match="there is no"):
        job(f"{web.url}/gone", settings=settings, baseline="none.json")
