"""``linkcheck verify``."""

from __future__ import annotations

from typing import Any

import click

from linkcheck.commands._holding import hold
from linkcheck.options import EXIT_CODES, holding_options


@click.command("verify", epilog=EXIT_CODES)
@holding_options
def command(**asked: Any) -> None:
    """The CI command: every stored byte, then the live web, against snapshots.jsonl and the policy.

    \b
    Examples:
      linkcheck verify --fail-on dead,drifted,missing-capture -o report.md
      linkcheck verify -o baseline.json; linkcheck verify --baseline baseline.json
    """
    from linkcheck import runs

    hold(runs.verify, **asked)
