"""The nouns, one a stage, all frozen. In the order a citation meets them:

Document -> Citation -> (Request -> Exchange | Failure)* -> Observation -> Verdict -> Finding -> Report
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from linkcheck.conduct import ExitCode

Headers = tuple[tuple[str, str], ...]
"""Header fields in the order they came, names as written."""


class State(StrEnum):
    """The whole vocabulary of verdicts, worst first."""

    DEAD = "dead"
    DRIFTED = "drifted"
    MOVED = "moved"
    BLOCKED = "blocked"
    FAILING = "failing"
    UNKNOWN = "unknown"
    ALIVE = "alive"

    @property
    def rank(self) -> int:
        """0 for the worst; sorts a report."""
        return list(State).index(self)


class FailureKind(StrEnum):
    """Why a request brought no answer. The values are also the reasons of the verdicts they lead to."""

    NO_SUCH_HOST = "no-such-host"
    DNS_NO_ANSWER = "dns-no-answer"
    CONNECTION_REFUSED = "connection-refused"
    CONNECTION_RESET = "connection-reset"
    UNREACHABLE = "host-unreachable"
    TIMEOUT = "timeout"
    TLS_EXPIRED = "tls-expired"
    TLS_WRONG_HOST = "tls-wrong-host"
    TLS_UNTRUSTED = "tls-untrusted"
    TLS_PROTOCOL = "tls-protocol"
    MALFORMED_ANSWER = "malformed-answer"
    REDIRECT_LOOP = "redirect-loop"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    BAD_REDIRECT = "bad-redirect"
    PROXY = "proxy-refused"
    UNSAFE_ADDRESS = "unsafe-address"
    UNSUPPORTED_SCHEME = "unsupported-scheme"
    EXCLUDED = "excluded"
    OFFLINE = "offline"
    NOT_REACHED = "not-reached"


# ---------------------------------------------------------------- what cites


@dataclass(frozen=True, slots=True)
class Document:
    """A text that cites: one file, standard input, or the URLs of the command line.

    Attributes:
        name: as the user gave it; ``<stdin>`` and ``<arguments>`` for what is no file.
        format: name of the member of ``extract/`` that reads it.
        text: the decoded text, line ends as they were. Empty for binary formats (PDF, Word …), which read ``content``.
        content: the bytes as read.
    """

    name: str
    format: str
    text: str
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Citation:
    """One place in one document that cites one source.

    Attributes:
        url: WHATWG-normalised, fragment kept.
        written: exactly as it stands in the document.
        document: name of the document.
        line, column: 1-based place of the first character of ``written``; columns count characters.
        context: the words around it, on one line; empty where the URL stands alone.
        quotes: passages that the source must contain.
        accessed: the date of citing, where it is known.
        title: what the citing text calls the source.
        loose: passages in quotation marks beside the source that may be its words or somebody else's: looked for and
            reported, and never held against it.
        place: where it stands in a document without lines (``page 3``), or the key of its entry (``@smith2020``).
        author, dated: of the source, as the document gives them; the date as ``2024-08-28``, ``2024-08`` or ``2024``.
        memento: URI-M that the document gives beside the source, or wrote in its place.
    """

    url: str
    written: str
    document: str
    line: int
    column: int
    context: str = ""
    quotes: tuple[str, ...] = ()
    accessed: date | None = None
    title: str = ""
    loose: tuple[str, ...] = ()
    place: str = ""
    author: str = ""
    dated: str = ""
    memento: str = ""

    @property
    def uri_r(self) -> str:
        """The URI-R that is fetched: ``url`` without fragment and credentials. Those with equal ones share a visit."""
        scheme, slashes, rest = self.url.partition("#")[0].partition("//")
        authority, slash, path = rest.partition("/")
        return f"{scheme}{slashes}{authority.rpartition('@')[2]}{slash}{path}"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something handed in that cannot be used, where, and the way out. It costs exit code 2; the rest goes on.

    ``line`` is 0 where the whole document is meant.
    """

    document: str
    line: int
    message: str

    def __str__(self) -> str:
        where = f"{self.document}:{self.line}" if self.line else self.document
        return f"{where}: {self.message}"


# ---------------------------------------------------------------- what was asked and answered


