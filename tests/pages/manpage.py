"""Writes the manual page from the commands: ``python -m tests.pages.manpage > docs/man/linkcheck.1``.

click-man writes one as well, but finds no command of a group that looks for its own, and leaves the marks of
unwrapped paragraphs in it.
"""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Iterator

from tests.pages.told import Told, commands, program


def manpage() -> str:
    """The whole page in the man macros, which every ``man`` reads. It has no date: it is as new as its program."""
    whole, told = program(), commands()
    lines = ['.TH LINKCHECK 1 "" "linkcheck" "User Commands"', ".SH NAME"]
    lines += _filled(f"linkcheck - {whole.paragraphs[0].rstrip('.')}")
    lines += [".SH SYNOPSIS", *_synopsis(whole)]
    for each in told:
        lines += [".br", *_synopsis(each)]
    lines += [".SH DESCRIPTION", *_paragraphs(whole), ".SH OPTIONS", *_options(whole), ".SH COMMANDS"]
    for each in told:
        lines += [f".SS {each.name}", *_paragraphs(each), *_options(each), ".PP", *_examples(each)]
    lines += [".SH EXAMPLES", *_examples(whole), ".SH EXIT STATUS"]
    for code, meaning in whole.exit_codes:
        lines += [".TP", f".B {code}", *_filled(meaning)]
    lines += [".SH FILES"]
    for name, meaning in _FILES:
        lines += [".TP", f".I {_text(name)}", *_filled(meaning)]
    lines += [".SH ENVIRONMENT"]
    for name, meaning in _ENVIRONMENT:
        lines += [".TP", f".B {_text(name)}", *_filled(meaning)]
    return "\n".join(lines) + "\n"


_FILES = (
    ("sources.txt", "The list of sources that is read where no document is named."),
    ("linkcheck.toml, pyproject.toml, setup.cfg", "Settings; the first of them that has some counts."),
    ("archive/", "Captures, their lock file snapshots.jsonl, and the history of earlier runs."),
)

_ENVIRONMENT = (
    ("NO_COLOR", "No colours, neither in the report nor in progress."),
    ("CI", "Progress is a line a minute, whatever the terminal."),
    ("IA_ACCESS_KEY_ID, IA_SECRET_ACCESS_KEY", "Keys of an archive.org account, for archive --save."),
    ("http_proxy, https_proxy, no_proxy", "Proxies."),
)


def _synopsis(told: Told) -> Iterator[str]:
    name = f"linkcheck {told.name}".strip()
    yield f".B {_text(name)}"
    yield _text(told.usage)


def _paragraphs(told: Told) -> Iterator[str]:
    for place, paragraph in enumerate(told.paragraphs):
        if place:
            yield ".PP"
        yield from _filled(paragraph)


def _options(told: Told) -> Iterator[str]:
    for written, meaning in told.options:
        flags = re.sub(r"(--?[a-z][\w-]*)", lambda flag: rf"\fB{flag[1]}\fR", written)
        yield ".TP"
        yield _text(flags)
        yield from _filled(meaning)


def _examples(told: Told) -> Iterator[str]:
    yield ".nf"
    for line in told.examples:
        yield _text(line)
    yield ".fi"


def _filled(words: str) -> list[str]:
    """In lines as roff sources have them; a new one begins no command."""
    return [_text(line) for line in textwrap.wrap(words, 76, break_long_words=False, break_on_hyphens=False)]


def _text(words: str) -> str:
    """Escaped for roff: hyphens that are typed, and what a line of commands begins with."""
    escaped = re.sub(r"\\(?!f[BR])", r"\\e", words).replace("-", r"\-").replace("…", "...")
    return rf"\&{escaped}" if escaped.startswith((".", "'")) else escaped


if __name__ == "__main__":
    sys.stdout.write(manpage())
