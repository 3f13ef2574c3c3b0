"""What a person at a terminal sees of a run, and what a log keeps of it: real processes on a pseudo-terminal."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pyte
import pytest

from linkcheck import wiring
from linkcheck.commands._running import later
from linkcheck.ports import Step, begun
from linkcheck.progress import lined
from tests.command import program
from tests.readme import ROOT
from tests.servers import Server, Wire, html, serving

LOOPBACK = ("--allow-private", "127.0.0.1")


class Terminal:
    """A pseudo-terminal with a process's stderr on it, and a screen that shows what stands there."""

    def __init__(
        self, folder: Path, words: list[str], arguments: list[str], *, columns: int, env: dict[str, str]
    ) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.process = subprocess.Popen(
            [*words, *arguments], cwd=folder, stdin=slave, stdout=subprocess.DEVNULL,
            stderr=slave, env=_environment(env),
        )  # fmt: skip
        os.close(slave)
        self.screen = pyte.Screen(columns, 24)
        self._stream = pyte.ByteStream(self.screen)
        self.written = b""

    @property
    def shown(self) -> list[str]:
        return [line.rstrip() for line in self.screen.display if line.strip()]

    def read(self) -> bool:
        """Takes in what was written; False at the end."""
        try:
            piece = os.read(self._master, 4096)
        except OSError:  # so ends a pseudo-terminal on Linux
            piece = b""
        self.written += piece
        self._stream.feed(piece)
        return bool(piece)

    def until(self, pattern: str) -> str:
        """Reads on till the screen shows this."""
        while self.read():
            if re.search(pattern, text := "\n".join(self.shown)):
                return text
        raise AssertionError(f"{pattern} was never shown: {self.written!r}")

    def end(self) -> None:
        while self.read():
            pass
        self.process.wait(60)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._master)


@contextmanager
def terminal(
    folder: Path,
    arguments: list[str],
    *,
    words: list[str] | None = None,
    columns: int = 80,
    env: dict[str, str] | None = None,
) -> Iterator[Terminal]:
    """A terminal whose process has ended when the block has, whatever happens there; ``words`` are the program."""
    opened = Terminal(folder, words or program(), arguments, columns=columns, env=env or {})
    try:
        yield opened
    finally:
        opened.close()


def _environment(env: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("CI", "NO_COLOR", "COLUMNS", "LINES")}
    return {**kept, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **env}


@contextmanager
def waiting(tmp_path: Path) -> Iterator[tuple[Server, list[str], threading.Event]]:
    """A world of two hosts where one page answers, and another one not before it is told to."""
    go = threading.Event()

    def late(wire: Wire) -> None:
        go.wait(120)
        wire.send(html("Late", "words"))

    (tmp_path / "linkcheck.toml").write_text("spacing = 0\n")
    with serving({"/alive": html("Alive", "words"), "/late": late, "/later": late}) as server:
        port = server.url.rpartition(":")[2]
        named = f"http://source.example:{port}"
        resolved = f"source.example:{port}:127.0.0.1"
        urls = [f"{server.url}/alive", f"{named}/late", f"{named}/later"]
        try:
            yield server, ["check", *urls, *LOOPBACK, "--resolve", resolved], go
        finally:
            go.set()


@pytest.mark.parametrize("columns", [32, 80, 200])
def test_a_terminal_shows_counts_and_who_is_waited_for_within_its_width(tmp_path: Path, columns: int) -> None:
    # The end of the last line is waited for, too: what is read may be the first half of what is drawn.
    waited = r"waiting for: source\.example(:\d+ \(2 left\)|.*…)$"
    with waiting(tmp_path) as (_, arguments, go), terminal(tmp_path, arguments, columns=columns) as seen:
        text = seen.until(rf"1/3 [\s\S]*{waited}")
        assert "  1 alive" in text
        assert len(seen.shown) == 3, "no line is broken in two"
        assert ("━" in text) is (columns > 32), "where there is no room for a bar, counts come first"
        assert ("…" in text) is (columns == 32)
        go.set()
        seen.end()
        assert seen.shown == []
        assert (seen.screen.cursor.x, seen.screen.cursor.y) == (0, 0), "no empty lines are left either"
        assert seen.process.returncode == 0


