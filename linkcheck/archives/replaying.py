"""A memento as an archive hands it out, and what of it is the original's: RFC 7089 fields, raw addresses. Pure."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from linkcheck import page, uri
from linkcheck.body import media_type
from linkcheck.model import Headers, Observation

if TYPE_CHECKING:
    import requests

URI_M = re.compile(r"(?P<root>.*/)(?P<digits>\d{14})(?P<mod>[a-z]{2}_)?/(?P<url>https?:/.+)")
"""How pywb and the Wayback Machine write the address of a memento; with ``id_`` it gives the raw bytes."""

GOOD = (200, 203, 206)
"""Statuses of a capture that is evidence of what a source said."""


def moment_of(written: str) -> datetime | None:
    """An RFC 1123 date, as Memento-Datetime has it (RFC 7089 2.1.1); None where it is none."""
    try:
        moment = parsedate_to_datetime(written)
    except (TypeError, ValueError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def captured_at(response: requests.Response) -> datetime | None:
    """When it was captured, never the date asked for; None for an answer of the archive's own."""
    return moment_of(response.headers.get("Memento-Datetime", ""))


def plays(seen: Observation) -> bool:
    """Whether a replayed memento shows the source: a good status, and a body."""
    return seen.status in GOOD and seen.length > 0


def same_source(one: str, other: str) -> bool:
    """Whether two addresses are of one source to an archive: the same SURT, which leaves out scheme and ``www.``."""
    try:
        return uri.surt(one) == uri.surt(other)
    except ValueError:
        return False


def observed(
    uri_m: str, url: str, original: str, response: requests.Response, body: bytes, moment: datetime, cut: str
) -> Observation:
    """What a memento says. ``url`` is where its bytes came from, ``original`` the base of its links."""
    headers = _original_headers(response, body)
    return Observation(
        uri_r=uri_m,
        observed_at=moment,
        final_url=url,
        status=response.status_code,
        headers=headers,
        media_type=media_type(headers),
        digest="sha256:" + hashlib.sha256(body).hexdigest() if body else "",
        length=len(body),
        truncated=cut,
        page=page.parse(body, headers, original) if body else None,
    )


_ORIGINAL = "x-archive-orig-"
_OF_THE_BODY = ("content-type", "content-encoding", "memento-datetime")


def _original_headers(response: requests.Response, body: bytes) -> Headers:
    """The fields that were captured, under their own names; of the archive's those that say how its body is written.

    The archive undoes the coding of most captures and keeps its name among the original fields, so that is believed
    only of a body that is written in it.
    """
    said = [(name, value) for name, value in response.headers.items() if name.lower() in _OF_THE_BODY]
    captured = [
        (name[len(_ORIGINAL) :], value)
        for name, value in response.headers.items()
        if name.lower().startswith(_ORIGINAL)
    ]
    names = {name.lower() for name, _ in said}
    if not body.startswith(b"\x1f\x8b"):
        names.add("content-encoding")
    return (*said, *((name, value) for name, value in captured if name.lower() not in names))
