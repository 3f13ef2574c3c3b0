"""Progress for a person at a terminal: one line on stderr that goes away. Silent everywhere else."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import TextIO

from linkcheck.ports import Step

_BAR = 24
_LONGEST_LABEL = 60


@contextlib.contextmanager
def shown(stream: TextIO, *, wanted: bool) -> Iterator[Callable[[Step], None]]:
    """A function to tell of steps. Nothing is drawn unless ``wanted``."""
    if not wanted:
        yield lambda step: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=_BAR),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[label]}", markup=False),
    )
    with Progress(*columns, console=Console(file=stream), transient=True) as progress:
        tasks: dict[str, TaskID] = {}

        def tell(step: Step) -> None:
            if step.phase not in tasks:
                for ended in tasks.values():
                    progress.update(ended, label="")
                tasks[step.phase] = progress.add_task(step.phase, total=step.total, label="")
            # Where a row is too wide rich shortens every column of it, the bar and the counts first.
            counts = len(f"{step.total}/{step.total} 0:00:00")
            room = min(_LONGEST_LABEL, progress.console.width - max(map(len, tasks)) - _BAR - counts - 5)
            label = step.label if len(step.label) <= room else f"{step.label[: room - 1]}…" if room > 1 else ""
            progress.update(tasks[step.phase], completed=step.done, total=step.total, label=label)

        yield tell
