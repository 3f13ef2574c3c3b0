"""Counting bad looks: what comes and goes is dead only when it stayed away for days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from linkcheck.conduct import Patience
from linkcheck.judge.case import Case
from linkcheck.model import FailureKind, Look

COUNTED = frozenset(
    {
        FailureKind.NO_SUCH_HOST,
        FailureKind.DNS_NO_ANSWER,
        FailureKind.CONNECTION_REFUSED,
        FailureKind.CONNECTION_RESET,
        FailureKind.UNREACHABLE,
        FailureKind.TIMEOUT,
    }
)
"""Nobody there. Not TLS errors (a reader can click them away), nor redirect loops, nor malformed answers: those may be
about this client, and a server that speaks is there."""


def is_bad(look: Look) -> bool:
    """Whether a look counts towards a streak: nobody there, a server error, or 404 and 410."""
    if look.status is None:
        return look.failure in COUNTED
    return 500 <= look.status < 600 or look.status in (404, 410)


def is_good(look: Look) -> bool:
    """Whether a look ends every streak. A refusal (403 …) does neither: the server is there, the page perhaps."""
    return look.status is not None and 200 <= look.status < 400


def since_success(history: Sequence[Look]) -> list[Look]:
    """The looks after the last success; oldest first, as they came."""
    kept: list[Look] = []
    for look in history:
        if is_good(look):
            kept.clear()
        else:
            kept.append(look)
    return kept


def bad_days(case: Case) -> list[datetime]:
    """When it was bad, newest first, beginning with now: only looks that are far enough apart, back to a success.

    Empty where the look that is judged is not bad.
    """
    seen = case.observation
    if not is_bad(Look(seen.observed_at, seen.status, seen.failure)):
        return []
    days = [seen.observed_at]
    for look in reversed(since_success(case.history)):
        if is_bad(look) and days[-1] - look.observed_at >= timedelta(days=case.patience.days_apart):
            days.append(look.observed_at)
    return days


def is_long_enough(days: Sequence[datetime], patience: Patience) -> bool:
    """Whether that many bad looks make a source dead."""
    return len(days) >= patience.looks


def in_words(days: Sequence[datetime]) -> str:
    """``3 looks between 2026-11-01 and 2026-11-08``."""
    return f"{len(days)} looks between {days[-1].date().isoformat()} and {days[0].date().isoformat()}"
