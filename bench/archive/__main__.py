"""Capture and verify, in CPU seconds and peak memory, as ratios to wget and warcio: ``python -m bench.archive``.

1,000 pages of 100 kB on loopback. Captured by ``linkcheck archive`` and by ``wget --warc-file``; what was captured is
verified by ours, and read by warcio and fastwarc with their digests checked. Goals of issue 5: verify in under 10 s of
CPU and 200 MB.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

GOAL_CPU_S = 10.0
GOAL_PEAK = 200e6
_LIMIT_S = 900

VERIFY = """
import sys
from pathlib import Path
from linkcheck.archives.verify import integrity
found = integrity(Path(sys.argv[1]))
assert not found.damage, found.damage[:3]
print(found.captures)
"""
WARCIO = """
import sys
from warcio.archiveiterator import ArchiveIterator
count = 0
for name in sys.argv[1:]:
    with open(name, "rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            while record.content_stream().read(1 << 16):
                pass
            count += record.rec_type == "response"
print(count)
"""
FASTWARC = """
import sys
from fastwarc.warc import ArchiveIterator
count = 0
for name in sys.argv[1:]:
    with open(name, "rb") as file:
        for record in ArchiveIterator(file, parse_http=False):
            assert record.verify_block_digest(), record.headers
            count += record.headers["WARC-Type"] == "response"
print(count)
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """One command: CPU of it and its children, peak memory, wall, what it printed last."""

    cpu_s: float
    peak: float
    wall_s: float
    said: str


def main() -> int:
    """0 when the goals are met, 1 when they are not or a run is wrong, 2 when the bench cannot run."""
    given = _options()
    print(f"{given.count:,} pages of {given.size // 1000} kB, on loopback\n")
    with tempfile.TemporaryDirectory() as made:
        top = Path(made)
        captured, by_wget = _captures(top, given.count, given.size)
        warcs = sorted((top / "archive" / "warcs").glob("*.warc.gz"))
        stored = sum(path.stat().st_size for path in warcs)
        verified = _run(top, [sys.executable, "-c", VERIFY, str(top / "archive")])
        readers = {
            "warcio, digests checked": _run(top, [sys.executable, "-c", WARCIO, *map(str, warcs)]),
            "fastwarc, block digests": _run(top, [sys.executable, "-c", FASTWARC, *map(str, warcs)]),
        }
    print(f"{'':30}{'CPU s':>8}{'ms a page':>11}{'peak MB':>9}{'wall s':>8}{'ratio':>8}")
    _line("linkcheck archive", captured, given.count, by_wget)
    if by_wget:
        _line("wget --warc-file", by_wget, given.count, by_wget)
    else:
        print("wget is not here (apt-get install wget)")
    reference = readers["warcio, digests checked"]
    print(f"\n{stored / 1e6:.1f} MB stored")
    _line("linkcheck verify, every byte", verified, given.count, reference)
    for name, ran in readers.items():
        _line(name, ran, given.count, reference)
    scale = given.count * given.size / 100e6
    right = all(ran.said == str(given.count) for ran in (verified, *readers.values()))
    met = verified.cpu_s < GOAL_CPU_S * scale and verified.peak < GOAL_PEAK
    print(f"\nEach read {given.count:,} captures: {'yes' if right else 'no'}.")
    print(
        f"Goal (under {GOAL_CPU_S * scale:.1f} s of CPU, under {GOAL_PEAK / 1e6:.0f} MB): {'met' if met else 'missed'}."
    )
    return 0 if right and met else 1


def _captures(top: Path, count: int, size: int) -> tuple[Ran, Ran | None]:
    command = [sys.executable, "-m", "bench.archive.web", str(count), str(size)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            base = f"http://127.0.0.1:{server.stdout.readline().strip()}"
            urls = [f"{base}/{number}" for number in range(count)]
            (top / "sources.txt").write_text("".join(f"{url}\n" for url in urls))
            (top / "linkcheck.toml").write_text('spacing = 0\nwayback = ""\nallow-private = ["127.0.0.1"]\n')
            captured = _run(top, [sys.executable, "-m", "linkcheck", "archive", "sources.txt", "--format", "csv"])
            by_wget = None
            if shutil.which("wget"):
                options = ["-q", "-i", "sources.txt", "--warc-file=wget", "-O", "/dev/null", "--no-warc-keep-log"]
                by_wget = _run(top, ["wget", *options])
        finally:
            server.terminate()
    return captured, by_wget


def _run(folder: Path, command: list[str]) -> Ran:
    """Runs and measures: a small process in between, so that the peak is that of the child (bench.engine.measure)."""
    report = folder / "measured.json"
    measure = Path(__file__).parents[1] / "engine" / "measure.py"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    ran = subprocess.run(
        [sys.executable, "-I", "-S", str(measure), str(report), str(_LIMIT_S), *command],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    figures = json.loads(report.read_text())
    if figures["code"]:
        raise SystemExit(f"{command[:4]}: exit code {figures['code']}\n{ran.stderr[-2000:]}")
    said = ran.stdout.strip().rpartition("\n")[2]
    return Ran(figures["user"] + figures["system"], figures["peak"], figures["wall"], said)


def _line(name: str, ran: Ran, count: int, reference: Ran | None) -> None:
    ratio = f"{ran.cpu_s / reference.cpu_s:8.2f}" if reference else f"{'–':>8}"
    each = 1000 * ran.cpu_s / count
    print(f"{name:30}{ran.cpu_s:8.2f}{each:11.2f}{ran.peak / 1e6:9.0f}{ran.wall_s:8.1f}{ratio}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.archive", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="pages")
    parser.add_argument("--size", type=int, default=100_000, help="bytes of each")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
