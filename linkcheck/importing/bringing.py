"""Captures of other tools, taken into our own archive by our own rules.

Every file is read to its end and proved before anything is written, so that a broken one changes nothing at all. Then:

- Every HTTP response that a GET brought becomes a record of ours, with the request beside it where that is there too.
  A revisit becomes the response that it stands for, or again a revisit of ours.
- A page becomes a snapshot: its status is 2xx, and it was cited; or, where no documents were named, its WACZ lists it,
  or its type is one that people cite (HTML, PDF, plain text). A redirect that leads to such a page becomes one as well.
- What is held already (address, date, digest) is not taken in again, so an import can be repeated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from linkcheck import page
from linkcheck.archives import warc
from linkcheck.archives.local import LocalArchive
from linkcheck.archives.writer import Writer
from linkcheck.body import media_type
from linkcheck.clock import iso
from linkcheck.importing.foreign import MOST_IN_MEMORY, Foreign, date_of, records
from linkcheck.importing.unpacking import Pages, Plain, opened
from linkcheck.model import Exchange, Hop, Landing, Observation, Request
from linkcheck.uri import join, normalise, surt, without_fragment

_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/pdf", "text/plain"})
_MOST_HOPS = 10

Key = tuple[str, str]
"""URL as it is compared, and date to the second."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did.

    Attributes:
        responses: records that were written.
        snapshots: of them, those that the lock file lists now.
        known: were held already.
        notes: what was left out and why, a sentence each.
        recovered: of runs that were killed, as the writer found them.
    """

    responses: int
    snapshots: int
    known: int
    notes: tuple[str, ...]
    recovered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Answer:
    """A response that can be taken in: of a revisit, with the record that holds its body."""

    said: Foreign
    kept: Foreign
    request: Foreign | None

    @property
    def url(self) -> str:
        return _key(self.said.uri)

    @property
    def is_redirect(self) -> bool:
        return 300 <= self.said.status < 400 and bool(self.said.header("location"))


@dataclass(slots=True)
class _Catalogue:
    """What the files hold, without the bodies."""

    answers: list[_Answer] = field(default_factory=list)
    left: dict[str, int] = field(default_factory=dict)
    origins: list[tuple[str, str]] = field(default_factory=list)

    def leave(self, why: str) -> None:
        self.left[why] = self.left.get(why, 0) + 1


def bring_in(archive: LocalArchive, files: Sequence[Path], cited: frozenset[str] | None) -> Imported:
    """Imports WARC, ARC and WACZ files.

    Args:
        archive: ours.
        files: to import, all or none.
        cited: URI-Rs that become snapshots; None for all pages.

    Raises:
        InputError: a file cannot be read or is damaged; names file, record, offset and URL. Nothing was changed.
        ArchiveError: our own cannot be read or written.
    """
    with ExitStack() as stack:
        plains = [plain for path in files for plain in stack.enter_context(opened(path))]
        catalogue = _catalogued(plains)
        landings = _landings(catalogue, cited)
        if not catalogue.answers:
            return Imported(0, 0, 0, _notes(catalogue))
        with archive.open_for_writing(origins=tuple(dict.fromkeys(catalogue.origins))) as writer:
            return _write(writer, catalogue, landings)


# ---------------------------------------------------------------- reading


def _catalogued(plains: Iterable[Plain]) -> _Catalogue:
    catalogue = _Catalogue()
    files = [(plain, list(records(plain))) for plain in plains]
    whole = [one for _, found in files for one in found if one.kind == "response" and one.head]
    originals = {(_key(one.uri), iso(one.moment)): one for one in whole}
    by_digest = {(_key(one.uri), _stated(one)): one for one in whole}
    for plain, found in files:
        catalogue.origins.append((plain.name.partition("!")[0], plain.digest))
        requests = _requests(found)
        for record in found:
            if record.kind in ("response", "revisit"):
                _take(catalogue, record, requests.get(record.number), originals, by_digest)
            elif record.kind in ("resource", "conversion", "continuation"):
                catalogue.leave(f"{record.kind} record; only what a server answered is taken in")
    return catalogue


def _requests(found: list[Foreign]) -> dict[int, Foreign]:
    """The request of each response by the response's number: by their ids, else the neighbour of the same address."""
    answered = [one for one in found if one.kind in ("response", "revisit")]
    answers = {one.identity: one.number for one in answered if one.identity}
    named = {one.fields.get("warc-concurrent-to", ""): one.number for one in answered}
    paired: dict[int, Foreign] = {}
    for place, record in enumerate(found):
        if record.kind != "request":
            continue
        number = answers.get(record.fields.get("warc-concurrent-to", "")) or named.get(record.identity or "-")
        if number is None:
            near = (found[other] for other in (place - 1, place + 1) if 0 <= other < len(found))
            alike = (one for one in near if one.kind in ("response", "revisit") and one.uri == record.uri)
            number = next((one.number for one in alike), None)
        if number is not None:
            paired[number] = record
    return paired


