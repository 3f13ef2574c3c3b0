"""Runs one subject on one world and says what it cost and how often it was right."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench.engine.serving import Served, die_with_parent
from bench.engine.subjects import ROOT, Check, Ours, Subject, Task
from bench.engine.worlds import Truth

_MEASURE = Path(__file__).with_name("measure.py")
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@dataclass(frozen=True)
class Run:
    """One run of one subject.

    Attributes:
        wall, user, system: seconds; the last two of the whole process tree.
        peak: bytes, of the largest process of the tree.
        server: seconds of CPU that the world's server used meanwhile.
        right: verdicts that tell what works from what does not, as it is.
        said: how often each truth was answered with what, as ``truth>said``.
        tally: what the world's server counted, where it counts.
        trouble: a sentence where the run is no fair one.
    """

    subject: str
    wall: float
    user: float
    system: float
    peak: int
    right: int
    server: float = 0.0
    said: dict[str, int] = field(default_factory=dict)
    tally: dict[str, Any] = field(default_factory=dict)
    trouble: str = ""

    @property
    def cpu(self) -> float:
        """User and system together."""
        return self.user + self.system


def run(subject: Subject, up: Served, folder: Path, limit_s: float) -> Run:
    """Runs a subject in a fresh folder, ``limit_s`` seconds at the most, and reads what it said."""
    home = folder / f"run-{time.monotonic_ns()}"
    home.mkdir()
    home.chmod(0o777)  # LinkChecker as root becomes nobody, and writes its file then
    truths = up.world.truths(up.port)
    task = Task(tuple(truths), home, up.ca_file)
    before = up.spent()
    figures = _measured(subject.command(task), task, _environment(subject, task), limit_s)
    spent = up.spent() - before
    tally = up.tally()
    trouble = f"stopped after {limit_s:g} s" if figures["late"] else ""
    said: dict[str, Truth] = {}
    if not trouble:
        try:
            said = subject.verdicts(task)
        except (OSError, ValueError, KeyError) as error:
            words = (home / "stderr").read_text(errors="replace").strip().splitlines()[-1:]
            trouble = f"no verdicts (exit code {figures['code']}, {type(error).__name__}: {''.join(words)[:200]})"
    counted = Counter(f"{truth}>{said.get(url, 'nothing')}" for url, truth in truths.items())
    right = sum(url in said and said[url].works == truth.works for url, truth in truths.items())
    shutil.rmtree(home, ignore_errors=True)
    return Run(
        subject.name, figures["wall"], figures["user"], figures["system"], figures["peak"], right, spent,
        dict(sorted(counted.items())), tally, trouble,
    )  # fmt: skip


def _measured(command: Sequence[str], task: Task, environment: dict[str, str], limit_s: float) -> dict[str, Any]:
    report = task.folder / "measured.json"
    with task.out.open("wb") as out, (task.folder / "stderr").open("wb") as err:
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(_MEASURE), str(report), str(limit_s), *command],
            cwd=task.folder, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=err,
            start_new_session=True, preexec_fn=die_with_parent,
        )  # fmt: skip
        try:
            process.wait(limit_s + 30)
        finally:
            if process.poll() is None:
                process.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(10)
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
    return dict(json.loads(report.read_text()))


def _environment(subject: Subject, task: Task) -> dict[str, str]:
    """Ours, without proxies. The package of LinkChecker is called linkcheck too, so only ours see this folder."""
    kept = {name: value for name, value in os.environ.items() if name.lower() not in _PROXIES and name != "PYTHONPATH"}
    if isinstance(subject, Check | Ours):
        kept["PYTHONPATH"] = str(ROOT)
    if task.ca_file:
        kept |= dict.fromkeys(("SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE"), task.ca_file)
    return kept


@dataclass(frozen=True)
class Row:
    """What a subject's runs in a world came to."""

    subject: str
    runs: int
    wall: float
    cpu: float
    peak: float
    right: int
    links: int
    server: float
    trouble: str
    tally: dict[str, Any]
    said: dict[str, int]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def row(runs: Sequence[Run], links: int) -> Row:
    """The least of its runs, since whatever else a machine does only adds; right verdicts of the worst."""
    worst = min(runs, key=lambda each: each.right)
    return Row(
        subject=runs[0].subject,
        runs=len(runs),
        wall=min(each.wall for each in runs),
        cpu=min(each.cpu for each in runs),
        peak=min(each.peak for each in runs),
        right=worst.right,
        links=links,
        server=min(each.server for each in runs),
        trouble=next((each.trouble for each in runs if each.trouble), ""),
        tally=runs[-1].tally,
        said=worst.said,
    )
