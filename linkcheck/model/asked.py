"""What was asked and answered: one request with its response or its failure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from linkcheck.model.words import FailureKind, Headers


@dataclass(frozen=True, slots=True)
class Request:
    """One request that a visit wants made.

    Attributes:
        url, method: of the request line.
        headers: fields beside the usual ones.
        secret: further fields that are sent and nowhere noted: not in :attr:`Exchange.sent`, not in words.
        timeout_s, max_body_bytes: of this one; None for those of the run.
    """

    url: str
    method: str = "GET"
    headers: Headers = ()
    secret: Headers = field(default=(), repr=False)
    timeout_s: float | None = None
    max_body_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response, bytes as received.

    Attributes:
        request: what was asked.
        sent: the request head as it went over the wire, to the empty line, without the values of secret fields.
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
    """One step of a redirect chain: ``url`` answered ``status`` and named the next, with ``fragment`` if not empty."""

    url: str
    status: int
    fragment: str = ""
