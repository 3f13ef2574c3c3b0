"""How many of the corpus' robots.txt cases come out right: ``python -m bench.robots``.

Runs the cases of ``03_robots`` through ``linkcheck.robots``, by the project that wrote them, and apart from them
those that their authors mark as Google's own habits and no part of RFC 9309. With ``--protego`` the package protego,
where it is installed, answers the same cases. Last comes the time that hostile files of 500 KiB take.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linkcheck.robots import LONGEST, Robots

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"

Judge = Callable[[str, str, str], bool]


@dataclass(frozen=True)
class Outcome:
    """One case and what was said of it."""

    case: dict[str, Any]
    allowed: bool

    @property
    def right(self) -> bool:
        return self.allowed is self.case["allowed"]

    @property
    def family(self) -> str:
        project = str(self.case["source"]).removeprefix("github:").partition("@")[0]
        return f"{project} (Google's own)" if self.case["google_only"] else project


def main() -> int:
    """0, or 2 without a corpus."""
    options = _options()
    cases = options.corpus / "03_robots" / "cases.jsonl"
    if not cases.is_file():
        print(f"no cases at {cases}; name the corpus with --corpus", file=sys.stderr)
        return 2
    outcomes = list(run(cases, _protego() if options.protego else ours))
    print(f"{'cases of':<34}{'cases':>6}{'right':>7}{'%':>8}")
    for family in (*sorted({each.family for each in outcomes}), "all"):
        row = [each for each in outcomes if family in (each.family, "all")]
        right = sum(each.right for each in row)
        print(f"{family:<34}{len(row):>6}{right:>7}{100 * right / len(row):>8.1f}")
    if options.failures:
        _print_failures(each for each in outcomes if not each.right)
    if not options.protego:
        for name, body in hostile().items():
            print(f"hostile, {name}: {_seconds(body):.2f} s to parse and ask once")
    return 0


def run(cases: Path, judge: Judge) -> Iterator[Outcome]:
    """The outcome of every case that asks whether a URL is allowed."""
    for line in cases.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if "allowed" in case:
            yield Outcome(case, judge(case["robots"], case["agent"], case["url"]))


def ours(text: str, agent: str, url: str) -> bool:
    """What linkcheck says."""
    return Robots.parse(text.encode(), 200, agent).allows(url)


def hostile() -> dict[str, bytes]:
    """Files of 500 KiB that aim at a matcher's worst case."""

    def filled(line: str, room: int = LONGEST) -> str:
        return "".join(f"{line}\n".replace("%", f"{number:x}") for number in range(room // (len(line) + 3)))

    texts = {
        "agents times rules": filled("user-agent: x%", LONGEST // 2)
        + "user-agent: *\n"
        + filled("allow: /%", LONGEST // 2),
        "one rule of stars": "user-agent: *\ndisallow: /" + "*a" * (LONGEST // 2 - 20) + "$\n",
        "one rule of nothing but stars": "user-agent: *\ndisallow: /" + "*" * (LONGEST - 40) + "b$\n",
        "many rules of stars": "user-agent: *\n" + filled("disallow: *aab%"),
        "escapes only": "user-agent: *\ndisallow: /" + "%e3" * (LONGEST // 3 - 20) + "\n",
    }
    return {name: text.encode()[:LONGEST] for name, text in texts.items()}


def _seconds(body: bytes) -> float:
    began = time.perf_counter()
    Robots.parse(body, 200).allows("http://a.example/" + "a" * 8_000)
    return time.perf_counter() - began


def _protego() -> Judge:
    package: Any = importlib.import_module("protego")

    def theirs(text: str, agent: str, url: str) -> bool:
        return bool(package.Protego.parse(text).can_fetch(url, agent))

    return theirs


def _print_failures(outcomes: Iterator[Outcome]) -> None:
    for outcome in outcomes:
        case = outcome.case
        print(f"\n{case['test']} {case['source']}")
        print(f"  agent     {case['agent']!r}, url {case['url']!r}")
        print(f"  expected  {'allowed' if case['allowed'] else 'disallowed'}")
        print(f"  robots    {case['robots'][:400]!r}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.robots", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="folder that holds 03_robots")
    parser.add_argument("--failures", action="store_true", help="print every case that fails")
    parser.add_argument("--protego", action="store_true", help="ask the package protego instead")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
