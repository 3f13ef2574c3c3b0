"""The main jobs, from what was gathered to the report: the same for the command line and for Python.

What differs stands with the caller: who holds back Ctrl-C, who is told of progress, what is done with the report.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from linkcheck import pipeline, wiring
from linkcheck.archives import pictures
from linkcheck.archives.verify import integrity
from linkcheck.baseline import Baseline, compared
from linkcheck.conduct import ExitCode
from linkcheck.errors import ArchiveError
from linkcheck.findings import exit_code
from linkcheck.illustrating import illustrated
from linkcheck.interrupt import Interrupt
from linkcheck.model import Citation, Report
from linkcheck.ports import Step

if TYPE_CHECKING:
    from linkcheck.settings import Settings
    from linkcheck.wiring import Gathered

OnStep = Callable[[Step], None]


def check(
    gathered: Gathered, settings: Settings, interrupt: Interrupt, on_step: OnStep, *, baseline: Baseline | None = None
) -> Report:
    """Fetches every cited source and says how it is; what ``baseline`` knows does not fail the run."""
    with wiring.opened(settings, interrupt, on_step) as (ports, _):
        made = pipeline.check(
            gathered.citations, gathered.problems, ports, notes=gathered.notes, broken=gathered.broken
        )
    return _against(made, baseline, gathered)


def archive(
    gathered: Gathered,
    settings: Settings,
    interrupt: Interrupt,
    on_step: OnStep,
    *,
    save: bool = False,
    render: bool = False,
) -> Report:
    """Captures every source that is there, and finds a public memento of each.

    Args:
        save: ask the Wayback Machine to capture what it does not hold.
        render: draw each page, too.

    Raises:
        InputError: ``render`` is wanted, and there is no browser.
        ArchiveError: another run is writing to the archive, or it cannot be read.
    """
    with (
        wiring.renderer(settings, wanted=render) as renderer,
        wiring.opened(settings, interrupt, on_step) as (ports, kept),
        kept.open_for_writing() as keeper,
    ):
        parts = wiring.parts(settings, ports, keeper) if settings.requisites or render else None
        return pipeline.archive(
            gathered.citations, gathered.problems, ports, keeper=keeper, save=save,
            notes=(*gathered.notes, *keeper.recovered), parts=parts, renderer=renderer,
        )  # fmt: skip


def verify(
    gathered: Gathered, settings: Settings, interrupt: Interrupt, on_step: OnStep, *, baseline: Baseline | None = None
) -> Report:
    """Every stored byte, then the live web, against the lock file and the policy; and as ``check``."""
    examined = integrity(Path(settings.archive))
    notes = [*gathered.notes, *examined.notes]
    if examined.records and not examined.damage:
        notes.append(f"The archive was examined to the byte and is sound: {examined.records} records.")
    damage = [(each.uri, str(each)) for each in examined.damage]
    with wiring.opened(settings, interrupt, on_step) as (ports, _):
        made = pipeline.verify(
            gathered.citations, gathered.problems, ports, integrity=damage, notes=notes, broken=gathered.broken
        )
    return _against(made, baseline, gathered)


def report(
    gather: Callable[[tuple[Citation, ...]], Gathered],
    settings: Settings,
    interrupt: Interrupt,
    on_step: OnStep,
    *,
    baseline: Baseline | None = None,
) -> Report:
    """The report from what is stored, and as ``check``; asks no network.

    ``gather`` is told the citations of the last run, and says which are reported on.
    """
    with wiring.opened(settings, interrupt, on_step, read_only=True) as (ports, _):
        gathered = gather(ports.store.last_citations())
        made = pipeline.report(gathered.citations, gathered.problems, ports, notes=gathered.notes)
    return _against(made, baseline, gathered)


SHOWING, NAMING = "html", frozenset({"html", "json"})
"""The format that shows pictures of captured pages, and those that name them: for no other are they looked for."""


def with_pictures(made: Report, settings: Settings, formats: Collection[str] = NAMING) -> Report:
    """The report with the pictures that the archive keeps of its snapshots, as far as one of the formats uses them.

    To be called when the archive is closed: what a run has just drawn is found in the index. An archive that cannot be
    read ends no report; it is a note.
    """
    if NAMING.isdisjoint(formats):
        return made
    root = Path(settings.archive)
    try:
        kept = pictures.album(root)
    except ArchiveError as error:
        return replace(made, notes=(*made.notes, f"Pictures of pages could not be looked for: {error}"))
    return illustrated(made, kept, (lambda entry: pictures.read(root, entry)) if SHOWING in formats else None)


def _against(made: Report, baseline: Baseline | None, gathered: Gathered) -> Report:
    """The report held against what an earlier run knew, with the exit code that is left."""
    if baseline is None:
        return made
    # os.path.exists, for it takes any name: a baseline may be anybody's, and Path.exists raises for one too long.
    gone = frozenset(name for name in baseline.documents if not (name.startswith("<") or os.path.exists(name)))  # noqa: PTH110
    held = compared(made, baseline, gathered.untouched, gone)
    interrupted = made.exit_code is ExitCode.INTERRUPTED
    code = exit_code(held.findings, held.problems, held.integrity, interrupted=interrupted)
    return replace(held, exit_code=code)
