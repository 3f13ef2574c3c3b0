"""``linkcheck report``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from linkcheck.commands._running import gather, running, settings_of
from linkcheck.commands._telling import complain, deliver, targets_of
from linkcheck.options import EXIT_CODES, archive_option, documents_argument, fail_on_option, output_options


@click.command("report", epilog=EXIT_CODES)
@documents_argument
@output_options
@fail_on_option
@archive_option
def command(documents: tuple[str, ...], format_: str, outputs: tuple[Path, ...], **options: Any) -> None:
    """The citation health report from what is stored. Asks no network.

    Without documents it speaks of the citations of the last run.

    \b
    Example:
      linkcheck report -o report.html -o report.json
    """
    from linkcheck import pipeline, wiring

    settings = settings_of(options)
    targets = targets_of(format_, outputs)
    with running() as (interrupt, on_step), wiring.opened(settings, interrupt, on_step, read_only=True) as (ports, _):
        remembered = () if documents else ports.store.last_citations()
        gathered = wiring.Gathered(remembered, ()) if remembered else gather(documents, settings, options)
        complain(gathered.problems)
        made = pipeline.report(gathered.citations, gathered.problems, ports)
    deliver(made, format_, targets)
