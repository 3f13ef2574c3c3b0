"""What finding the links of a tree costs, beside lychee: ``python -m bench.extract``.

10,000 files of Markdown and HTML, 200 MB, written by :mod:`.tree`; ``linkcheck extract --format jsonl`` and
``lychee --dump`` each on one core, each run as its users run it, best of three by CPU. lychee is told ``-s http -s
https``: ``--offline`` would leave out every address that is not a file; and ``--root-dir``, without which it drops
every page that links to ``/…``. What lychee dumps are addresses; ours come with
their place, the words around them and what these quote. Beneath, as floors: reading the files in Python, the bare
parsers on them, and as many citations made and written without a look at any file. Goal of issue 6: no more CPU than
lychee.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.engine.installs import programs, version
from bench.engine.subjects import ROOT
from bench.extract.tree import Written, write
from linkcheck import uri

FILES = 10_000
SIZE = 20_000
_LIMIT_S = 900
_MEASURE = ROOT / "bench" / "engine" / "measure.py"

_READ = """
import sys
from pathlib import Path
for path in sorted(Path(sys.argv[1]).rglob("*")):
    if path.is_file():
        path.read_bytes().decode()
"""
_PARSE = """
import sys
from html.parser import HTMLParser
from pathlib import Path
import pyromark
for path in sorted(Path(sys.argv[1]).rglob("*")):
    if path.suffix == ".md":
        for _ in pyromark.events_with_range(path.read_text(encoding="utf-8"), merge_text=True):
            pass
    elif path.is_file():
        HTMLParser().feed(path.read_text(encoding="utf-8"))
"""
_WRITE = """
import json, sys
from linkcheck.model import Citation
for number in range({count}):
    url = f"https://harbour.internal/deadline/{{number}}-27-local?page=2"
    made = Citation(url, url, "00/00000.md", number, 7, "words " * 40)
    sys.stdout.write(json.dumps({{name: getattr(made, name) for name in made.__slots__}}) + "\\n")
"""
"""What so many citations take that nobody had to look for."""


@dataclass(frozen=True, slots=True)
class Ran:
    """The runs of one command: CPU and wall of each in seconds, peak in bytes, what it wrote."""

    name: str
    cpu: tuple[float, ...]
    wall: tuple[float, ...]
    peak: int
    out: str


def main() -> int:
    """0 when the goal is met, 1 when it is not, 2 without lychee."""
    parser = argparse.ArgumentParser(prog="python -m bench.extract", description=__doc__.partition("\n")[0])
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument("--size", type=int, default=SIZE, help="bytes of one file, on average")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--core", type=int, default=0)
    parser.add_argument("--no-floors", dest="floors", action="store_false")
    given = parser.parse_args()
    found, missing = programs(["lychee"])
    for sentence in missing:
        print(sentence, file=sys.stderr)
    if missing or not shutil.which("taskset"):
        print("lychee and taskset are needed", file=sys.stderr)
        return 2
    lychee = found["lychee"]
    with tempfile.TemporaryDirectory(prefix="bench-extract-") as folder:
        tree = Path(folder) / "tree"
        made = write(tree, given.files, given.size)
        print(f"{made.files:,} files, {made.size / 1e6:.0f} MB, {len(made.urls):,} addresses, one core")
        theirs_command = [str(lychee), "--dump", "-q", "--no-progress", "--threads", "1", "-s", "http", "-s", "https"]
        theirs_command += ["--root-dir", str(tree)]
        ours_command = [sys.executable, "-m", "linkcheck", "extract", "--format", "jsonl"]
        commands = {f"lychee {version('lychee', lychee)}": theirs_command, "linkcheck": ours_command}
        if given.floors:
            commands |= {
                "(reading the files, in Python)": [sys.executable, "-c", _READ],
                "(and pulldown-cmark, html.parser)": [sys.executable, "-c", _PARSE],
            }
        runs = {name: _runs(name, command, tree, given.times, given.core) for name, command in commands.items()}
        if given.floors:
            name, count = "(making and writing citations)", runs["linkcheck"].out.count("\n")
            runs[name] = _runs(name, [sys.executable, "-c", _WRITE.format(count=count)], tree, given.times, given.core)
    theirs, ours = list(runs.values())[:2]
    _print(runs.values(), made)
    _compare(ours.out, theirs.out, made)
    ratio = min(ours.cpu) / min(theirs.cpu)
    print(f"linkcheck takes {ratio:.1f} times the CPU of lychee (goal: 1.0)")
    return 0 if ratio <= 1 else 1


def _runs(name: str, command: Sequence[str], tree: Path, times: int, core: int) -> Ran:
    figures = []
    out = tree.parent / "out"
    measured = [sys.executable, "-I", "-S", str(_MEASURE)]
    for _ in range(times):
        report = tree.parent / "report"
        written = f'exec taskset -c {core} "$@" > {out}'
        subprocess.run(
            [*measured, str(report), str(_LIMIT_S), "sh", "-c", written, "sh", *command, str(tree)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            cwd=tree.parent,
            check=True,
        )
        figures.append(json.loads(report.read_text()))
        if figures[-1]["late"] or figures[-1]["code"] not in (0, 2):
            raise SystemExit(f"{name} ended with {figures[-1]['code']}")
    return Ran(
        name,
        tuple(each["user"] + each["system"] for each in figures),
        tuple(each["wall"] for each in figures),
        max(each["peak"] for each in figures),
        out.read_text(encoding="utf-8"),
    )


def _print(runs: Iterable[Ran], made: Written) -> None:
    print(f"{'':<32}{'wall s':>8}{'CPU s':>8}{'(to':>8}{'MB/s':>8}{'files/s':>9}{'peak MB':>9}")
    for run in runs:
        cpu = min(run.cpu)
        print(
            f"{run.name:<32}{min(run.wall):>8.2f}{cpu:>8.2f}{max(run.cpu):>7.2f}){made.size / 1e6 / cpu:>8.1f}"
            f"{made.files / cpu:>9.0f}{run.peak / 1e6:>9.0f}"
        )


def _compare(ours: str, theirs: str, made: Written) -> None:
    """How many addresses each found, and in what stands what only one of them did."""
    known = {uri.normalise(url): kind for url, kind in made.urls.items()}
    mine = {json.loads(line)["url"] for line in ours.splitlines()}
    others = {uri.normalise(line.strip()) for line in theirs.splitlines() if line.strip()}
    print(f"addresses: linkcheck {len(mine):,}, lychee {len(others):,}, both {len(mine & others):,}")
    groups = {
        "only linkcheck": mine - others,
        "only lychee": others - mine,
        "neither": known.keys() - mine - others,
    }
    for name, urls in groups.items():
        counts = Counter(known.get(url, "not in the tree") for url in urls)
        listed = ", ".join(f"{count:,} {kind}" for kind, count in counts.most_common())
        print(f"  {name}: {listed or 'none'}")


if __name__ == "__main__":
    sys.exit(main())
