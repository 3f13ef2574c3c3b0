"""Settings: where they come from, and what is said of wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkcheck.conduct import Resolve
from linkcheck.errors import SettingsError
from linkcheck.settings import COMMAND_LINE, Settings, load, parse_resolve, with_values


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("linkcheck.toml", 'per-host = 3\nfail-on = ["dead", "blocked"]\n'),
        ("pyproject.toml", '[tool.linkcheck]\nper-host = 3\nfail-on = ["dead", "blocked"]\n'),
        ("setup.cfg", "[tool:linkcheck]\nper-host = 3\nfail-on = dead, blocked\n"),
        ("setup.cfg", "[tool:linkcheck]\nper-host = 3\nfail-on =\n    dead\n    blocked\n"),
    ],
)
def test_the_same_settings_can_stand_in_three_files(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    loaded = load(tmp_path)
    assert (loaded.per_host, loaded.fail_on, loaded.origin) == (3, ("dead", "blocked"), name)


def test_a_folder_without_settings_has_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "setup.cfg").write_text("[metadata]\nname = x\n")
    assert load(tmp_path) == Settings()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("per-hots = 3", r"unknown key 'per-hots' \(did you mean 'per-host'\?\)"),
        ("per-host = 'many'", "per-host takes a whole number, not 'many'"),
        ("per-host = 0", "per-host is at least 1"),
        ("timeout = true", "timeout takes a number"),
        ("timeout = nan", "timeout is at least"),
        ("fail-on = [1]", "fail-on takes a list of words"),
        ("transport = 'carrier-pigeon'", "transport is one of auto, libcurl, requests"),
        ("ca-file = 3", "ca-file takes a text"),
        ("wayback = 'web.archive.org'", "wayback takes a URL such as https://web.archive.org"),
        ("wayback = 'ftp://archive.example'", "wayback takes a URL"),
        ("= 3", "cannot be read"),
    ],
)
def test_a_wrong_key_or_value_is_named(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "linkcheck.toml").write_text(text)
    with pytest.raises(SettingsError, match=message) as caught:
        load(tmp_path)
    assert "linkcheck.toml" in str(caught.value)


def test_a_wrong_value_of_an_option_is_named_as_the_option() -> None:
    with pytest.raises(SettingsError, match=r"^--timeout is at least 0.1, not -1.0"):
        with_values(Settings(), {"timeout": -1.0}, where=COMMAND_LINE)
    assert with_values(Settings(), {"wayback": ""}, where=COMMAND_LINE).wayback == ""


def test_a_word_of_fail_on_is_a_state_or_a_reason() -> None:
    chosen = with_values(Settings(), {"fail-on": "dead,http-403,missing-capture"}, where=COMMAND_LINE)
    assert chosen.policy(["http-403"]).fail_on == {"dead", "http-403", "missing-capture"}
    with pytest.raises(SettingsError, match="did you mean 'drifted'"):
        with_values(Settings(), {"fail-on": "driftet"}, where=COMMAND_LINE).policy([])
    assert with_values(Settings(), {"fail-on": "none"}, where="x").policy([]).fail_on == frozenset()


def test_resolve_takes_a_port_and_brackets() -> None:
    assert parse_resolve("A.example:443:127.0.0.1") == Resolve("a.example", 443, "127.0.0.1", 443)
    assert parse_resolve("a.example:443:127.0.0.1:8443") == Resolve("a.example", 443, "127.0.0.1", 8443)
    assert parse_resolve("a.example:80:[::1]:8080") == Resolve("a.example", 80, "::1", 8080)


@pytest.mark.parametrize("entry", ["", "a.example", "a.example:443", "a.example:x:127.0.0.1", "a:0:127.0.0.1", "a:1:b"])
def test_a_resolve_entry_of_another_form_is_an_error(entry: str) -> None:
    with pytest.raises(SettingsError, match="HOST:PORT:ADDRESS"):
        parse_resolve(entry)


def test_the_user_agent_names_the_tool_its_version_and_a_contact() -> None:
    agent = with_values(Settings(), {"contact": "editor@example.org"}, where="x").network().user_agent
    assert agent.startswith("linkcheck/")
    assert agent.endswith("; editor@example.org)")


def test_further_archives_are_base_urls() -> None:
    given = with_values(Settings(), {"memento": ["http://localhost:1208", "https://arquivo.pt/wayback"]}, where="f")
    assert given.memento == ("http://localhost:1208", "https://arquivo.pt/wayback")
    with pytest.raises(SettingsError, match=r"memento takes base URLs such as .* not 'arquivo.pt'"):
        with_values(Settings(), {"memento": ["arquivo.pt"]}, where="f")