@dataclass(frozen=True, slots=True)
class Request:
    """One request that a visit wants made."""

    url: str
    method: str = "GET"
    headers: Headers = ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response, bytes as received.

    Attributes:
        request: what was asked.
        sent: the request head as it went over the wire, to the empty line.
        head: the response's status line and header block as received, to the empty line.
        body: de-chunked, still compressed as it came.
        status: of the final response (never 1xx).
        headers: of the response, decoded as ISO 8859-1.
        truncated: ``""``, or why the body ends early, in the words of WARC-Truncated:
            ``length`` (our size limit), ``time`` (our time limit), ``disconnect``.
        address: the peer's IP address, ``""`` where a proxy stood between.
        started_at: UTC.
        elapsed_s: seconds from start to the last byte.
    """

    request: Request
    sent: bytes
    head: bytes
    body: bytes
    status: int
    headers: Headers
    started_at: datetime
    elapsed_s: float = 0.0
    truncated: str = ""
    address: str = ""

    def header(self, name: str) -> str:
        """The first field of that name, ``""`` if there is none."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")


@dataclass(frozen=True, slots=True)
class Failure:
    """A request that brought no answer.

    ``message`` says what happened in words for people; ``sent`` is false where it was not even tried, because the
    same host had just failed others.
    """

    request: Request
    kind: FailureKind
    message: str
    started_at: datetime
    elapsed_s: float = 0.0
    address: str = ""
    sent: bool = True


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a redirect chain: ``url`` answered ``status`` and named the next."""

    url: str
    status: int


# ---------------------------------------------------------------- what was seen


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


# ---------------------------------------------------------------- what it means


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """Whether one quote stands in a text.

    Attributes:
        quote: as the citing text gives it.
        found: whether its words are there, all and in order.
        where: ``live``, or the kind of the :class:`Witness` that has it (``capture``, ``memento`` …).
            Of an altered quote that of the text which comes so near; "" if nowhere.
        differences: of an altered quote: which words differ, in words for people. Empty where it is found or missing.
    """

    quote: str
    found: bool
    where: str = ""
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A better address. ``kind``: ``redirect``, ``moved-collection``, ``memento``, ``neighbour``."""

    url: str
    kind: str
    verified: bool
    evidence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The opinion on one citation: state, stable reason id, and words for people.

    ``pause``: what of the evidence gives pause about a live source (the title is another, a quote could not be looked
    for), for reports that pass over what is well; "" where nothing does.
    """

    state: State
    reason: str
    evidence: str
    quotes: tuple[QuoteMatch, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    pause: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One citation with everything that is known of it; a row of every report.

    ``observation`` is carried without page and headers (they are judged, then dropped), so a report stays small.
    ``excepted``: what the policy would hold against it and lets pass for a while, a sentence each with end and reason.
    ``trace``: ``captures``, ``neighbours``, ``none`` or ``not-asked``; ``traced`` says it in words, "" where nobody was
    asked. ``shortfalls``: what the policy holds against
    it, a short sentence each; empty when it passes.
    """

    citation: Citation
    verdict: Verdict
    observation: Observation | None = None
    snapshots: tuple[Snapshot, ...] = ()
    trace: str = "not-asked"
    shortfalls: tuple[str, ...] = ()
    traced: str = ""
    excepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The citation health report, before it has a format.

    Attributes:
        command: the command that made it: ``check``, ``archive``, ``verify``, ``report``, ``demo``.
        generated_at: UTC.
        tool: ``linkcheck VERSION``.
        findings: in the order of the documents.
        exit_code: what the command ends with.
        notes: sentences that concern the run as a whole (offline, stand-ins, interrupted).
        problems: inputs that could not be used.
        integrity: what is wrong with the archive, a sentence each; empty when sound or not examined.
    """

    command: str
    generated_at: datetime
    tool: str
    findings: tuple[Finding, ...]
    exit_code: ExitCode = ExitCode.OK
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    integrity: tuple[str, ...] = ()

    def counts(self) -> dict[State, int]:
        """Citations by state, worst first, states without any left out."""
        tally = dict.fromkeys(State, 0)
        for finding in self.findings:
            tally[finding.verdict.state] += 1
        return {state: count for state, count in tally.items() if count}

    def sources(self) -> int:
        """How many different URI-Rs are cited."""
        return len({finding.citation.uri_r for finding in self.findings})
