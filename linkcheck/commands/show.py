"""``linkcheck show``."""

from __future__ import annotations

from typing import Any

import click

from linkcheck.commands._running import running, settings_of
from linkcheck.commands._telling import leave, say
from linkcheck.conduct import ExitCode
from linkcheck.errors import InputError
from linkcheck.options import archive_option


@click.command("show")
@click.argument("url")
@archive_option
def command(url: str, **options: Any) -> None:
    """Everything known about one source: verdict, history, copies. Asks no network.

    \b
    Example:
      linkcheck show https://en.wikipedia.org/wiki/Trust,_but_verify
    """
    from linkcheck import dossier, pipeline, runs, uri, wiring
    from linkcheck.model import Citation

    normal = uri.normalise(url)
    if normal is None:
        raise InputError(f"{url[:200]!r} is no URL; write it with its scheme, as in https://example.org/page")
    source, settings = uri.without_fragment(normal), settings_of(options)
    with running() as (interrupt, on_step), wiring.opened(settings, interrupt, on_step, read_only=True) as (ports, _):
        cited = [found for found in ports.store.last_citations() if found.uri_r == source]
        made = pipeline.report(cited or [Citation(source, url, "", 0, 0)], (), ports)
        made = runs.with_pictures(made, settings, {"json"})
        copies = made.findings[0].snapshots
        text = dossier.render(
            source, made.findings, ports.store.history(source), copies, ports.patience, ports.manners.hosts
        )
    say(text)
    known = any(finding.observation for finding in made.findings) or made.findings[0].snapshots
    leave(ExitCode.OK if known else ExitCode.UNTOLD)
