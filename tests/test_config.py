"""Where settings come from, which of them hold, and that no secret is shown."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from linkcheck.errors import SettingsError
from linkcheck.settings import Settings, load, passed_over, with_values
from linkcheck.settings.showing import FORMS, Shown, environment_of, show
from tests.command import run as run_command

PAGE = Path(__file__).parents[1] / "docs" / "configuration.md"
SECRET = "hush-hush-4711"
PROJECT = """\
[project]
name = "x"

[tool.linkcheck]
archive = "kept"
fail-on = ["dead", "blocked"]
wayback = "https://me:SECRET@archive.example"
exceptions = [{ url = "https://a.example/*", until = 2027-01-31, reason = "moving" }]

[tool.linkcheck.hosts."api.example.org"]
headers = { Authorization = "Bearer ${API_TOKEN}", X-Api-Key = "SECRET" }
accept = [403, 999]
""".replace("SECRET", SECRET)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    return tmp_path


def config(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return run_command(folder, "config", *arguments, env=environment)


# ---------------------------------------------------------------- which file


def test_below_the_root_of_a_repository_its_settings_hold_and_paths_are_meant_from_their_file(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project / "docs")
    loaded = load(Path())
    assert (loaded.origin, loaded.fail_on) == ("../pyproject.toml", ("dead", "blocked"))
    assert (loaded.archive, loaded.sources, loaded.ca_file) == ("../kept", "../sources.txt", "")


def test_the_nearest_folder_with_settings_counts_and_it_alone(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "docs" / "setup.cfg").write_text("[tool:linkcheck]\nretries = 0\n")
    (project / "setup.cfg").write_text("[tool:linkcheck]\nretries = 9\n")
    monkeypatch.chdir(project / "docs")
    loaded = load(Path())
    assert (loaded.origin, loaded.retries, loaded.fail_on, loaded.archive) == (
        "setup.cfg", 0, ("dead", "drifted"), "archive",
    )  # fmt: skip
    assert passed_over(Path()) == ("../pyproject.toml", "../setup.cfg")


def test_outside_of_a_repository_no_folder_above_is_asked(project: Path) -> None:
    (project / ".git").rmdir()
    assert load(project / "docs") == Settings()


def test_nothing_above_the_root_of_the_repository_counts(project: Path) -> None:
    (project / "docs" / ".git").write_text("gitdir: elsewhere\n")
    assert load(project / "docs") == Settings()


def test_a_file_in_another_folder_speaks_of_that_folder(project: Path) -> None:
    assert load(project).archive == str(project / "kept")


# ---------------------------------------------------------------- what stands above what


def test_the_environment_stands_above_the_file_and_options_above_both(project: Path) -> None:
    loaded = load(project, {"LINKCHECK_FAIL_ON": "dead,drifted,http-403", "LINKCHECK_ARCHIVE": "", "LINKCHECK_X": "1"})
    assert (loaded.fail_on, loaded.archive) == (("dead", "drifted", "http-403"), str(project / "kept"))
    assert (loaded.origins["fail-on"], loaded.origins["archive"]) == ("LINKCHECK_FAIL_ON", "pyproject.toml:5")
    done = config(project, "--format", "json", "--fail-on", "dead", LINKCHECK_FAIL_ON="none", LINKCHECK_RETRIES="7")
    told = json.loads(done.stdout)["settings"]
    assert told["fail-on"] == {"value": ["dead"], "from": "--fail-on"}
    assert told["retries"] == {"value": 7, "from": "LINKCHECK_RETRIES"}
    assert told["archive"] == {"value": "kept", "from": "pyproject.toml:5"}
    assert told["spacing"] == {"value": 0.25, "from": "default"}


def test_a_wrong_value_of_the_environment_is_named_by_its_variable() -> None:
    with pytest.raises(SettingsError, match=r"^LINKCHECK_TIMEOUT takes a number, not 'soon'"):
        load(Path(__file__).parent / "no-such-folder", {"LINKCHECK_TIMEOUT": "soon"})


def test_a_mistyped_variable_is_named_with_the_nearest_setting_and_the_run_goes_on(project: Path) -> None:
    strays = load(project, {"LINKCHECK_FAILON": "dead", "LINKCHECK_fail_on": "dead", "LINKCHECK_QX": "1"}).warnings
    said = "no setting is called so, and it counts for nothing"
    assert set(strays) >= {
        f"LINKCHECK_FAILON: {said} (did you mean LINKCHECK_FAIL_ON?)",
        f"LINKCHECK_fail_on: {said} (did you mean LINKCHECK_FAIL_ON?)",
        f"LINKCHECK_QX: {said}; `linkcheck config` shows which there are",
    }
    told = config(project, LINKCHECK_RETRYS="3")
    assert told.returncode == 0
    assert f"linkcheck: LINKCHECK_RETRYS: {said} (did you mean LINKCHECK_RETRIES?)" in told.stderr


def test_variables_that_are_there_for_another_end_are_not_complained_of(project: Path) -> None:
    (project / "linkcheck.toml").write_text('[hosts."a.example"]\nheaders = { X-Key = "env:LINKCHECK_MY_KEY" }\n')
    root = Path(__file__).parents[1]
    files = (".ci/run", "action.yml", "ci/gitlab/linkcheck.gitlab-ci.yml", "setup.cfg", "linkcheck/rendering.py")
    used = {name for file in files for name in re.findall(r"\bLINKCHECK_[A-Z_]+\b", (root / file).read_text())}
    assert used
    environment = dict.fromkeys(used - {"LINKCHECK_FAIL_ON"}, "x") | {"LINKCHECK_MY_KEY": "x", "LINKCHECK_RETRY": ""}
    assert load(project, environment).warnings == ()


# ---------------------------------------------------------------- what is said of wrong files


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("linkcheck.toml", "timeout = 5\n\nretires = 2\n", r"^linkcheck.toml:3: unknown key 'retires' .*'retries'"),
        ("linkcheck.toml", "[host.'a.example']\nspacing = 1\n", r"linkcheck.toml:1: unknown key 'host' .*'hosts'"),
        ("linkcheck.toml", "[tool.linkcheck]\nretries = 2\n", r"linkcheck.toml: .*without \[tool.linkcheck\]"),
        ("pyproject.toml", "[tool]\nlinkcheck = 3\n", r"pyproject.toml: \[tool.linkcheck\] is a table"),
        ("setup.cfg", "[tool.linkcheck]\nretries = 2\n", r"setup.cfg: .*is called \[tool:linkcheck\]"),
        ("setup.cfg", "[tool:linkcheck:host:a.example]\nspacing = 2\n", r"unknown section .*hosts:example.org"),
        ("setup.cfg", "[tool:linkcheck]\ntimeout = 5\nretries = many\n", r"^setup.cfg:3: retries takes a whole number"),
    ],
)
def test_a_wrong_file_is_named_with_the_line_and_the_way_out(
    name: str, text: str, message: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(SettingsError, match=message):
        load(tmp_path)


# ---------------------------------------------------------------- what is shown


def test_config_says_which_file_counts_which_do_not_and_what_a_header_lacks(project: Path) -> None:
    (project / "setup.cfg").write_text("[tool:linkcheck]\nretries = 9\n")
    done = config(project / "docs", https_proxy=f"http://me:{SECRET}@127.0.0.1:3128", IA_ACCESS_KEY_ID=SECRET)
    assert done.returncode == 0
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert lines[:2] == ["Settings file: ../pyproject.toml", "Not used: ../setup.cfg"]
    assert 'fail-on ["dead", "blocked"] ../pyproject.toml:6' in lines
    assert "headers Authorization (from API_TOKEN), X-Api-Key (written out)" in lines
    assert "API_TOKEN NOT SET: what is cited there is not asked (for api.example.org)" in lines
    assert "https_proxy http://127.0.0.1:3128" in lines
    assert "IA_ACCESS_KEY_ID set" in lines
    assert "the header X-Api-Key for api.example.org stands in the file itself" in done.stderr


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [
        ("linkcheck.toml", '[hosts."A.example"]\nspacing = 1\n\n[hosts."*.b.example:81"]\nspacing = 1\n', (1, 4)),
        ("setup.cfg", "[tool:linkcheck:hosts:A.example]\nspacing = 1\n[tool:linkcheck:hosts:*.b.example:81]\n"
         "spacing = 1\n", (1, 3)),
    ],
)  # fmt: skip
def test_each_host_is_said_to_come_from_its_own_table(
    name: str, text: str, lines: tuple[int, int], tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    told = config(tmp_path).stdout
    assert f"Host a.example  ({name}:{lines[0]})" in told
    assert f"Host *.b.example:81  ({name}:{lines[1]})" in told


@pytest.mark.parametrize("form", FORMS)
def test_no_form_shows_a_secret(form: str, project: Path) -> None:
    done = config(project, "--format", form, API_TOKEN=SECRET, HTTPS_PROXY=f"me:{SECRET}@127.0.0.1:3128")
    assert done.returncode == 0
    assert "api.example.org" in done.stdout
    assert SECRET not in done.stdout + done.stderr
    assert SECRET not in repr(load(project).hosts)


def test_the_toml_form_is_a_settings_file_that_says_the_same(project: Path) -> None:
    loaded = load(project)
    told = Shown(loaded, environment=environment_of(loaded, {}, ()))
    again = with_values(Settings(), tomllib.loads(show(told, "toml")), where="again")
    assert again.hosts[0].rules == loaded.hosts[0].rules
    assert again.hosts[0].headers == (("Authorization", "Bearer ${API_TOKEN}"),)
    assert again.wayback == "https://archive.example"
    assert again.exempted([]) == loaded.exempted([])
    assert (again.fail_on, again.archive, again.controls) == (loaded.fail_on, loaded.archive, loaded.controls)


# ---------------------------------------------------------------- the page


def test_the_three_files_on_the_page_say_the_same(tmp_path: Path) -> None:
    blocks = re.findall(r"^```(?:toml|ini)\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    read = []
    for name, text in zip(("linkcheck.toml", "pyproject.toml", "setup.cfg"), blocks, strict=True):
        folder = tmp_path / name.replace(".", "-")
        folder.mkdir()
        (folder / name).write_text(text)
        loaded = load(folder)
        assert loaded.origin == name
        read.append(replace(loaded, archive="", sources="", exceptions=loaded.exempted(["http-404"])))
    assert read[0] == read[1] == read[2] != Settings()
    assert [table.pattern for table in read[0].hosts] == ["api.example.org", "*.example.com"]
    assert (read[0].hosts[0].variables, read[0].warnings) == (("EXAMPLE_TOKEN",), ())


def test_the_environment_of_the_page_is_read() -> None:
    text = PAGE.read_text(encoding="utf-8")
    given = dict(re.findall(r"`(LINKCHECK_[A-Z_]+)=([^`]+)`", text))
    loaded = load(Path(__file__).parent / "no-such-folder", given)
    assert set(loaded.origins.values()) == set(given)
    assert len(given) == 2


@pytest.mark.parametrize(
    ("file", "variable", "options", "message"),
    [
        ("retries = 1\nfail-on = dead, drifte", "", (), "setup.cfg:3: fail-on: 'drifte' is neither a state"),
        ("exceptions = https://x.example/* * 2027-02-30 Moving", "", (), "setup.cfg:2: exceptions: the exception for"),
        ("retries = 1", "drifte", (), "LINKCHECK_FAIL_ON: 'drifte' is neither a state"),
        ("retries = 1", "dead", ("--fail-on", "drifte"), "--fail-on: 'drifte' is neither a state"),
    ],
)
def test_a_word_that_the_policy_does_not_know_is_named_with_its_place(
    file: str, variable: str, options: tuple[str, ...], message: str, tmp_path: Path
) -> None:
    (tmp_path / "setup.cfg").write_text(f"[tool:linkcheck]\n{file}\n", encoding="utf-8")
    done = config(tmp_path, *options, LINKCHECK_FAIL_ON=variable)
    assert (done.returncode, done.stderr[: len(message) + 11]) == (2, f"linkcheck: {message}")
