"""``linkcheck replay``."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import click

from linkcheck.commands._running import settings_of
from linkcheck.commands._telling import say
from linkcheck.options import archive_option, replay_options


@click.command("replay")
@archive_option
@replay_options
def command(replayweb: Path | None, pywb: str | None, port: int, **options: Any) -> None:
    """Serves the archive for a browser on this machine, until Ctrl-C.

    \b
    Example:
      linkcheck replay --replayweb replaywebpage/
    """
    from linkcheck import replay as stage
    from linkcheck import wiring

    with contextlib.suppress(KeyboardInterrupt):
        stage.serve(Path(settings_of(options).archive), replayweb, pywb, port, tool=wiring.TOOL, ready=say)
