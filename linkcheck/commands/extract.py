"""``linkcheck extract``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from linkcheck.commands._running import gather, settings_of
from linkcheck.commands._telling import complain, leave, say, write
from linkcheck.conduct import ExitCode
from linkcheck.options import base_option, change_options, documents_argument


@click.command("extract")
@documents_argument
@click.option(
    "--format",
    "format_",
    type=click.Choice(["sources", "jsonl"]),
    default="sources",
    show_default=True,
    help="sources.txt, to be edited and checked; or one JSON object a line.",
)
@click.option("--output", "-o", "output", metavar="FILE", type=click.Path(path_type=Path),
              help="Write to FILE instead of stdout.")  # fmt: skip
@change_options
@base_option
def command(documents: tuple[str, ...], format_: str, output: Path | None, **options: Any) -> None:
    """The citations of documents, as sources.txt or JSON lines.

    \b
    Example:
      linkcheck extract article.md > sources.txt
    """
    from linkcheck import jsonlines
    from linkcheck.extract import sources

    gathered = gather(documents, settings_of(options), options)
    dumps = sources.dumps if format_ == "sources" else jsonlines.dumps
    text = dumps(gathered.citations)
    if output is not None:
        write(output, text)
    elif text:
        say(text)
    complain((*gathered.problems, *gathered.notes))
    leave(ExitCode.USAGE if gathered.problems else ExitCode.OK)
