"""Writing that a crash or a full disk cannot leave half done, and its failures in words."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from linkcheck import atomic
from linkcheck.errors import ArchiveError


@contextmanager
def in_words(path: Path, doing: str) -> Iterator[None]:
    """Turns an OSError into an :class:`ArchiveError` that says what could not be done, where and why."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            why = "the disk is full. What was finished before is kept; make room and run again"
        else:
            why = error.strerror or str(error)
        raise ArchiveError(f"{path} cannot be {doing}: {why}.") from error


def write_atomically(path: Path, text: str) -> None:
    """Replaces a file whole or not at all; leaves it untouched where it says so already.

    Raises:
        ArchiveError: it cannot be written.
    """
    content = text.encode()
    with in_words(path, "written"):
        if path.exists() and path.read_bytes() == content:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(path, content)
        sync_directory(path.parent)


def sync_directory(path: Path) -> None:
    """Makes renames in a directory outlast a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_text(path: Path) -> str:
    """The text of a file; "" if there is none.

    Raises:
        ArchiveError: it cannot be read, or is not UTF-8.
    """
    with in_words(path, "read"):
        try:
            # Not read_text(): it takes a lone CR for a line end, and so would hide a changed byte.
            return path.read_bytes().decode()
        except FileNotFoundError:
            return ""
        except UnicodeDecodeError as error:
            raise ArchiveError(f"{path} is damaged: byte {error.start} is not UTF-8.") from None
