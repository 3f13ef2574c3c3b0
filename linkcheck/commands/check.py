"""``linkcheck check``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from linkcheck.commands._running import baseline_of, gather, running, settings_of
from linkcheck.commands._telling import complain, deliver, targets_of
from linkcheck.options import (
    EXIT_CODES,
    archive_option,
    base_option,
    baseline_options,
    change_options,
    documents_argument,
    fail_on_option,
    freshness_options,
    network_options,
    output_options,
    quiet_option,
    root_option,
    trace_options,
)


@click.command("check", epilog=EXIT_CODES)
@documents_argument
@output_options
@fail_on_option
@archive_option
@freshness_options
@trace_options
@network_options
@baseline_options
@change_options
@root_option
@base_option
@quiet_option
def command(
    documents: tuple[str, ...], format_: str, outputs: tuple[Path, ...], quiet: bool, baseline: Path | None,
    new_only: bool, **options: Any,
) -> None:  # fmt: skip
    """Fetches every cited source and says how it is.

    \b
    Example:
      linkcheck check article.md notes/ https://example.org/ -o report.html
    """
    from linkcheck import runs

    settings = settings_of(options)
    targets = targets_of(format_, outputs)
    before = baseline_of(baseline, outputs, new_only=new_only)
    gathered = gather(documents, settings, options)
    complain(gathered.problems)
    with running(quiet=quiet) as (interrupt, on_step):
        made = runs.check(gathered, settings, interrupt, on_step, baseline=before)
    deliver(made, format_, targets, new_only=new_only)
