"""``snapshots.jsonl``, the lock file for sources: one JSON object a line, for people to review in git.

Each line ends with a checksum of itself, for nothing else proves what it says of an archive of others, or anything in
a checkout without WARC files. A line written by hand needs none.

A line is a snapshot, or the bad looks at one source since it last answered, so that a fresh checkout without
``history.sqlite`` goes on counting. A source that answers has no such line.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from linkcheck.archives.disk import read_text, write_atomically
from linkcheck.archives.warc import one_line
from linkcheck.clock import iso, parse_iso
from linkcheck.errors import ArchiveError
from linkcheck.judge.streak import is_bad, since_success
from linkcheck.model import FailureKind, Look, Snapshot
from linkcheck.uri import surt

_KEYS = tuple(field.name for field in fields(Snapshot))
_NUMBERS = ("status", "length", "offset")
_NEEDED = ("uri_r", "uri_m", "captured_at", "archive", "status", "digest")
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")

MOST_LOOKS = 8
"""Looks kept of a source, the oldest and the newest: as many as three of them three days apart need at one a day."""

Looks = Mapping[str, Sequence[Look]]
"""Bad looks by URI-R, oldest first."""


def path(root: Path) -> Path:
    """Where it lies."""
    return root / "snapshots.jsonl"


def load(root: Path) -> tuple[Snapshot, ...]:
    """The snapshots that stand in it, in their order; nothing if it is not there.

    Raises:
        ArchiveError: it cannot be read; names file and line.
    """
    return parse(read_text(path(root)), str(path(root)))


def load_looks(root: Path) -> dict[str, tuple[Look, ...]]:
    """The bad looks that stand in it, by URI-R, oldest first.

    Raises:
        ArchiveError: it cannot be read; names file and line.
    """
    return parse_looks(read_text(path(root)), str(path(root)))


def add(root: Path, fresh: Iterable[Snapshot], looks: Looks | None = None) -> None:
    """Puts further snapshots in, and the looks at some sources in place of those that stand there; none drop a line.

    Raises:
        ArchiveError: it cannot be read or written.
    """
    standing = load_looks(root)
    write_atomically(path(root), render([*load(root), *fresh], {**standing, **(looks or {})}))


def streak(looks: Iterable[Look]) -> tuple[Look, ...]:
    """What is kept of the looks at a source: the bad ones since it last answered, one a day, a few.

    One a day, so that a run every hour changes a line once a day: the first of it, which is the furthest from the next.
    """
    by_day: dict[object, Look] = {}
    for look in since_success(sorted(looks, key=lambda look: look.observed_at)):
        if is_bad(look):
            by_day.setdefault(look.observed_at.date(), look)
    kept = list(by_day.values())
    return tuple(kept if len(kept) <= MOST_LOOKS else [kept[0], *kept[1 - MOST_LOOKS :]])


def render(snapshots: Iterable[Snapshot], looks: Looks | None = None) -> str:
    """The whole file: sorted by SURT, date and URI-M, the looks at a source after its snapshots.

    Keys are in the order of :class:`Snapshot`. Of snapshots with one URI-M the first stays, so that a memento found
    again changes no line.
    """
    by_place: dict[str, Snapshot] = {}
    for snapshot in snapshots:
        by_place.setdefault(snapshot.uri_m, snapshot)
    ordered = [
        ((surt(shot.uri_r), 0, shot.captured_at, shot.uri_m), _snapshot_line(shot)) for shot in by_place.values()
    ]
    for uri_r, seen in (looks or {}).items():
        kept = streak(seen)
        if kept:
            ordered.append(((surt(uri_r), 1, kept[0].observed_at, uri_r), _looks_line(uri_r, kept)))
    return "".join(line + "\n" for _, line in sorted(ordered))


def parse(text: str, name: str) -> tuple[Snapshot, ...]:
    """The snapshots of a file, in its order.

    Raises:
        ArchiveError: a line cannot be read; says which, in the file called ``name``.
    """
    return tuple(_snapshot(values) for values in _lines(text, name) if "looks" not in values)


def examine(root: Path) -> tuple[tuple[Snapshot, ...], tuple[tuple[str, str], ...]]:
    """The snapshots that stand in it, and what is wrong with every line that cannot be read: its URI-R if that can be
    made out, and what is wrong, with file and line.

    Raises:
        ArchiveError: the file cannot be read at all.
    """
    name, good, faults = str(path(root)), [], []
    for number, line in enumerate(read_text(path(root)).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            values = _values(line, f"{name}:{number}")
        except ArchiveError as error:
            named = re.search(r'"uri_r": "([^"]+)"', line)
            faults.append((named[1] if named else "", str(error)))
        else:
            good += [] if "looks" in values else [_snapshot(values)]
    return tuple(good), tuple(faults)


def parse_looks(text: str, name: str) -> dict[str, tuple[Look, ...]]:
    """The bad looks of a file, by URI-R, oldest first. Two lines of one source, as a merge leaves them, count as one.

    Raises:
        ArchiveError: as :func:`parse`.
    """
    found: dict[str, set[Look]] = {}
    for values in _lines(text, name):
        if "looks" in values:
            found.setdefault(values["uri_r"], set()).update(map(_look, values["looks"]))
    return {uri_r: tuple(sorted(looks, key=lambda look: look.observed_at)) for uri_r, looks in found.items()}


def _snapshot_line(snapshot: Snapshot) -> str:
    values: dict[str, str | int] = {}
    for key in _KEYS:
        value = getattr(snapshot, key)
        values[key] = (
            iso(value) if isinstance(value, datetime) else one_line(value) if isinstance(value, str) else value
        )
    return _checked(json.dumps(values, ensure_ascii=False))


def _looks_line(uri_r: str, looks: Sequence[Look]) -> str:
    seen = [
        {"at": iso(look.observed_at), **({"failure": look.failure} if look.failure else {"status": look.status})}
        for look in looks
    ]
    return _checked(json.dumps({"uri_r": one_line(uri_r), "looks": seen}, ensure_ascii=False))


_CHECKED = re.compile(r'(.*), "check": "([0-9a-f]{8})"\}', re.DOTALL)


def _checked(line: str) -> str:
    """The line with its checksum: CRC-32 of all that stands before it. It is against accidents, not against forgers."""
    said = line.removesuffix("}")
    return f'{said}, "check": "{zlib.crc32(said.encode()):08x}"}}'


def _lines(text: str, name: str) -> Iterator[dict[str, Any]]:
    """The values of every line, found without fault."""
    # Not splitlines(): a title may hold U+2028, which JSON leaves as it is.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _values(line, f"{name}:{number}")


def _values(line: str, where: str) -> dict[str, Any]:
    if line.startswith(_CONFLICT):
        raise ArchiveError(
            f"{where}: a merge was left unfinished here. Every line stands for itself, and both sides may stay: "
            "delete the lines of conflict markers and run again."
        )
    try:
        values = json.loads(line)
    except ValueError as error:
        raise ArchiveError(f"{where}: this line is no JSON ({error}). {_WAY_OUT}") from None
    if isinstance(values, dict) and "check" in values:
        stated = _CHECKED.fullmatch(line)
        if not stated or stated[2] != f"{zlib.crc32(stated[1].encode()):08x}":
            raise ArchiveError(
                f"{where}: this line was changed after it was written, its check does not fit. {_WAY_OUT} "
                'If you changed it on purpose, take its "check" out.'
            )
        del values["check"]
    fault = _fault(values)
    if fault:
        raise ArchiveError(f"{where}: {fault}. {_WAY_OUT}")
    return cast("dict[str, Any]", values)


def _snapshot(values: dict[str, Any]) -> Snapshot:
    return Snapshot(**{**values, "captured_at": parse_iso(values["captured_at"])})


def _look(said: dict[str, Any]) -> Look:
    failure = FailureKind(said["failure"]) if "failure" in said else None
    return Look(parse_iso(said["at"]), said.get("status"), failure)


_WAY_OUT = "Restore the line from version control, or delete it."


def _fault(values: object) -> str:
    """What keeps a line from being a snapshot; "" if nothing does."""
    if not isinstance(values, dict):
        return "this line is no JSON object"
    if "looks" in values:
        return _fault_of_looks(values)
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
    if not _is_url(values["uri_r"]):
        return f"'uri_r' is no URL: {values['uri_r']!r}"
    # The name comes from a file that may be a stranger's: it may not lead out of the archive.
    if values.get("warc") and not re.fullmatch(r"warcs/[^/\\\0]+\.warc\.gz", values["warc"]):
        return f"'warc' is no file of this archive: {values['warc']!r}"
    return ""


def _fault_of_looks(values: dict[str, Any]) -> str:
    """What keeps a line from being the bad looks at a source."""
    strange = sorted(values.keys() - {"uri_r", "looks"})
    if strange:
        return f"the key {strange[0]!r} does not belong beside 'looks'"
    if not isinstance(values.get("uri_r"), str) or not _is_url(values["uri_r"]):
        return f"'uri_r' is no URL: {values.get('uri_r')!r}"
    if not isinstance(values["looks"], list):
        return "'looks' must be a list"
    for said in values["looks"]:
        try:
            whole = isinstance(said, dict) and set(said) in ({"at", "failure"}, {"at", "status"})
            if not whole or type(said.get("status", 0)) is not int:
                raise ValueError
            _look(said)
        except (TypeError, ValueError):
            return f"a look has a date 'at' and either a 'failure' or a 'status', not {said!r}"
    return ""


def _is_url(text: str) -> bool:
    try:
        surt(text)
    except ValueError:
        return False
    return True
