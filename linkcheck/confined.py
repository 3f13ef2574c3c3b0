"""Work on a stranger's bytes in a process of its own, which may take so much time and memory and no more.

For what cannot be bounded from within: a PDF of 3 kB can make PDFium take 2.5 GB, 64 kB of ``{{a|`` hold the parser of
wikitext for minutes, and a fault in C++ would take the whole run along. The process serves one request after the other
and is replaced when it dies, so that it is paid for once a run and not once a document.
"""

from __future__ import annotations

import atexit
import importlib
import subprocess
import sys
from dataclasses import dataclass

SECONDS = 60
"""Of wall time for one request."""
MEMORY = 1024 * 1024 * 1024
"""Bytes of address space, where the system holds a process to that (Linux does, macOS does not)."""

_BEGIN = "import sys; sys.path[:] = sys.argv[2:]; from linkcheck.confined import serve; serve(sys.argv[1])"
_END = b"\n"
_SIZE = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    Attributes:
        lines: as far as they came.
        ended: "" where all came; else why not, for people.
    """

    lines: tuple[str, ...]
    ended: str = ""


_idle: dict[str, list[subprocess.Popen[bytes]]] = {}


def ask(module: str, content: bytes, *, seconds: int = SECONDS) -> Answer:
    """What ``answers(content)`` of that module says, which runs elsewhere.

    Args:
        module: full name; its ``answers`` takes bytes and yields lines without line ends, none of them empty.
        content: what it works on.
        seconds: of wall time.
    """
    waiting = _idle.setdefault(module, [])
    try:
        child = waiting.pop()  # atomic: two threads never share one
    except IndexError:
        child = _start(module)
    assert child.stdin is not None
    assert child.stdout is not None
    lines: list[str] = []
    try:
        for piece in (len(content).to_bytes(_SIZE, "big"), seconds.to_bytes(_SIZE, "big"), content):
            child.stdin.write(piece)
        child.stdin.flush()
        for line in child.stdout:
            if line == _END:
                waiting.append(child)
                return Answer(tuple(lines))
            if line.endswith(b"\n"):
                lines.append(line[:-1].decode("utf-8", "replace"))
    except BrokenPipeError:
        pass
    except BaseException:
        child.kill()
        _close(child)
        raise
    return Answer(tuple(lines), _why(_close(child), seconds))


def _start(module: str) -> subprocess.Popen[bytes]:
    # The same modules as here, and none from the folder that the documents lie in.
    command = [sys.executable, "-P", "-c", _BEGIN, module, *sys.path]
    return subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def _close(child: subprocess.Popen[bytes]) -> int:
    try:
        child.communicate()
    except (ValueError, OSError):
        child.kill()
    return child.wait()


def _why(code: int, seconds: int) -> str:
    import signal

    if code == -getattr(signal, "SIGALRM", 0):
        return f"takes longer than {seconds} {'second' if seconds == 1 else 'seconds'} to read"
    return f"takes more than {MEMORY // 1024**2:,} MB of memory to read, or breaks the library that reads it"


@atexit.register
def _close_all() -> None:
    for children in _idle.values():
        while children:
            _close(children.pop())


# ---------------------------------------------------------------- over there


def serve(module: str) -> None:
    """Answers requests until there are no more."""
    _confine()
    answers = importlib.import_module(module).answers
    requests, replies = sys.stdin.buffer, sys.stdout.buffer
    while len(size := requests.read(_SIZE)) == _SIZE:
        _limit(int.from_bytes(requests.read(_SIZE), "big"))
        content = requests.read(int.from_bytes(size, "big"))
        for line in answers(content):
            replies.write(line.encode("utf-8", "replace") + b"\n")
        _limit(0)  # before the end is told: who is alone again could be ended by it, and the next request be lost
        replies.write(_END)
        replies.flush()


def _limit(seconds: int) -> None:
    """Ends this process after so many seconds, within a library, too; 0 takes that back."""
    import signal

    if hasattr(signal, "alarm"):
        signal.alarm(seconds)  # whose default action is that
    else:  # Windows
        import faulthandler

        faulthandler.cancel_dump_traceback_later()
        if seconds:
            faulthandler.dump_traceback_later(seconds, exit=True)


def _confine() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        pass  # time is bounded all the same
