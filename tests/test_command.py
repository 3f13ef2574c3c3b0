"""What the tests run as the command is the command: a fork says and does what a process started anew does."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.command import begun, program, run
from tests.servers import html, response, serving


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--version"], 0),
        (["check", "--help"], 0),
        (["check", "--no-such-option"], 2),
        (["extract", "cited.md"], 0),
        (["check", "nowhere.md"], 2),
        (["config", "--format", "json"], 0),
    ],
)
def test_streams_and_exit_code_are_those_of_a_process_started_anew(tmp_path: Path, words: list[str], code: int) -> None:
    (tmp_path / "cited.md").write_text("Words „cited“ from https://a.example/.\n", encoding="utf-8")
    done = run(tmp_path, *words)
    with begun(tmp_path, *words) as process:
        said, complained = process.communicate(timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (process.returncode, said, complained)
    assert done.returncode == code


@pytest.mark.parametrize("command", ["check", "archive", "verify"])
def test_the_work_is_that_of_a_process_started_anew(tmp_path: Path, command: str) -> None:
    with serving({"/alive": html("Alive", "<p>words"), "/gone": response(404, b"no")}) as server:
        words = [command, f"{server.url}/alive", f"{server.url}/gone", "--wayback", "", "--allow-private", "127.0.0.1"]
        done = run(tmp_path, *words, "--archive", "forked", "--format", "json")
        with begun(tmp_path, *words, "--archive", "anew", "--format", "json") as process:
            said, complained = process.communicate(timeout=60)
    assert (done.returncode, done.stderr) == (process.returncode, complained) == (1, complained)
    cited = [json.loads(told)["citations"] for told in (done.stdout, said)]
    states = [[(each["state"], each["reason"]) for each in one] for one in cited]
    assert states[0] == states[1] == [("alive", "ok"), ("dead", "http-404")]
    kept = [sorted(path.name for path in (tmp_path / name).iterdir()) for name in ("forked", "anew")]
    assert kept[0] == kept[1] != []


def test_each_has_its_own_folder_environment_and_input(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("https://a.example/\n")
    run(tmp_path, "extract", "a.md", env={"LINKCHECK_TIMEOUT": "0"})
    assert "https://b.example/" in run(tmp_path, "extract", "-", stdin="https://b.example/\n").stdout
    told = [run(tmp_path, "config", env=env).stdout for env in ({"LINKCHECK_TIMEOUT": "7.5"}, {})]
    assert ["7.5" in each for each in told] == [True, False]
    assert "a.example" in run(tmp_path, "extract", "a.md").stdout


def test_a_shell_runs_it_with_the_streams_and_the_folder_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("https://a.example/\n")
    words = [*program(), "extract", "-", "a.md"]
    done = subprocess.run(words, cwd=tmp_path, input="https://b.example/\n", capture_output=True, text=True, check=True)
    assert [line for line in done.stdout.splitlines() if not line.startswith("#")] == [
        "https://b.example/",
        "https://a.example/",
    ]
    assert subprocess.run([*program(), "nonsense"], capture_output=True, check=False).returncode == 2
