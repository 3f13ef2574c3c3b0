"""Runs rows through the real command's pipeline: engine, transport, visits, judge. Loopback only."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.judge.rows import Row
from bench.judge.server import replaying
from linkcheck import pipeline, uri, wiring
from linkcheck.interrupt import Interrupt
from linkcheck.model import Citation, Finding, State
from linkcheck.settings import Settings, with_values

WORLDS = ("soft hosts", "removed articles")
"""In the first a host that has lost a page answers every other path with the same page. In the second it is honest to
strangers (404) and the page alone says not found; hosts of live pages answer other paths with a soft 404, and stand
behind services against robots, which let us through."""


@dataclass(frozen=True)
class Outcome:
    """A row and what became of it in one world."""

    row: Row
    world: int
    state: State
    reason: str
    evidence: str

    @property
    def is_right(self) -> bool:
        """Whether the verdict is one of the right ones."""
        return self.state in self.row.right and self.reason not in self.row.wrong_reasons

    @property
    def truth(self) -> State:
        """The right state: that of the verdict where it is right, else the likeliest."""
        return self.state if self.is_right else self.row.right[0]


def judged(rows: Iterable[Row], world: int) -> Iterator[Outcome]:
    """The outcome of every row. Rows of one host are run one after another, each with the host for itself."""
    for round_ in _rounds(rows):
        yield from _run(round_, world)


def _rounds(rows: Iterable[Row]) -> list[list[Row]]:
    rounds: list[list[Row]] = []
    met: dict[str, int] = {}
    for row in rows:
        host = uri.host(row.url)
        place = met.get(host, 0)
        met[host] = place + 1
        if place == len(rounds):
            rounds.append([])
        rounds[place].append(row)
    return rounds


def _run(rows: Sequence[Row], world: int) -> Iterator[Outcome]:
    citations = [Citation(uri.normalise(row.url) or row.url, row.url, "bench", 1, 1) for row in rows]
    with tempfile.TemporaryDirectory() as folder, replaying(rows, world) as (replay, port):
        values = {
            "archive": str(Path(folder) / "archive"),
            "resolve": [f"{uri.host(row.url)}:80:127.0.0.1:{port}" for row in rows],
            "wayback": "",
            "controls": [],
            "spacing": 0,
            "retries": 0,
            "per-host": 2,
            "in-flight": 16,
        }
        settings = with_values(Settings(), values, where="bench")
        with wiring.opened(settings, Interrupt(), lambda step: None) as (ports, _):
            report = pipeline.check(citations, (), ports)
        if replay.strangers:
            raise RuntimeError(f"asked for hosts that are no rows: {sorted(replay.strangers)}")
    yield from (_outcome(row, world, finding) for row, finding in zip(rows, report.findings, strict=True))


def _outcome(row: Row, world: int, finding: Finding) -> Outcome:
    verdict = finding.verdict
    return Outcome(row, world, verdict.state, verdict.reason, verdict.evidence)
