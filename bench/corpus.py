"""How many of the corpus' extraction cases come out right: ``python -m bench.corpus``.

Runs the cases of ``02_extract`` through the real formats. ``exact``: these sources and no others; ``first``: the first
URL found is the first expected (none where none is); ``contains``: at least these. Sources are compared normalised and
each counted once, since the projects behind the cases count repeated ones differently.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linkcheck import extract, uri
from linkcheck.model import Citation, Document

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
FORMATS = ("text", "markdown", "html")
HARDNESS = ("easy", "medium", "hard")


@dataclass(frozen=True)
class Outcome:
    """One case and what was found."""

    case: dict[str, Any]
    found: list[str]
    passed: bool


def main() -> int:
    """0 when every format reaches the goal in its easy cases, 1 when one does not, 2 without a corpus."""
    options = _options()
    cases = options.corpus / "02_extract" / "cases.jsonl"
    if not cases.is_file():
        print(f"no cases at {cases}; name the corpus with --corpus", file=sys.stderr)
        return 2
    formats = options.format or FORMATS
    outcomes = [outcome for outcome in run(cases) if outcome.case["format"] in formats]
    table = {
        (name, hardness): [
            each for each in outcomes if (each.case["format"], each.case["hardness"]) == (name, hardness)
        ]
        for name in formats
        for hardness in (options.hardness or HARDNESS)
    }
    table = {kind: cell for kind, cell in table.items() if cell}
    rows = [
        {"format": name, "hardness": hardness, "cases": len(cell), "passed": sum(each.passed for each in cell)}
        for (name, hardness), cell in table.items()
    ]
    print(f"{'format':<10}{'hardness':<10}{'cases':>6}{'passed':>8}{'%':>8}")
    for row in rows:
        print(f"{row['format']:<10}{row['hardness']:<10}{row['cases']:>6}{row['passed']:>8}{_percent(row):>8.1f}")
    if options.failures:
        _print_failures(each for cell in table.values() for each in cell if not each.passed)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n")
    short = [row for row in rows if row["hardness"] == "easy" and _percent(row) < options.goal]
    for row in short:
        print(f"{row['format']} easy is under the goal of {options.goal:g} %", file=sys.stderr)
    return 1 if short else 0


def run(cases: Path) -> Iterator[Outcome]:
    """The outcome of every case whose format linkcheck has."""
    for line in cases.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if case["format"] not in extract.formats():
            continue
        document = Document(case["id"], case["format"], case["text"])
        found = [each.url for each in extract.citations(document) if isinstance(each, Citation)]
        yield Outcome(case, found, _is_right(case, found))


def _is_right(case: dict[str, Any], found: list[str]) -> bool:
    expected = [uri.normalise(url) or url for url in case["expected_http"]]
    if {uri.normalise(url) or url for url in case["must_not"]}.intersection(found):
        return False
    if case["assert"] == "first":
        return found[:1] == expected[:1]
    if case["assert"] == "contains":
        return set(expected) <= set(found)
    return set(expected) == set(found)


def _percent(row: dict[str, Any]) -> float:
    return 100 * row["passed"] / row["cases"]


def _print_failures(outcomes: Iterator[Outcome]) -> None:
    for outcome in outcomes:
        case = outcome.case
        print(f"\n{case['id']} {case['format']} {case['hardness']} {case['assert']} {case['source']}")
        print(f"  text      {case['text'][:400]!r}")
        print(f"  expected  {case['expected_http']}")
        print(f"  found     {outcome.found}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.corpus", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="folder that holds 02_extract")
    parser.add_argument("--format", action="append", help="text, markdown, html …; may be repeated")
    parser.add_argument("--hardness", action="append", choices=HARDNESS, help="may be repeated")
    parser.add_argument("--failures", action="store_true", help="print every case that fails")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the table there")
    parser.add_argument("--goal", type=float, default=97.0, help="percent of the easy cases that must pass, per format")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
