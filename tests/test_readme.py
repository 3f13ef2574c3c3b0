"""The README says what is true today."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from linkcheck.cli import cli
from linkcheck.conduct import ExitCode
from linkcheck.settings import Settings, with_values
from tests.readme import BLOCK, PAGES, README, ROOT, replayed, stable

TEXT = README.read_text(encoding="utf-8")
CONTEXT = click.Context(cli)
COMMANDS = {name: command for name in cli.list_commands(CONTEXT) if (command := cli.get_command(CONTEXT, name))}


@pytest.mark.parametrize(
    "page", [page for page in PAGES if BLOCK.search(page.read_text("utf-8"))], ids=lambda p: p.name
)
def test_the_outputs_in_readme_and_docs_are_what_the_commands_print(page: Path) -> None:
    written = page.read_text(encoding="utf-8")
    assert stable(replayed(written)) == stable(written)


def test_every_command_stands_in_the_readme() -> None:
    for name in COMMANDS:
        assert f"linkcheck {name}" in TEXT, name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_option_in_readme_and_docs_exists(page: Path) -> None:
    for name, words in _named(page.read_text(encoding="utf-8")):
        known = {
            option for parameter in COMMANDS[name].params for option in (*parameter.opts, *parameter.secondary_opts)
        }
        assert words <= known | {"--help"}, name


def _named(text: str) -> Iterator[tuple[str, set[str]]]:
    """The commands that a page shows, with their options."""
    for name, line in re.findall(r"linkcheck ([a-z]+)((?: [^`|&;>\n]*)?)", text):
        if name in COMMANDS:
            yield name, set(re.findall(r"(?<= )--[a-z-]+", line))


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
