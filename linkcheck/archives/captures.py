"""A finished capture and its snapshot: what the last record must say so that the WARC alone gives the line. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from linkcheck.archives import warc
from linkcheck.archives.reading import Gap, Record, facts
from linkcheck.model import Observation, Snapshot

REVISIT = "warc/revisit"


@dataclass(frozen=True, slots=True)
class Entry:
    """A response or revisit record: what the index says of it.

    Attributes:
        media_type: ``warc/revisit`` of a revisit, "" where the server named none.
        length, offset: compressed bytes.
        warc: file relative to ``archive/``.
        refers_to: file and offset of a revisit's original, ("", 0) of a response. The index does not hold it.
    """

    uri: str
    moment: datetime
    media_type: str
    status: int
    digest: str
    length: int
    offset: int
    warc: str
    refers_to: tuple[str, int] = ("", 0)


def page_facts(seen: Observation, tool: str) -> warc.Fields:
    """What the metadata record says: all of a snapshot that cannot be read from the response itself."""
    return [
        ("uri-r", warc.public(seen.uri_r)),
        ("final-url", warc.public(seen.final_url)),
        ("media-type", warc.one_line(seen.media_type)),
        ("title", warc.one_line(seen.page.title) if seen.page else ""),
        ("fingerprint", seen.page.fingerprint if seen.page else ""),
        ("tool", tool),
    ]


def found_in(records: Iterable[Record | Gap], name: str) -> Iterator[Entry | Snapshot | Gap]:
    """What the records of the file ``name`` (``warcs/…``) hold, in their order, one at a time.

    An entry for every response and revisit, then a snapshot for each finished capture; gaps as they are.
    """
    answer: Record | None = None
    for record in records:
        if isinstance(record, Gap):
            yield record
        elif record.kind in ("response", "revisit"):
            answer = record
            yield _entry(record, name)
        elif record.kind == "resource":
            yield _entry(record, name)
        elif record.kind == "metadata" and answer and _belongs(record, answer):
            yield _rebuilt(answer, facts(record), name)


def _entry(record: Record, name: str) -> Entry:
    written = record.fields.get("content-type", "") if record.kind == "resource" else record.header("content-type")
    media_type = written.partition(";")[0].strip().lower()
    return Entry(
        uri=record.uri,
        moment=record.moment,
        media_type=REVISIT if record.kind == "revisit" else media_type,
        status=record.status,
        digest=record.fields["warc-payload-digest"],
        length=record.length,
        offset=record.offset,
        warc=name,
        refers_to=warc.refers_to(record.fields),
    )


def _belongs(record: Record, answer: Record) -> bool:
    return record.fields.get("warc-concurrent-to") == answer.fields["warc-record-id"]


def _rebuilt(answer: Record, said: dict[str, str], name: str) -> Snapshot:
    return Snapshot(
        uri_r=said.get("uri-r", ""),
        uri_m=f"{name}#{answer.offset}",
        captured_at=answer.moment,
        archive="local",
        status=answer.status,
        digest=answer.fields["warc-payload-digest"],
        media_type=said.get("media-type", ""),
        title=said.get("title", ""),
        fingerprint=said.get("fingerprint", ""),
        length=int(answer.header("content-length")),
        final_url=said.get("final-url", ""),
        warc=name,
        offset=answer.offset,
        tool=said.get("tool", ""),
    )
