"""``linkcheck check``."""

from __future__ import annotations

from typing import Any

import click

from linkcheck.commands._holding import hold
from linkcheck.options import EXIT_CODES, holding_options


@click.command("check", epilog=EXIT_CODES)
@holding_options
def command(**asked: Any) -> None:
    """Fetches every cited source and says how it is.

    \b
    Example:
      linkcheck check article.md notes/ https://example.org/ -o report.html
    """
    from linkcheck import runs

    hold(runs.check, **asked)
