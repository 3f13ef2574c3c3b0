"""Progress on stderr: at a terminal a block of a few lines that goes away, elsewhere a line a minute.

A run that is done within a minute leaves no line in a log. A long one says each minute how far it is: some CI services
end a job that has said nothing for ten minutes.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TextIO

from linkcheck.clock import Clock
from linkcheck.pace import Course, Pace, counts, duration, sentence, shortened, speed, waited_for
from linkcheck.ports import Step

if TYPE_CHECKING:
    from rich.console import RenderableType

_BAR = 24
_EVERY_S = 60.0
_A_SECOND = 4
"""How often the block is drawn: a clock that ticks, and nothing that flickers."""


@contextlib.contextmanager
def drawn(stream: TextIO, clock: Clock) -> Iterator[Callable[[Step], None]]:
    """A function to tell of steps, which are drawn at a terminal until the block is left, however it is left."""
    from rich.console import Console
    from rich.live import Live

    console = Console(file=stream, highlight=False)
    course = Course()

    def block() -> RenderableType:
        return _block(course.paces(clock.monotonic()), console.width)

    live = Live(
        console=console, get_renderable=block, transient=True, refresh_per_second=_A_SECOND, redirect_stdout=False
    )
    try:
        with live:
            yield lambda step: course.tell(step, clock.monotonic())
            live.refresh()
    finally:
        console.show_cursor()  # Ctrl-C may come while the block is being set up or taken away


@contextlib.contextmanager
def lined(stream: TextIO, clock: Clock) -> Iterator[Callable[[Step], None]]:
    """A function to tell of steps, which writes a line where a minute has passed since the last one."""
    course = Course()
    written = clock.monotonic()

    def tell(step: Step) -> None:
        nonlocal written
        now = clock.monotonic()
        course.tell(step, now)
        if now - written >= _EVERY_S:
            written = now
            for pace in course.paces(now)[-1:]:
                stream.write(f"linkcheck: {sentence(pace)}\n")
                stream.flush()

    yield tell


def _block(paces: tuple[Pace, ...], width: int) -> RenderableType:
    """A row for each phase, and two lines on the one under way; no line is longer than the terminal is wide."""
    from rich.console import Group
    from rich.text import Text

    rows: list[RenderableType] = [_row(pace, width, is_last=pace is paces[-1]) for pace in paces]
    for pace in paces[-1:]:
        rows += [
            Text(f"  {shortened(line, width - 3)}", style="dim")
            for line in (counts(pace.states), waited_for(pace) or pace.label)
            if line
        ]
    return Group(*rows)


def _row(pace: Pace, width: int, *, is_last: bool) -> RenderableType:
    """``checking ━━━━━━━━ 120/400 0:41 3.1/s, about 1:32 left``; where room is scarce the speed goes, then the bar."""
    from rich.progress_bar import ProgressBar
    from rich.table import Table

    told = f"{pace.done:,}/{pace.total:,} {duration(pace.elapsed_s)}"
    room = width - 1 - len(pace.phase) - 1 - len(told)
    table = Table.grid(padding=(0, 1, 0, 0))
    cells: list[RenderableType] = [pace.phase]
    if room > _BAR:
        room -= _BAR + 1
        cells.append(ProgressBar(total=pace.total, completed=pace.done, width=_BAR))
    cells.append(told)
    if is_last and (more := shortened(speed(pace), room - 1)):
        cells.append(more)
    for _ in cells:
        table.add_column(no_wrap=True)
    table.add_row(*cells)
    return table
