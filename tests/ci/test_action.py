"""``action.yml``: its steps run as a runner of GitHub runs them, against a server on loopback."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import linkcheck
from tests.ci.workflow import EXPRESSION, Action, Ran, stand_in_for_install
from tests.readme import ROOT
from tests.servers import Script, Server, closed_port, html, response, serving

INSTALL = "Install linkcheck"
DEFINITION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))


@pytest.fixture
def web() -> Iterator[Server]:
    script: Script = {"/alive": html("A", "<p>x"), "/gone": response(404, b"no"), "/broken": response(503, b"oops")}
    with serving(script) as server:
        yield server


@pytest.fixture
def action(tmp_path: Path) -> Action:
    workspace, temp = tmp_path / "texts", tmp_path / "temp"
    workspace.mkdir()
    stand_in_for_install(temp)
    (workspace / "linkcheck.toml").write_text(
        'spacing = 0\nretries = 0\nwayback = ""\nallow-private = ["127.0.0.1"]\ncontrols = ["localhost"]\n'
    )
    return Action(ROOT / "action.yml", workspace, temp)


def run(action: Action, env: dict[str, str] | None = None, github: dict[str, str] | None = None, **inputs: str) -> Ran:
    given = {name.replace("_", "-"): value for name, value in inputs.items()}
    return action.run(given, skip=(INSTALL,), env={"PYTHONPATH": str(ROOT), **(env or {})}, github=github)


def test_no_input_is_written_into_a_script_and_every_other_action_has_a_full_version() -> None:
    used = []
    for step in DEFINITION["runs"]["steps"]:
        assert not EXPRESSION.search(step.get("run", "")), step["name"]
        used += [step["uses"]] if "uses" in step else []
    assert used
    for name in used:
        assert name.rpartition("@")[2].count(".") == 2, name


def test_every_input_and_output_is_used_and_described() -> None:
    text = (ROOT / "action.yml").read_text("utf-8")
    for name, declared in DEFINITION["inputs"].items():
        assert f"inputs.{name}" in text
        assert declared["description"]
    wanted = set(EXPRESSION.findall(json.dumps(DEFINITION["outputs"])))
    assert wanted
    for expression in wanted:
        _, step, _, output = expression.split(".")
        (found,) = [each for each in DEFINITION["runs"]["steps"] if each.get("id") == step]
        assert f"{output}=" in found["run"]


def test_a_run_annotates_sums_up_writes_its_reports_and_ends_with_the_exit_code(action: Action, web: Server) -> None:
    (action.workspace / "a.md").write_text(f"See {web.url}/alive\nand {web.url}/gone\nor {web.url}/broken\n")
    ran = run(action, documents="a.md")
    assert ran.code == 1
    assert "::error file=a.md,line=2,col=5,title=dead%3A http-404::" in ran.log
    assert ran.log.count("::error") == 1, "a 503 fails nothing"
    outputs = ran.outputs
    assert (outputs["exit-code"], outputs["citations"], outputs["fallen"], outputs["known"]) == ("1", "3", "1", "0")
    assert json.loads(outputs["states"]) == {"dead": 1, "failing": 1, "alive": 1}
    assert 0 <= int(outputs["score"]) < 100
    assert "/gone" in ran.summary
    folder = Path(outputs["reports"])
    assert {path.name for path in folder.iterdir()} == {
        "report.html", "report.json", "report.md", "report.sarif", "report.summary.md",
    }  # fmt: skip
    assert ran.steps["verify"]["sarif"] == str(folder / "report.sarif")


def test_without_inputs_the_list_of_sources_is_verified(action: Action, web: Server) -> None:
    (action.workspace / "sources.txt").write_text(f"{web.url}/alive\n")
    ran = run(action)
    assert (ran.code, ran.outputs["exit-code"], ran.outputs["citations"]) == (0, "0", "1")


def test_where_nothing_could_be_told_the_run_warns_and_fails_only_if_it_is_asked_to(action: Action) -> None:
    document = f"http://127.0.0.1:{closed_port()}/"
    ran = run(action, documents=document)
    assert (ran.code, ran.outputs["exit-code"]) == (0, "3")
    assert "::warning title=linkcheck::Nothing could be told" in ran.log
    assert run(action, documents=document, fail_on_untold="true").code == 3


def test_the_step_that_fails_says_where_it_is_told_why(action: Action, web: Server) -> None:
    ran = run(action, documents="a.md", arguments="--no-such-option")
    assert ran.code == 2
    assert "::error title=linkcheck::Usage, settings or an input cannot be used: the step Verify" in ran.log
    ran = run(action, documents=f"{web.url}/gone")
    assert ran.code == 1
    assert "stands in the annotations" in ran.log
    assert "the annotations" not in run(action, documents=f"{web.url}/alive").log


def test_what_is_stored_is_reported_with_the_same_inputs(action: Action, web: Server) -> None:
    (action.workspace / "a.md").write_text(f"{web.url}/gone\n")
    (action.workspace / "archive").mkdir()
    first = run(action, documents="a.md")
    baseline = action.workspace / "archive" / "baseline.json"
    baseline.write_bytes((Path(first.outputs["reports"]) / "report.json").read_bytes())
    ran = run(action, command="report", documents="a.md", baseline="archive/baseline.json", new_only="true")
    assert (first.code, ran.code, ran.outputs["known"]) == (1, 0, "1"), ran.log


def test_a_baseline_and_the_other_inputs_reach_the_command(action: Action, web: Server) -> None:
    (action.workspace / "texts").mkdir()
    (action.workspace / "linkcheck.toml").rename(action.workspace / "texts" / "linkcheck.toml")
    (action.workspace / "texts" / "a.md").write_text(f"{web.url}/gone\n")
    (action.workspace / "texts" / "b.md").write_text(f"{web.url}/broken\n")
    base = {"working_directory": "texts", "documents": "a.md\n\nb.md\n", "baseline": "kept/base.json"}
    (action.workspace / "texts" / "kept").mkdir()
    first = run(action, working_directory="texts", documents="a.md", archive="kept", fail_on="http-404")
    assert first.code == 1
    assert (action.workspace / "texts" / "kept" / "history.sqlite").exists()
    shutil.copy(Path(first.outputs["reports"]) / "report.json", action.workspace / "texts" / "kept" / "base.json")
    ran = run(action, **base, new_only="true", arguments="--fail-on\ndead,failing\n")
    assert (ran.code, ran.outputs["fallen"], ran.outputs["known"]) == (1, "1", "1")
    assert "file=b.md" in ran.log
    assert "file=a.md" not in ran.log, "it is known, and only what is new is annotated"


def test_only_what_a_pull_request_adds_is_asked_for(action: Action, web: Server) -> None:
    text = action.workspace / "a.md"
    text.write_text(f"{web.url}/gone\n")
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-C", str(action.workspace)]
    for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *words], check=True)
    text.write_text(f"{web.url}/gone\n\n{web.url}/alive\n")
    ran = run(action, documents="a.md", since="main")
    assert (ran.code, web.paths()) == (0, ["/alive"])


HOSTILE = (
    "; touch pwned #",
    "$(touch pwned)",
    "`touch pwned`",
    "' ; touch pwned ; '",
    '" ; touch pwned ; "',
    "--output=pwned.json",
    "-o pwned",
    "${{ github.token }}",
    "x\n::set-output name=pwned::1",
    "a\ntouch pwned",
)


def made(action: Action) -> set[str]:
    found = [path for folder in (action.workspace, action.temp) for path in folder.rglob("*")]
    return {path.name for path in found if "pwned" in path.name}


def test_hostile_documents_are_documents_that_are_not_there(action: Action) -> None:
    ran = run(action, documents="\n".join(HOSTILE))
    assert ran.outputs["exit-code"] == "2", ran.log
    assert made(action) == set()
    problems = json.loads((Path(ran.outputs["reports"]) / "report.json").read_text("utf-8"))["problems"]
    assert {each["document"] for each in problems} == {line for each in HOSTILE for line in each.split("\n")}
    assert not [line for line in ran.log.splitlines() if line.lstrip().startswith("::set-output")]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_inputs_run_nothing(hostile: str, action: Action) -> None:
    (action.workspace / "a.md").write_text("Nothing is cited.\n")
    ran = run(action, documents="a.md", fail_on=hostile, archive=hostile, baseline=hostile, since=hostile)
    assert ran.code == 2, ran.log
    ran = run(action, documents="a.md", command=hostile)
    assert ran.code == 2
    assert "the input command is verify, check or report" in ran.log
    assert made(action) == set()


def test_a_file_whose_name_is_a_command_is_no_command_in_the_log(action: Action) -> None:
    folder = action.workspace / "docs"
    folder.mkdir()
    (folder / "a\n::error::pwned.md").write_bytes(b"\x00\x01" * 90)
    (folder / "b\n::stop-commands::x.md").write_text("https://127.0.0.1:1/\n")
    ran = run(action, documents="docs")
    assert ran.outputs["exit-code"] == "2"
    for line in ran.log.splitlines():
        assert not line.lstrip().startswith(("::error::pwned", "::stop-commands"))


def test_a_comment_is_written_once_and_then_written_over(action: Action, web: Server, tmp_path: Path) -> None:
    """The program ``gh`` is a stand-in that notes what it is asked for; GitHub itself cannot be asked here."""
    (action.workspace / "a.md").write_text(f"{web.url}/gone\n")
    programs = tmp_path / "programs"
    programs.mkdir()
    noted = tmp_path / "noted"
    gh = programs / "gh"
    gh.write_text(f'#!/bin/sh\nprintf "%s\\n" "$*" >>{noted}\ncase "$*" in *--jq*) printf "%s" "$EARLIER";; esac\n')
    gh.chmod(gh.stat().st_mode | stat.S_IXUSR)
    env = {"PATH": f"{programs}:{os.environ['PATH']}"}
    event = {"event.pull_request.number": "7"}
    assert run(action, env, event, documents="a.md", comment="true").code == 1
    assert noted.read_text().splitlines()[1].split()[:3] == ["api", "--silent", "repos/someone/texts/issues/7/comments"]
    run(action, {**env, "EARLIER": "4\n5"}, event, documents="a.md", comment="true")
    assert "--method PATCH repos/someone/texts/issues/comments/4 --field" in noted.read_text().splitlines()[-1]
    body = (action.temp / "linkcheck-comment.md").read_text("utf-8")
    assert body.startswith("<!-- linkcheck -->\n")
    assert len(body) < 65536
    for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "x"]):
        named = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-C", str(action.workspace)]
        subprocess.run([*named, *words], check=True)
    noted.write_text("")
    assert run(action, env, event, documents="a.md", since="main", comment="true").code == 0
    assert "--silent" not in noted.read_text(), "a pull request that cites nothing is not written to"
    run(action, {**env, "EARLIER": "4"}, event, documents="a.md", since="main", comment="true")
    assert "--method PATCH" in noted.read_text(), "but what it was told before is brought up to date"
    gh.write_text("#!/bin/sh\nexit 1\n")
    ran = run(action, env, event, documents="a.md", comment="true")
    assert ran.code == 1, "the exit code is the run's"
    assert "::warning title=linkcheck::the comment could not be written" in ran.log


@pytest.mark.skipif("LINKCHECK_INSTALLS" not in os.environ, reason="LINKCHECK_INSTALLS=1 lets pip install for real")
def test_the_step_that_installs_needs_no_more_than_an_image_is_built_from(action: Action, web: Server) -> None:
    """What ``.dockerignore`` keeps, and the action: so the ``pip install`` of the Dockerfile is held as well."""
    checkout = action.temp.parent / "checkout"
    kept = [line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")]
    files = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "action.yml", *kept], capture_output=True, check=True
    )
    for name in files.stdout.decode().rstrip("\0").split("\0"):
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, checkout / name)
    shutil.rmtree(action.temp)
    action.temp.mkdir()
    (action.workspace / "a.md").write_text(f"{web.url}/gone\n")
    real = Action(checkout / "action.yml", action.workspace, action.temp)
    ran = real.run({"documents": "a.md"}, env={"PYTHONPATH": ""})
    assert ran.outputs["exit-code"] == "1", ran.log
    assert ran.steps["install"]["version"] == linkcheck.__version__
