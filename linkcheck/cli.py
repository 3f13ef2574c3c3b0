"""The command line: finds the command, and ends with an exit code. Only it and ``commands/`` print or exit."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

import click

from linkcheck import __version__
from linkcheck.commands import Commands
from linkcheck.commands._telling import complain, leave_stdout
from linkcheck.conduct import ExitCode
from linkcheck.errors import InputError, LinkcheckError
from linkcheck.options import EXIT_CODES

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EXIT_CODES,
)
@click.version_option(__version__, prog_name="linkcheck", message="%(prog)s %(version)s")
def cli() -> None:
    """Keeps the sources of a text alive: checks, archives and verifies cited URLs, with evidence.

    Documents are files, directories, globs, bare URLs, or - for standard input; without any, sources.txt is read.

    \b
    Examples:
      linkcheck demo                          see it work, without internet
      linkcheck extract article.md            what does this text cite?
      linkcheck check article.md -o report.html
      linkcheck archive sources.txt           keep a copy of every source
      linkcheck verify                        in CI: is all still well?
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """The command ``linkcheck``. Ends the process; a crash is exit code 4 and never looks like rot."""
    # A run makes many small things that live to its end; looking through them over and over takes a tenth of its time.
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            # A file or a pipe gets UTF-8 whatever the locale: a list whose quotes hold "?" would no longer match.
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")  # type: ignore[union-attr]
    if os.name == "posix" and isinstance(sys.stderr, io.TextIOWrapper) and sys.stderr is sys.__stderr__:
        told = io.BufferedWriter(_Told(2, "w", closefd=False))
        sys.stderr = io.TextIOWrapper(told, sys.stderr.encoding, "replace", line_buffering=True)
    try:
        _stand_somewhere()
        code = cli.main(
            args=None if arguments is None else list(arguments), prog_name="linkcheck", standalone_mode=False
        )
    except click.ClickException as error:
        error.show()
        code = ExitCode.USAGE
    except (KeyboardInterrupt, click.Abort):
        click.echo("linkcheck: interrupted", err=True)
        code = ExitCode.INTERRUPTED
    except LinkcheckError as error:
        complain([str(error)])
        code = ExitCode.USAGE
    except SystemExit:  # how click ends `linkcheck --help | true`: the reader has gone, and that is all
        code = ExitCode.OK
    except Exception as error:  # noqa: BLE001
        if isinstance(error, OSError) and _is_of_stdout(error):
            click.echo(f"linkcheck: standard output cannot be written ({error.strerror})", err=True)
            leave_stdout()
            code = ExitCode.USAGE
        else:
            import traceback

            words = "a failure of linkcheck itself, not of a source"
            click.echo(f"linkcheck: {words}:\n{traceback.format_exc()}", err=True)
            code = ExitCode.CRASH
    sys.exit(int(code or 0))


class _Told(io.FileIO):
    """Where people are told things. If nobody hears them, on a full disk, the exit code still says how it went."""

    def write(self, words: Buffer) -> int:
        """All of it, or nothing that could be helped."""
        try:
            return super().write(words)
        except OSError:
            return memoryview(words).nbytes


def _open_what_is_closed() -> None:
    """Streams that the caller has closed, as ``>&-`` does: else the next file that is opened takes their number.

    Standard input is empty then, standard output cannot be written, which is an error, and nobody is told anything.
    """
    for name, number, mode in (("stdin", 0, os.O_RDONLY), ("stdout", 1, os.O_RDONLY), ("stderr", 2, os.O_WRONLY)):
        if getattr(sys, name) is None:
            handle = os.open(os.devnull, mode)  # the lowest that is free
            setattr(sys, name, open(handle, "w" if number else "r", encoding="utf-8", closefd=False))  # noqa: SIM115


def _is_of_stdout(error: OSError) -> bool:
    """Whether click could not print, as ``--help`` does: stderr never fails, and our own printing says so itself."""
    step = error.__traceback__
    while step is not None and step.tb_frame.f_code is not click.echo.__code__:
        step = step.tb_next
    return step is not None


def _stand_somewhere() -> None:
    """Raises an InputError where the folder that the command was called in has been removed."""
    try:
        os.getcwd()  # noqa: PTH109
    except OSError as error:
        raise InputError("the folder that linkcheck was called in is there no more; change to another") from error
