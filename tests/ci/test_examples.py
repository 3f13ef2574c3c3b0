"""Hooks, templates and the examples of ``docs/ci.md``: each is run as far as one machine can, or held to a schema."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from linkcheck import extract
from tests.ci.workflow import stand_in_for_install
from tests.readme import ROOT
from tests.servers import Script, Server, closed_port, html, response, serving

DOCS = (ROOT / "docs" / "ci.md").read_text("utf-8")
BLOCKS = re.findall(r"```(yaml|sh)\n(.*?)```", DOCS, re.DOTALL)
HOOKS: dict[str, dict[str, Any]] = {
    each["id"]: each for each in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
}
GITLAB = yaml.safe_load((ROOT / "ci" / "gitlab" / "linkcheck.gitlab-ci.yml").read_text("utf-8"))["linkcheck"]
SETTINGS = 'spacing = 0\nretries = 0\nwayback = ""\nallow-private = ["127.0.0.1"]\ncontrols = ["localhost"]\n'


def block(begins: str) -> str:
    (found,) = [text for _, text in BLOCKS if begins in text]
    return found


@pytest.fixture
def web() -> Iterator[Server]:
    script: Script = {"/alive": html("A", "<p>x"), "/gone": response(404, b"no")}
    with serving(script) as server:
        yield server


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A repository with one commit, and beside it a folder with the program, as an installation leaves it."""
    stand_in_for_install(tmp_path)
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "linkcheck.toml").write_text(SETTINGS)
    git(folder, "init", "-q", "-b", "main")
    return folder


def git(folder: Path, *words: str) -> None:
    named = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(["git", *named, "-C", str(folder), *words], check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "x")


def shell(folder: Path, words: list[str], **env: str) -> subprocess.CompletedProcess[str]:
    programs = folder.parent / "linkcheck-venv" / "bin"
    return subprocess.run(
        words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "CI": "1", "PATH": f"{programs}:{os.environ['PATH']}", **env},
    )  # fmt: skip


# ---------------------------------------------------------------- schemas


@pytest.mark.skipif(not importlib.util.find_spec("check_jsonschema"), reason="check-jsonschema holds the schemas")
@pytest.mark.parametrize(
    ("schema", "begins"),
    [
        ("github-actions", ROOT / "action.yml"),
        ("gitlab-ci", ROOT / "ci" / "gitlab" / "linkcheck.gitlab-ci.yml"),
        ("github-workflows", "# .github/workflows"),
        ("gitlab-ci", "# .gitlab-ci.yml"),
    ],
)
def test_files_and_examples_fit_the_schemas_of_those_who_read_them(
    schema: str, begins: Path | str, tmp_path: Path
) -> None:
    path = begins if isinstance(begins, Path) else tmp_path / "example.yml"
    if isinstance(begins, str):
        path.write_text(block(begins), "utf-8")
    words = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(path)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_examples_name_inputs_and_files_that_are_there() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    workflow = yaml.safe_load(block("# .github/workflows"))
    (step,) = [each for each in workflow["jobs"]["verify"]["steps"] if "linkcheck@" in each.get("uses", "")]
    assert step["with"].keys() <= action["inputs"].keys()
    assert set(re.findall(r"outputs\.([\w-]+)", block("# .github/workflows"))) <= action["outputs"].keys()
    included = yaml.safe_load(block("# .gitlab-ci.yml"))
    assert (ROOT / included["include"][0]["file"]).exists()
    assert included["linkcheck"]["variables"].keys() <= GITLAB["variables"].keys()
    (repo,) = yaml.safe_load(block("# .pre-commit-config.yaml"))["repos"]
    assert {each["id"] for each in repo["hooks"]} <= HOOKS.keys()
    (listed,) = re.findall(r"the outputs are (.*?) \(a folder\)", DOCS.replace("\n", " "))
    assert set(re.findall(r"`([\w-]+)`", listed)) == action["outputs"].keys()


# ---------------------------------------------------------------- pre-commit


def hook(folder: Path, name: str, *documents: str) -> subprocess.CompletedProcess[str]:
    """As pre-commit runs it: the entry in words, then the files that were staged."""
    return shell(folder, [*shlex.split(HOOKS[name]["entry"]), *documents])


def test_the_hooks_are_handed_every_document_that_a_directory_is_read_for() -> None:
    for name in ("linkcheck", "linkcheck-documents"):
        wanted = re.compile(HOOKS[name]["files"])
        assert [suffix for suffix in extract.suffixes() if not wanted.search(f"docs/a{suffix}")] == []
        assert wanted.search("A.MD")
        for other in ("a.py", "md", "a.md.lock", "baseline.json"):
            assert not wanted.search(other)


def test_a_commit_is_held_for_what_it_cites_anew(texts: Path, web: Server) -> None:
    (texts / "a.md").write_text(f"{web.url}/gone\n")
    commit(texts)
    (texts / "a.md").write_text(f"{web.url}/gone\n\n{web.url}/alive\n")
    git(texts, "add", ".")
    done = hook(texts, "linkcheck", "a.md")
    assert (done.returncode, web.paths()) == (0, ["/alive"]), done.stdout
    assert hook(texts, "linkcheck-documents", "a.md").returncode == 1
    (texts / "--fail-on=none.md").write_text(f"{web.url}/gone\n")
    git(texts, "add", ".")
    done = hook(texts, "linkcheck", "--fail-on=none.md", "a.md")
    assert done.returncode == 1, "a document is never an option"
    assert "/gone" in done.stdout


