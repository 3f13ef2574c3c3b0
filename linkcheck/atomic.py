"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

SUFFIX = ".new"
"""Of a file that is being written; its name begins with a dot and that of the file it will replace."""


def write(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Puts ``content``, whole or in pieces, at ``path``: a reader finds the old file or the new one, never half of one.

    Raises:
        OSError: it cannot be written; what stood there still does.
    """
    with opened(path) as stream:
        for piece in (content,) if isinstance(content, bytes) else content:
            stream.write(piece)


@contextlib.contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """As :func:`write`, for those who write to a stream; it takes its name when the block ends without an error.

    What is no file (``/dev/null``, ``/dev/stdout``, a named pipe) is written to and stays what it is; a symbolic link
    stays one, and the file behind it is replaced. Mode, owner and group stay, as far as we may give files away.

    Raises:
        OSError: it cannot be written; what stood there still does.
    """
    path = Path(os.path.realpath(path))
    if path.is_symlink():  # it leads to itself
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:
            yield stream
        return
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=SUFFIX)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "w+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            _dress(fresh, path.stat())
        else:
            fresh.chmod(0o666 & ~_umask())
        fresh.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise


def _dress(fresh: Path, like: os.stat_result) -> None:
    """Owner and group first: to give a file away may take bits of its mode."""
    own = fresh.stat()
    for uid, gid in ((like.st_uid, -1), (-1, like.st_gid)):
        if (uid if gid == -1 else gid) != (own.st_uid if gid == -1 else own.st_gid):
            with contextlib.suppress(OSError, AttributeError):  # another's file; Windows has no owners of this kind
                os.chown(fresh, uid, gid)
    fresh.chmod(like.st_mode & 0o777)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
