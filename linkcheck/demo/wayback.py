"""The stand-in archive: index queries, mementos and TimeMaps under the Wayback Machine's addresses."""

from __future__ import annotations

import re
from email.utils import format_datetime

from linkcheck import uri
from linkcheck.clock import parse_timestamp14
from linkcheck.demo import cdx
from linkcheck.demo.answers import HTML, TEXT, Answer, Asked, notice, redirect
from linkcheck.demo.captures import CAPTURES, Capture, key_of
from linkcheck.model import Headers

HOST = "web.archive.org"
BASE = f"https://{HOST}"

_MEMENTO = re.compile(r"/web/(?:(?P<digits>\d{4,14})(?P<mod>[a-z]{2}_)?/)?(?P<url>[^/]+\..*|https?://.+)")
_TIMEMAP = "/web/timemap/link/"
_LINK = re.compile(rb'(href|src)="(https?://[^"]+|/[^/"][^"]*|/)"')


def answer(asked: Asked) -> Answer:
    """What the archive says to one request."""
    if asked.path == "/":
        return Answer(200, notice("The archive, a stand-in", "It holds captures of a few pages."))
    if asked.path == "/save" or asked.path.startswith("/save/"):
        return _save(asked)
    if asked.path == "/cdx/search/cdx":
        return _index(asked.query)
    if asked.target.startswith(_TIMEMAP):
        return _timemap(asked.target.removeprefix(_TIMEMAP))
    parts = _MEMENTO.fullmatch(asked.target)
    if parts is None:
        return Answer(404, notice("Not found", "The archive has no page of its own here."))
    return _memento(parts["digits"] or "", parts["mod"] or "", parts["url"])


def _save(asked: Asked) -> Answer:
    """Anonymous saving: refused since 2026 where it is posted, too busy otherwise.

    No Retry-After: nothing would be gained by waiting, and the demo has no time to.
    """
    if asked.method == "POST":
        return Answer(401, b'{"message": "You need to be logged in to save pages."}\n', "application/json")
    return Answer(429, notice("Too many requests", "The archive takes no captures from here just now."))


def _index(query: str) -> Answer:
    try:
        body, media_type = cdx.answer(query, CAPTURES)
    except cdx.QueryError as refusal:
        return Answer(400, f"{refusal}\n".encode(), TEXT)
    return Answer(200, body.encode(), media_type)


def _of(url: str) -> list[Capture]:
    """The captures that can be replayed: one that redirects to itself would lead round in a circle."""
    key = key_of(url)
    return [capture for capture in CAPTURES if capture.urlkey == key and not capture.leads_to_itself]


def _memento(digits: str, mod: str, url: str) -> Answer:
    captures = _of(url)
    if not captures:
        return _not_archived()
    if not digits:
        return redirect(302, _address(captures[-1], mod))
    try:
        wanted = parse_timestamp14(digits)
    except ValueError:
        return Answer(400, notice("Not a date", f"{digits} is no moment of the calendar."))
    capture = min(captures, key=lambda one: abs(parse_timestamp14(one.timestamp) - wanted))
    if capture.timestamp != digits:
        return redirect(302, _address(capture, mod))
    body = capture.body if mod == "id_" else _rewritten(capture, mod)
    return Answer(capture.status, body, HTML, _memento_headers(capture, captures))


def _not_archived() -> Answer:
    words = "The Wayback Machine's stand-in has not archived that URL."
    return Answer(404, notice("Not archived", words))


def _address(capture: Capture, mod: str = "") -> str:
    return f"{BASE}/web/{capture.timestamp}{mod}/{capture.original}"


def _rewritten(capture: Capture, mod: str) -> bytes:
    """Links lead into the archive, and a banner says where the reader is, as on the real pages."""
    start = f"/web/{capture.timestamp}{mod}/"
    root = capture.original[: len(capture.original) - len(uri.path(capture.original))]

    def inward(found: re.Match[bytes]) -> bytes:
        target = found[2].decode()
        return b'%b="%b"' % (found[1], (start + (target if "://" in target else root + target)).encode())

    page = _LINK.sub(inward, capture.body)
    if mod:
        return page
    banner = f'<div id="wm-ipp-base">Stand-in archive: captured {_moment(capture.timestamp)}</div>'
    return page.replace(b"<body>", b"<body>\n" + banner.encode(), 1)


def _moment(timestamp: str) -> str:
    """An RFC 1123 date, as Memento headers have it (RFC 7089 2.1)."""
    return format_datetime(parse_timestamp14(timestamp), usegmt=True)


def _memento_headers(capture: Capture, captures: list[Capture]) -> Headers:
    return (
        ("Memento-Datetime", _moment(capture.timestamp)),
        ("Link", ", ".join([*_about(capture.original), *_relations(capture, captures)])),
        ("X-Archive-Orig-Date", _moment(capture.timestamp)),
        ("X-Archive-Orig-Content-Type", HTML),
        ("X-Archive-Orig-Content-Length", str(len(capture.body))),
        ("X-Archive-Orig-Server", "stand-in"),
    )


def _about(original: str) -> list[str]:
    """The links that every memento of a URL shares."""
    return [
        f'<{original}>; rel="original"',
        f'<{BASE}{_TIMEMAP}{original}>; rel="timemap"; type="application/link-format"',
        f'<{BASE}/web/{original}>; rel="timegate"',
    ]


def _relations(capture: Capture, captures: list[Capture]) -> list[str]:
    """First, previous, this, next and last, each with the date it was made."""
    here, last = captures.index(capture), len(captures) - 1
    links = []
    for place in sorted({0, max(here - 1, 0), here, min(here + 1, last), last}):
        words = [
            word
            for word, holds in (
                ("first", place == 0),
                ("prev", place == here - 1),
                ("next", place == here + 1),
                ("last", place == last),
            )
            if holds
        ]
        links.append(_listed(captures[place], " ".join([*words, "memento"])))
    return links


def _listed(capture: Capture, relation: str) -> str:
    return f'<{_address(capture)}>; rel="{relation}"; datetime="{_moment(capture.timestamp)}"'


def _timemap(url: str) -> Answer:
    """All mementos of a URL in link-format (RFC 7089 5)."""
    captures = _of(url)
    if not captures:
        return _not_archived()
    original, self_link, timegate = _about(captures[-1].original)
    span = f'; from="{_moment(captures[0].timestamp)}"; until="{_moment(captures[-1].timestamp)}"'
    links = [original, self_link.replace('rel="timemap"', 'rel="self"') + span, timegate]
    last = len(captures) - 1
    for place, capture in enumerate(captures):
        words = ["first"] * (place == 0) + ["last"] * (place == last) + ["memento"]
        links.append(_listed(capture, " ".join(words)))
    return Answer(200, (",\n".join(links) + "\n").encode(), "application/link-format")
