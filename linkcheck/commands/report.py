"""``linkcheck report``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linkcheck.commands._running import gather, running, settings_of
from linkcheck.commands._telling import complain, deliver, formats_of, targets_of
from linkcheck.options import EXIT_CODES, archive_option, documents_argument, fail_on_option, output_options

if TYPE_CHECKING:
    from linkcheck.model import Citation


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
    from linkcheck import runs
    from linkcheck.wiring import Gathered

    settings = settings_of(options)
    targets = targets_of(format_, outputs)

    def gathered(remembered: tuple[Citation, ...]) -> Gathered:
        is_remembered = bool(remembered and not documents)
        cited = Gathered(remembered, ()) if is_remembered else gather(documents, settings, options, on_step)
        complain(cited.problems)
        return cited

    with running() as (interrupt, on_step):
        made = runs.report(gathered, settings, interrupt, on_step)
        made = runs.with_pictures(made, settings, formats_of(format_, targets))
    deliver(made, format_, targets)
