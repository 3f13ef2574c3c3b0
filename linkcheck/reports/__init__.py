"""Report formats: one file each, found by itself; a text in, a text out, no disk.

A member is a module of this folder whose name has no leading underscore. It has ``NAME`` (equal to the module's
name), ``SUFFIX`` (of a file in that format) and ``render``. It imports what is heavy (rich, Jinja2) inside functions,
so that asking for names or suffixes stays cheap. ``tests/reports/test_contract.py`` runs over every member.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Protocol, cast

from linkcheck.errors import SettingsError
from linkcheck.model import Report


class Format(Protocol):
    """What a member offers."""

    NAME: str
    SUFFIX: str

    def render(self, report: Report, *, width: int = 100, colour: bool = False) -> str:
        """The report as text that ends with a newline and can be encoded as UTF-8, whatever a page said.

        ``width`` is in terminal columns, ``colour`` asks for ANSI colours; members ignore what they do not need.
        Equal reports give equal texts.
        """
        ...


def names() -> tuple[str, ...]:
    """The formats there are, in alphabetical order."""
    return tuple(sorted(name for _, name, _ in pkgutil.iter_modules(__path__) if not name.startswith("_")))


def member(name: str) -> Format:
    """The format of that name.

    Raises:
        SettingsError: there is none; the message names the nearest, or all.
    """
    known = names()
    if name not in known:
        near = get_close_matches(name, known, n=1)
        way_out = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}."
        raise SettingsError(f"no report format is called {name!r}; {way_out}")
    return cast(Format, importlib.import_module(f"{__name__}.{name}"))


def suffixes() -> tuple[str, ...]:
    """The endings of files in the formats, shortest first."""
    return tuple(sorted((member(name).SUFFIX for name in names()), key=lambda suffix: (len(suffix), suffix)))


def render(name: str, report: Report, *, width: int = 100, colour: bool = False) -> str:
    """The report in the format of that name; see :meth:`Format.render`.

    Raises:
        SettingsError: no format has that name.
    """
    return member(name).render(report, width=width, colour=colour)


def pieces(name: str, report: Report, *, width: int = 100, colour: bool = False) -> Iterator[str]:
    """The same text piece by piece, for formats that can; a large report need not be held as one text.

    Raises:
        SettingsError: no format has that name.
    """
    made = getattr(member(name), "pieces", None)
    if made is None:
        yield render(name, report, width=width, colour=colour)
    else:
        yield from made(report, width=width, colour=colour)


def format_for(path_or_suffix: str) -> str | None:
    """The name of the format that a file of that name is in (``report.html``, ``.html``); None if none claims it.

    The longest ending counts.
    """
    lowered = path_or_suffix.lower()
    claims = [(member(name).SUFFIX, name) for name in names() if lowered.endswith(member(name).SUFFIX)]
    # "report.badge.json" is the badge's, though it ends as JSON does.
    return max(claims, key=lambda claim: len(claim[0]))[1] if claims else None