def test_without_network_a_commit_passes(texts: Path) -> None:
    (texts / "a.md").write_text(f"http://127.0.0.1:{closed_port()}/\n")
    commit(texts)
    assert hook(texts, "linkcheck-documents", "a.md").returncode == 0
    assert hook(texts, "linkcheck-documents", "none.md").returncode != 0


def test_a_commit_of_a_text_that_cites_nothing_passes(texts: Path) -> None:
    (texts / "prose.md").write_text("No address stands here.\n")
    commit(texts)
    for name in ("linkcheck", "linkcheck-documents"):
        done = hook(texts, name, "prose.md")
        assert done.returncode == 0, done.stdout + done.stderr
    assert hook(texts, "linkcheck-documents", "prose.md", "problem — nothing is cited here; not.md").returncode == 2


def test_before_a_push_the_sources_are_verified(texts: Path, web: Server) -> None:
    (texts / "sources.txt").write_text(f"{web.url}/gone\n")
    assert hook(texts, "linkcheck-verify").returncode == 1


@pytest.mark.skipif("LINKCHECK_PRE_COMMIT" not in os.environ, reason="LINKCHECK_PRE_COMMIT names pre-commit's program")
def test_pre_commit_installs_and_runs_the_hook(texts: Path, web: Server) -> None:
    commit(texts)
    (texts / "a.md").write_text(f"{web.url}/gone\n")
    git(texts, "add", ".")
    words = [os.environ["LINKCHECK_PRE_COMMIT"], "try-repo", str(ROOT), "linkcheck", "--files", "a.md"]
    done = subprocess.run(
        words, cwd=texts, capture_output=True, text=True, timeout=300, check=False,
        env={**os.environ, "PRE_COMMIT_HOME": str(texts.parent / "cache"), "PYTHONPATH": ""},
    )  # fmt: skip
    assert "/gone" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 1


# ---------------------------------------------------------------- GitLab, cron, Docker


def test_the_job_of_gitlab_writes_its_reports_and_ends_with_the_exit_code(texts: Path, web: Server) -> None:
    (script,) = GITLAB["script"]
    (texts / "a b.md").write_text(f"{web.url}/gone\n")
    commit(texts)
    defaults = {name: str(value) for name, value in GITLAB["variables"].items()}

    def job(documents: str, **variables: str) -> subprocess.CompletedProcess[str]:
        runner = {**defaults, "CI_BUILDS_DIR": str(texts.parent), "LINKCHECK_DOCUMENTS": documents, **variables}
        return shell(texts, ["sh", "-e", "-c", script], **runner)

    done = job("a b.md\n")
    assert done.returncode == 1, done.stdout
    for name in (GITLAB["artifacts"]["reports"]["codequality"], GITLAB["artifacts"]["reports"]["junit"]):
        assert (texts / name).stat().st_size
    assert json.loads((texts / "linkcheck-reports" / "report.codequality.json").read_text("utf-8"))
    shutil.copy(texts / "linkcheck-reports" / "report.json", texts / "base.json")
    assert job("a b.md", LINKCHECK_BASELINE="base.json").returncode == 0
    assert job("a b.md", CI_MERGE_REQUEST_DIFF_BASE_SHA="main").returncode == 0, "the request touches nothing"
    hostile = "; touch pwned\n$(touch pwned)\n`touch pwned`\nDOCUMENTS\ntouch pwned\n--output=pwned.json"
    done = job(hostile, LINKCHECK_FAIL_ON="dead")
    assert done.returncode == 2
    assert list(texts.glob("pwned*")) == []


def test_the_baseline_of_the_page_is_written_and_held_against(texts: Path, web: Server) -> None:
    (texts / "docs").mkdir()
    (texts / "archive").mkdir()
    (texts / "docs" / "a.md").write_text(f"{web.url}/gone\n")
    done = shell(texts, ["sh", "-e", "-c", block("|| true")])
    assert done.returncode == 0, done.stdout
    assert "Nothing new falls short of the policy" in done.stdout


def test_cron_prints_only_trouble(texts: Path, web: Server) -> None:
    script = block("/etc/cron.weekly")
    (texts / "sources.txt").write_text(f"{web.url}/alive\n")
    (texts / "archive").mkdir()
    shell(texts, ["linkcheck", "verify", "-o", "archive/baseline.json"])
    done = shell(texts, ["sh", "-c", script], TEXTS=str(texts))
    assert (done.returncode, done.stdout) == (0, "")
    (texts / "sources.txt").write_text(f"{web.url}/gone\n")
    done = shell(texts, ["sh", "-c", script], TEXTS=str(texts))
    assert done.returncode == 1
    assert "/gone" in done.stdout
    assert (texts / "report.html").exists()


def test_the_image_has_what_the_package_is_built_from_and_runs_without_rights() -> None:
    """Docker itself is not asked; what its ``pip install`` does is what the step of the action does."""
    lines = (ROOT / "Dockerfile").read_text("utf-8").splitlines()
    words = [line.split() for line in lines if line and not line.startswith(("#", " "))]
    bases = [each[1] for each in words if each[0] == "FROM"]
    assert bases
    assert all(re.search(r":\d+\.\d+-", base) for base in bases), "named by a tag"
    assert [each[1] for each in words if each[0] == "USER"][-1] == "linkcheck"
    assert words[-2] == ["ENTRYPOINT", '["linkcheck"]']
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    assert all((ROOT / name).exists() for name in kept)
    assert {"linkcheck", "setup.cfg", "pyproject.toml", "README.md", "LICENSE"} == kept
