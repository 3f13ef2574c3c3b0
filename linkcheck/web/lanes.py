"""One host's queue and what the host has taught us: how fast it may be asked, and whether it is there at all. Pure.

Spacing and the number of requests at once adapt as TCP does (AIMD, Chiu and Jain 1989): a 429 or 503 halves the number
and spaces requests out to the rate the host has just shown to accept; calm brings both back, little by little.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from linkcheck.conduct import USUAL, Manners
from linkcheck.model import Exchange, Failure, FailureKind, Request
from linkcheck.web.visit import retry_after

if TYPE_CHECKING:
    from linkcheck.web.engine import Drive

ABSENT = frozenset(
    {
        FailureKind.NO_SUCH_HOST,
        FailureKind.DNS_NO_ANSWER,
        FailureKind.CONNECTION_REFUSED,
        FailureKind.UNREACHABLE,
        FailureKind.TIMEOUT,
    }
)
"""Failures of a host, not of one of its pages."""

PROBES = 2
"""Failures in a row after which a host that has answered nothing yet is taken for absent."""

PROBES_OF_A_KNOWN_HOST = 5
"""The same for a host that has answered in this run: two slow pages are no dead host."""

_PROBE_AGAIN_S = 60.0
_CALM = 50
_GENTLER = 1.05
_WIDEST_S = 30.0
_SLOW_S = 2.0
_SLOW_FACTOR = 4.0


@dataclass(slots=True)
class Breaker:
    """Whether one port of a host is there. Its other URLs need not wait out a timeout each."""

    failures: int = 0
    answered: bool = False
    probe_at: float = 0.0

    def learn(self, answer: Exchange | Failure, now: float) -> None:
        """Takes in an answer of that port."""
        if isinstance(answer, Exchange):
            self.failures, self.answered = 0, True
        elif answer.kind in ABSENT:
            self.failures += 1
            self.probe_at = now + _PROBE_AGAIN_S

    def is_open(self, now: float) -> bool:
        """Whether requests are answered here and not sent: it was absent just now, and the next probe is not due."""
        enough = PROBES_OF_A_KNOWN_HOST if self.answered else PROBES
        return self.failures >= enough and now < self.probe_at


def unsent(request: Request, last: Failure, failures: int) -> Failure:
    """The answer to a request that an open breaker holds back."""
    words = f"not asked, as {failures} requests to the same host had just failed: {last.message}"
    return replace(last, request=request, message=words, elapsed_s=0.0, sent=False)


@dataclass(slots=True)
class Lane:
    """One host's queue, and the manners it has taught us.

    Attributes:
        queue: requests that wait, with the visits they belong to.
        under_way: requests sent and not answered.
        ready_at: monotonic seconds; nothing is sent before.
        listed: it stands in one of the engine's heaps.
        entry: number of its valid entry among the ready; older ones are passed over. -1 for none.
        window: requests at once; between 1 and ``Manners.per_host``. It opens at 2: a host that may be silent need not
            be asked ten times to find out.
        spacing_s: between the starts of two requests.
        manners: what the settings allow at this host.
    """

    host: str
    window: float
    spacing_s: float
    manners: Manners = USUAL
    queue: deque[tuple[Drive, Request]] = field(default_factory=deque)
    under_way: int = 0
    ready_at: float = 0.0
    listed: bool = False
    entry: int = -1
    accepted: int = 0
    counted_from: float = -1.0
    calm: int = 0
    usual_s: float = 0.0
    shut_until: float = 0.0
    shut_words: str = ""

    def has_room(self) -> bool:
        """Whether one more request may be under way."""
        return self.under_way < int(self.window)

    @property
    def has_answered(self) -> bool:
        """Whether the host has answered anything in this run."""
        return self.usual_s > 0 or self.accepted > 0

    def learn(self, answer: Exchange | Failure, now: float, manners: Manners) -> None:
        """Takes in an answer of that host."""
        if self.counted_from < 0:
            self.counted_from = now - answer.elapsed_s
        if isinstance(answer, Exchange) and answer.status not in (429, 503):
            self._ease(answer, manners)
        elif isinstance(answer, Exchange):
            self._hold_back(retry_after(answer), now, manners)
        elif answer.kind is FailureKind.TIMEOUT:
            self.window = max(1.0, self.window / 2)

    def turned_away(self, request: Request, moment: datetime) -> Failure:
        """The answer to a request to a host that asks to be left alone for longer than we wait."""
        return Failure(request, FailureKind.NOT_REACHED, self.shut_words, moment, sent=False)

    def _ease(self, answer: Exchange, manners: Manners) -> None:
        self.accepted += 1
        if answer.elapsed_s > max(_SLOW_S, _SLOW_FACTOR * self.usual_s) and self.usual_s:
            self.window = max(1.0, self.window / 2)
        else:
            self.window = min(float(manners.per_host), self.window + 1 / self.window)
        self.usual_s = answer.elapsed_s if not self.usual_s else 0.8 * self.usual_s + 0.2 * answer.elapsed_s
        self.calm += 1
        if self.calm >= _CALM:
            self.calm = 0
            self.spacing_s = max(manners.spacing_s, self.spacing_s * 0.9)

    def _hold_back(self, asked_for: float | None, now: float, manners: Manners) -> None:
        """Spaces out to the rate the host has accepted, the pause it asks for counted in."""
        self.calm = 0
        self.window = max(1.0, self.window / 2)
        if asked_for is not None and asked_for > manners.max_pause_s:
            self.shut_until = now + asked_for
            self.shut_words = f"{self.host} had just asked not to be asked for {asked_for:,.0f} seconds"
        pause = min(asked_for or 0.0, manners.max_pause_s)
        if self.accepted and pause:
            accepted_every = (now - self.counted_from + pause) / self.accepted
            spacing = max(self.spacing_s, accepted_every * _GENTLER)
        else:
            spacing = max(2 * self.spacing_s, 0.5)
        self.spacing_s = min(spacing, _WIDEST_S)
        self.accepted = 0
        self.counted_from = now + pause
