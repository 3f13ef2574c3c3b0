"""The engine: lanes, spacing and pauses, with a transport and a clock that only count."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Generator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkcheck import uri
from linkcheck.conduct import HostRules, Hosts, Manners
from linkcheck.interrupt import Interrupt
from linkcheck.model import Exchange, Failure, FailureKind, Landing, Observation, Request
from linkcheck.web.engine import Engine
from linkcheck.web.lanes import PROBES
from linkcheck.web.transports import Answer
from linkcheck.web.visit import Pause

START = datetime(2026, 11, 24, tzinfo=UTC)


class CountingClock:
    """Time passes only when somebody waits."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        return START + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


class CountingTransport:
    """Answers every request with 200 after ``latency_s``, and remembers who was asked when."""

    def __init__(self, clock: CountingClock, latency_s: float = 1.0) -> None:
        self._clock = clock
        self._latency_s = latency_s
        self._open: list[tuple[float, int, Request]] = []
        self.started: list[tuple[float, str]] = []
        self.most = 0
        self.most_by_host: Counter[str] = Counter()

    def start(self, ticket: int, request: Request) -> None:
        self.started.append((self._clock.seconds, request.url))
        self._open.append((self._clock.seconds + self._latency_s, ticket, request))
        self.most = max(self.most, len(self._open))
        for host, count in Counter(uri.host(item[2].url) for item in self._open).items():
            self.most_by_host[host] = max(self.most_by_host[host], count)

    def wait(self, timeout_s: float) -> list[tuple[int, Answer]]:
        due = min((item[0] for item in self._open), default=self._clock.seconds + timeout_s)
        self._clock.seconds = max(self._clock.seconds, min(due, self._clock.seconds + timeout_s))
        ready = [item for item in self._open if item[0] <= self._clock.seconds]
        self._open = [item for item in self._open if item[0] > self._clock.seconds]
        return [(ticket, exchange(request)) for _, ticket, request in ready]

    def close(self) -> None:
        self._open.clear()


def exchange(request: Request) -> Exchange:
    return Exchange(request, b"", b"", b"", 200, (), START)


def once(url: str) -> Generator[Request | Pause, Answer | None, Landing]:
    yield Request(url)
    return Landing(Observation(url, START, url, status=200))


def run(
    visits: list[Generator[Request | Pause, Answer | None, Landing]], manners: Manners, latency_s: float = 1.0
) -> tuple[list[int], CountingTransport, CountingClock]:
    clock = CountingClock()
    transport = CountingTransport(clock, latency_s)
    engine: Engine[int] = Engine(transport, manners=manners, clock=clock, interrupt=Interrupt())
    landed = [key for key, _ in engine.run(enumerate(visits))]
    return landed, transport, clock


def test_hosts_are_asked_side_by_side() -> None:
    _, transport, clock = run([once(f"http://h{n}.example/") for n in range(10)], Manners(spacing_s=0))
    assert transport.most == 10
    assert clock.seconds == pytest.approx(1.0)


def test_one_host_is_asked_one_request_at_a_time_and_with_space_between() -> None:
    _, transport, _ = run([once(f"http://one.example/{n}") for n in range(4)], Manners(spacing_s=2.5))
    assert transport.most == 1
    moments = [moment for moment, _ in transport.started]
    assert [later - earlier for earlier, later in itertools.pairwise(moments)] == pytest.approx([2.5] * 3)


def test_a_host_can_have_limits_of_its_own() -> None:
    rules = HostRules("own", "own.example", spacing_s=0.0, per_host=3)
    visits = [once(f"http://{host}.example/{n}") for n in range(12) for host in ("own", "usual")]
    _, transport, _ = run(visits, Manners(spacing_s=2.5, hosts=Hosts((rules,))))
    assert (transport.most_by_host["own.example"], transport.most_by_host["usual.example"]) == (3, 1)
    began = [moment for moment, url in transport.started if "own" in url]
    assert max(began) < 6, "twelve at three a second, no space between"


