"""What a second look costs: ``python -m bench.again``.

``linkcheck check`` three times over the same pages in one folder: for the first time, again (conditional requests, by
the ``ETag`` and ``Last-Modified`` that nginx gives), and again with ``--max-age 1d``; requests, answers and bytes as
nginx counts them. Spacing is off: bytes are the question here, not manners.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.engine import worlds
from bench.engine.serving import NO_NGINX, Served, ServeError, find_nginx, served
from bench.engine.subjects import ROOT

RUNS = (("first", ()), ("again", ()), ("again, --max-age 1d", ("--max-age", "1d")))
_SETTINGS = "per-host = 2\nspacing = 0.0\n"
_LIMIT_S = 600.0


@dataclass(frozen=True)
class Cost:
    """What one run had the server send; ``states``: the verdicts, which must not change."""

    run: str
    requests: int
    statuses: dict[str, int]
    sent: int
    states: dict[str, int]


def main() -> int:
    """0 when every run gave the same verdicts, 1 when one did not, 2 when the bench cannot run."""
    given = _options()
    if find_nginx() is None:
        print(NO_NGINX, file=sys.stderr)
        return 2
    try:
        costs = measured(given.urls)
    except ServeError as error:
        print(error, file=sys.stderr)
        return 2
    for each in costs:
        answers = ", ".join(f"{count:,} x {status}" for status, count in each.statuses.items())
        print(f"{each.run:<22}{each.requests:>7,} requests {each.sent / 1e6:>8.2f} MB  ({answers or 'nothing asked'})")
    saved = 1 - costs[1].sent / costs[0].sent
    print(f"bytes saved by asking whether a page has changed: {saved:.1%}")
    if given.json:
        given.json.write_text(json.dumps([asdict(each) for each in costs], indent=1) + "\n")
    return int(any(each.states != costs[0].states for each in costs))


def measured(urls: int) -> list[Cost]:
    """The three runs over a world of that many URLs."""
    world = worlds.plain(urls, hosts=max(2, urls // 50))
    with tempfile.TemporaryDirectory(prefix="bench-again-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        home = folder / "run"
        home.mkdir()
        (home / "linkcheck.toml").write_text(_SETTINGS)
        with served(world, folder, counting=True) as up:
            (home / "list.txt").write_text("\n".join(world.truths(up.port)) + "\n")
            return [_cost(run, extra, up, home) for run, extra in RUNS]


def _cost(run: str, extra: Sequence[str], up: Served, home: Path) -> Cost:
    before = len(up.sent())
    command = [sys.executable, "-m", "linkcheck", "check", "list.txt", "--format", "json"]
    done = subprocess.run(
        [*command, "--allow-private", "127.0.0.0/8", *extra],
        cwd=home, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, timeout=_LIMIT_S, check=False,
    )  # fmt: skip
    answers = up.sent()[before:]
    statuses = Counter(str(status) for status, _ in answers)
    states: dict[str, int] = json.loads(done.stdout)["summary"]["states"]
    return Cost(run, len(answers), dict(sorted(statuses.items())), sum(count for _, count in answers), states)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.again", description=__doc__)
    parser.add_argument("--urls", type=int, default=1_000, metavar="N")
    parser.add_argument("--json", type=Path, metavar="FILE")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
