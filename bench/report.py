"""Whether reports stay quick and small: ``python -m bench.report``.

Every format renders the same 20,000 synthetic citations (nine of ten well, 2,000 hosts, 200 documents, each with a
sentence, quote, copy and history of its own) in a process of its own: seconds of rendering by the wall and of its CPU,
the peak of that process (and what of it the citations took before), and the size of the text. For HTML Chromium then
opens the file from disk: milliseconds until the page stands, is filtered, searched, sorted, and a card is open.
``--pictures 60`` gives the first citations a picture of 250 KB each, as of a page of 6,000 pixels: with 60 the file is
as large as linkcheck makes it.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from linkcheck import reports
from linkcheck.model import Picture, Report
from tests import chromium
from tests.pictures import png
from tests.reports.example import NOW
from tests.reports.rich import many

ROOT = Path(__file__).resolve().parents[1]
CITATIONS = 20_000
GOAL_S = 5.0
GOAL_BYTES = 300e6
"""For each format (issue 7); the peak of the whole process, the 20,000 citations themselves included."""

_PICTURE_BYTES = 240_000
_LIMIT_S = 300.0
_TIMES = 5


@dataclass(frozen=True)
class Rendered:
    """One format: seconds by the wall and of CPU, bytes at the peak, of them before it began, and of the file."""

    format: str
    seconds: float
    cpu: float
    peak: int
    before: int
    size: int

    @property
    def in_time(self) -> bool:
        # One thread that waits for nothing: what it takes on a machine that does nothing else is its CPU time.
        return self.cpu <= GOAL_S and self.peak <= GOAL_BYTES


def main() -> int:
    """0 when every format keeps to the goals, 1 when one does not."""
    given = _options()
    if given.child:
        print(json.dumps(asdict(render(given.child, given.citations, given.output, given.pictures))))
        return 0
    names = [name for name in reports.names() if not given.formats or name in given.formats]
    print(f"{given.citations:,} citations")
    print(f"{'format':<12}{'wall s':>8}{'CPU s':>8}{'peak MB':>9}{'of it report':>14}{'file MB':>9}")
    done: list[Rendered] = []
    opened: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="bench-report-") as folder:
        for name in names:
            path = Path(folder) / f"report.{name}"
            done.append(apart(name, given.citations, path, given.pictures))
            _print(done[-1])
            if name == "html":
                opened = in_chromium(path.rename(path.with_name("report.html")), Path(folder))
    for what, seconds in opened.items():
        print(f"html in Chromium, {what:<22}{seconds * 1000:>7.0f} ms")
    if given.json:
        given.json.write_text(json.dumps({"formats": [asdict(each) for each in done], "chromium": opened}, indent=1))
    return int(not all(each.in_time for each in done))


def render(name: str, citations: int, output: Path, pictures: int = 0) -> Rendered:
    """Renders in this process, piece by piece to a file as the commands do."""
    report = pictured(many(citations), pictures)
    before = _peak()
    began, spent = time.perf_counter(), time.process_time()
    with output.open("w", encoding="utf-8", newline="") as file:
        for piece in reports.pieces(name, report, width=100):
            file.write(piece)
    seconds, cpu = time.perf_counter() - began, time.process_time() - spent
    return Rendered(name, seconds, cpu, _peak(), before, output.stat().st_size)


def pictured(report: Report, pictures: int) -> Report:
    """The report with pictures on its first cards, each of bytes that nothing makes smaller."""
    findings = list(report.findings)
    for number, place in enumerate(sorted(range(len(findings)), key=lambda at: findings[at].verdict.state.rank)):
        if number == pictures:
            break
        content = png(800, 3750, noise=os.urandom(_PICTURE_BYTES))
        shown = Picture("", NOW, "urn:fullPage:https://a.example/", "image/png", "w.warc.gz", number, content)
        findings[place] = replace(findings[place], pictures=(shown,))
    return replace(report, findings=tuple(findings))


def apart(name: str, citations: int, output: Path, pictures: int = 0) -> Rendered:
    """The same in a process of its own."""
    arguments = ["--child", name, "--citations", str(citations), "--output", str(output), "--pictures", str(pictures)]
    done = subprocess.run(
        [sys.executable, "-m", "bench.report", *arguments],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=_LIMIT_S, check=True,
    )  # fmt: skip
    return Rendered(**json.loads(done.stdout))


# ---------------------------------------------------------------- the page

_DRAWN = "new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"

_STEPS = {
    "filtered by state": "choose('f-state', 'drifted')",
    "searched, one letter": "seek('d')",
    "searched, one word": "seek('district 1234')",
    "sorted by source": "document.querySelector('th.source button').click()",
    "a card opened": "document.querySelector('#table .name').click()",
}
"""What is done, each on a fresh page; the time is until the next picture stands."""

_HANDS = """
const choose = (id, value) => { const field = document.getElementById(id); field.value = value;
  field.dispatchEvent(new Event('change')); };
const seek = (words) => { const field = document.getElementById('seek'); field.value = words;
  field.dispatchEvent(new Event('input')); };
"""


def in_chromium(path: Path, folder: Path) -> dict[str, float]:
    """Seconds in Chromium, the median of a few times; nothing where there is none."""
    command = chromium.found()
    if command is None:
        print("there is no Chromium here; the page is not opened")
        return {}
    times: dict[str, list[float]] = {}
    with chromium.browsing(command, folder / "profile") as tab:
        tab.say("Page.enable")
        tab.say("Runtime.enable")
        for _ in range(_TIMES):
            for what, script in _STEPS.items():
                times.setdefault("opened", []).append(_opened(tab, path))
                until = f"{_DRAWN}.then(() => performance.now() - began)"
                spent = tab.evaluate(f"{{{_HANDS} const began = performance.now(); {script}; {until}}}")
                times.setdefault(what, []).append(float(spent) / 1000)
    return {what: statistics.median(taken) for what, taken in times.items()}


def _opened(tab: chromium.Browser, path: Path) -> float:
    tab.say("Page.navigate", url="about:blank")
    tab.until("location.href === 'about:blank' && 'yes'")
    tab.say("Page.navigate", url=path.as_uri())
    tab.until("location.protocol === 'file:' && document.readyState === 'complete' && 'yes'")
    entry = "performance.getEntriesByType('navigation')[0]"
    return float(tab.evaluate(f"{_DRAWN}.then(() => {entry}.loadEventEnd - {entry}.startTime)")) / 1000


# ---------------------------------------------------------------- inside


def _peak() -> int:
    """Bytes of this process at its most; Linux counts in kilobytes, macOS in bytes (getrusage(2))."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _print(one: Rendered) -> None:
    missed = "" if one.in_time else "  MISSED"
    print(
        f"{one.format:<12}{one.seconds:>8.2f}{one.cpu:>8.2f}{one.peak / 1e6:>9.0f}"
        f"{one.before / 1e6:>14.0f}{one.size / 1e6:>9.1f}{missed}",
        flush=True,
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.report", description=__doc__)
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help="these only")
    parser.add_argument("--citations", type=int, default=CITATIONS)
    parser.add_argument("--pictures", type=int, default=0, help="cards that have one")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--output", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
