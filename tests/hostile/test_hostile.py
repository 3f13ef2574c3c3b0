"""Every row of the table, over both transports: a verdict with its reason, inside time and memory, and no traceback."""

from __future__ import annotations

import contextlib
import functools
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from linkcheck.conduct import Network, Resolve
from tests.hostile import addresses, bodies, heads, pages, redirects, tls
from tests.hostile.awaited import AWAITED
from tests.hostile.den import Den
from tests.hostile.harness import look_all, names
from tests.hostile.rows import Outcome, Row
from tests.hostile.tls import Certificates

TRANSPORTS = ("libcurl", "requests")
TABLE: dict[str, Row] = {
    row.id: row for row in (*addresses.ROWS, *heads.ROWS, *bodies.ROWS, *redirects.ROWS, *tls.ROWS, *pages.ROWS)
}
RUN = [(transport, name) for transport in TRANSPORTS for name in TABLE if (transport, name) not in AWAITED]
ENDLESS = [(transport, name) for transport, name in RUN if TABLE[name].endless]

MOST_MEMORY_MB = 550
"""Of a process that reads every bomb, up to four side by side. Interpreter and imports are some 60 of it."""

# What is slow waits for its limit to pass, and must have begun to answer by then on a machine that has much to do.
_LIMIT_S = {"slow": 3.0, "fast": 60.0, "heavy": 120.0}
_SMALL_BODY = 200_000
_BIG_BODY = 8 * 1024 * 1024
_ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class Visited:
    """What one transport brought home from the den, who had left the den by then, and the memory it took."""

    outcomes: dict[str, Outcome]
    den: Den
    departed: frozenset[str]
    peak_mb: int


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def visits(certificates: Certificates) -> Callable[[str], Visited]:
    """All rows of one transport, visited side by side when they are first asked for."""
    return functools.cache(lambda transport: _visit_all(transport, certificates))


@pytest.fixture
def visited(visits: Callable[[str], Visited], transport: str) -> Visited:
    return visits(transport)


def _visit_all(transport: str, certificates: Certificates) -> Visited:
    rows = [TABLE[name] for wanted, name in RUN if wanted == transport]
    den = Den()
    ports = {row.id: _lodge(den, row, certificates) for row in rows}
    den.open()
    try:
        with (
            names({name: [answers] for name, answers in addresses.DNS.items()}),
            _heavy(transport, [row for row in rows if row.group == "heavy"], ports) as heavy,
        ):
            outcomes: dict[str, Outcome] = {}
            for group in ("slow", "fast"):
                chosen = [row for row in rows if row.group == group]
                wanted = {row.id: (row.citation_url(den.canary), row.retries) for row in chosen}
                network = Network(
                    ca_file=certificates.ca_file,
                    resolve=_ways(chosen, ports),
                    connect_timeout_s=_LIMIT_S[group],
                    timeout_s=_LIMIT_S[group],
                    max_body_bytes=_SMALL_BODY,
                )
                outcomes |= look_all(transport, wanted, network, before_close=functools.partial(_see_off, chosen, den))
            told, _ = heavy.communicate(timeout=300)
        answer = json.loads(told)
        outcomes |= {name: Outcome(**fields) for name, fields in answer["outcomes"].items()}
        # The heavy ones were asked by a process that has ended; whether they have noticed it is up to their threads.
        departed = frozenset(row.id for row in rows if row.endless and den.ledgers[row.id].left.wait(30))
    finally:
        den.close()
    return Visited(outcomes, den, departed, answer["peak_mb"])


def _lodge(den: Den, row: Row, certificates: Certificates) -> int:
    if row.deaf:
        return den.lodge_deaf(row.id)
    if row.fickle:
        den.fickle.add(row.id)
    return den.lodge(row.id, row.act, certificates.context(row.tls, row.host) if row.tls else None)


def _ways(rows: Iterable[Row], ports: dict[str, int]) -> tuple[Resolve, ...]:
    """Leads the hosts of the rows to the den, as a user could with ``--resolve``; no other address is allowed."""
    hosts = ((f"{prefix}{row.host}", ports[row.id]) for row in rows for prefix in ("", "side."))
    return tuple(Resolve(host, port, "127.0.0.1", to) for host, to in hosts for port in (80, 443))


@contextlib.contextmanager
def _heavy(transport: str, rows: list[Row], ports: dict[str, int]) -> Iterator[subprocess.Popen[str]]:
    """The bombs in a process of their own, whose memory is measured; it ends with the block, whatever happens there."""
    question = {
        "transport": transport,
        "wanted": {row.id: row.citation_url(0) for row in rows},
        "resolve": [(way.host, way.port, way.address, way.to_port) for way in _ways(rows, ports)],
        "timeout_s": _LIMIT_S["heavy"],
        "max_body_bytes": _BIG_BODY,
    }
    with subprocess.Popen(
        [sys.executable, "-m", "tests.hostile.heavy"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=_ROOT,
    ) as sent:
        assert sent.stdin is not None
        sent.stdin.write(json.dumps(question))
        sent.stdin.close()
        sent.stdin = None
        try:
            yield sent
        finally:
            sent.kill()


def _see_off(rows: Iterable[Row], den: Den) -> None:
    """Gives the last guests a moment to be noticed as gone, while the transport is open still."""
    for row in rows:
        if row.endless:
            den.ledgers[row.id].left.wait(30)


@pytest.mark.parametrize(("transport", "name"), RUN)
def test_a_hostile_server_gets_the_right_verdict(visited: Visited, name: str) -> None:
    row, outcome = TABLE[name], visited.outcomes[name]
    assert not outcome.traceback, outcome.traceback
    assert (outcome.state, outcome.reason) == (row.state, row.reason), outcome
    assert (outcome.status, outcome.failure) == (row.status, row.failure), outcome
    for words in row.says:
        assert words in outcome.evidence, outcome
    for fact, holds in row.also.items():
        assert holds(outcome, visited.den.ledgers[name]), (fact, outcome, visited.den.ledgers[name].heads)


@pytest.mark.parametrize(("transport", "name"), RUN)
def test_the_evidence_is_one_sentence_for_people(visited: Visited, name: str) -> None:
    outcome = visited.outcomes[name]
    assert outcome.evidence.endswith("."), outcome
    assert 10 < len(outcome.evidence) < 600, outcome
    ours = re.search(
        r"0x[0-9a-f]{6}|Traceback|urllib3|HTTPConnection|Exception|\w+Error\b|libcurl error", outcome.evidence
    )
    assert ours is None, outcome


@pytest.mark.parametrize(("transport", "name"), ENDLESS)
def test_we_hang_up_on_a_server_that_never_ends(visited: Visited, name: str) -> None:
    assert name in visited.departed


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_nothing_ever_knocks_on_this_machine(visited: Visited) -> None:
    assert visited.den.ledgers["canary"].connections == 0


@pytest.mark.parametrize("transport", TRANSPORTS)
def test_every_bomb_together_fits_into_little_memory(visited: Visited) -> None:
    assert visited.peak_mb < MOST_MEMORY_MB


def test_the_table_has_no_name_twice_and_awaits_nothing_that_is_not_in_it() -> None:
    rows = (*addresses.ROWS, *heads.ROWS, *bodies.ROWS, *redirects.ROWS, *tls.ROWS, *pages.ROWS)
    assert len(rows) == len(TABLE) >= 60
    assert {name for _, name in AWAITED} <= set(TABLE)
    assert {transport for transport, _ in AWAITED} <= set(TRANSPORTS)
