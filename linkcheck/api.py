"""linkcheck from Python: the jobs of the command line as functions that return what they found.

They print nothing, change no signal handler and can run in any thread; a failure of ours is a
:class:`~linkcheck.errors.LinkcheckError`, and a failure of the web is in the report. ``docs/api.md`` has examples.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from linkcheck import extract, reports, runs, wiring
from linkcheck import score as scoring
from linkcheck import settings as house_settings
from linkcheck.conduct import ExitCode, Reading
from linkcheck.interrupt import Interrupt
from linkcheck.model import Citation, Document, Report
from linkcheck.ports import Step
from linkcheck.score import Score
from linkcheck.settings import Settings
from linkcheck.wiring import Gathered

Source = str | os.PathLike[str] | Document
"""What cites: a file, a directory, a pattern, a URL, or a :class:`Document` that holds a text."""

OnStep = Callable[[Step], None]


def document(text: str, name: str = "text.md", *, address: str = "") -> Document:
    """A text that is no file, for the functions below. Its name says by its ending which format it is in.

    ``address``: where an HTML page was published; its relative links are citations then, too.

    Example:
        >>> check(document("See <https://example.org/>."))  # doctest: +SKIP
    """
    return Document(
        name, extract.format_for(name, text), text, text.encode("utf-8", "surrogateescape"), address=address
    )


def load_settings(folder: str | os.PathLike[str] = ".", **values: Any) -> Settings:
    """The settings of a folder, with ``values`` above them: ``load_settings(timeout=5, wayback="")``.

    Args:
        folder: where ``linkcheck.toml``, ``pyproject.toml`` or ``setup.cfg`` may stand, or below it in a repository;
            paths in it are meant from the folder of the file. ``LINKCHECK_…`` variables stand above the file.
        values: settings, with ``_`` for the ``-`` in their names.

    Raises:
        SettingsError: a key is unknown, or a value cannot be used.
    """
    named = {key.replace("_", "-"): value for key, value in values.items()}
    return house_settings.with_values(house_settings.load(Path(folder), os.environ), named, where="load_settings")


def citations(*documents: Source, settings: Settings | None = None) -> Gathered:
    """What documents cite, and what of them could not be read. Asks no network.

    Raises:
        InputError: there are no documents, and no list of sources.
    """
    settings = settings or Settings()
    given = [each for each in documents if isinstance(each, Document)]
    named = [os.fspath(each) for each in documents if not isinstance(each, Document)]
    arguments = named if given else wiring.inputs(named, settings)
    return wiring.gather(arguments, io.BytesIO(), Reading(identifiers=settings.identifiers), given=given)


def check(
    *documents: Source,
    settings: Settings | None = None,
    baseline: str | os.PathLike[str] | None = None,
    on_step: OnStep | None = None,
) -> Report:
    """Fetches every cited source and says how it is.

    Args:
        documents: what cites; without any, the list that the settings name (``sources.txt``).
        settings: :class:`Settings` with their defaults where there are none; no file is read unasked.
        baseline: a JSON report of an earlier run; what fell short in it is in ``known``, and not in ``shortfalls``.
        on_step: told of progress.

    Raises:
        InputError: there is no such list, or the baseline is not there or no report.
        SettingsError: a setting cannot be used.
        ArchiveError: what is kept on disk cannot be read.
        KeyboardInterrupt: what was learnt until then is kept, and :func:`report` tells it.
    """
    settings = settings or Settings()
    before = wiring.baseline_of(Path(baseline)) if baseline is not None else None
    gathered = citations(*documents, settings=settings)
    return _whole(runs.check(gathered, settings, Interrupt(), on_step or _nobody, baseline=before), settings)


def archive(
    *documents: Source,
    settings: Settings | None = None,
    save: bool = False,
    render: bool = False,
    on_step: OnStep | None = None,
) -> Report:
    """Captures every source that is there into the archive, and finds a public memento of each.

    Args:
        documents, settings, on_step: as in :func:`check`.
        save: ask the Wayback Machine to capture what it does not hold.
        render: keep a picture and a PDF of each page, too.

    Raises:
        as :func:`check`, and ArchiveError where another process is writing to the archive.
    """
    settings = settings or Settings()
    gathered = citations(*documents, settings=settings)
    return _whole(runs.archive(gathered, settings, Interrupt(), on_step or _nobody, save=save, render=render), settings)


def verify(
    *documents: Source,
    settings: Settings | None = None,
    baseline: str | os.PathLike[str] | None = None,
    on_step: OnStep | None = None,
) -> Report:
    """Every stored byte, then the live web, against the lock file and the policy; arguments as in :func:`check`."""
    settings = settings or Settings()
    before = wiring.baseline_of(Path(baseline)) if baseline is not None else None
    gathered = citations(*documents, settings=settings)
    return _whole(runs.verify(gathered, settings, Interrupt(), on_step or _nobody, baseline=before), settings)


def report(
    *documents: Source, settings: Settings | None = None, baseline: str | os.PathLike[str] | None = None
) -> Report:
    """The report from what is stored, without network; without documents, of what the last run was about.

    Arguments as in :func:`check`.
    """
    settings = settings or Settings()
    before = wiring.baseline_of(Path(baseline)) if baseline is not None else None

    def gathered(remembered: tuple[Citation, ...]) -> Gathered:
        return Gathered(remembered, ()) if remembered and not documents else citations(*documents, settings=settings)

    made = runs.report(gathered, settings, Interrupt(), _nobody, baseline=before)
    return runs.with_pictures(made, settings)


def render(report: Report, form: str = "terminal", *, width: int = 100) -> str:
    """A report as text in one of the formats of ``linkcheck report --format``.

    Raises:
        SettingsError: there is no such format; the nearest is named.
    """
    return reports.render(form, report, width=width)


def score_of(report: Report) -> Score:
    """The four parts and the value of a report's score; see ``docs/score.md``."""
    return scoring.score(report)


def _whole(made: Report, settings: Settings) -> Report:
    """The report with its pictures. The pipeline turns Ctrl-C into a report that says so; in Python it stays that."""
    if made.exit_code is ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    return runs.with_pictures(made, settings)


def _nobody(step: Step) -> None:
    pass
