"""Pictures of captured pages laid to the findings of a report: which belongs to which, and which are shown. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from linkcheck.archives.captures import Entry
from linkcheck.archives.pictures import Drawn
from linkcheck.errors import ArchiveError
from linkcheck.images import image_of
from linkcheck.memento import cited_capture
from linkcheck.model import Finding, Picture, Report, Snapshot, State

MOST_BYTES = 15_000_000
"""Of all pictures in one report: 20 MB of a page, where they stand as base64."""

MOST_OF_ONE = 4_000_000
"""Bytes of one of them: a picture of a long page as it was drawn takes that much, and the smaller one a tenth."""

_Album = Mapping[tuple[str, datetime], Drawn]
_Read = Callable[[Entry], bytes]


def illustrated(report: Report, album: _Album, read: _Read | None = None) -> Report:
    """The report with the pictures that are kept of its snapshots.

    Args:
        report: its findings have none yet.
        album: what is kept.
        read: gives the bytes of a picture, or raises ArchiveError. With it the pictures that a card shows get their
            bytes, the worst citations first, until :data:`MOST_BYTES`. Without it they are only named.
    """
    if not album:
        return report
    belongs = _belonging(report.findings, album)
    if not belongs:
        return report
    findings = [_named(finding, belongs) for finding in report.findings]
    if read is not None:
        shown = _Shown(read, {drawn.whole: drawn for drawn in album.values()})
        worst_first = sorted(range(len(findings)), key=lambda place: findings[place].verdict.state.rank)
        for place in worst_first:
            findings[place] = shown.filled(findings[place])
    return replace(report, findings=tuple(findings))


def _belonging(findings: Sequence[Finding], album: _Album) -> dict[str, Drawn]:
    """By URI-M what was drawn of our captures: the picture of its own second, or of another one of the same bytes.

    So a source that is captured again without ``--render`` and has not changed keeps its picture, and so do two
    sources that lead to one page, which is drawn once a run.
    """
    own = {shot.uri_m: shot for finding in findings for shot in finding.snapshots if shot.archive == "local"}
    found: dict[str, Drawn] = {}
    same: dict[tuple[str, str], Drawn] = {}
    for uri_m, shot in own.items():
        drawn = album.get((_page(shot), shot.captured_at))
        if drawn is not None:
            found[uri_m] = same[_page(shot), shot.digest] = drawn
    for uri_m, shot in own.items():
        if uri_m not in found and shot.digest and (_page(shot), shot.digest) in same:
            found[uri_m] = same[_page(shot), shot.digest]
    return found


def _page(shot: Snapshot) -> str:
    return shot.final_url or shot.uri_r


def _named(finding: Finding, belongs: Mapping[str, Drawn]) -> Finding:
    pictures = tuple(
        Picture(shot.uri_m, whole.moment, whole.uri, whole.media_type, whole.warc, whole.offset)
        for shot in finding.snapshots
        if shot.uri_m in belongs
        for whole in (belongs[shot.uri_m].whole,)
    )
    return replace(finding, pictures=pictures) if pictures else finding


class _Shown:
    """The bytes that a report shows, each picture once however often its source is cited."""

    def __init__(self, read: _Read, drawn: Mapping[Entry, Drawn]) -> None:
        self._read = read
        self._drawn = {(whole.warc, whole.offset): each for whole, each in drawn.items()}
        self._known: dict[tuple[str, int], tuple[bytes, str]] = {}
        self._room = MOST_BYTES

    def filled(self, finding: Finding) -> Finding:
        if not finding.pictures:
            return finding
        wanted = set(_wanted(finding))
        pictures = tuple(self._with_bytes(each) if each.uri_m in wanted else each for each in finding.pictures)
        return replace(finding, pictures=pictures)

    def _with_bytes(self, picture: Picture) -> Picture:
        place = (picture.warc, picture.offset)
        if place not in self._known:
            self._known[place] = self._bytes(self._drawn[place])
        content, left_out = self._known[place]
        return replace(picture, content=content, left_out=left_out)

    def _bytes(self, drawn: Drawn) -> tuple[bytes, str]:
        """What is shown of it, or why nothing is: the small picture, and where that is none the whole one."""
        why = ""
        for entry in filter(None, (drawn.small, drawn.whole)):
            # A picture is compressed as it is: its record is about as long, and need not be read to be found too long.
            if entry.length > min(MOST_OF_ONE, self._room):
                why = _too_large(entry.length)
                continue
            try:
                content = self._read(entry)
            except ArchiveError:  # verify says what is damaged, and where
                why = "its record is damaged or not here"
                continue
            if image_of(content) is None:
                why = "its record holds no whole PNG, JPEG or WebP"
            elif len(content) > min(MOST_OF_ONE, self._room):
                why = _too_large(len(content))
            else:
                self._room -= len(content)
                return content, ""
        return b"", why


def _too_large(size: int) -> str:
    return f"left out for its size ({size / 1e6:.1f} MB), to keep this file small"


def _wanted(finding: Finding) -> Iterator[str]:
    """URI-M of the captures whose picture a card shows: what was cited, and where that drifted the newest, too."""
    having = {picture.uri_m for picture in finding.pictures}
    shots = [shot for shot in finding.snapshots if shot.uri_m in having]
    newest = max(shots, key=lambda shot: (shot.captured_at, shot.uri_m))
    cited = cited_capture(shots, finding.citation.accessed) or newest
    yield cited.uri_m
    if finding.verdict.state is State.DRIFTED and newest.digest != cited.digest:
        yield newest.uri_m
