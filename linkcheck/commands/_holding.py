"""What ``check`` and ``verify`` have in common: citations held against the web, the policy and a baseline."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from linkcheck.commands._running import baseline_of, gather, running, settings_of
from linkcheck.commands._telling import complain, deliver, formats_of, targets_of

if TYPE_CHECKING:
    from linkcheck.model import Report


def hold(
    job: Callable[..., Report], documents: tuple[str, ...], format_: str, outputs: tuple[Path, ...], *, quiet: bool,
    baseline: Path | None, new_only: bool, **options: Any,
) -> NoReturn:  # fmt: skip
    """Does one of :mod:`linkcheck.runs`, delivers its report, and ends with its exit code.

    What is wrong with settings, outputs and baseline is said before the work, not after it.
    """
    from linkcheck import runs

    settings = settings_of(options)
    targets = targets_of(format_, outputs)
    before = baseline_of(baseline, outputs, new_only=new_only)
    gathered = gather(documents, settings, options, quiet=quiet)
    complain(gathered.problems)
    with running(quiet=quiet) as (interrupt, on_step):
        made = job(gathered, settings, interrupt, on_step, baseline=before)
        made = runs.with_pictures(made, settings, formats_of(format_, targets))
    deliver(made, format_, targets, new_only=new_only)
