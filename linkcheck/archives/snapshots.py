"""``snapshots.jsonl``, the lock file for sources: one JSON object a line, for people to review in git."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from pathlib import Path

from linkcheck.archives.disk import read_text, write_atomically
from linkcheck.archives.warc import one_line
from linkcheck.clock import iso, parse_iso
from linkcheck.errors import ArchiveError
from linkcheck.model import Snapshot
from linkcheck.uri import surt

_KEYS = tuple(field.name for field in fields(Snapshot))
_NUMBERS = ("status", "length", "offset")
_NEEDED = ("uri_r", "uri_m", "captured_at", "archive", "status", "digest")
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


def path(root: Path) -> Path:
    """Where it lies."""
    return root / "snapshots.jsonl"


def load(root: Path) -> tuple[Snapshot, ...]:
    """What stands in it, in its order; nothing if it is not there.

    Raises:
        ArchiveError: it cannot be read; names file and line.
    """
    return parse(read_text(path(root)), str(path(root)))


def add(root: Path, fresh: Iterable[Snapshot]) -> None:
    """Puts further snapshots in.

    Raises:
        ArchiveError: it cannot be read or written.
    """
    write_atomically(path(root), render([*load(root), *fresh]))


def render(snapshots: Iterable[Snapshot]) -> str:
    """The whole file: sorted by SURT, date and URI-M, keys in the order of :class:`Snapshot`.

    Of snapshots with one URI-M the first stays, so that a memento found again changes no line.
    """
    by_place: dict[str, Snapshot] = {}
    for snapshot in snapshots:
        by_place.setdefault(snapshot.uri_m, snapshot)
    ordered = sorted(by_place.values(), key=_order)
    return "".join(_line(snapshot) + "\n" for snapshot in ordered)


def parse(text: str, name: str) -> tuple[Snapshot, ...]:
    """The snapshots of a file, in its order.

    Raises:
        ArchiveError: a line cannot be read; says which, in the file called ``name``.
    """
    # Not splitlines(): a title may hold U+2028, which JSON leaves as it is.
    lines = enumerate(text.split("\n"), start=1)
    return tuple(_snapshot(line, f"{name}:{number}") for number, line in lines if line.strip())


def _order(snapshot: Snapshot) -> tuple[str, datetime, str]:
    return surt(snapshot.uri_r), snapshot.captured_at, snapshot.uri_m


def _line(snapshot: Snapshot) -> str:
    values: dict[str, str | int] = {}
    for key in _KEYS:
        value = getattr(snapshot, key)
        values[key] = (
            iso(value) if isinstance(value, datetime) else one_line(value) if isinstance(value, str) else value
        )
    return json.dumps(values, ensure_ascii=False)


def _snapshot(line: str, where: str) -> Snapshot:
    if line.startswith(_CONFLICT):
        raise ArchiveError(
            f"{where}: a merge was left unfinished here. Every line is one snapshot, and both sides may stay: "
            "delete the lines of conflict markers and run again."
        )
    try:
        values = json.loads(line)
    except ValueError as error:
        raise ArchiveError(f"{where}: this line is no JSON ({error}). {_WAY_OUT}") from None
    fault = _fault(values)
    if fault:
        raise ArchiveError(f"{where}: {fault}. {_WAY_OUT}")
    return Snapshot(**{**values, "captured_at": parse_iso(values["captured_at"])})


_WAY_OUT = "Restore the line from version control, or delete it."


def _fault(values: object) -> str:
    """What keeps a line from being a snapshot; "" if nothing does."""
    if not isinstance(values, dict):
        return "this line is no JSON object"
    for key in _NEEDED:
        if key not in values:
            return f"the key {key!r} is missing"
    for key, value in values.items():
        if key not in _KEYS:
            return f"the key {key!r} is not known to this version of linkcheck"
        if key in _NUMBERS and (type(value) is not int or value < 0):
            return f"{key!r} must be a whole number"
        if key not in _NUMBERS and not isinstance(value, str):
            return f"{key!r} must be a text"
    try:
        parse_iso(values["captured_at"])
    except ValueError:
        return f"'captured_at' is no date: {values['captured_at']!r}"
    try:
        surt(values["uri_r"])
    except ValueError:
        return f"'uri_r' is no URL: {values['uri_r']!r}"
    # The name comes from a file that may be a stranger's: it may not lead out of the archive.
    if values.get("warc") and not re.fullmatch(r"warcs/[^/\\\0]+\.warc\.gz", values["warc"]):
        return f"'warc' is no file of this archive: {values['warc']!r}"
    return ""
