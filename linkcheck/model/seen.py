"""What was seen at a source, now or at another time: facts only, no opinion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from linkcheck.model.asked import Exchange, Hop
from linkcheck.model.words import FailureKind, Headers


@dataclass(frozen=True, slots=True)
class Page:
    """What a body says, parsed once: facts for the judge.

    Attributes:
        title: of ``<title>``, else ``og:title``, else the first heading.
        text: the whole visible text, blocks apart by newlines; for a non-HTML text body the body itself; else "".
        canonical: absolute URL of ``<link rel=canonical>``, or "".
        refresh: absolute target of a ``<meta http-equiv=refresh>`` that fires within 10 seconds, or "".
        robots: content of ``<meta name=robots>``, lower case.
        language: of ``<html lang>``.
        ids: every ``id`` and ``<a name>``, for fragments.
        titles: ``<title>``, ``og:title``, ``citation_title``, first ``<h1>``: those that are there, without repeats.
        fingerprint: near-duplicate hash of the text, 16 hex digits; "" for a page without words or not archived.
        partial: the text was cut: it proves what it holds, and nothing is missing from it.
        notes: where in ``text`` superscripts stand that may be note marks: start and end of each, one after the other.
        filled_by: ``scripts`` or ``frames`` where they may show other words than the few of ``text``; else "".
        headings: the first few ``<h1>`` and ``<h2>``, in the order of the page.
        og_url: absolute URL of ``og:url``, or "".
        published: the day that the page gives as its own, ``YYYY-MM-DD``, or "".
        paywalled: the page says of itself that it is not free to read (schema.org ``isAccessibleForFree``).
        marks: names of the rows of :mod:`linkcheck.signs.marks` that its markup shows. Only of pages with little text.
        embeds: absolute URLs of its scripts and frames, and ``links`` how many links it has: as ``marks``.
    """

    title: str = ""
    text: str = ""
    canonical: str = ""
    refresh: str = ""
    robots: str = ""
    language: str = ""
    ids: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    fingerprint: str = ""
    partial: bool = False
    notes: tuple[int, ...] = ()
    filled_by: str = ""
    headings: tuple[str, ...] = ()
    og_url: str = ""
    published: str = ""
    paywalled: bool = False
    marks: tuple[str, ...] = ()
    embeds: tuple[str, ...] = ()
    links: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the text of a page stands to that of an earlier capture of the same source: measures, no opinion.

    Attributes:
        uri_m, captured_at: of the capture, the one that stands for what was cited.
        likeness: share of the words of the capture's main text that are still on the page, in runs of three or more:
            0 to 1. What was added does not count, nor what moved.
        words_then, words_now: of the main texts.
        title_then, language_then: of the capture's page.
        removed, added: passages of the one that the other has not, the longest first; a few, each cut short.
    """

    uri_m: str
    captured_at: datetime
    likeness: float
    words_then: int
    words_now: int
    title_then: str = ""
    language_then: str = ""
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Observation:
    """What was seen at a URI-R at one moment: facts only, no opinion.

    Exactly one of ``status`` and ``failure`` is set.

    Attributes:
        uri_r: what was asked for.
        observed_at: UTC, when the last request of the visit was started.
        hops: every redirect that was followed, first to last; ``final_url`` is where they led.
        status: of the last response.
        failure, failure_message: why there was none.
        headers: of the last response.
        media_type: lower case, without parameters.
        digest: ``sha256:`` and hex of the body as received (de-chunked, still compressed), "" without one.
        length: bytes of that body.
        truncated: as in :class:`Exchange`.
        attempts: requests made for the last hop, retries included.
        confirmed: a second look in the same run answered the same (asked for 404 and 410).
        sibling_status: status a random sibling of the cited path ended with (Bar-Yossef et al. 2004), 0 if not asked.
        sibling_url: the URL it ended at.
        sibling_likeness: of its text to this page's, 0 to 1 (Jaccard over shingles of three words); -1 if not compared.
        address: the peer's IP address.
        page: parsed body of the last response, None where there was none to parse.
        comparison: with a capture of our own, where one is kept and its bytes differ.
    """

    uri_r: str
    observed_at: datetime
    final_url: str
    hops: tuple[Hop, ...] = ()
    status: int | None = None
    failure: FailureKind | None = None
    failure_message: str = ""
    headers: Headers = ()
    media_type: str = ""
    digest: str = ""
    length: int = 0
    truncated: str = ""
    attempts: int = 1
    confirmed: bool = False
    sibling_status: int = 0
    sibling_url: str = ""
    sibling_likeness: float = -1.0
    address: str = ""
    page: Page | None = None
    comparison: Comparison | None = None

    def header(self, name: str) -> str:
        """The first field of that name, ``""`` if there is none."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")


@dataclass(frozen=True, slots=True)
class Look:
    """The little of an earlier observation that streaks are counted from."""

    observed_at: datetime
    status: int | None
    failure: FailureKind | None


@dataclass(frozen=True, slots=True)
class Landing:
    """What a visit comes home with: the observation, and the exchanges behind it for the archive.

    ``remembered``: nobody was asked; it is a stored observation that is young enough. ``keep_out``: why robots.txt
    forbids to archive it, in words; "" where it does not, or was not asked.
    """

    observation: Observation
    exchanges: tuple[Exchange, ...] = ()
    remembered: bool = False
    keep_out: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A memento we made or found: one line of ``snapshots.jsonl``.

    Attributes:
        uri_r: the source.
        uri_m: where the memento is: an absolute URL, or ``warcs/NAME.warc.gz#OFFSET`` in our own archive.
        captured_at: the memento's own date, never the date that was asked for.
        archive: ``local``, ``wayback``, …
        status: HTTP status captured.
        digest: ``sha256:HEX`` of ours; ``sha1:BASE32`` as the Wayback Machine gives it.
        media_type, title, fingerprint, length: as in Observation and Page; "" and 0 where not known.
        final_url: where redirects led when it was captured; equals ``uri_r`` without any.
        warc, offset: record of ours, relative to ``archive/``; "" and 0 for others'.
        tool: ``linkcheck VERSION`` that made or found it.
    """

    uri_r: str
    uri_m: str
    captured_at: datetime
    archive: str
    status: int
    digest: str
    media_type: str = ""
    title: str = ""
    fingerprint: str = ""
    length: int = 0
    final_url: str = ""
    warc: str = ""
    offset: int = 0
    tool: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """How a captured page looked: drawn by a browser out of our own archive, and kept there as a record.

    Attributes:
        uri_m: of the snapshot that it shows.
        taken_at: UTC, of the capture that it was drawn from: the snapshot's own, or an earlier one of the same bytes.
        uri: of its record, ``urn:fullPage:URL``.
        media_type: as the record says.
        warc, offset: where it lies, relative to ``archive/``.
        content: what a report may show: the picture, or a smaller one made of it; b"" where it is only named.
        left_out: why it cannot be shown where it should be, as the end of a sentence; "" else.
    """

    uri_m: str
    taken_at: datetime
    uri: str
    media_type: str
    warc: str
    offset: int
    content: bytes = b""
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Witness:
    """Another page that may speak for a source: a copy of it, or the page that may have been meant.

    Attributes:
        kind: ``capture`` (our own), ``memento``, ``moved-collection`` (a frozen copy of the site) or ``neighbour`` (a
            near-by address on the same host).
        url: where it is: the URI-M of a capture or memento, else its address.
        seen_at: when it was captured, or when we looked at it.
        status: that it was captured with, or that it answered us with; 0 for no answer.
        page: what it says; None where that is not known.
    """

    kind: str
    url: str
    seen_at: datetime
    status: int
    page: Page | None = None