def test_the_global_limit_holds() -> None:
    _, transport, _ = run([once(f"http://h{n}.example/") for n in range(30)], Manners(in_flight=7))
    assert transport.most == 7


def test_the_longest_queue_goes_first() -> None:
    visits = [once(f"http://short{n}.example/") for n in range(3)] + [
        once(f"http://long.example/{n}") for n in range(5)
    ]
    _, transport, _ = run(visits, Manners(in_flight=1, spacing_s=0))
    assert uri.host(transport.started[0][1]) == "long.example"


def test_a_pause_of_one_visit_does_not_hold_up_another_host() -> None:
    def patient() -> Generator[Request | Pause, Answer | None, Landing]:
        yield Pause(60)
        yield Request("http://slow.example/")
        return Landing(Observation("slow", START, "slow", status=200))

    landed, _transport, clock = run([patient(), once("http://quick.example/")], Manners())
    assert landed == [1, 0]
    assert clock.seconds == pytest.approx(61)


def test_a_pause_for_a_host_keeps_everybody_from_asking_it() -> None:
    def limited() -> Generator[Request | Pause, Answer | None, Landing]:
        yield Request("http://busy.example/1")
        yield Pause(30, "busy.example")
        yield Request("http://busy.example/1")
        return Landing(Observation("x", START, "x", status=200))

    _, transport, _ = run([limited(), once("http://busy.example/2")], Manners(spacing_s=0))
    assert [moment for moment, _ in transport.started][1] >= 31


def test_a_redirect_to_another_host_waits_in_that_hosts_lane() -> None:
    def moved() -> Generator[Request | Pause, Answer | None, Landing]:
        yield Request("http://a.example/")
        yield Request("http://b.example/landing")
        return Landing(Observation("x", START, "x", status=200))

    visits = [moved(), *(once(f"http://b.example/{n}") for n in range(3))]
    _, transport, _ = run(visits, Manners(spacing_s=0))
    assert transport.most_by_host["b.example"] == 1


@settings(max_examples=60, deadline=None)
@given(
    hosts=st.lists(st.integers(0, 5), max_size=40),
    in_flight=st.integers(1, 8),
    per_host=st.integers(1, 3),
    spacing_s=st.sampled_from([0.0, 0.3]),
)
def test_every_visit_lands_once_and_no_limit_is_ever_passed(
    hosts: list[int], in_flight: int, per_host: int, spacing_s: float
) -> None:
    manners = Manners(in_flight=in_flight, per_host=per_host, spacing_s=spacing_s)
    landed, transport, _ = run([once(f"http://h{host}.example/{n}") for n, host in enumerate(hosts)], manners)
    assert sorted(landed) == list(range(len(hosts)))
    assert transport.most <= in_flight
    assert all(count <= per_host for count in transport.most_by_host.values())


def test_visits_are_taken_in_as_there_is_room() -> None:
    taken = 0

    def coming() -> Generator[tuple[int, Generator[Request | Pause, Answer | None, Landing]], None, None]:
        nonlocal taken
        for number in range(25_000):
            taken += 1
            yield number, once(f"http://h{number % 50}.example/{number}")

    clock = CountingClock()
    engine: Engine[int] = Engine(
        CountingTransport(clock), manners=Manners(spacing_s=0), clock=clock, interrupt=Interrupt()
    )
    landed = engine.run(coming())
    next(landed)
    assert taken < 12_000
    assert sum(1 for _ in landed) == 24_999


class SilentTransport(CountingTransport):
    """Nobody at ``silent.example`` answers."""

    def wait(self, timeout_s: float) -> list[tuple[int, Answer]]:
        def heard(answer: Answer) -> Answer:
            if uri.host(answer.request.url) != "silent.example":
                return answer
            return Failure(answer.request, FailureKind.TIMEOUT, "no answer", START, 10.0)

        return [(ticket, heard(answer)) for ticket, answer in super().wait(timeout_s)]


