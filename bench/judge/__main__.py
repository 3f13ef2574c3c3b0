"""How often the judge is right: ``python -m bench.judge``.

Replays the pages and the bot-wall vectors of the corpus, live articles about what the rules look for, and pages of
documentation of this machine, each under a host of its own on loopback, and asks for them with the real engine. Prints
a confusion table of each part, precision and recall of each state, the wrong rows with their evidence, and the goals.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.judge import articles, lookalikes, pages, rows, table
from bench.judge.goals import goals
from bench.judge.judging import WORLDS, judged

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when every goal is reached, 1 when one is missed, 2 without a corpus."""
    options = _options(arguments)
    if not (options.corpus / "05_pages" / "index.json").is_file():
        print(f"no pages at {options.corpus / '05_pages'}; name the corpus with --corpus", file=sys.stderr)
        return 2
    folders = [*pages.roots(), *options.pages]
    written = [*articles.of_bench(), *lookalikes.of_bench()]
    played = [*rows.of_corpus(options.corpus), *written, *pages.of_machine(folders, options.live)]
    outcomes = [outcome for world in range(len(WORLDS)) for outcome in judged(played, world)]
    for line in table.text(outcomes):
        print(line)
    held = goals(outcomes)
    print("goals")
    for goal in held:
        print(f"  {goal}")
    if options.json:
        figures = {
            "goals": [{"goal": each.words, "figure": each.figure, "reached": each.reached} for each in held],
            "outcomes": table.as_json(outcomes),
        }
        options.json.write_text(json.dumps(figures, indent=1) + "\n")
    return 0 if all(goal.reached for goal in held) else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.judge", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="folder that holds 05_pages")
    parser.add_argument("--pages", type=Path, action="append", default=[], help="a further folder of live HTML pages")
    parser.add_argument("--live", type=int, default=400, help="how many live pages of this machine; 0 for none")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every outcome there")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
