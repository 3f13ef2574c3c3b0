"""Writes docs/commands.md from the commands: ``python -m tests.pages.commands_page > docs/commands.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from tests.pages.told import Told, commands, program

_HEAD = """# Commands

This page says what `--help` says: it is written from the commands, and a test holds it against them.
"""


def commands_page() -> str:
    """The whole page: the program, then every command."""
    whole = program()
    parts = [_HEAD, *_words(whole), "## Exit codes\n", *_exit_codes(whole)]
    for told in commands():
        parts += [f"## {told.name}\n", *_words(told), *_options(told)]
        if told.exit_codes:
            parts.append("It ends with one of the [exit codes](#exit-codes).\n")
    return "\n".join(parts)


def _words(told: Told) -> Iterator[str]:
    yield f"```text\nlinkcheck {f'{told.name} ' if told.name else ''}{told.usage}\n```\n"
    for paragraph in told.paragraphs:
        yield f"{paragraph}\n"
    are_commands = not any("  " in line for line in told.examples)
    yield f"```{'sh' if are_commands else 'text'}\n" + "\n".join(told.examples) + "\n```\n"


def _options(told: Told) -> Iterator[str]:
    yield "| option | what it does |\n|---|---|"
    for written, meaning in told.options:
        yield f"| {_cell(f'`{written}`')} | {_cell(meaning)} |"
    yield ""


def _exit_codes(told: Told) -> Iterator[str]:
    yield "| code | meaning |\n|---|---|"
    for code, meaning in told.exit_codes:
        yield f"| {code} | {meaning} |"
    yield ""


def _cell(text: str) -> str:
    """Without what ends a cell, and with nothing that is taken for markup."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("  [default:", " [default:")


if __name__ == "__main__":
    sys.stdout.write(commands_page())
