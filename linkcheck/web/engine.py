"""When to ask: lanes, pauses and budgets. Drives any number of visits over one transport, in the caller's thread.

A lane is one host's queue. It has at most ``Manners.per_host`` requests under way and starts them at least
``Manners.spacing_s`` apart, fewer and further where the host asks for it (``lanes.py``). Lanes that may start now are
served longest queue first, so the host with the most to do is never the one that everybody waits for in the end.
"""

from __future__ import annotations

import heapq
import itertools
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from linkcheck import uri
from linkcheck.clock import Clock
from linkcheck.conduct import Manners
from linkcheck.interrupt import Interrupt
from linkcheck.model import Failure, FailureKind, Landing, Request
from linkcheck.web.lanes import Breaker, Lane, unsent
from linkcheck.web.transports import Answer, Transport
from linkcheck.web.visit import Pause, Visit

Key = TypeVar("Key", bound=Hashable)

_LONGEST_WAIT_S = 0.2
"""Of one wait for the transport: Ctrl-C is heard that late at most."""

_NEVER_SENT = frozenset({FailureKind.UNSAFE_ADDRESS, FailureKind.NO_SUCH_HOST})

_WINDOW = 10_000
"""Visits begun and not landed. Enough to see long queues, few enough to keep memory flat over millions."""


@dataclass(slots=True, eq=False)
class Drive:
    """One visit on its way."""

    key: Hashable
    visit: Visit
    begun: bool = False


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
        self._lanes: dict[str, Lane] = {}
        self._breakers: dict[tuple[str, int], Breaker] = {}
        self._last_failure: dict[tuple[str, int], Failure] = {}
        self._ready: list[tuple[int, int, Lane]] = []
        self._later: list[tuple[float, int, Lane]] = []
        self._paused: list[tuple[float, int, Drive]] = []
        self._under_way: dict[int, tuple[Drive, Lane]] = {}
        self._landed: deque[tuple[Key, Landing]] = deque()
        self._wanted: Callable[[Key], bool] = lambda _: True

    def run(
        self,
        visits: Iterable[tuple[Key, Visit]],
        *,
        until: float | None = None,
        wanted: Callable[[Key], bool] = lambda _: True,
    ) -> Iterator[tuple[Key, Landing]]:
        """Yields ``(key, landing)`` of every visit, in the order they land. Visits are taken in as there is room.

        Args:
            visits: each with a key of the caller's.
            until: monotonic seconds; what has not landed by then does not land.
            wanted: asked just before each request; what is no longer wanted is answered ``not-reached`` instead.
        """
        coming = iter(visits)
        self._wanted = wanted
        more = True
        active = 0
        while True:
            while more and active < _WINDOW:
                following = next(coming, None)
                if following is None:
                    more = False
                    break
                active += 1
                self._advance(Drive(*following), None)
            while self._landed:
                active -= 1
                yield self._landed.popleft()
            if not active:
                if more:
                    continue
                return
            if until is not None and self._clock.monotonic() >= until:
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
            place = (lane.host, uri.port(request.url))
            breaker = self._breakers.get(place)
            if not self._wanted(drive.key):  # type: ignore[arg-type]
                words = "it was no longer wanted when its turn came"
                self._advance(drive, Failure(request, FailureKind.NOT_REACHED, words, self._clock.now(), sent=False))
            elif lane.shut_until > now:
                self._advance(drive, lane.turned_away(request, self._clock.now()))
            elif breaker is not None and breaker.is_open(now):
                self._advance(drive, unsent(request, self._last_failure[place], breaker.failures))
            else:
                self._send(drive, request, lane, now)
            self._list(lane, now)

    def _send(self, drive: Drive, request: Request, lane: Lane, now: float) -> None:
        lane.under_way += 1
        lane.ready_at = now + lane.spacing_s
        ticket = next(self._tickets)
        self._under_way[ticket] = (drive, lane)
        self._transport.start(ticket, request)

    def _receive(self, ticket: int, answer: Answer) -> None:
        drive, lane = self._under_way.pop(ticket)
        now = self._clock.monotonic()
        lane.under_way -= 1
        if isinstance(answer, Failure) and answer.kind in _NEVER_SENT:
            lane.ready_at = min(lane.ready_at, now)  # nobody was bothered, so nobody needs a rest
        lane.learn(answer, now, lane.manners)
        self._learn_of_port(lane, answer, now)
        self._advance(drive, answer)
        self._list(lane, now)

    def _is_absent(self, answer: Answer | None, now: float) -> bool:
        """Whether the breaker of the port that this failure came from is open."""
        if not isinstance(answer, Failure):
            return False
        breaker = self._breakers.get((uri.host(answer.request.url), uri.port(answer.request.url)))
        return breaker is not None and breaker.is_open(now)

    def _learn_of_port(self, lane: Lane, answer: Answer, now: float) -> None:
        """Breakers are made by the first failure: a run where all goes well has none."""
        if isinstance(answer, Failure):
            place = (lane.host, uri.port(answer.request.url))
            breaker = self._breakers.setdefault(place, Breaker(answered=lane.has_answered))
            breaker.learn(answer, now)
            self._last_failure[place] = answer
        elif self._breakers:
            known = self._breakers.get((lane.host, uri.port(answer.request.url)))
            if known is not None:
                known.learn(answer, now)

    # ------------------------------------------------------------ visits and lanes

    def _advance(self, drive: Drive, answer: Answer | None) -> None:
        """Hands a visit its answer and does what it wants next."""
        try:
            wish = drive.visit.send(answer)
        except StopIteration as landed:
            self._landed.append((drive.key, landed.value))  # type: ignore[arg-type]
            return
        now = self._clock.monotonic()
        if isinstance(wish, Pause) and not wish.host and self._is_absent(answer, now):
            self._advance(drive, None)  # what follows will not be sent, so there is nothing to wait for
            return
        if isinstance(wish, Pause):
            if wish.host:
                lane = self._lane(wish.host, answer.request.url if answer is not None else "")
                lane.ready_at = max(lane.ready_at, now + wish.seconds)
            heapq.heappush(self._paused, (now + wish.seconds, next(self._order), drive))
            return
        lane = self._lane(uri.host(wish.url), wish.url)
        if drive.begun:  # what is begun is finished first: it holds exchanges in memory
            lane.queue.appendleft((drive, wish))
        else:
            drive.begun = True
            lane.queue.append((drive, wish))
        self._list(lane, now)

    def _lane(self, host: str, url: str) -> Lane:
        """The host's lane; where the settings tell its ports apart, those of the first one that is asked hold."""
        lane = self._lanes.get(host)
        if lane is None:
            manners = self._manners.at(host, uri.port(url)) if url else self._manners
            lane = self._lanes[host] = Lane(host, min(2.0, manners.per_host), manners.spacing_s, manners)
        return lane

    def _list(self, lane: Lane, now: float) -> None:
        """Puts a lane that may start a request, now or later, where it will be found."""
        length = len(lane.queue)
        if lane.listed:
            # A lane that waits its turn moves up as its queue grows, at every doubling: often enough, and cheap.
            if lane.entry >= 0 and length & (length - 1) == 0:
                self._push_ready(lane, length)
            return
        if not length or not lane.has_room():
            return
        lane.listed = True
        if lane.ready_at <= now:
            self._push_ready(lane, length)
        else:
            heapq.heappush(self._later, (lane.ready_at, next(self._order), lane))

    def _push_ready(self, lane: Lane, length: int) -> None:
        lane.entry = next(self._order)
        heapq.heappush(self._ready, (-length, lane.entry, lane))