def _take(
    catalogue: _Catalogue,
    record: Foreign,
    request: Foreign | None,
    originals: dict[Key, Foreign],
    by_digest: dict[Key, Foreign],
) -> None:
    """Puts a response into the catalogue, or says why not."""
    if not _key(record.uri):
        catalogue.leave("response without a web address")
    elif record.length > MOST_IN_MEMORY:
        catalogue.leave(f"response of more than {MOST_IN_MEMORY // 1024**2} MiB")
    elif "warc-segment-number" in record.fields:
        catalogue.leave("response in several segments")
    elif request is not None and request.verb not in ("GET", ""):
        catalogue.leave(f"response to a {request.verb} request; its address alone does not bring it")
    elif record.kind == "revisit":
        kept = _original(record, originals, by_digest)
        if kept is None:
            catalogue.leave("revisit whose original is in none of these files")
        else:
            said = record if record.head else replace(record, head=kept.head, status=kept.status, headers=kept.headers)
            catalogue.answers.append(_Answer(said, kept, request))
    elif not record.head:
        catalogue.leave("response without an HTTP head")
    else:
        catalogue.answers.append(_Answer(record, record, request))


def _original(revisit: Foreign, originals: dict[Key, Foreign], by_digest: dict[Key, Foreign]) -> Foreign | None:
    """The record that holds the body of a revisit: by what it refers to, else by address and digest."""
    fields = revisit.fields
    uri = _key(fields.get("warc-refers-to-target-uri", "") or revisit.uri)
    moment = date_of(fields.get("warc-refers-to-date", ""))
    named = originals.get((uri, iso(moment))) if moment else None
    stated = _stated(revisit)
    if named is not None and (not stated or stated == _stated(named)):
        return named
    return by_digest.get((uri, stated)) if stated else None


def _stated(record: Foreign) -> str:
    """Its payload digest in one spelling: Browsertrix writes sha256 in a response and sha-256 in its revisit."""
    algorithm, _, value = record.fields.get("warc-payload-digest", "").partition(":")
    return f"{algorithm.lower().replace('-', '')}:{value.upper()}" if value else ""


def _key(url: str) -> str:
    """A URL as it is compared; "" where it is none of the web."""
    normal = normalise(url)
    if normal is None or not normal.startswith(("http://", "https://")):
        return ""
    try:
        surt(url)
    except ValueError:
        return ""
    return without_fragment(normal)


# ---------------------------------------------------------------- choosing


def _landings(catalogue: _Catalogue, cited: frozenset[str] | None) -> list[tuple[_Answer, ...]]:
    """The chains that become snapshots: redirects, if any, and the page they lead to."""
    by_url: dict[str, list[_Answer]] = {}
    for answer in catalogue.answers:
        by_url.setdefault(answer.url, []).append(answer)
    chains = []
    for answer in catalogue.answers:
        if cited is not None and answer.url not in cited:
            continue
        chain = _chain(answer, by_url)
        last = chain[-1]
        if 200 <= last.said.status < 300 and (cited is not None or _is_page(last)):
            chains.append(chain)
    return chains


