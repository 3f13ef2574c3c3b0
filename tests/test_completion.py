"""Completion as the shells do it: their own functions, run in them."""

from __future__ import annotations

import os
import pty
import re
import select
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from linkcheck import reports
from tests.command import program
from tests.readme import ROOT

SHELLS = [
    pytest.param(name, marks=pytest.mark.skipif(shutil.which(name) is None, reason=f"there is no {name} here"))
    for name in ("bash", "zsh", "fish")
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a document and an archive; ``linkcheck`` is on the PATH of :func:`environment`."""
    (tmp_path / "bin").mkdir()
    stand_in = tmp_path / "bin" / "linkcheck"
    stand_in.write_text(f'#!/bin/sh\nexec {shlex.join(program())} "$@"\n')
    stand_in.chmod(0o755)
    (tmp_path / "work" / "kept").mkdir(parents=True)
    (tmp_path / "work" / "article.md").write_text("words\n")
    return tmp_path


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("ENV", "BASH_ENV", "ZDOTDIR")}
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return {**kept, "PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(folder), "TERM": "dumb", "COLUMNS": "200"}


def offered(shell: str, line: str, folder: Path) -> list[str]:
    """What a shell offers at the end of a line."""
    if shell == "fish":
        script = f"linkcheck completion fish | source; complete --do-complete '{line}'"
    else:
        words = " ".join(f"'{word}'" for word in line.split(" "))
        script = (
            'eval "$(linkcheck completion bash)"; compopt() { compgen -f; }\n'
            f"COMP_WORDS=({words}); COMP_CWORD={line.count(' ')}\n"
            "_linkcheck_completion linkcheck; printf '%s\\n' \"${COMPREPLY[@]}\""
        )
    done = subprocess.run(
        [shell, "-c", script], cwd=folder / "work", env=environment(folder), capture_output=True, text=True, timeout=60,
        check=True,
    )  # fmt: skip
    assert done.stderr == ""
    return [word.split("\t")[0] for word in done.stdout.splitlines() if word]


def completed(shell: str, begun: list[str], folder: Path) -> list[str]:
    """The lines that stand in an interactive shell after Tab; the shell is asked to print them."""
    master, slave = pty.openpty()
    start = {"bash": ["bash", "--norc", "--noprofile", "-i"], "zsh": ["zsh", "-f", "-i"]}[shell]
    process = subprocess.Popen(
        start, cwd=folder / "work", env=environment(folder), stdin=slave, stdout=slave, stderr=slave,
        start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    try:
        return _typed(shell, begun, master)
    finally:
        process.kill()
        process.wait()
        os.close(master)


def _typed(shell: str, begun: list[str], master: int) -> list[str]:
    prepare = "autoload -Uz compinit && compinit -u -D; bindkey -e; unsetopt beep; " if shell == "zsh" else ""
    written = b""

    def until(mark: bytes) -> None:
        nonlocal written
        while mark not in written:
            assert select.select([master], [], [], 120)[0], written
            written += os.read(master, 4096)

    os.write(master, f'PS1="> "; {prepare}eval "$(linkcheck completion {shell})"; echo READ"Y"\n'.encode())
    until(b"READY")
    lines = []
    for line in begun:
        written = b""
        os.write(master, f"{line}\t".encode())
        os.write(master, b"@@\x01echo @@\n")  # to the begin of the line, which then says itself
        os.write(master, b"echo DO'N'E\n")
        until(b"DONE")
        said = re.findall(r"^@@(.*?)\s*@@\s*$", written.decode(errors="replace").replace("\r", "\n"), re.MULTILINE)
        lines += said[-1:]
    return lines


@pytest.mark.parametrize("shell", [shell for shell in SHELLS if "zsh" not in shell.values])
def test_a_shell_offers_commands_formats_states_and_reasons(shell: str, folder: Path) -> None:
    assert offered(shell, "linkcheck re", folder) == ["repair", "replay", "report"]
    assert set(reports.names()) <= set(offered(shell, "linkcheck report --format ", folder))
    reasons = offered(shell, "linkcheck explain http-4", folder)
    assert "http-404" in reasons
    assert all(reason.startswith("http-4") for reason in reasons)
    assert "drifted" in offered(shell, "linkcheck verify --fail-on d", folder)
    assert "--quiet" in offered(shell, "linkcheck check --q", folder)


@pytest.mark.parametrize("shell", [shell for shell in SHELLS if "zsh" not in shell.values])
def test_where_a_document_stands_the_shell_offers_its_files(shell: str, folder: Path) -> None:
    assert "article.md" in " ".join(offered(shell, "linkcheck check ", folder))


@pytest.mark.parametrize("shell", SHELLS[:2])
def test_tab_completes_in_an_interactive_shell(shell: str, folder: Path) -> None:
    lines = {
        "linkcheck verif": "linkcheck verify",
        "linkcheck explain paywa": "linkcheck explain paywall",
        "linkcheck check --fail-on dead,missing-c": "linkcheck check --fail-on dead,missing-capture",
        "linkcheck check art": "linkcheck check article.md",
        "linkcheck check --archive k": "linkcheck check --archive kept/",
    }
    assert completed(shell, list(lines), folder) == list(lines.values())


def test_a_shell_that_is_not_known_is_named_and_the_known_ones_are(folder: Path) -> None:
    done = subprocess.run(
        ["linkcheck", "completion", "tcsh"], env=environment(folder), capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "'bash', 'zsh', 'fish'" in done.stderr
