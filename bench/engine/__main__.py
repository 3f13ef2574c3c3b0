"""``python -m bench.engine``: brings the worlds to life, runs everybody on them by turns, prints the table."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import re
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.engine import bounds, installs, table, worlds
from bench.engine.bounds import Knocking
from bench.engine.goals import LIKE_LYCHEE, NO_SPACING, OWN_MANNERS, goals
from bench.engine.running import Row, Run, row, run
from bench.engine.serving import NO_NGINX, Served, ServeError, find_nginx, served
from bench.engine.subjects import Check, Limits, LinkChecker, Linkinator, Lychee, Ours, Subject, UrlChecker
from bench.engine.worlds import World
from linkcheck.settings import Settings

SLOW_S = 60.0
"""Who takes longer is run once, and the table's last column says so."""

RETRIES = {"D": 3}
"""Second tries where a world's truth is that they help; 3 is lychee's own number."""

SWEEP = (64, 128, 256)
"""lychee's --max-concurrency in world C, where it matters; its best is what ratios are taken to."""

_OTHERS = {"linkinator": Linkinator, "LinkChecker": LinkChecker, "urlchecker": UrlChecker}


def main() -> int:
    """0 when every run gave verdicts, 1 when one did not, 2 when the bench cannot run."""
    given = _options()
    if find_nginx() is None:
        print(NO_NGINX, file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, _interrupt)
    programs, missing = installs.programs(given.peers)
    for sentence in missing:
        print(sentence, file=sys.stderr)
    sections: list[table.Section] = []
    raw: dict[str, list[dict[str, Any]]] = {}
    interrupted = False
    try:
        for letter in given.worlds:
            world = worlds.build(letter, 0.1 if given.quick else 1.0)
            runs = _measure(world, _subjects(letter, programs, given.only), given)
            sections.append(_section(world, runs))
            raw[letter] = [asdict(each) for subject in runs.values() for each in subject]
            print(table.text(sections[-1:]), flush=True)
    except KeyboardInterrupt:
        interrupted = True
        print("interrupted; what follows is what was measured until then", file=sys.stderr)
    except ServeError as error:
        print(error, file=sys.stderr)
        return 2
    about = _about(programs, given)
    if given.json:
        found = [{**asdict(section), "runs": raw.get(section.letter, [])} for section in sections]
        given.json.write_text(json.dumps({"about": about, "worlds": found}, indent=1, default=str) + "\n")
    if given.markdown:
        print(table.markdown(sections))
    print("; ".join(f"{name} {value}" for name, value in about.items()))
    troubled = any(each.trouble for section in sections for each in section.rows)
    return 130 if interrupted else int(troubled)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.engine", description=__doc__)
    parser.add_argument("--worlds", type=_list(worlds.LETTERS), default=list(worlds.LETTERS), metavar="A,C")
    parser.add_argument(
        "--peers",
        type=_list(installs.PEERS),
        default=list(installs.PEERS),
        metavar="lychee,…",
        help=f"of {', '.join(installs.PEERS)}; lychee runs in every world, the others in A. '' for none.",
    )
    parser.add_argument("--only", type=re.compile, metavar="REGEX", help="only subjects whose name it is found in")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help=f"by turns; one of those over {SLOW_S:g} s")
    parser.add_argument("--limit", type=float, default=900.0, metavar="SECONDS", help="for one run")
    parser.add_argument("--quick", action="store_true", help="a tenth of the size")
    parser.add_argument("--json", type=Path, metavar="FILE", help="every run, with what was said of which truth")
    parser.add_argument("--markdown", action="store_true", help="the table once more, for the README")
    return parser.parse_args()  # fmt: skip


def _list(known: Sequence[str]) -> Any:
    def read(written: str) -> list[str]:
        by_name = {name.lower(): name for name in known}
        words = [word.strip().lower() for word in written.split(",") if word.strip()]
        if unknown := [word for word in words if word not in by_name]:
            raise argparse.ArgumentTypeError(f"{unknown[0]!r} is not one of {', '.join(known)}")
        return [by_name[word] for word in words]

    return read


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


# ---------------------------------------------------------------- who runs where