def _chain(answer: _Answer, by_url: dict[str, list[_Answer]]) -> tuple[_Answer, ...]:
    """The way from an answer along its redirects: each time the capture of the target that is nearest in time."""
    chain = [answer]
    while chain[-1].is_redirect and len(chain) <= _MOST_HOPS:
        here = chain[-1]
        target = join(here.said.uri, here.said.header("location"))
        there = by_url.get(without_fragment(target), []) if target else []
        if not there:
            break
        nearest = min(there, key=lambda one: abs(one.said.moment - here.said.moment))
        if nearest in chain:
            break
        chain.append(nearest)
    return tuple(chain)


def _is_page(answer: _Answer) -> bool:
    pages: Pages | None = answer.said.plain.pages
    if pages is not None:
        return (answer.url, iso(answer.said.moment)) in pages
    return media_type(answer.said.headers) in _PAGE_TYPES


# ---------------------------------------------------------------- writing


def _write(writer: Writer, catalogue: _Catalogue, landings: list[tuple[_Answer, ...]]) -> Imported:
    responses = listed = known = 0
    covered: set[int] = set()
    for chain in landings:
        covered.update(map(id, chain))
        last = chain[-1]
        if writer.lists(chain[0].url, last.said.moment, last.kept.digest):
            known += 1
            continue
        writer.save(_landing(chain), _provenance(last))
        responses += len(chain)
        listed += 1
    for answer in catalogue.answers:
        if id(answer) in covered:
            continue
        if writer.holds(warc.public(answer.said.uri), answer.said.moment, answer.kept.digest):
            known += 1
            continue
        writer.keep(_exchange(answer))
        responses += 1
    return Imported(responses, listed, known, _notes(catalogue), writer.recovered)


def _landing(chain: tuple[_Answer, ...]) -> Landing:
    exchanges = tuple(map(_exchange, chain))
    last = exchanges[-1]
    said = page.parse(last.body, last.headers, chain[-1].url) if last.body else None
    seen = Observation(
        uri_r=chain[0].url,
        observed_at=last.started_at,
        final_url=chain[-1].url,
        hops=tuple(Hop(hop.request.url, hop.status) for hop in exchanges[:-1]),
        status=last.status,
        headers=last.headers,
        media_type=media_type(last.headers),
        page=replace(said, fingerprint=page.fingerprint(said.text)) if said else None,
    )
    return Landing(seen, exchanges)


def _exchange(answer: _Answer) -> Exchange:
    """As if we had asked ourselves, at that time."""
    said, (body, truncated) = answer.said, answer.kept.body()
    return Exchange(
        request=Request(said.uri),
        sent=_sent(answer.request) if answer.request else b"",
        head=said.head,
        body=body,
        status=said.status,
        headers=said.headers,
        started_at=said.moment.replace(microsecond=0),
        truncated=truncated,
        address=said.fields.get("warc-ip-address", ""),
    )


def _sent(request: Foreign) -> bytes:
    request.plain.stream.seek(request.start)
    block = request.plain.stream.read(request.length)
    head, end, _ = block.partition(b"\r\n\r\n")
    return head + end


def _provenance(answer: _Answer) -> warc.Fields:
    """Where a capture of ours came from."""
    said = answer.said
    return [
        ("imported-from", warc.one_line(said.plain.name)),
        ("imported-file-digest", said.plain.digest),
        ("imported-offset", str(said.offset)),
        ("imported-record-id", warc.one_line(said.identity)),
    ]


def _notes(catalogue: _Catalogue) -> tuple[str, ...]:
    return tuple(f"Left out ({count:,}): {why}." for why, count in sorted(catalogue.left.items()))
