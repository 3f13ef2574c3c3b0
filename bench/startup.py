"""How long it takes until something happens: ``python -m bench.startup``.

``linkcheck --version`` from start to end, and ``linkcheck check URL`` from start until its first request arrives at a
server on loopback; medians, and the imports that cost most before that request (``-X importtime``).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
GOALS = {"--version": 0.150, "check, first request": 0.400}
"""Seconds (issue 3)."""

_LIMIT_S = 60.0
_SHOWN = 12
_IMPORT = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \|( *)(\S+)")


def main() -> int:
    """0 when both goals hold, 1 when one does not."""
    given = _options()
    figures = {
        "--version": median(version() for _ in range(given.runs)),
        "check, first request": median(first_request() for _ in range(given.runs)),
    }
    heaviest = {"--version": imports(["--version"]), "check": imports(["check", *_check_options(_closed_port())])}
    for name, seconds in figures.items():
        reached = "reached" if seconds <= GOALS[name] else "MISSED"
        print(f"{name:<24}{seconds * 1000:>7.0f} ms  (goal {GOALS[name] * 1000:.0f}, {reached})")
    for name, found in heaviest.items():
        print(f"\nheaviest imports of {name}, ms with what they import themselves:")
        for module, milliseconds in found[:_SHOWN]:
            print(f"  {milliseconds:>7.1f}  {module}")
    if given.json:
        given.json.write_text(json.dumps({"seconds": figures, "imports": heaviest}, indent=1) + "\n")
    return int(any(figures[name] > most for name, most in GOALS.items()))


def version() -> float:
    """Seconds of ``linkcheck --version``, the interpreter included."""
    began = time.monotonic()
    subprocess.run(_linkcheck("--version"), env=_environment(), capture_output=True, timeout=_LIMIT_S, check=True)
    return time.monotonic() - began


def first_request() -> float:
    """Seconds from the start of ``check`` on one URL until its request is on its way in."""
    with socket.create_server(("127.0.0.1", 0)) as listener, tempfile.TemporaryDirectory() as folder:
        listener.settimeout(_LIMIT_S)
        began = time.monotonic()
        process = subprocess.Popen(
            _linkcheck("check", *_check_options(listener.getsockname()[1])),
            cwd=folder, env=_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            connection, _ = listener.accept()
            with connection:
                connection.settimeout(_LIMIT_S)
                connection.recv(1)
                passed = time.monotonic() - began
                with contextlib.suppress(OSError):
                    connection.recv(65536)
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            process.wait(_LIMIT_S)
        finally:
            process.kill()
            process.wait()
    return passed


def imports(arguments: Sequence[str]) -> list[tuple[str, float]]:
    """Modules and their cumulated milliseconds, heaviest first; of nested ones only the outermost package."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "linkcheck", *arguments],
            cwd=folder, env=_environment(), capture_output=True, text=True, timeout=_LIMIT_S, check=False,
        )  # fmt: skip
    heaviest: dict[str, float] = {}
    for match in _IMPORT.finditer(done.stderr):
        name = match[4] if match[4].startswith("linkcheck") else match[4].partition(".")[0]
        heaviest[name] = max(heaviest.get(name, 0.0), int(match[2]) / 1000)
    return sorted(heaviest.items(), key=lambda pair: -pair[1])


def _linkcheck(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "linkcheck", *arguments]


def _check_options(port: int) -> list[str]:
    return [f"http://127.0.0.1:{port}/", "--allow-private", "127.0.0.0/8", "--timeout", "5"]


def _closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return {**kept, "PYTHONPATH": str(ROOT)}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.startup", description=__doc__)
    parser.add_argument("--runs", type=int, default=11, metavar="N")
    parser.add_argument("--json", type=Path, metavar="FILE")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
