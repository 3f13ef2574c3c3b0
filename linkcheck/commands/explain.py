"""``linkcheck explain``."""

from __future__ import annotations

import click

from linkcheck import shellwords
from linkcheck.commands._telling import leave, say, width
from linkcheck.conduct import ExitCode
from linkcheck.errors import InputError


@click.command("explain")
@click.argument("reason", required=False, shell_complete=shellwords.reasons)
def command(reason: str | None) -> None:
    """What a reason of a verdict means, and what to do about it. Without REASON, all of them by state.

    \b
    Example:
      linkcheck explain http-404
    """
    from linkcheck.judge.explaining import explain, listing, nearest

    text = explain(reason, width=width()) if reason is not None else listing(width=width())
    if text is None:
        meant = nearest(str(reason))
        way_out = f"did you mean {meant!r}?" if meant else "linkcheck explain lists them"
        raise InputError(f"{str(reason)[:100]!r} is neither a reason nor a state; {way_out}")
    say(text)
    leave(ExitCode.OK)