def _subjects(letter: str, programs: dict[str, Path], wanted: re.Pattern[str] | None) -> list[Subject]:
    theirs = Limits(in_flight=max(SWEEP) if letter == "C" else 128, retries=RETRIES.get(letter, 0))
    free = Limits(in_flight=128, per_host=10, spacing_s=0.0)
    found: list[Subject] = []
    if letter in "AB":
        found.append(Ours(f"pycurl loop (floor), {NO_SPACING}", "floor", Limits(in_flight=16)))
        found.append(Ours(f"engine, 1 a host, {NO_SPACING}", "drive", Limits(64, 1, 0.0)))
        found.append(Ours(f"engine, 10 a host, {NO_SPACING}", "drive", free))
    if letter != "D":
        found.append(Ours(f"engine, {LIKE_LYCHEE}", "drive", theirs))
    found.append(Check(f"check, {LIKE_LYCHEE}", theirs))
    found.append(Check(OWN_MANNERS))
    if letter in "AB":
        found.append(Check(f"check, 10 a host, {NO_SPACING}", free))
    if "lychee" in programs:
        found += _lychees(letter, programs["lychee"], theirs, free)
    if letter == "A":
        found += [kind(programs[peer]) for peer, kind in _OTHERS.items() if peer in programs]
    return [each for each in found if wanted is None or wanted.search(each.name)]


def _lychees(letter: str, program: Path, theirs: Limits, free: Limits) -> list[Subject]:
    if letter == "C":
        return [Lychee(f"lychee, {number} at once", program, Limits(number)) for number in SWEEP]
    found: list[Subject] = [Lychee("lychee", program, theirs)]
    if letter in "AB":
        found.append(Lychee(f"lychee, {NO_SPACING}", program, free))
    return found


def _bounds(world: World) -> tuple[tuple[str, bounds.Bound], ...]:
    """For the manners that linkcheck has out of the box, and for lychee's limits."""
    own = Settings().manners()
    most = max(SWEEP) if world.letter == "C" else 128
    theirs = Limits(most)
    knockings = (
        ("our own manners", Knocking(own.in_flight, own.per_host, own.spacing_s, own.confirm_s)),
        (LIKE_LYCHEE, Knocking(most, theirs.per_host, theirs.spacing_s, hops_wait=False)),
        (
            f"{LIKE_LYCHEE} as check keeps them (hops wait their turn, a 404 is asked twice)",
            Knocking(most, theirs.per_host, theirs.spacing_s, own.confirm_s),
        ),
    )
    return tuple((name, bounds.bound(world, each)) for name, each in knockings)


# ---------------------------------------------------------------- running


def _measure(world: World, subjects: Sequence[Subject], given: argparse.Namespace) -> dict[str, list[Run]]:
    """Everybody by turns, so that whatever else the machine does falls on all alike."""
    runs: dict[str, list[Run]] = {each.name: [] for each in subjects}
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    folder.chmod(0o755)  # for LinkChecker, see ``run``
    try:
        with contextlib.ExitStack() as stack:
            shared = None if world.delays else stack.enter_context(served(world, folder))
            for _ in range(given.runs):
                for subject in subjects:
                    if runs[subject.name] and runs[subject.name][0].wall > SLOW_S:
                        continue
                    with _alive(world, shared, folder) as up:
                        runs[subject.name].append(run(subject, up, folder, given.limit))
                    last = runs[subject.name][-1]
                    print(f"{world.letter}  {subject.name}: {last.wall:.2f} s, CPU {last.cpu:.2f} s", file=sys.stderr)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {name: each for name, each in runs.items() if each}


@contextlib.contextmanager
def _alive(world: World, shared: Served | None, folder: Path) -> Iterator[Served]:
    """The world that all share, or one of the run's own where servers count and buckets fill."""
    if shared is not None:
        yield shared
        return
    with served(world, folder) as up:
        yield up


def _section(world: World, runs: dict[str, list[Run]]) -> table.Section:
    rows = tuple(row(each, len(world.links)) for each in runs.values())
    limits = _bounds(world)
    return table.Section(world.letter, world.title, rows, _bases(rows), limits, goals(world.letter, rows, limits[0][1]))


def _bases(rows: Sequence[Row]) -> dict[str, str]:
    """Which row of lychee each row is compared with: the one with the same limits, in world C its fastest."""
    lychees = [each for each in rows if each.subject.startswith("lychee")]
    spaced = [each.subject for each in sorted(lychees, key=lambda each: each.wall) if NO_SPACING not in each.subject]
    free = [each.subject for each in lychees if NO_SPACING in each.subject]
    chosen = {each.subject: (free if NO_SPACING in each.subject else spaced)[:1] for each in rows}
    return {subject: base[0] for subject, base in chosen.items() if base}


def _about(programs: dict[str, Path], given: argparse.Namespace) -> dict[str, str]:
    versions = {peer: installs.version(peer, program) for peer, program in programs.items()}
    size = "a tenth of the size" if given.quick else "full size"
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return {"machine": machine, "worlds": size, **versions}


if __name__ == "__main__":
    sys.exit(main())
