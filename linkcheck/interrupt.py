"""Ctrl-C without torn work: where something must be finished first, it waits for the end of a ``shielded`` block."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Interrupt:
    """Remembers that the user wants to stop.

    ``cli`` makes :meth:`signal` the handler of SIGINT and SIGTERM. Outside of a shielded block it raises at once,
    so a slow answer of somebody's server holds nobody up; inside, where C code calls back into Python (an exception
    raised there is printed and lost by pycurl) or a record is half written, it is raised at the end of the block.
    """

    def __init__(self) -> None:
        self._shields = 0
        self._requested = False

    def signal(self, *_: object) -> None:
        """Raises KeyboardInterrupt now, or at the end of the shielded block."""
        self._requested = True
        if not self._shields:
            self._raise()

    @contextmanager
    def shielded(self) -> Iterator[None]:
        """A block that is finished before an interrupt is raised. Keep it well under a second."""
        self._shields += 1
        try:
            yield
        finally:
            self._shields -= 1
            if self._requested and not self._shields:
                self._raise()

    def _raise(self) -> None:
        self._requested = False
        raise KeyboardInterrupt
