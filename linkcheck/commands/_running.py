"""Around a command, before its work: settings, documents, Ctrl-C and progress."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linkcheck.clock import Clock, SystemClock
from linkcheck.commands._telling import complain
from linkcheck.errors import SettingsError
from linkcheck.interrupt import Interrupt

if TYPE_CHECKING:
    from linkcheck.baseline import Baseline
    from linkcheck.ports import Step
    from linkcheck.settings import Settings
    from linkcheck.wiring import Gathered

_OF_THIS_RUN = ("since", "diff", "root", "base")
"""Options that no settings file may hold: they speak of one change, or of one tree."""

_SOON_S = 1.0
"""Reading that is done by then shows nothing."""


def gather(
    documents: tuple[str, ...], settings: Settings, options: dict[str, Any],
    on_step: Callable[[Step], None] | None = None, *, quiet: bool = False,
) -> Gathered:  # fmt: skip
    """What the documents cite, of what this run is asked for.

    ``on_step`` is told of progress; without, it is shown here, unless ``quiet``.
    """
    from linkcheck import wiring
    from linkcheck.conduct import Reading

    asked = {key: options[key] for key in _OF_THIS_RUN if options.get(key)}
    reading = Reading(identifiers=settings.identifiers, **asked)
    inputs = wiring.inputs(documents, settings)
    with contextlib.ExitStack() as shown:
        tell = on_step or later(lambda: shown.enter_context(_progress(quiet=quiet)), SystemClock())
        return wiring.gather(inputs, sys.stdin.buffer, reading, on_step=tell)


def baseline_of(path: Path | None, outputs: tuple[Path, ...], *, new_only: bool) -> Baseline | None:
    """The baseline that was named; none at the first run, which writes it."""
    from linkcheck import wiring

    if path is None:
        if new_only:
            raise SettingsError("--new-only leaves out what a baseline knows: name one with --baseline FILE")
        return None
    if path in outputs and not path.exists():
        return None
    return wiring.baseline_of(path)


def settings_of(options: dict[str, Any]) -> Settings:
    """The settings that hold here with the options above them; options that may be repeated add to their lists."""
    from linkcheck.settings import COMMAND_LINE, load, with_values

    loaded = load(Path(), os.environ)
    complain(loaded.warnings)
    given = {
        key.replace("_", "-"): value
        for key, value in options.items()
        if value is not None and value != () and key not in _OF_THIS_RUN
    }
    for key, listed in (("resolve", loaded.resolve), ("allow-private", loaded.allow_private)):
        if key in given:
            given[key] = [*listed, *given[key]]
    return with_values(loaded, given, where=COMMAND_LINE)


@contextlib.contextmanager
def running(*, quiet: bool = False) -> Iterator[tuple[Interrupt, Callable[[Step], None]]]:
    """Ctrl-C and progress for the length of a run; ``quiet``: no progress."""
    interrupt = Interrupt()
    before = {number: signal.signal(number, interrupt.signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with _progress(quiet=quiet) as on_step:
            yield interrupt, on_step
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def later(show: Callable[[], Callable[[Step], None]], clock: Clock) -> Callable[[Step], None]:
    """A function to tell of steps, which has them shown from the second on; so one small file flashes no bar."""
    began = clock.monotonic()
    tell: Callable[[Step], None] | None = None

    def on_step(step: Step) -> None:
        nonlocal tell
        if tell is None and clock.monotonic() - began >= _SOON_S:
            tell = show()
        if tell is not None:
            tell(step)

    return on_step


def _progress(*, quiet: bool) -> contextlib.AbstractContextManager[Callable[[Step], None]]:
    """Drawn for a person at a terminal; a line now and then in a log, which is what a terminal of CI is."""
    if quiet:
        return contextlib.nullcontext(lambda step: None)
    from linkcheck import progress

    is_watched = sys.stderr.isatty() and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"
    return (progress.drawn if is_watched else progress.lined)(sys.stderr, SystemClock())
