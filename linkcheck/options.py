"""The options that several commands share, and the words about exit codes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from linkcheck import reports, shellwords

Command = TypeVar("Command", bound=Callable[..., Any])

EXIT_CODES = """\b
Exit codes:
  0    no citation falls short of the policy
  1    at least one does, or the archive is damaged
  2    usage, settings or an input that cannot be used
  3    nothing could be told (offline, every source unreachable)
  4    a failure of linkcheck itself
  130  interrupted; what was learnt is kept"""


def stacked(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    def stack(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return stack


change_options = stacked(
    click.option("--since", metavar="REV",
                 help="Only what was added or touched since this revision of git was left, committed or not."),
    click.option("--diff", metavar="RANGE", help="Only what `git diff RANGE` adds or touches."),
)  # fmt: skip
baseline_options = stacked(
    click.option("--baseline", metavar="FILE", type=click.Path(path_type=Path),
                 help="A JSON report of an earlier run: what fell short then and does so now does not fail this one."),
    click.option("--new-only", is_flag=True, help="Print nothing of what the baseline knows, but how much it is."),
)  # fmt: skip
base_option = click.option(
    "--base", metavar="URL", help="Where HTML pages were published: their relative links are citations, too."
)
root_option = click.option(
    "--root", metavar="DIR", shell_complete=shellwords.folders,
    help="Also hold a site's links to its own files against this directory.",
)  # fmt: skip
documents_argument = click.argument("documents", nargs=-1, metavar="[DOC]...", shell_complete=shellwords.files)
archive_option = click.option(
    "--archive", metavar="DIR", shell_complete=shellwords.folders,
    help="Folder of captures and history.  [default: archive]",
)  # fmt: skip
fail_on_option = click.option(
    "--fail-on", metavar="WORDS", shell_complete=shellwords.policies,
    help="States and reasons that fail the run, with commas.  [default: dead,drifted]",
)  # fmt: skip
quiet_option = click.option("--quiet", "-q", is_flag=True, help="No progress on stderr; errors are said all the same.")
output_options = stacked(
    click.option("--format", "format_", metavar="NAME", default="terminal", show_default=True,
                 shell_complete=shellwords.formats,
                 help=f"Form of what goes to stdout: {', '.join(reports.names())}."),
    click.option("--output", "-o", "outputs", metavar="FILE", multiple=True, type=click.Path(path_type=Path),
                 help=f"Also write the report to FILE, in the form of its ending ({' '.join(reports.suffixes())}). "
                      "May be given several times."),
)  # fmt: skip
freshness_options = stacked(
    click.option("--max-age", metavar="TIME",
                 help="Do not ask again what answered so lately (12h, 7d).  [default: ask always]"),
    click.option("--max-time", metavar="TIME",
                 help="End the run after so long (90s, 10m); the rest is unknown: not-reached.  [default: no end]"),
)  # fmt: skip
trace_options = stacked(
    click.option("--trace/--no-trace", default=None,
                 help="Ask archives and frozen copies for what is dead or has lost a quote.  [default: trace]"),
    click.option("--wayback", metavar="URL", help="Base URL of the public archive; '' asks none."),
)  # fmt: skip
parts_options = stacked(
    click.option("--with-requisites", "requisites", is_flag=True, default=None,
                 help="Keep the images, styles, scripts, fonts and frames of captured pages too."),
    click.option("--render", is_flag=True,
                 help="Keep a picture and a PDF of each page, drawn by Chromium out of the archive; keeps its "
                      "requisites too."),
)  # fmt: skip
keeping_options = stacked(
    click.option("--wacz", metavar="FILE", type=click.Path(path_type=Path),
                 help="Capture nothing; write what is kept to FILE, for ReplayWeb.page and others."),
    click.option("--import", "imports", metavar="FILE", multiple=True, type=click.Path(path_type=Path),
                 help="Capture nothing; take in WARC, ARC or WACZ files of other tools. With documents, what they cite "
                      "is listed, else every page."),
    click.option("--recover", is_flag=True, help="Capture nothing; mend what a crash or a full disk left torn."),
)  # fmt: skip
replay_options = stacked(
    click.option("--replayweb", metavar="DIR", type=click.Path(path_type=Path),
                 help="Replay with ReplayWeb.page: the folder with its ui.js and sw.js."),
    click.option("--pywb", metavar="FILE", help="Replay with pywb: its command.  [default: wayback on PATH]"),
    click.option("--port", type=click.IntRange(1, 65535), default=8090, show_default=True, help="On 127.0.0.1."),
)  # fmt: skip
network_options = stacked(
    click.option("--timeout", metavar="SECONDS", type=float, help="For one whole answer.  [default: 20]"),
    click.option("--transport", metavar="NAME", shell_complete=shellwords.transports,
                 help="auto, libcurl or requests.  [default: auto]"),
    click.option("--resolve", metavar="HOST:PORT:ADDRESS[:PORT]", multiple=True,
                 help="Connect to this address for that host and port, as curl's --connect-to does."),
    click.option("--ca-file", metavar="FILE", shell_complete=shellwords.files,
                 help="Trust the certificates in this PEM file only."),
    click.option("--allow-private", metavar="HOST", multiple=True,
                 help="This host, address or network may be a private one."),
)  # fmt: skip
holding_options = stacked(
    documents_argument,
    output_options,
    fail_on_option,
    archive_option,
    freshness_options,
    trace_options,
    network_options,
    baseline_options,
    change_options,
    root_option,
    base_option,
    quiet_option,
)
"""Of what holds citations against the web and the policy: ``check`` and ``verify``."""
