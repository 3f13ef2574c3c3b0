"""``linkcheck config``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from linkcheck.commands._running import settings_of
from linkcheck.commands._telling import leave, say
from linkcheck.conduct import ExitCode
from linkcheck.options import (
    archive_option,
    fail_on_option,
    freshness_options,
    network_options,
    trace_options,
)


@click.command("config")
@click.option("--format", "form", type=click.Choice(["text", "toml", "json"]), default="text", show_default=True,
              help="toml is a linkcheck.toml that says the same.")  # fmt: skip
@archive_option
@fail_on_option
@freshness_options
@trace_options
@network_options
def command(form: str, **options: Any) -> None:
    """Which settings hold here, and where each comes from. Asks no network; shows no secrets.

    \b
    Example:
      linkcheck config --format json | jq .settings.archive
    """
    from linkcheck import judge
    from linkcheck.archives.spn import KEY_NAMES
    from linkcheck.settings import passed_over
    from linkcheck.settings.showing import Shown, environment_of, show

    settings = settings_of(options)
    reasons = [reason.id for reason in judge.REASONS]
    settings.network(), settings.policy(reasons), settings.exempted(reasons), settings.manners(os.environ)
    secret = [name for pair in KEY_NAMES for name in pair]
    told = Shown(settings, passed_over(Path()), environment_of(settings, os.environ, secret))
    say(show(told, form))
    leave(ExitCode.OK)
