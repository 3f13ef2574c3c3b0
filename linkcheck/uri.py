"""URLs as text: identity, host, SURT. Pure; WHATWG rules throughout, as browsers and ada-url have them."""

from __future__ import annotations

import functools
import ipaddress
import re
from urllib.parse import urlsplit

import ada_url

LONGEST = 8_192
"""Characters of the longest URL we take: servers refuse longer ones (RFC 9110 4.1 asks for 8,000 at least)."""

WEB_SCHEMES = ("http", "https")
_PLAIN_HOST = re.compile(r"https?://([a-z0-9.-]+)(?=[/?#]|\Z)")


def normalise(written: str, base: str = "") -> str | None:
    """The WHATWG serialisation of a URL as written, fragment kept; None where it is no URL.

    Identity of a source: two spellings that a browser would request alike become equal. IDNA 2008 hosts
    become ASCII; text fragments, parentheses and doubled slashes stay as they are.
    """
    if len(written) > LONGEST:
        return None
    try:
        url = ada_url.normalize_url(written) if not base else ada_url.join_url(base, written)
    except ValueError:
        return None
    return url if len(url) <= 3 * LONGEST else None


def join(base: str, reference: str) -> str | None:
    """An absolute URL from a reference found at ``base`` (a Location, a canonical link); None if it is none."""
    return normalise(reference, base)


def scheme(url: str) -> str:
    """Lower case, without the colon."""
    return url.partition(":")[0].lower()


def is_web(url: str) -> bool:
    """Whether it is http or https: what this tool asks."""
    return scheme(url) in WEB_SCHEMES


@functools.lru_cache(maxsize=16_384)
def _parts(url: str) -> tuple[str, int, str, str]:
    """Host, port, path and query. A visit asks for them a dozen times, and splitting a URL takes 5 µs."""
    parts = urlsplit(url)
    usual = 443 if scheme(url) == "https" else 80
    return parts.hostname or "", parts.port or usual, parts.path or "/", parts.query


def host(url: str) -> str:
    """Lower case, without port, IPv6 without brackets; "" if there is none."""
    plain = _PLAIN_HOST.match(url)  # ten times as fast, and asked of every citation
    return plain[1] if plain else _parts(url)[0]


def port(url: str) -> int:
    """The port that is connected to: written, or the scheme's own (443, 80)."""
    return _parts(url)[1]


def path(url: str) -> str:
    """With the leading slash, as written in the URL."""
    return _parts(url)[2]


def query(url: str) -> str:
    """Without the question mark."""
    return _parts(url)[3]


def fragment(url: str) -> str:
    """Without the hash."""
    return url.partition("#")[2]


@functools.lru_cache(maxsize=4096)
def normalise_pattern(pattern: str) -> str:
    """A pattern of URLs, ``*`` for anything, in the form that URLs are held in; as it is where it is none of a URL.

    ``https://Example.org:443/ä*`` is ``https://example.org/%C3%A4*``. Who writes a pattern copies an address from his
    browser, which shows names and paths as people read them.
    """
    normal = normalise(pattern.replace("*", _STAR))
    if normal is None:
        return pattern
    if "*" in pattern and not pattern.endswith("/"):  # https://example.org* is no https://example.org*/
        normal = normal.removesuffix("/")
    return normal.replace(_STAR, "*")


_STAR = "0-any-0"  # letters of every part of a URL, and in lower case


def without_fragment(url: str) -> str:
    """What is sent to a server."""
    return url.partition("#")[0]


def without_credentials(url: str) -> str:
    """Without ``user:password@``: what may be printed and stored."""
    before, slashes, rest = url.partition("//")
    authority, slash, tail = rest.partition("/")
    return f"{before}{slashes}{authority.rpartition('@')[2]}{slash}{tail}" if slashes else url


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host, port (RFC 6454): what credentials may not cross."""
    return scheme(url), host(url), port(url)


def bare_host(url: str) -> str:
    """The host without a leading ``www.``: equal for what people take for one site."""
    return host(url).removeprefix("www.")


def is_root(url: str) -> bool:
    """Whether it is a site's front page: no path, no query."""
    return path(url) == "/" and not query(url)


@functools.lru_cache(maxsize=16_384)
def ip_literal(hostname: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address, where the host is written as one (WHATWG has already turned octal and hex into dotted)."""
    try:
        return ipaddress.ip_address(hostname.strip("[]"))
    except ValueError:
        return None


def surt(url: str) -> str:
    """Sort-friendly URI Reordering Transform, the key of CDX indexes: ``com,example)/path?query``.

    For look-up only, never identity: it lower-cases the path and drops scheme, ``www.``, default port and
    fragment, and sorts the query, as the Wayback Machine's own index does.
    """
    parts = urlsplit(without_fragment(url))
    hostname = re.sub(r"^www\d*\.", "", (parts.hostname or "").lower())
    if ip_literal(hostname) is None:
        hostname = ",".join(reversed(hostname.split(".")))
    where = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    way = parts.path.lower()
    if len(way) > 1:
        way = way.rstrip("/")
    asked = "&".join(sorted(parts.query.lower().split("&"))) if parts.query else ""
    return f"{hostname}{where}){way or '/'}" + (f"?{asked}" if asked else "")
