"""Looks at URLs in a process of its own and tells, beside the outcomes, how much memory that took.

Run by the tests as ``python -m tests.hostile.heavy``: the question comes on standard input as JSON, the answer goes
to standard output.
"""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict
from pathlib import Path

from linkcheck.conduct import Network, Resolve
from tests.hostile.harness import look_all


def peak_mb() -> int:
    """The most memory this process ever held, in MB.

    ``ru_maxrss`` would begin with that of the process that started this one, so Linux is asked another way.
    """
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) // 1024
    except (OSError, StopIteration):
        unit = 1024 * 1024 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit


def main() -> None:
    question = json.load(sys.stdin)
    network = Network(
        resolve=tuple(Resolve(*entry) for entry in question["resolve"]),
        connect_timeout_s=60,
        timeout_s=question["timeout_s"],
        max_body_bytes=question["max_body_bytes"],
    )
    wanted = {name: (url, 0) for name, url in question["wanted"].items()}
    # A few at once: memory must hold for the worst of them side by side.
    outcomes = {name: asdict(o) for name, o in look_all(question["transport"], wanted, network, in_flight=4).items()}
    json.dump({"outcomes": outcomes, "peak_mb": peak_mb()}, sys.stdout)


if __name__ == "__main__":
    main()
