"""Writes docs/reasons.md from the reasons themselves: ``python -m tests.judge.reasons_page > docs/reasons.md``."""

from __future__ import annotations

import sys

from linkcheck.judge import REASONS
from linkcheck.model import State

_HEAD = """# Reasons

Every verdict has a state, a reason and its evidence. The reason is a stable id: scripts and policies (`fail_on`) may
rely on it. This page is written from the rules in `linkcheck/judge/` and held against them by a test; the rules stand
in the order in which they are tried in `RULES`, and the first with an opinion wins.
"""


def reasons_page() -> str:
    """The whole page, by state, worst first."""
    parts = [_HEAD]
    for state in State:
        parts.append(f"## {state}\n")
        for reason in REASONS:
            if reason.states[0] is state:
                also = "".join(f" Also `{other}`." for other in reason.states[1:])
                parts.append(f"### `{reason.id}`\n\n{reason.meaning}{also}\n\n**What to do:** {reason.advice}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    sys.stdout.write(reasons_page())
