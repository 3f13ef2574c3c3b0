"""The reasons in words, for ``linkcheck explain``."""

from __future__ import annotations

import difflib
import re
import textwrap
from collections.abc import Sequence

from linkcheck.judge import REASONS
from linkcheck.judge.case import Reason
from linkcheck.model import State

_SENTENCE = re.compile(r".*?[.](?=\s+[A-Z]|\Z)", re.DOTALL)
_SHORTEST_LINE = 40


def explain(word: str, *, width: int) -> str | None:
    """What a reason means and what to do, or the reasons of a state; None where it is neither.

    Args:
        word: id of a reason, or a state; letter case does not count.
        width: characters a line.
    """
    wanted = word.strip().lower()
    if wanted in list(State):
        return listing((State(wanted),), width=width)
    found = next((reason for reason in REASONS if reason.id == wanted), None)
    return None if found is None else _paragraphs(found, width)


def listing(states: Sequence[State] = tuple(State), *, width: int) -> str:
    """Every reason with the first sentence of its meaning, by state, worst first."""
    column = max(len(reason.id) for reason in REASONS) + 4
    parts = []
    for state in states:
        lines = [_line(reason, column, width) for reason in REASONS if state in reason.states]
        parts.append("\n".join([str(state), *lines]))
    return "\n\n".join(parts) + "\n"


def nearest(word: str) -> str:
    """The id or state that was probably meant, "" if none is near."""
    known = [*(reason.id for reason in REASONS), *State]
    close = difflib.get_close_matches(word.strip().lower(), known, n=1, cutoff=0.5)
    return str(close[0]) if close else ""


def _line(reason: Reason, column: int, width: int) -> str:
    first = _SENTENCE.match(reason.meaning)
    text = first[0] if first else reason.meaning
    lines = textwrap.wrap(text, max(width - column, _SHORTEST_LINE))
    return "\n".join([f"  {reason.id}".ljust(column) + lines[0], *(" " * column + line for line in lines[1:])])


def _paragraphs(reason: Reason, width: int) -> str:
    head = f"{reason.id} ({' or '.join(reason.states)})"
    told = (reason.meaning, f"What to do: {reason.advice}")
    return "\n\n".join([head, *(textwrap.fill(text, width, break_on_hyphens=False) for text in told)]) + "\n"