def test_ctrl_c_leaves_the_terminal_as_it_was(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "linkcheck"]
    with waiting(tmp_path) as (_, arguments, _go), terminal(tmp_path, arguments, words=words) as seen:
        seen.until(r"1/3")
        seen.process.send_signal(signal.SIGINT)
        seen.end()
    assert seen.process.returncode == 130
    assert seen.shown == []
    assert seen.written.rfind(b"\x1b[?25h") > seen.written.rfind(b"\x1b[?25l"), "the cursor is seen again"
    assert not seen.screen.cursor.hidden


def test_no_color_takes_the_colours_and_leaves_the_words(tmp_path: Path) -> None:
    written = []
    with waiting(tmp_path) as (_, arguments, go):
        go.set()
        for env in ({}, {"NO_COLOR": "1"}):
            with terminal(tmp_path, arguments, env=env) as seen:
                seen.end()
            written.append(seen.written)
    coloured, plain = written
    colour = re.compile(rb"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9\d)[;\dm]")
    assert colour.search(coloured)
    assert b"checking" in plain
    assert not colour.search(plain)


@pytest.mark.parametrize("how", [("--quiet", {}), ("-q", {}), ("", {"CI": "true"}), ("", {"TERM": "dumb"})])
def test_nothing_is_drawn_where_nobody_looks(tmp_path: Path, how: tuple[str, dict[str, str]]) -> None:
    option, env = how
    with waiting(tmp_path) as (_, arguments, go):
        go.set()
        with terminal(tmp_path, [*arguments, *([option] if option else [])], env=env) as seen:
            seen.end()
    assert seen.written == b""


def test_quiet_still_says_what_is_wrong(tmp_path: Path) -> None:
    with terminal(tmp_path, ["check", "nowhere.md", "--quiet"]) as seen:
        seen.end()
    assert b"nowhere.md" in seen.written


# ---------------------------------------------------------------- logs


class SetClock:
    """A clock that stands until it is set."""

    seconds = 1000.0

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.seconds, UTC)

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


def test_a_log_gets_one_line_a_minute() -> None:
    clock, stream = SetClock(), io.StringIO()
    urls = [f"https://example.org/{number}" for number in range(1000)]
    with lined(stream, clock) as tell:
        tell(begun("checking", urls))
        for done, url in enumerate(urls, 1):
            clock.sleep(0.25)
            tell(Step("checking", done, len(urls), url, ("alive",)))
    assert stream.getvalue().splitlines() == [
        f"linkcheck: checking: {done} of 1,000; 4.0/s, about {left} left; {done} alive; "
        f"waiting for: example.org ({1000 - done} left)"
        for done, left in ((240, "3:10"), (480, "2:10"), (720, "1:10"), (960, "0:10"))
    ]


def test_what_a_document_is_called_commands_neither_terminal_nor_log() -> None:
    """A pull request may bring a file whose name is a command of the CI that reads its log."""
    clock, stream = SetClock(), io.StringIO()
    with lined(stream, clock) as tell:
        tell(Step("reading", 1, 3, "a.md"))
        clock.sleep(61)
        tell(Step("reading", 2, 3, "a\n::error::b\x1b[2J.md"))
    (line,) = stream.getvalue().splitlines()
    assert line.startswith("linkcheck: reading: 2 of 3")
    assert line.isprintable()


def test_a_run_of_less_than_a_minute_leaves_no_line() -> None:
    clock, stream = SetClock(), io.StringIO()
    with lined(stream, clock) as tell:
        for done in range(1, 60):
            clock.sleep(1)
            tell(Step("checking", done, 59, "https://example.org/"))
    assert stream.getvalue() == ""


def test_reading_is_shown_only_where_it_takes_longer_than_a_second() -> None:
    clock, told = SetClock(), list[int]()
    tell = later(lambda: lambda step: told.append(step.done), clock)
    tell(Step("reading", 0, 3, "a.md"))
    assert told == []
    clock.sleep(1)
    tell(Step("reading", 1, 3, "b.md"))
    tell(Step("reading", 2, 3, "c.md"))
    assert told == [1, 2]


def test_of_many_documents_it_is_told_which_is_read_and_of_how_many(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("See https://a.example/.\n")
    told: list[Step] = []
    named = [str(tmp_path), "https://b.example/", str(tmp_path / "a.md"), str(tmp_path / "gone.md")]
    wiring.gather(named, io.BytesIO(), on_step=told.append)
    assert [(step.done, step.total, Path(step.label).name) for step in told] == [
        (0, 4, "a.md"),
        (1, 4, "b.md"),
        (2, 4, "<arguments>"),
        (3, 4, "gone.md"),
    ]
