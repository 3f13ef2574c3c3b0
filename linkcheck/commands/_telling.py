"""Around a command, after its work: what is written and printed, and the exit code."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from linkcheck.conduct import ExitCode
from linkcheck.errors import InputError, SettingsError
from linkcheck.model import Problem

if TYPE_CHECKING:
    from linkcheck.model import Report


def targets_of(format_: str, outputs: tuple[Path, ...]) -> list[tuple[Path, str]]:
    """Files to write and their formats; wrong ones are found before the work, not after it."""
    from linkcheck import reports

    if format_ not in reports.names():
        raise SettingsError(f"--format: {format_!r} is not one of {', '.join(reports.names())}")
    targets = []
    for path in outputs:
        name = reports.format_for(path.name)
        if name is None:
            raise SettingsError(f"--output: {str(path)!r} names no format; end it in {' '.join(reports.suffixes())}")
        if not path.absolute().parent.is_dir():
            raise SettingsError(f"--output: there is no folder {path.absolute().parent}; make it, or name another one")
        targets.append((path, name))
    return targets


def formats_of(format_: str, targets: list[tuple[Path, str]]) -> frozenset[str]:
    """The formats that a report will have, on stdout and in files."""
    return frozenset((format_, *(name for _, name in targets)))


def deliver(made: Report, format_: str, targets: list[tuple[Path, str]], *, new_only: bool = False) -> NoReturn:
    """Prints and writes the report, and ends. ``new_only``: what a baseline knows is not printed; files have it all."""
    from linkcheck.baseline import without_known
    from linkcheck.reports import pieces

    unwritten = False
    try:
        put(_printed(format_, without_known(made) if new_only else made))
    except InputError as error:  # the files may still be written
        complain([str(error)])
        unwritten = True
    for path, name in targets:
        try:
            write(path, pieces(name, made))
        except InputError as error:  # the next may still be written, and what was learnt has been shown
            complain([str(error)])
            unwritten = True
    leave(ExitCode.USAGE if unwritten else made.exit_code)


def _printed(format_: str, made: Report) -> Iterable[str]:
    from linkcheck.reports import pieces, terminal

    if format_ == terminal.NAME and not sys.stdout.isatty():
        return terminal.pieces(made, width=width(), colour=colour(), is_log=True)
    return pieces(format_, made, width=width(), colour=colour())


def write(path: Path, text: str | Iterable[str]) -> None:
    """Whole or not at all: a reader never sees half a report."""
    from linkcheck import atomic

    pieces = (text,) if isinstance(text, str) else text
    try:
        atomic.write(path, (piece.encode("utf-8", "replace") for piece in pieces))
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror})") from error


def say(text: str) -> None:
    put([text if text.endswith("\n") else f"{text}\n"])


def put(pieces: Iterable[str]) -> None:
    """On stdout, which may be a file on a full disk.

    A reader that has gone (``linkcheck … | head``) has read enough: what else the command does is done all the same.

    Raises:
        InputError: it cannot be written.
    """
    try:
        for piece in pieces:
            sys.stdout.write(piece)
        sys.stdout.flush()
    except OSError as error:
        leave_stdout()
        if isinstance(error, BrokenPipeError):
            return
        raise InputError(f"standard output cannot be written ({error.strerror})") from error


def leave_stdout() -> None:
    """What could not be written is still in the stream, and is tried again at the end of the process: it goes nowhere.

    Python 3.13 complains where that fails, also of a stream that another one has taken the place of.
    """
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(problems: Sequence[Problem | str]) -> None:
    """On stderr, a line each: a CI reads commands there, and a stranger may call a file ``a\n::error::…``."""
    from linkcheck.reports._text import printable

    for problem in problems:
        click.echo(f"linkcheck: {printable(str(problem))}", err=True)


def width() -> int:
    import shutil

    return min(max(shutil.get_terminal_size((100, 24)).columns, 60), 160)


def colour() -> bool:
    """Whether stdout takes colours: ``NO_COLOR`` (no-color.org) refuses them, ``FORCE_COLOR`` asks for them."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0") or os.environ.get("CLICOLOR_FORCE", "0") not in ("", "0"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def leave(code: ExitCode) -> NoReturn:
    raise click.exceptions.Exit(int(code))
