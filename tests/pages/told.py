"""What ``--help`` says of the commands, in parts: the man page and docs/commands.md are written from it."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass

import click

from linkcheck.cli import cli


@dataclass(frozen=True, slots=True)
class Told:
    """One command as its help tells of it.

    Attributes:
        name: as it is typed after ``linkcheck``; "" for the program itself.
        usage: what may follow the name.
        paragraphs: what it does; the first sentence says it shortly.
        examples: lines, as they stand in the help.
        options: how each is written, and its words; an argument that has none is left out.
        exit_codes: number and meaning, where its help lists them.
    """

    name: str
    usage: str
    paragraphs: tuple[str, ...]
    examples: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    exit_codes: tuple[tuple[str, str], ...]


def program() -> Told:
    """``linkcheck`` itself."""
    return _told("", cli, _above())


def commands() -> list[Told]:
    """Every command, in alphabetical order."""
    above = _above()
    told = []
    for name in cli.list_commands(above):
        command = cli.get_command(above, name)
        assert command is not None
        told.append(_told(name, command, click.Context(command, info_name=name, parent=above)))
    return told


def _above() -> click.Context:
    return click.Context(cli, info_name="linkcheck", **cli.context_settings)


def _told(name: str, command: click.Command, ctx: click.Context) -> Told:
    words, _, examples = re.split(r"\n\x08\n(Examples?:)\n", f"{inspect.cleandoc(command.help or '')}\n")
    records = [parameter.get_help_record(ctx) for parameter in command.get_params(ctx)]
    return Told(
        name,
        " ".join(command.collect_usage_pieces(ctx)),
        tuple(" ".join(each.split()) for each in words.split("\n\n") if each.strip()),
        tuple(line.strip() for line in examples.strip().splitlines()),
        tuple(record for record in records if record is not None and record[1]),
        tuple(re.findall(r"^  (\d+) +(.+)$", command.epilog or "", re.MULTILINE)),
    )
