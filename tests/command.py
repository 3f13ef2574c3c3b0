"""The command in a process of its own, without Python being started for each: that is most of what one costs.

The tests run some 500 commands, and most take five times as long to import the house as to do their work. So one
process, started when it is first wanted, has imported it, and forks for every command. The fork has a folder, an
environment, streams, signals and an exit code of its own, as any process has. What Python does as it starts (the
locale, a terminal, ``python -m``) is not seen here: tests of that start it.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import gc
import importlib
import json
import os
import pkgutil
import random
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).parent.parent

_PATIENCE_S = 300.0
"""A guard against hanging, and no more."""

_SIZE = 8
_THEIRS = (
    "_strptime", "brotli", "bs4", "charset_normalizer", "cryptography.hazmat.backends.openssl.backend",
    "cryptography.x509", "encodings.unicode_escape", "encodings.utf_8_sig", "filelock", "jinja2",
    "lxml.etree", "lxml.html", "mwparserfromhell", "pathspec", "pycurl", "pyromark",
    "rapidfuzz", "requests", "rich.console", "rich.live", "rich.progress_bar", "rich.table", "selectolax.lexbor",
    "sqlite3", "tinycss2", "trafilatura", "trustme", "urllib3", "warcio", "waybackpy", "yaml",
)  # fmt: skip
"""What the house imports when it is needed."""


def run(
    folder: Path, *arguments: str, stdin: str = "", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs ``linkcheck`` in a folder to its end.

    Args:
        folder: where it runs.
        arguments: its words.
        stdin: what it can read.
        env: set in its environment beside what this process has.
    """
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as given,
        tempfile.TemporaryFile("w+", encoding="utf-8") as said,
        tempfile.TemporaryFile("w+", encoding="utf-8") as complained,
    ):
        given.write(stdin)
        given.seek(0)
        streams = [given.fileno(), said.fileno(), complained.fileno()]
        code = hand_over(_server(), list(arguments), str(folder), {**os.environ, **(env or {})}, streams)
        said.seek(0)
        complained.seek(0)
        return subprocess.CompletedProcess(["linkcheck", *arguments], code, said.read(), complained.read())


@contextlib.contextmanager
def begun(folder: Path, *arguments: str, env: Mapping[str, str] | None = None) -> Iterator[subprocess.Popen[str]]:
    """``python -m linkcheck`` in a folder, for who wants to send it signals; it has ended when the block has."""
    with subprocess.Popen(
        [sys.executable, "-m", "linkcheck", *arguments],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.kill()


def program() -> list[str]:
    """The words that run ``linkcheck`` for a shell, in the same way."""
    return [sys.executable, "-I", "-S", str(Path(__file__).with_name("handing.py")), _server()]


def hand_over(path: str, arguments: list[str], folder: str, env: Mapping[str, str], streams: list[int]) -> int:
    """Asks the process that listens at ``path`` for a command; returns its exit code, which is as in ``subprocess``."""
    request = json.dumps({"arguments": arguments, "folder": folder, "env": dict(env)}).encode()
    with socket.socket(socket.AF_UNIX) as asked:
        asked.settimeout(_PATIENCE_S)
        asked.connect(path)
        socket.send_fds(asked, [len(request).to_bytes(_SIZE, "big")], streams)
        asked.sendall(request)
        told = b"".join(iter(lambda: asked.recv(64), b""))
    if not told:
        raise RuntimeError(f"linkcheck {' '.join(arguments)}: the process that was to run it has ended")
    return int(told)


@functools.cache
def _server() -> str:
    """Where the process listens that has imported the house. It ends with this one."""
    folder = tempfile.mkdtemp(prefix="linkcheck-")
    path = os.path.join(folder, "s")  # noqa: PTH118  of at most 100 bytes
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen(64)
        serving = subprocess.Popen(
            [sys.executable, "-m", "tests.command", str(listener.fileno())],
            cwd=ROOT, stdin=subprocess.PIPE, pass_fds=[listener.fileno()],
        )  # fmt: skip

    def end() -> None:
        serving.kill()
        serving.communicate()
        Path(path).unlink()
        Path(folder).rmdir()

    atexit.register(end)
    return path


# ---------------------------------------------------------------- over there


def _serve(listener: socket.socket) -> None:
    """Forks for every request, until the process that started this one has ended."""
    _import_the_house()
    gc.collect()
    gc.freeze()
    while True:
        ready, _, _ = select.select([listener, sys.stdin], [], [], 1.0)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        if sys.stdin in ready:
            return
        if listener in ready:
            asked, _ = listener.accept()
            if not os.fork():
                listener.close()
                _attend(asked)
            asked.close()


def _import_the_house() -> None:
    import linkcheck

    for module in pkgutil.walk_packages(linkcheck.__path__, "linkcheck."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in _THEIRS:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def _attend(asked: socket.socket) -> NoReturn:
    """In a fork: forks once more for the command and tells its end; who asked may go, and then it is ended."""
    size, streams, _, _ = socket.recv_fds(asked, _SIZE, 3)
    request = b""
    while len(request) < int.from_bytes(size, "big"):
        request += asked.recv(1 << 16)
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake)
    child = os.fork()
    if not child:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.close(woken)
        os.close(wake)
        asked.close()
        _be_the_command(**json.loads(request), streams=streams)
    for stream in streams:
        os.close(stream)
    ready, _, _ = select.select([asked, woken], [], [])
    if asked in ready:
        os.kill(child, signal.SIGKILL)
    _, ended = os.waitpid(child, 0)
    with contextlib.suppress(OSError):
        asked.sendall(str(os.waitstatus_to_exitcode(ended)).encode())
    os._exit(0)


def _be_the_command(arguments: list[str], folder: str, env: dict[str, str], streams: list[int]) -> NoReturn:
    code: object = 1
    try:
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        sys.stdin = sys.__stdin__ = open(0, closefd=False)  # type: ignore[misc]  # noqa: SIM115
        sys.stdout = sys.__stdout__ = open(1, "w", closefd=False)  # type: ignore[misc]  # noqa: SIM115
        sys.stderr = sys.__stderr__ = open(2, "w", 1, errors="backslashreplace", closefd=False)  # type: ignore[misc]  # noqa: SIM115
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(env)
        time.tzset()
        random.seed()
        sys.path.insert(0, folder)
        from linkcheck.cli import main

        main(arguments)
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001  as the interpreter does
        traceback.print_exc()
    finally:
        with contextlib.suppress(BaseException):
            threading._shutdown()  # type: ignore[attr-defined]
            atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
        os._exit(code if isinstance(code, int) else 0 if code is None else 1)


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as listening:
        _serve(listening)
