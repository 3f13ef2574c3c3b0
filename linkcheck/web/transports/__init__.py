"""Sockets: what carries one request there and its answer back. libcurl by default, requests where it cannot be had.

Both members keep one contract, held by the same tests against the same servers: redirects are not followed,
nothing is decoded but the transfer encoding, the address is screened before it is connected, and whatever
goes wrong comes back as a ``Failure``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from linkcheck import uri
from linkcheck.clock import Clock
from linkcheck.conduct import Network
from linkcheck.errors import SettingsError
from linkcheck.model import Exchange, Failure, FailureKind, Headers, Request

Answer = Exchange | Failure

REFUSED_CERTIFICATES = frozenset({FailureKind.TLS_EXPIRED, FailureKind.TLS_WRONG_HOST, FailureKind.TLS_UNTRUSTED})


class Transport(Protocol):
    """Carries many requests at once; all calls come from one thread."""

    def start(self, ticket: int, request: Request) -> None:
        """Begins a request. Its answer comes out of :meth:`wait` under the same ticket, exactly once."""
        ...

    def wait(self, timeout_s: float) -> list[tuple[int, Answer]]:
        """The answers that are there, after waiting up to ``timeout_s`` seconds for the first."""
        ...

    def close(self) -> None:
        """Drops what is under way and closes every connection."""
        ...


def create(name: str, network: Network, clock: Clock) -> Transport:
    """The transport of that name: ``libcurl``, ``requests``, or ``auto`` for the first of them that can be imported.

    Raises:
        SettingsError: libcurl was asked for by name and pycurl cannot be imported.
    """
    if name in ("auto", "libcurl"):
        try:
            from linkcheck.web.transports.libcurl import LibcurlTransport
        except ImportError as error:
            if name == "libcurl":
                raise SettingsError(
                    f"--transport libcurl needs pycurl, which cannot be imported here ({error}); "
                    "use --transport requests"
                ) from error
        else:
            return LibcurlTransport(network, clock)
    from linkcheck.web.transports.requests import RequestsTransport

    return RequestsTransport(network, clock)


def limited(network: Network, request: Request) -> Network:
    """The network with the limits that a request has of its own."""
    if request.timeout_s is None and request.max_body_bytes is None:
        return network
    return replace(
        network,
        timeout_s=network.timeout_s if request.timeout_s is None else request.timeout_s,
        max_body_bytes=network.max_body_bytes if request.max_body_bytes is None else request.max_body_bytes,
    )


def no_way(network: Network) -> str:
    """What to say of a host that took no connection in time."""
    return f"no connection came about within {min(network.connect_timeout_s, network.timeout_s):g} s"


def no_byte(network: Network) -> str:
    """What to say of a host that was silent when it was asked."""
    return f"not a byte of an answer came within {network.timeout_s:g} s"


def no_whole(network: Network) -> str:
    """What to say of an answer that began, and whose header block never ended."""
    return f"an answer began, and its header block had not ended within {network.timeout_s:g} s"


def about_certificate(
    failure: Failure, host: str, addresses: Sequence[str], port: int, network: Network, clock: Clock
) -> Failure:
    """The failure with words about which certificate, and which date. Blocks; call it in a thread."""
    from linkcheck.web.certificates import describe

    timeout_s = min(network.connect_timeout_s, network.timeout_s)
    words = describe(host, addresses, port, timeout_s=timeout_s, clock=clock)
    return replace(failure, message=words) if words else failure


def head_fields(network: Network, request: Request, host_field: str) -> Headers:
    """The header fields of a request, in the order both transports send them.

    ``gzip, deflate`` and never ``br``: brotli bodies break common readers of WARC files (warcio, pywb).
    """
    given = (*request.headers, *request.secret)
    own = {name.lower() for name, _ in given}
    usual = (
        ("Host", host_field),
        ("User-Agent", network.user_agent),
        ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,application/pdf;q=0.9,*/*;q=0.8"),
        ("Accept-Language", "en,*;q=0.5"),
        ("Accept-Encoding", "gzip, deflate"),
    )
    return (*((name, value) for name, value in usual if name.lower() not in own), *given)


def sent_head(request: Request, url: str, fields: Headers) -> bytes:
    """The request head as both transports write it: every field is ours, so it is known (a test compares).

    Secret fields keep their names only, so that nothing that is kept of an exchange can hold their values.
    """
    secret = {name.lower() for name, _ in request.secret}
    query = uri.query(url)
    target = uri.path(url) + (f"?{query}" if query or url.endswith("?") else "")
    noted = ((name, "(not stored)" if name.lower() in secret else value) for name, value in fields)
    lines = [f"{request.method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in noted)]
    return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n"


def parse_head(head: bytes) -> tuple[int, Headers]:
    """Status and fields of a raw response head (RFC 9112). Folded lines are joined, a line without colon is skipped.

    Raises:
        ValueError: there is no status line, or a NUL or a bare CR stands in it (RFC 9112 2.2, RFC 9110 5.5).
    """
    if b"\0" in head or b"\r" in head.replace(b"\r\n", b""):
        raise ValueError("a control character stands in its header block")
    lines = head.decode("latin-1").replace("\r\n", "\n").split("\n")
    parts = lines[0].split(None, 2)
    if len(parts) < 2 or not parts[0].startswith("HTTP/") or not (parts[1].isascii() and parts[1].isdigit()):
        raise ValueError(f"no status line: {lines[0][:80]!r}")
    fields: list[tuple[str, str]] = []
    for line in lines[1:]:
        if line[:1] in (" ", "\t") and fields:
            name, value = fields[-1]
            fields[-1] = (name, f"{value} {line.strip()}".strip())
            continue
        key, colon, content = line.partition(":")
        if colon:
            fields.append((key.strip(), content.strip()))
    return int(parts[1]), tuple(fields)
