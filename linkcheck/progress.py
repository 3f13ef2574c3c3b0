"""Progress for a person at a terminal: one line on stderr that goes away. Silent everywhere else."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import TextIO

from linkcheck.ports import Step


@contextlib.contextmanager
def shown(stream: TextIO, *, wanted: bool) -> Iterator[Callable[[Step], None]]:
    """A function to tell of steps. Nothing is drawn unless ``wanted``."""
    if not wanted:
        yield lambda step: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[label]}", markup=False),
    )
    with Progress(*columns, console=Console(file=stream), transient=True) as progress:
        tasks = {}

        def tell(step: Step) -> None:
            if step.phase not in tasks:
                tasks[step.phase] = progress.add_task(step.phase, total=step.total, label="")
            label = step.label if len(step.label) <= 60 else f"{step.label[:59]}…"
            progress.update(tasks[step.phase], completed=step.done, total=step.total, label=label)

        yield tell
