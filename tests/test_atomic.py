"""A file is written whole or not at all, and what is no file stays what it is."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from linkcheck import atomic


def test_a_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text("old")
    path.chmod(0o640)
    atomic.write(path, [b"ne", b"w"])
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", 0o640)
    assert list(tmp_path.iterdir()) == [path]


def test_what_stood_there_still_does_when_the_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text("old")

    def pieces() -> object:
        yield b"half"
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        atomic.write(path, pieces())  # type: ignore[arg-type]
    assert (path.read_text(), list(tmp_path.iterdir())) == ("old", [path])


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("old")
    link = tmp_path / "link.md"
    link.symlink_to("real.md")
    atomic.write(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "real.md").read_bytes() == b"new"


def test_a_link_to_itself_is_an_error_of_the_disk(tmp_path: Path) -> None:
    link = tmp_path / "loop.md"
    link.symlink_to("loop.md")
    with pytest.raises(OSError, match="symbolic links"):
        atomic.write(link, b"new")


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    # `-o /dev/null`, run as root, would otherwise put a file in the device's place.
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reader.start()
    atomic.write(pipe, b"words")
    reader.join(60)
    assert (read, stat.S_ISFIFO(pipe.stat().st_mode)) == ([b"words"], True)
