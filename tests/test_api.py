"""linkcheck from Python: the same jobs, without printing, without signals, in any thread."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import linkcheck
from linkcheck.demo import SOURCES, World, serve


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with serve(tmp_path_factory.mktemp("world")) as up:
        yield up


@pytest.fixture
def settings(tmp_path: Path, world: World) -> linkcheck.Settings:
    entries = [f"{entry.host}:{entry.port}:{entry.address}:{entry.to_port}" for entry in world.resolve]
    return linkcheck.load_settings(
        tmp_path,
        archive=str(tmp_path / "archive"),
        resolve=entries,
        ca_file=str(world.ca_file),
        controls=list(world.controls),
        wayback=world.wayback,
    )


def test_a_check_gives_a_report_with_the_states_of_the_sources(tmp_path: Path, settings: linkcheck.Settings) -> None:
    listed = tmp_path / "sources.txt"
    listed.write_text(SOURCES, encoding="utf-8")
    report = linkcheck.check(listed, settings=settings)
    assert isinstance(report, linkcheck.Report)
    assert report.counts()[linkcheck.State.DEAD] == 3
    assert report.exit_code is linkcheck.ExitCode.POLICY
    assert '"schema": 1' in linkcheck.render(report, "json")
    assert linkcheck.score_of(report).parts[0].good == 1


def test_a_text_that_is_no_file_is_a_document_by_its_name(settings: linkcheck.Settings) -> None:
    note = linkcheck.document("See [this](https://example.com/) for more.", "note.md")
    (finding,) = linkcheck.check(note, settings=settings).findings
    assert (finding.citation.document, finding.citation.line) == ("note.md", 1)
    assert finding.verdict.state is linkcheck.State.ALIVE


def test_what_was_archived_is_verified_and_reported_without_network(settings: linkcheck.Settings) -> None:
    made = linkcheck.archive("https://example.com/", settings=settings)
    assert [snapshot.archive for snapshot in made.findings[0].snapshots] == ["local"]
    verified = linkcheck.verify("https://example.com/", settings=settings)
    assert any("sound" in note for note in verified.notes)
    remembered = linkcheck.report(settings=settings)
    assert [finding.citation.url for finding in remembered.findings] == ["https://example.com/"]


def test_progress_is_told_to_who_wants_it(settings: linkcheck.Settings) -> None:
    phases: list[str] = []
    linkcheck.check("https://example.com/", settings=settings, on_step=lambda step: phases.append(step.phase))
    assert phases


def test_it_runs_in_a_thread_that_is_not_the_main_one(settings: linkcheck.Settings) -> None:
    made: list[linkcheck.Report] = []
    run = threading.Thread(target=lambda: made.append(linkcheck.check("https://example.com/", settings=settings)))
    run.start()
    run.join(60)
    assert [report.exit_code for report in made] == [linkcheck.ExitCode.OK]


def test_ctrl_c_stays_ctrl_c_and_what_was_learnt_is_kept(settings: linkcheck.Settings) -> None:
    def stop(step: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        linkcheck.check("https://example.com/", settings=settings, on_step=stop)
    (finding,) = linkcheck.report(settings=settings).findings
    assert finding.citation.url == "https://example.com/"


def test_an_input_that_cannot_be_used_is_a_problem_in_the_report(tmp_path: Path, settings: linkcheck.Settings) -> None:
    report = linkcheck.check(tmp_path / "nowhere.md", "https://example.com/", settings=settings)
    assert [problem.document for problem in report.problems] == [str(tmp_path / "nowhere.md")]
    assert report.exit_code is linkcheck.ExitCode.USAGE
    assert len(report.findings) == 1


def test_without_documents_and_without_a_list_the_way_out_is_named(
    tmp_path: Path, settings: linkcheck.Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(linkcheck.InputError, match=r"there is no sources\.txt here"):
        linkcheck.citations(settings=settings)


def test_a_wrong_setting_names_the_nearest_right_one(tmp_path: Path) -> None:
    with pytest.raises(linkcheck.SettingsError, match="did you mean 'timeout'"):
        linkcheck.load_settings(tmp_path, time_out=5)


def test_the_public_names_are_there_and_a_bare_import_is_light() -> None:
    assert all(getattr(linkcheck, name) for name in linkcheck.__all__)
    code = "import sys, linkcheck; print(sum(name.startswith('linkcheck') for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert int(done.stdout) == 1


def test_the_examples_of_the_page_run_as_they_stand(
    tmp_path: Path, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    entries = [f"{entry.host}:{entry.port}:{entry.address}:{entry.to_port}" for entry in world.resolve]
    listed = f"resolve = {entries}\ncontrols = {list(world.controls)}\nca-file = '{world.ca_file}'\n"
    Path("linkcheck.toml").write_text(f"{listed}wayback = '{world.wayback}'\n", encoding="utf-8")
    speech = next(line for line in SOURCES.splitlines() if "sullivan" in line)
    text = f"# An article\n\nIt cites <https://example.com/>.\n\nAnd [a speech]({speech}).\n"
    Path("article.md").write_text(text, encoding="utf-8")
    page = (Path(__file__).parent.parent / "docs" / "api.md").read_text(encoding="utf-8")
    examples = "\n".join(re.findall(r"```pycon\n(.*?)```", page, re.DOTALL))
    test = doctest.DocTestParser().get_doctest(examples, {}, "docs/api.md", None, 0)
    told: list[str] = []
    outcome = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=told.append)
    assert (outcome.attempted > 15, "".join(told)) == (True, "")
