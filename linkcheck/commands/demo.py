"""``linkcheck demo``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from linkcheck.commands._telling import colour, leave, say, width, write
from linkcheck.commands.archive import capture
from linkcheck.conduct import ExitCode
from linkcheck.errors import InputError


@click.command("demo")
@click.option(
    "--folder",
    default="linkcheck-demo",
    show_default=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Where the demo's list, archive and reports are put.",
)
@click.option("--transport", metavar="NAME", help="auto, libcurl or requests.  [default: auto]")  # fmt: skip
def command(folder: Path, transport: str | None) -> None:
    """The main job on a small web of this machine's own: no internet, no root, a few seconds.

    \b
    Example:
      linkcheck demo
    """
    from linkcheck import demo as stage
    from linkcheck import wiring
    from linkcheck.reports import render
    from linkcheck.settings import Settings, with_values

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: cannot be made ({error.strerror}); name another one with --folder") from error
    listed = folder / "sources.txt"
    write(listed, stage.SOURCES)
    with stage.serve(folder) as world:
        entries = [f"{entry.host}:{entry.port}:{entry.address}:{entry.to_port}" for entry in world.resolve]
        values = {
            "archive": str(folder / "archive"),
            "ca-file": str(world.ca_file),
            "resolve": entries,
            "wayback": world.wayback,
            "controls": list(world.controls),
            **({"transport": transport} if transport else {}),
        }
        gathered = wiring.gather([str(listed)], sys.stdin.buffer)
        made = capture(gathered, with_values(Settings(), values, where="demo"), formats=("html", "json"))
    say(render("terminal", made, width=width(), colour=colour()))
    written = [folder / f"report{suffix}" for suffix in (".html", ".json", ".md", ".svg")]
    for path, name in zip(written, ("html", "json", "markdown", "svg"), strict=True):
        write(path, render(name, made))
    say(
        "\nThe pages behind this table are stand-ins written for this demo and served on this machine only;\n"
        f"the engine, the archive and the verdicts are real. (The exit code of a real run: {made.exit_code:d}.)\n"
        f"Report:  {written[0]}\nArchive: {folder / 'archive'}\n"
    )
    leave(made.exit_code if made.exit_code is ExitCode.INTERRUPTED else ExitCode.OK)
