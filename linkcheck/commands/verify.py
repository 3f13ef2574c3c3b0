"""``linkcheck verify``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from linkcheck.commands._running import gather, running, settings_of
from linkcheck.commands._telling import complain, deliver, targets_of
from linkcheck.options import (
    EXIT_CODES,
    archive_option,
    change_options,
    documents_argument,
    fail_on_option,
    freshness_options,
    network_options,
    output_options,
    root_option,
    trace_options,
)


@click.command("verify", epilog=EXIT_CODES)
@documents_argument
@output_options
@fail_on_option
@archive_option
@freshness_options
@trace_options
@network_options
@change_options
@root_option
def command(documents: tuple[str, ...], format_: str, outputs: tuple[Path, ...], **options: Any) -> None:
    """The CI command: every stored byte, then the live web, against snapshots.jsonl and the policy.

    \b
    Example:
      linkcheck verify --fail-on dead,drifted,missing-capture -o report.md
    """
    from linkcheck import pipeline, wiring
    from linkcheck.archives.verify import integrity

    settings = settings_of(options)
    targets = targets_of(format_, outputs)
    gathered = gather(documents, settings, options)
    complain(gathered.problems)
    with running() as (interrupt, on_step):
        examined = integrity(Path(settings.archive))
        notes = [*gathered.notes, *examined.notes]
        if examined.records and not examined.damage:
            notes.append(f"The archive was examined to the byte and is sound: {examined.records} records.")
        with wiring.opened(settings, interrupt, on_step) as (ports, _):
            damage = [(each.uri, str(each)) for each in examined.damage]
            made = pipeline.verify(
                gathered.citations, gathered.problems, ports, integrity=damage, notes=notes, broken=gathered.broken
            )
    deliver(made, format_, targets)
