"""A link of a site to a file of its own that is not there, or to a place in it (``--root``). No visit stands behind it.

Not a rule: nothing was asked, the tree itself was looked at, and there is nothing else to weigh.
"""

from __future__ import annotations

from linkcheck.judge.case import Reason
from linkcheck.model import State, Verdict

REASONS = (
    Reason(
        "file-missing",
        (State.DEAD,),
        "A link without a host, and there is no such file under `--root`, nor one that a site generator would make the "
        "page from (`a.md` for `a` and `a.html`, an index for a directory).",
        "Correct the link, or add the file. Where a build makes the file, run linkcheck on what was built.",
    ),
    Reason(
        "anchor-missing",
        (State.DRIFTED,),
        "The file is there, but it has no heading, id or name that the fragment of the link could mean.",
        "Correct the fragment, or give the place an id.",
    ),
)

_STATES = {reason.id: reason.states[0] for reason in REASONS}


def verdict(reason: str, evidence: str) -> Verdict:
    """What a link that was held against the tree is: ``reason`` is one of :data:`REASONS`."""
    return Verdict(_STATES[reason], reason, evidence)
