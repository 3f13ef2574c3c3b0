"""``linkcheck archive``."""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linkcheck.commands._running import gather, running, settings_of
from linkcheck.commands._telling import complain, deliver, formats_of, leave, say, targets_of
from linkcheck.options import (
    EXIT_CODES,
    archive_option,
    base_option,
    change_options,
    documents_argument,
    keeping_options,
    network_options,
    output_options,
    parts_options,
    quiet_option,
    trace_options,
)

if TYPE_CHECKING:
    from linkcheck.model import Report
    from linkcheck.settings import Settings
    from linkcheck.wiring import Gathered


@click.command("archive", epilog=EXIT_CODES)
@documents_argument
@output_options
@archive_option
@click.option("--save", is_flag=True, help="Ask the Wayback Machine to capture what it does not hold.")
@parts_options
@keeping_options
@trace_options
@network_options
@change_options
@base_option
@quiet_option
def command(
    documents: tuple[str, ...], format_: str, outputs: tuple[Path, ...], save: bool, render: bool,
    wacz: Path | None, imports: tuple[Path, ...], recover: bool, quiet: bool, **options: Any,
) -> None:  # fmt: skip
    """Captures every source that is there into archive/, and finds a public memento of each.

    \b
    Examples:
      linkcheck archive sources.txt
      linkcheck archive --wacz sources.wacz
      linkcheck archive --import crawl.warc.gz sources.txt
    """
    settings = settings_of(options)
    if wacz or imports or recover:
        from linkcheck import keeping

        asked = keeping.Asked(wacz, imports, recover, documents)
        told = keeping.keep(asked, Path(settings.archive), sys.stdin.buffer)
        complain(told.complaints)
        say(told.said)
        leave(told.exit_code)
    targets = targets_of(format_, outputs)
    made = capture(
        gather(documents, settings, options, quiet=quiet), settings, save=save, render=render, quiet=quiet,
        formats=formats_of(format_, targets),
    )  # fmt: skip
    deliver(made, format_, targets)


def capture(
    gathered: Gathered, settings: Settings, *, save: bool = False, render: bool = False, quiet: bool = False,
    formats: Collection[str],
) -> Report:  # fmt: skip
    """Captures what was gathered, with progress; ``formats``: those that the report will have."""
    from linkcheck import runs

    complain(gathered.problems)
    with running(quiet=quiet) as (interrupt, on_step):
        made = runs.archive(gathered, settings, interrupt, on_step, save=save, render=render)
        return runs.with_pictures(made, settings, formats)
