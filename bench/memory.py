"""Whether memory stays flat in the number of URLs: ``python -m bench.memory``.

``linkcheck check`` on 1,000, 10,000 and 100,000 URLs of world A's kind, served on loopback by nginx, with spacing off
(memory is the question here, not manners); the peak of its process, and what each further URL costs.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from bench.engine import worlds
from bench.engine.running import Run, run
from bench.engine.serving import NO_NGINX, ServeError, find_nginx, served
from bench.engine.subjects import Check, Limits

SIZES = (1_000, 10_000, 100_000)
GOAL = 300e6
"""Bytes at the most for 100,000 URLs (issue 3)."""


def main() -> int:
    """0 when every run is under the goal, 1 when one is not, 2 when the bench cannot run."""
    given = _options()
    if find_nginx() is None:
        print(NO_NGINX, file=sys.stderr)
        return 2
    runs: dict[int, Run] = {}
    print(f"{'URLs':>8}  {'peak MB':>8}  {'KB a further URL':>17}  {'wall s':>7}  {'CPU s':>7}  right")
    try:
        for size in given.sizes:
            runs[size] = measured(size, given.limit)
            _print(size, runs)
    except ServeError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    if given.json:
        given.json.write_text(
            json.dumps([{"urls": size, **asdict(each)} for size, each in runs.items()], indent=1) + "\n"
        )
    return int(any(each.peak > GOAL or each.trouble for each in runs.values()))


def measured(size: int, limit_s: float = 3600.0) -> Run:
    """One run of ``check`` over that many URLs."""
    world = worlds.plain(size, hosts=min(200, max(2, size // 50)))
    folder = Path(tempfile.mkdtemp(prefix="bench-memory-"))
    try:
        with served(world, folder, shared_pages=True) as up:
            return run(Check(f"check {size}", Limits(in_flight=64, per_host=2, spacing_s=0.0)), up, folder, limit_s)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _print(size: int, runs: dict[int, Run]) -> None:
    done, before = runs[size], [other for other in runs if other < size]
    slope = f"{(done.peak - runs[before[-1]].peak) / (size - before[-1]) / 1e3:.2f}" if before else "–"
    print(
        f"{size:>8,}  {done.peak / 1e6:>8.0f}  {slope:>17}  {done.wall:>7.1f}  {done.cpu:>7.1f}  "
        f"{done.right:,}/{size:,} {done.trouble}".rstrip(),
        flush=True,
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.memory", description=__doc__)
    parser.add_argument("--sizes", type=_sizes, default=list(SIZES), metavar="1000,10000")
    parser.add_argument("--limit", type=float, default=3600.0, metavar="SECONDS", help="for one run")
    parser.add_argument("--json", type=Path, metavar="FILE")
    return parser.parse_args()


def _sizes(written: str) -> list[int]:
    return sorted(int(word) for word in written.split(",") if word.strip())


if __name__ == "__main__":
    sys.exit(main())
