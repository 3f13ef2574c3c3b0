"""Archive URLs hold the URL of the source: it is what is cited, and the archive URL is a memento given beside it.

Only of archives whose addresses are known to have that form, since other sites have dates and URLs in their paths, too.
Short ones (``perma.cc/ABCD-1234``, ``archive.ph/AbCdE``) do not say what they are copies of, and stay as they are; so
do calendars (``/web/*/…``), which are no memento.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import unquote

from linkcheck import uri
from linkcheck.model import Citation

_HOSTS = re.compile(
    r"(?:(?:web|wayback|www|classic-web|replay\.web|liveweb|web-beta)\.)?archive\.org"
    r"|(?:[\w-]+\.)?archive-it\.org"
    r"|archive\.(?:today|is|ph|li|vn|md|fo)"
    r"|(?:www\.)?webarchive\.org\.uk|arquivo\.pt|webarchive\.loc\.gov|wayback\.vefsafn\.is|webarchive\.parliament\.uk"
    r"|(?:[\w-]+\.)?nationalarchives\.gov\.uk|webarchive\.nla\.gov\.au|web\.archive\.org\.au|perma-archives\.org"
    r"|swap\.stanford\.edu|wayback\.webarchiv\.cz|haw\.nsk\.hr|webarchives?\.proni\.gov\.uk|archive\.wikiwix\.com"
    r"|(?:timetravel\.)?mementoweb\.org|timetravel\.mementoweb\.org"
)
"""Archives that put the moment and the URL of the source into their own: OpenWayback, pywb, archive.today's long form,
and gateways. Of the list at https://timetravel.mementoweb.org/guide/api/ and of RFC 7089's examples."""

_MOMENT = re.compile(
    r"(?:/[\w.-]+){0,3}?/(?:\d{4,14}|\d{4}\.\d\d\.\d\d-\d{6})(?:[a-z]{2}_)?/(?P<source>(?:https?(?::|%3a)|[^/.]+\.).+)",
    re.I,
)
_SCHEME = re.compile(r"(https?):/{0,3}", re.I)
_MOST_WRAPPINGS = 4


def unwrapped(citation: Citation) -> Citation:
    """The citation of the source, with the archive URL as its ``memento``; what is no archive URL stays as it is."""
    source = source_of(citation.url)
    if not source:
        return citation
    return replace(citation, url=source, memento=citation.memento or citation.url)


def source_of(url: str) -> str:
    """The normalised URL that an archive URL is a copy of; "" where it is no archive URL, or does not say."""
    source = ""
    for _ in range(_MOST_WRAPPINGS):
        inner = _inside(source or url)
        if not inner:
            break
        source = inner
    return source


def _inside(url: str) -> str:
    if not uri.is_web(url) or not _HOSTS.fullmatch(uri.host(url)):
        return ""
    _, _, rest = url.partition("//")
    found = _MOMENT.fullmatch(rest[rest.find("/") :] if "/" in rest else "")
    if found is None:
        return ""
    written = found["source"]
    if re.match(r"https?%3a", written, re.I):
        written = unquote(written)
    # "/web/2020/http:/a.example/": a server or an editor that takes "//" for "/" has been there.
    written = _SCHEME.sub(lambda scheme: f"{scheme[1].lower()}://", written, count=1)
    source = uri.normalise(written if "://" in written[:8] else f"http://{written}") or ""
    return source if uri.is_web(source) and "." in uri.host(source) else ""
