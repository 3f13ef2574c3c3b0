"""The real engine, visits and judge over either transport, against the den: one run, many visits at once."""

from __future__ import annotations

import random
import socket
import threading
import traceback
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from linkcheck import judge, uri
from linkcheck.clock import SystemClock
from linkcheck.conduct import Manners, Network
from linkcheck.interrupt import Interrupt
from linkcheck.model import Citation, Landing, Observation
from linkcheck.web.engine import Engine
from linkcheck.web.transports import create
from linkcheck.web.visit import Answer, Pause, Visit, visit
from tests.hostile.rows import Outcome

_DEADLINE_S = 240
"""Far beyond every limit of a run: an engine that hangs fails by name instead of hanging the tests."""

MANNERS = Manners(in_flight=30, per_host=1, spacing_s=0, retries=0, backoff_s=0.01, max_pause_s=5, confirm_s=0)


def look_all(
    transport_name: str,
    wanted: Mapping[str, tuple[str, int]],
    network: Network,
    *,
    in_flight: int = 30,
    before_close: Callable[[], None] = lambda: None,
) -> dict[str, Outcome]:
    """Looks at every URL in one run.

    Args:
        transport_name: ``libcurl`` or ``requests``.
        wanted: URL and retries by name.
        network: limits, and the way to the den.
        in_flight: requests at once.
        before_close: called when all have landed and the transport is open still.

    Returns:
        What came of each.
    """
    clock = SystemClock()
    outcomes: dict[str, Outcome] = {}
    manners = replace(MANNERS, in_flight=in_flight)
    transport = create(transport_name, network, clock)
    try:
        engine: Engine[str] = Engine(transport, manners=manners, clock=clock, interrupt=Interrupt())
        landed: set[str] = set()
        broken: dict[str, str] = {}
        visits = [
            (name, _caught(name, uri.normalise(url) or url, replace(manners, retries=retries), broken))
            for name, (url, retries) in wanted.items()
        ]
        watch = ("", _watch(set(wanted), landed, clock))
        for name, landing in engine.run([*visits, watch]):
            landed.add(name)
            if name:
                outcomes[name] = _outcome(wanted[name][0], landing, broken.get(name, ""))
        before_close()
    finally:
        transport.close()
    return outcomes


def _caught(name: str, url: str, manners: Manners, broken: dict[str, str]) -> Visit:
    """The visit; one that breaks is told as such and does not take the run with it."""
    try:
        return (yield from visit(url, manners=manners, chance=random.Random(1), probe=False))
    except Exception:  # noqa: BLE001  any at all is a defect, and is told as one
        broken[name] = traceback.format_exc()
        return _nothing(url)


def _nothing(url: str) -> Landing:
    return Landing(Observation(url, datetime.now(UTC), url, status=200))


def _watch(wanted: set[str], landed: set[str], clock: SystemClock) -> Generator[Pause, Answer | None, Landing]:
    until = clock.monotonic() + _DEADLINE_S
    while wanted - landed:
        if clock.monotonic() > until:
            raise AssertionError(f"no verdict within {_DEADLINE_S} s: {sorted(wanted - landed)}")
        yield Pause(0.1)
    return _nothing("http://watch.example/")


def _outcome(url: str, landing: Landing, broken: str) -> Outcome:
    if broken:
        return Outcome(traceback=broken)
    seen = landing.observation
    citation = Citation(url=uri.normalise(url) or url, written=url, document="paper.md", line=1, column=1)
    try:
        verdict = judge.judge(citation, seen)
    except Exception:  # noqa: BLE001  any at all is a defect, and is told as one
        return Outcome(traceback=traceback.format_exc())
    page = seen.page
    return Outcome(
        state=str(verdict.state),
        reason=verdict.reason,
        evidence=verdict.evidence,
        status=seen.status,
        failure=None if seen.failure is None else str(seen.failure),
        message=seen.failure_message,
        final_url=seen.final_url,
        hops=len(seen.hops),
        attempts=seen.attempts,
        length=seen.length,
        truncated=seen.truncated,
        address=seen.address,
        title=page.title if page else "",
        text=page.text[:1_000] if page else "",
        text_length=len(page.text) if page else 0,
        partial=page is not None and page.partial,
        refresh=page.refresh if page else "",
        has_page=page is not None,
    )


# ---------------------------------------------------------------- the resolver of these tests


class Names:
    """Answers in place of the system's resolver, which is left to read addresses.

    ``book`` maps a name to its answers: the first look-up gets the first, the last is given again and again.
    """

    def __init__(self, book: Mapping[str, list[tuple[str, ...]]]) -> None:
        self._book = {name: list(answers) for name, answers in book.items()}
        self.asked: list[str] = []
        self.closing = threading.Event()
        self._system = socket.getaddrinfo

    def getaddrinfo(self, host: Any, port: Any, *arguments: Any, **options: Any) -> list[Any]:
        name = (host.decode() if isinstance(host, bytes) else str(host)).lower().rstrip(".")
        if uri.ip_literal(name) is not None:
            return self._system(host, port, *arguments, **options)
        self.asked.append(name)
        if name == "hanging.dns.test":
            self.closing.wait(60)
        if name in ("silent.dns.test", "hanging.dns.test"):
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        if name not in self._book:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        answers = self._book[name]
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port or 0)) for address in addresses]


@contextmanager
def names(book: Mapping[str, list[tuple[str, ...]]]) -> Iterator[Names]:
    """Puts the names in place for the length of a block, and takes the environment's proxies away."""
    from linkcheck.web import environment

    known = Names(book)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", known.getaddrinfo)
        for variable in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            patch.delenv(variable, raising=False)
        environment.forget_proxies()
        try:
            yield known
        finally:
            known.closing.set()
            environment.forget_proxies()
