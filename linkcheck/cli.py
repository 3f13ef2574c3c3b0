"""The command line: finds the command, and ends with an exit code. Only it and ``commands/`` print or exit."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from linkcheck import __version__
from linkcheck.commands import Commands
from linkcheck.conduct import ExitCode
from linkcheck.errors import InputError, LinkcheckError
from linkcheck.options import EXIT_CODES


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
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed, as a cron job may have it (<&-)
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            # A file or a pipe gets UTF-8 whatever the locale: a list whose quotes hold "?" would no longer match.
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")  # type: ignore[union-attr]
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
        click.echo(f"linkcheck: {error}", err=True)
        code = ExitCode.USAGE
    except BrokenPipeError:  # `linkcheck … | head`: the reader has gone, and that is all
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
        code = ExitCode.OK
    except Exception:  # noqa: BLE001
        import traceback

        click.echo(f"linkcheck: a failure of linkcheck itself, not of a source:\n{traceback.format_exc()}", err=True)
        code = ExitCode.CRASH
    sys.exit(int(code or 0))


def _stand_somewhere() -> None:
    """Raises an InputError where the folder that the command was called in has been removed."""
    try:
        os.getcwd()  # noqa: PTH109
    except OSError as error:
        raise InputError("the folder that linkcheck was called in is there no more; change to another") from error