def test_the_urls_of_a_silent_host_are_answered_by_a_few_probes() -> None:
    clock = CountingClock()
    transport = SilentTransport(clock, latency_s=10.0)
    engine: Engine[int] = Engine(transport, manners=Manners(), clock=clock, interrupt=Interrupt())
    answers: list[Answer | None] = []

    def asking(url: str) -> Generator[Request | Pause, Answer | None, Landing]:
        answers.append((yield Request(url)))
        return Landing(Observation(url, START, url, status=200))

    visits = [asking(f"http://silent.example/{n}") for n in range(20)]
    assert len(list(engine.run(enumerate(visits)))) == 20
    assert len(transport.started) == PROBES
    assert [answer.sent for answer in answers if isinstance(answer, Failure)] == [True] * PROBES + [False] * 18
    assert clock.seconds < 30


def test_nobody_waits_to_try_a_host_again_that_is_not_there() -> None:
    clock = CountingClock()
    transport = SilentTransport(clock, latency_s=10.0)
    engine: Engine[int] = Engine(transport, manners=Manners(), clock=clock, interrupt=Interrupt())

    def patient(url: str) -> Generator[Request | Pause, Answer | None, Landing]:
        while True:
            answer = yield Request(url)
            if isinstance(answer, Failure) and not answer.sent:
                return Landing(Observation(url, START, url, failure=answer.kind))
            yield Pause(50.0)

    visits = [patient(f"http://silent.example/{n}") for n in range(PROBES)]
    assert [key for key, _ in engine.run(enumerate(visits))] == [1, 0]
    assert len(transport.started) == PROBES
    assert clock.seconds < 61, "the first waited, as the host might have been there; the last did not"


def test_one_port_of_a_host_may_be_silent_and_another_not() -> None:
    clock = CountingClock()

    class HalfSilent(CountingTransport):
        def wait(self, timeout_s: float) -> list[tuple[int, Answer]]:
            return [
                (ticket, Failure(answer.request, FailureKind.CONNECTION_REFUSED, "refused", START))
                if ":81/" in answer.request.url
                else (ticket, answer)
                for ticket, answer in super().wait(timeout_s)
            ]

    transport = HalfSilent(clock)
    engine: Engine[int] = Engine(transport, manners=Manners(), clock=clock, interrupt=Interrupt())
    urls = [f"http://a.example:81/{n}" for n in range(5)] + [f"http://a.example/{n}" for n in range(5)]
    list(engine.run(enumerate(once(url) for url in urls)))
    assert sum(":81/" in url for _, url in transport.started) < 5
    assert sum(":81/" not in url for _, url in transport.started) == 5


def test_what_is_begun_is_finished_first() -> None:
    def twice(url: str) -> Generator[Request | Pause, Answer | None, Landing]:
        yield Request(url)
        yield Request(f"{url}/again")
        return Landing(Observation(url, START, url, status=200))

    _, transport, _ = run([twice(f"http://one.example/{n}") for n in range(3)], Manners(spacing_s=0))
    assert [uri.path(url) for _, url in transport.started] == ["/0", "/0/again", "/1", "/1/again", "/2", "/2/again"]


def test_what_has_not_landed_when_the_time_is_up_does_not_land() -> None:
    clock = CountingClock()
    transport = CountingTransport(clock, latency_s=1.0)
    engine: Engine[int] = Engine(transport, manners=Manners(spacing_s=0), clock=clock, interrupt=Interrupt())
    visits = [once(f"http://one.example/{n}") for n in range(10)]
    assert [key for key, _ in engine.run(enumerate(visits), until=3.5)] == [0, 1, 2]


def test_an_interrupt_while_the_transport_works_ends_the_run() -> None:
    interrupt = Interrupt()
    clock = CountingClock()

    class Interrupting(CountingTransport):
        def wait(self, timeout_s: float) -> list[tuple[int, Answer]]:
            interrupt.signal()
            return super().wait(timeout_s)

    engine: Engine[int] = Engine(Interrupting(clock), manners=Manners(), clock=clock, interrupt=interrupt)
    with pytest.raises(KeyboardInterrupt):
        list(engine.run(enumerate([once("http://a.example/")])))
