"""The figures as text and as Markdown. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bench.engine.bounds import Bound
from bench.engine.goals import Goal
from bench.engine.running import Row


@dataclass(frozen=True)
class Section:
    """One world's rows; ``bases`` says of each subject to whose row its ratios are taken."""

    letter: str
    title: str
    rows: tuple[Row, ...]
    bases: dict[str, str]
    bounds: tuple[tuple[str, Bound], ...]
    goals: tuple[Goal, ...]


_HEADS = ("subject", "wall s", "×", "CPU s", "×", "peak MB", "server s", "right", "runs")


def cells(section: Section) -> list[tuple[str, ...]]:
    """The rows of one world, fastest first."""
    by_name = {each.subject: each for each in section.rows}
    base = {subject: by_name[name] for subject, name in section.bases.items()}
    return [
        (
            each.subject,
            f"{each.wall:.2f}",
            f"{each.wall / base[each.subject].wall:.2f}" if each.subject in base else "–",
            f"{each.cpu:.2f}",
            f"{each.cpu / base[each.subject].cpu:.2f}" if each.subject in base else "–",
            f"{each.peak / 1e6:.0f}",
            f"{each.server:.2f}",
            f"{each.right:,}/{each.links:,}",
            str(each.runs),
        )
        for each in sorted(section.rows, key=lambda each: each.wall)
    ]


def remarks(section: Section) -> list[str]:
    """Bounds, what the servers counted, what went wrong."""
    said = [f"lower bound with {name}: {_bound(each)}" for name, each in section.bounds]
    said.append(f"× is relative to {_whose(section)}")
    said += [f"goal: {goal}" for goal in section.goals]
    for each in section.rows:
        if each.tally:
            counted = ", ".join(f"{name} {value:,}" for name, value in sorted(each.tally.items()))
            said.append(f"{each.subject}: the server counted {counted}")
        if each.trouble:
            said.append(f"{each.subject}: {each.trouble}")
        wrong = _wrong(each)
        if wrong and not each.trouble:
            said.append(f"{each.subject} was wrong: {wrong}")
    return said


def text(sections: Iterable[Section]) -> str:
    """For a terminal."""
    parts = []
    for section in sections:
        rows = [_HEADS, *cells(section)]
        widths = [max(len(line[place]) for line in rows) for place in range(len(_HEADS))]
        parts.append(f"World {section.letter}: {section.title}")
        parts += ["  ".join(_padded(line, widths)) for line in rows]
        parts += [f"  {remark}" for remark in remarks(section)]
        parts.append("")
    return "\n".join(parts)


def markdown(sections: Iterable[Section]) -> str:
    """For the README: one table, a row a subject and world, and the bounds below it."""
    lines = [f"| world | {' | '.join(_HEADS)} |", f"|---|---|{'---:|' * (len(_HEADS) - 1)}"]
    below = []
    for section in sections:
        for place, line in enumerate(cells(section)):
            world = f"{section.letter}: {section.title}" if place == 0 else ""
            lines.append(f"| {world} | {' | '.join(line)} |")
        below += [f"- {section.letter}: lower bound with {name}: {_bound(each)}." for name, each in section.bounds]
        below.append(f"- {section.letter}: × is relative to {_whose(section)}.")
        below += [f"- {section.letter}: {goal}." for goal in section.goals]
        below += [f"- {section.letter}: {each.subject}: {each.trouble}." for each in section.rows if each.trouble]
    return "\n".join([*lines, "", *below]) + "\n"


def _whose(section: Section) -> str:
    return " or ".join(sorted(set(section.bases.values()))) or "nobody: lychee did not run"


def _padded(line: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))]


def _bound(each: Bound) -> str:
    parts = (
        ("the longest lane", each.lanes_s), ("all requests over the number in flight", each.all_s),
        ("one timeout of a silent host", each.silence_s), ("the rate", each.rate_s),
    )  # fmt: skip
    named = ", ".join(f"{name} {seconds:.2f}" for name, seconds in parts if seconds)
    return f"{each.seconds:.2f} s ({named or 'nothing in this world takes time'})"


def _wrong(each: Row) -> str:
    """Truths that were told the wrong way round, with their number."""
    works = {"alive", "redirect", "works"}
    pairs = ((*pair.split(">"), count) for pair, count in each.said.items())
    wrong = [f"{truth} as {told} {count}" for truth, told, count in pairs if (truth in works) != (told in works)]
    return ", ".join(wrong)
