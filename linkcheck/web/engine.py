"""When to ask: lanes, pauses and budgets. Drives any number of visits over one transport, in the caller's thread.

A lane is one host's queue. It has at most ``Manners.per_host`` requests under way and starts them at least
``Manners.spacing_s`` apart. Lanes that may start now are served longest queue first, so the host with the most
to do is never the one that everybody waits for in the end.
"""

from __future__ import annotations

import heapq
import itertools
from collections import deque
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from linkcheck import uri
from linkcheck.clock import Clock
from linkcheck.interrupt import Interrupt
from linkcheck.model import Landing, Manners, Request
from linkcheck.web.transports import Answer, Transport
from linkcheck.web.visit import Pause, Visit

Key = TypeVar("Key", bound=Hashable)

_LONGEST_WAIT_S = 0.2
"""Of one wait for the transport: Ctrl-C is heard that late at most."""

_WINDOW = 10_000
"""Visits begun and not landed. Enough to see long queues, few enough to keep memory flat over millions."""


@dataclass(slots=True)
class _Lane:
    """One host's queue."""

    host: str
    queue: deque[tuple[_Drive, Request]] = field(default_factory=deque)
    under_way: int = 0
    ready_at: float = 0.0
    listed: bool = False
    entry: int = -1
    """Number of its valid entry among the ready; older entries of it are passed over."""


@dataclass(slots=True, eq=False)
class _Drive:
    """One visit on its way."""

    key: Hashable
    visit: Visit
    lane: _Lane | None = None


class Engine(Generic[Key]):
    """Drives visits and yields each landing as it comes.

    Args:
        transport: opens the sockets; closed by its owner.
        manners: requests at once in all and to one host, and the space between two.
        clock: tells lanes and pauses when.
        interrupt: asked to hold back Ctrl-C while C code runs.
    """

    def __init__(self, transport: Transport, *, manners: Manners, clock: Clock, interrupt: Interrupt) -> None:
        self._transport = transport
        self._manners = manners
        self._clock = clock
        self._interrupt = interrupt
        self._tickets = itertools.count()
        self._order = itertools.count()
        self._lanes: dict[str, _Lane] = {}
        self._ready: list[tuple[int, int, _Lane]] = []
        self._later: list[tuple[float, int, _Lane]] = []
        self._paused: list[tuple[float, int, _Drive]] = []
        self._under_way: dict[int, tuple[_Drive, _Lane]] = {}
        self._landed: deque[tuple[Key, Landing]] = deque()

    def run(self, visits: Iterable[tuple[Key, Visit]]) -> Iterator[tuple[Key, Landing]]:
        """Yields ``(key, landing)`` of every visit, in the order they land. Visits are taken in as there is room."""
        coming = iter(visits)
        more = True
        active = 0
        while True:
            while more and active < _WINDOW:
                following = next(coming, None)
                if following is None:
                    more = False
                    break
                active += 1
                self._advance(_Drive(*following), None)
            while self._landed:
                active -= 1
                yield self._landed.popleft()
            if not active:
                if more:
                    continue
                return
            with self._interrupt.shielded():
                self._turn()

    # ------------------------------------------------------------ one turn

    def _turn(self) -> None:
        now = self._clock.monotonic()
        while self._paused and self._paused[0][0] <= now:
            self._advance(heapq.heappop(self._paused)[2], None)
        while self._later and self._later[0][0] <= now:
            lane = heapq.heappop(self._later)[2]
            lane.listed = False
            self._list(lane, now)
        self._launch(now)
        if self._landed:
            return
        for ticket, answer in self._transport.wait(self._how_long(now)):
            self._receive(ticket, answer)

    def _how_long(self, now: float) -> float:
        """Until the next thing that happens without the transport."""
        moments = [now + _LONGEST_WAIT_S]
        moments += [queue[0][0] for queue in (self._paused, self._later) if queue]
        return max(0.0, min(moments) - now)

    def _launch(self, now: float) -> None:
        while self._ready and len(self._under_way) < self._manners.in_flight:
            _, entry, lane = heapq.heappop(self._ready)
            if entry != lane.entry:
                continue
            lane.listed, lane.entry = False, -1
            drive, request = lane.queue.popleft()
            lane.under_way += 1
            lane.ready_at = now + self._manners.spacing_s
            ticket = next(self._tickets)
            self._under_way[ticket] = (drive, lane)
            self._transport.start(ticket, request)
            self._list(lane, now)

    def _receive(self, ticket: int, answer: Answer) -> None:
        drive, lane = self._under_way.pop(ticket)
        lane.under_way -= 1
        self._advance(drive, answer)
        self._list(lane, self._clock.monotonic())

    # ------------------------------------------------------------ visits and lanes

    def _advance(self, drive: _Drive, answer: Answer | None) -> None:
        """Hands a visit its answer and does what it wants next."""
        try:
            wish = drive.visit.send(answer)
        except StopIteration as landed:
            self._landed.append((drive.key, landed.value))  # type: ignore[arg-type]
            return
        now = self._clock.monotonic()
        if isinstance(wish, Pause):
            if wish.host:
                lane = self._lane(wish.host)
                lane.ready_at = max(lane.ready_at, now + wish.seconds)
            heapq.heappush(self._paused, (now + wish.seconds, next(self._order), drive))
            return
        lane = self._lane(uri.host(wish.url))
        lane.queue.append((drive, wish))
        self._list(lane, now)

    def _lane(self, host: str) -> _Lane:
        lane = self._lanes.get(host)
        if lane is None:
            lane = self._lanes[host] = _Lane(host)
        return lane

    def _list(self, lane: _Lane, now: float) -> None:
        """Puts a lane that may start a request, now or later, where it will be found."""
        length = len(lane.queue)
        if lane.listed:
            # A lane that waits its turn moves up as its queue grows, at every doubling: often enough, and cheap.
            if lane.entry >= 0 and length & (length - 1) == 0:
                self._push_ready(lane, length)
            return
        if not length or lane.under_way >= self._manners.per_host:
            return
        lane.listed = True
        if lane.ready_at <= now:
            self._push_ready(lane, length)
        else:
            heapq.heappush(self._later, (lane.ready_at, next(self._order), lane))

    def _push_ready(self, lane: _Lane, length: int) -> None:
        lane.entry = next(self._order)
        heapq.heappush(self._ready, (-length, lane.entry, lane))
