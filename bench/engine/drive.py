"""Our engine alone: lanes, visits and the libcurl transport; no document, no page, no judge, no store.

A visit here asks, follows redirects up to 20 hops, and ends; the whole head and body of every answer is received and
then dropped. No retries, no second look at a 404, no cookies, no digest. Prints what came of each URL as JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from linkcheck import uri
from linkcheck.clock import SystemClock
from linkcheck.conduct import Manners, Network
from linkcheck.interrupt import Interrupt
from linkcheck.model import Failure, FailureKind, Hop, Landing, Observation, Request
from linkcheck.web.engine import Engine
from linkcheck.web.transports import create
from linkcheck.web.visit import REDIRECTS, Answer, Pause

_FAILURES = {FailureKind.TIMEOUT: "timeout", FailureKind.CONNECTION_RESET: "reset"}
_MOST_HOPS = 20


@dataclass(frozen=True)
class Options:
    """What both scripts are told."""

    urls: list[str]
    ca_file: str
    timeout: float
    in_flight: int
    per_host: int
    spacing: float


def options() -> Options:
    """From the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("listing", type=Path)
    parser.add_argument("--ca-file", default="")
    parser.add_argument("--timeout", type=float, default=10.0)
    parser.add_argument("--in-flight", type=int, default=128)
    parser.add_argument("--per-host", type=int, default=10)
    parser.add_argument("--spacing", type=float, default=0.05)
    given = parser.parse_args()
    urls = given.listing.read_text().split()
    return Options(urls, given.ca_file, given.timeout, given.in_flight, given.per_host, given.spacing)


def follow(url: str) -> Generator[Request | Pause, Answer | None, Landing]:
    """Asks, and asks where a redirect points."""
    hops: list[Hop] = []
    asked = url
    while True:
        answer = yield Request(asked)
        if answer is None:
            raise RuntimeError("a visit was resumed without an answer")
        if isinstance(answer, Failure):
            return Landing(Observation(url, answer.started_at, asked, tuple(hops), failure=answer.kind))
        target = uri.join(asked, answer.header("location")) if answer.status in REDIRECTS else None
        if target is None or len(hops) == _MOST_HOPS:
            return Landing(
                Observation(url, answer.started_at, asked, tuple(hops), answer.status, headers=answer.headers)
            )
        hops.append(Hop(asked, answer.status))
        asked = target


def said(seen: Observation) -> str:
    """The word for what was seen, as :class:`bench.engine.worlds.Truth` has it."""
    if seen.failure is not None:
        return _FAILURES.get(seen.failure, "broken")
    if seen.status in (404, 410):
        return "dead"
    if seen.status != 200:
        return "broken"
    return "redirect" if seen.hops else "alive"


def main() -> None:
    """Drives every URL of the list."""
    given = options()
    clock = SystemClock()
    network = Network(ca_file=given.ca_file, timeout_s=given.timeout, allow_private=frozenset({"127.0.0.0/8"}))
    manners = Manners(in_flight=given.in_flight, per_host=given.per_host, spacing_s=given.spacing, retries=0)
    transport = create("libcurl", network, clock)
    engine: Engine[str] = Engine(transport, manners=manners, clock=clock, interrupt=Interrupt())
    landed = {key: said(home.observation) for key, home in engine.run((url, follow(url)) for url in given.urls)}
    transport.close()
    json.dump(landed, sys.stdout)


if __name__ == "__main__":
    main()
