"""How long the citations of a PDF take, against pdftotext and a look for URLs: ``python -m bench.pdf FILE…``.

Both are measured as they are used: pdftotext (poppler-utils) is a process a file, ours one for all of them, which is
started before. pdftotext finds no annotations and cuts URLs at the ends of lines; pdfinfo -url, a second process, lists
the annotations.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from linkcheck import extract
from linkcheck.extract.text import find_urls
from linkcheck.model import Citation, Document


def main() -> int:
    """0 when it was measured, 2 without pdftotext or files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    if not shutil.which("pdftotext"):
        print("pdftotext is not installed (apt-get install poppler-utils)", file=sys.stderr)
        return 2
    print(f"{'file':<28}{'kB':>7}{'ours ms':>9}{'found':>7}{'theirs ms':>11}{'found':>7}{'ratio':>7}")
    totals = [0.0, 0.0]
    for path in options.files:
        ours, found = _fastest(lambda path=path: _ours(path), options.times)  # type: ignore[misc]
        theirs, seen = _fastest(lambda path=path: _theirs(path), options.times)  # type: ignore[misc]
        totals = [totals[0] + ours, totals[1] + theirs]
        size = path.stat().st_size // 1024
        print(f"{path.name:<28}{size:>7}{ours:>9.1f}{found:>7}{theirs:>11.1f}{seen:>7}{ours / theirs:>7.2f}")
    print(f"{'all':<28}{'':>7}{totals[0]:>9.1f}{'':>7}{totals[1]:>11.1f}{'':>7}{totals[0] / totals[1]:>7.2f}")
    return 0


def _fastest(run: Callable[[], int], times: int) -> tuple[float, int]:
    """Milliseconds of the fastest of so many runs, after one that is not counted, and what it found."""
    found = run()
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        run()
        took.append(time.perf_counter() - begun)
    return min(took) * 1000, found


def _ours(path: Path) -> int:
    document = Document(path.name, "pdf", "", path.read_bytes())
    return len({each.url for each in extract.citations(document) if isinstance(each, Citation)})


def _theirs(path: Path) -> int:
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=False).stdout
    return len({written for _, written in find_urls(text.decode("utf-8", "replace"))})


if __name__ == "__main__":
    sys.exit(main())
