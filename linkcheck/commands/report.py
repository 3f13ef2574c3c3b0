"""``linkcheck report``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linkcheck.commands._running import baseline_of, gather, running, settings_of
from linkcheck.commands._telling import complain, deliver, formats_of, targets_of
from linkcheck.options import (
    EXIT_CODES,
    archive_option,
    baseline_options,
    change_options,
    documents_argument,
    fail_on_option,
    output_options,
)

if TYPE_CHECKING:
    from linkcheck.model import Citation


@click.command("report", epilog=EXIT_CODES)
@documents_argument
@output_options
@fail_on_option
@archive_option
@baseline_options
@change_options
def command(
    documents: tuple[str, ...], format_: str, outputs: tuple[Path, ...], baseline: Path | None, new_only: bool,
    **options: Any,
) -> None:  # fmt: skip
    """The citation health report from what is stored. Asks no network.

    Without documents it speaks of the citations of the last run, with --since or --diff of its documents.

    \b
    Example:
      linkcheck report -o report.html -o report.json
    """
    from linkcheck import mending, runs
    from linkcheck.wiring import Gathered

    settings = settings_of(options)
    targets = targets_of(format_, outputs)
    before = baseline_of(baseline, outputs, new_only=new_only)

    def gathered(remembered: tuple[Citation, ...]) -> Gathered:
        of_a_change = options["since"] or options["diff"]
        if remembered and not documents and not of_a_change:
            return Gathered(remembered, ())
        cited = gather(documents or mending.documents_of(remembered), settings, options, on_step)
        complain(cited.problems)
        return cited

    with running() as (interrupt, on_step):
        made = runs.report(gathered, settings, interrupt, on_step, baseline=before)
        made = runs.with_pictures(made, settings, formats_of(format_, targets))
    deliver(made, format_, targets, new_only=new_only)
