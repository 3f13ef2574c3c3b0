"""The README says what is true today."""

from __future__ import annotations

import re
import shlex
import tomllib
from dataclasses import fields

import click
import pytest

from linkcheck.cli import cli
from linkcheck.conduct import ExitCode
from linkcheck.settings import Settings, with_values
from tests.readme import README, ROOT, replayed, stable

TEXT = README.read_text(encoding="utf-8")
CONTEXT = click.Context(cli)
COMMANDS = {name: command for name in cli.list_commands(CONTEXT) if (command := cli.get_command(CONTEXT, name))}


def test_the_outputs_in_the_readme_are_what_the_commands_print() -> None:
    assert stable(replayed(TEXT)) == stable(TEXT)


def test_every_command_stands_in_the_readme() -> None:
    for name in COMMANDS:
        assert f"linkcheck {name}" in TEXT, name


def test_every_option_in_the_readme_exists() -> None:
    known = {option for command in COMMANDS.values() for parameter in command.params for option in parameter.opts}
    used = {word for line in TEXT.splitlines() if "linkcheck " in line for word in _options(line)}
    assert used <= known | {"--version"}


def _options(line: str) -> list[str]:
    command = line.partition("linkcheck ")[2].rstrip("`")
    try:
        words = shlex.split(command)
    except ValueError:
        return []
    return [word for word in words if re.fullmatch(r"--[a-z-]+", word)]


def test_the_settings_in_the_readme_are_the_defaults() -> None:
    block = re.search(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    assert block
    values = tomllib.loads(block[1])
    assert with_values(Settings(), values, where="README") == Settings()
    keys = {entry.name.replace("_", "-") for entry in fields(Settings) if not entry.metadata.get("internal")}
    assert values.keys() == keys


def test_the_exit_codes_in_the_readme_are_those_of_the_program() -> None:
    assert [int(code) for code in re.findall(r"^\| (\d+) \|", TEXT, re.MULTILINE)] == [int(code) for code in ExitCode]


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#:]+)\)", TEXT))
def test_what_the_readme_links_to_is_there(target: str) -> None:
    assert (ROOT / target).exists()
