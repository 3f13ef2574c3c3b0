"""``linkcheck repair``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from linkcheck.commands._running import gather, running, settings_of
from linkcheck.commands._telling import complain, leave, say
from linkcheck.conduct import ExitCode
from linkcheck.options import archive_option, documents_argument

if TYPE_CHECKING:
    from linkcheck.model import Citation
    from linkcheck.wiring import Gathered


@click.command("repair")
@documents_argument
@click.option("--write", "writes", is_flag=True, help="Write into the documents.  [default: show what would change]")
@click.option(
    "--mementos/--no-mementos",
    default=True,
    show_default=True,
    help="Put an archived copy where a source has no other address any more.",
)
@click.option(
    "--unverified",
    is_flag=True,
    help="Take up what nobody could verify, too: a site's own redirect, a page of nearly that name.",
)
@archive_option
def command(documents: tuple[str, ...], writes: bool, mementos: bool, unverified: bool, **options: Any) -> None:
    """Better addresses for what has moved or died, as a patch; or written into the documents.

    From what `check` learnt: asks no network. Permanent redirects, frozen copies and near-by addresses that were
    verified as what is cited, and mementos that play back; what was not verified is listed. Never a redirect up, to a
    front page, a list, a search or a log-in. A repair is made only where the text, read again, cites what is meant.

    \b
    Examples:
      linkcheck repair article.md | git apply
      linkcheck repair --write docs/
    """
    from linkcheck import mending, runs

    settings = settings_of(options)

    def gathered(remembered: tuple[Citation, ...]) -> Gathered:
        cited = gather(documents or mending.documents_of(remembered), settings, options, on_step)
        complain(cited.problems)
        return cited

    with running() as (interrupt, on_step):
        made = runs.report(gathered, settings, interrupt, on_step)
        told = mending.mend(
            made.findings, writes=writes, mementos=mementos, identifiers=settings.identifiers, unverified=unverified,
            interrupt=interrupt, on_step=on_step,
        )  # fmt: skip
    if told.patch:
        say(told.patch)
    for line in told.said:
        click.echo(line, err=True)
    complain(told.complaints)
    if told.interrupted:
        leave(ExitCode.INTERRUPTED)
    leave(ExitCode.USAGE if told.complaints or made.problems else ExitCode.OK)
