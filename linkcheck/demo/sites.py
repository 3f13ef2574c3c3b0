"""The stand-in hosts, each behaving as its model was seen to behave (paths and statuses; the words are ours)."""

from __future__ import annotations

import re
from dataclasses import replace
from email.utils import parsedate_to_datetime
from urllib.parse import unquote

from linkcheck.demo import wayback
from linkcheck.demo.answers import TEXT, Answer, Asked, Site, notice, page, redirect
from linkcheck.demo.captures import BIDEN_UN, MOSCOW_ARTICLE, SULLIVAN, TRUST

CONTROLS = ("example.com", "www.iana.org")
"""Hosts that surely exist: they tell "this source is gone" from "we are offline"."""

_GENERIC_CLIENT = re.compile(
    r"(python-(requests|urllib|httpx)|pycurl|curl|libcurl|wget|go-http-client|java|libwww-perl|okhttp|axios)\b", re.I
)
_TRUST_TAG = 'W/"stand-in-1"'
_TRUST_CHANGED = "Sun, 11 Aug 2024 09:30:00 GMT"


def answer(asked: Asked) -> Answer:
    """The whole stand-in web: one request in, one response out."""
    if asked.host in ALIASES:
        return redirect(301, f"https://{ALIASES[asked.host]}{asked.target}")
    site = SITES.get(asked.host)
    if site is None:
        return Answer(421, notice("Misdirected request", "No host of that name lives here."))
    if not asked.secure and asked.host not in CONTROLS:
        return redirect(301, f"https://{asked.host}{asked.target}")
    if asked.method not in ("GET", "HEAD") and asked.host != wayback.HOST:
        return Answer(405, notice("Method not allowed", "Only GET and HEAD."), headers=(("Allow", "GET, HEAD"),))
    if asked.path == "/robots.txt":
        return Answer(200, b"User-agent: *\nAllow: /\n", TEXT)
    return site(asked)


def _whitehouse(asked: Asked) -> Answer:
    """Emptied at noon on 20 January 2025: the front page stands, everything under it is gone."""
    if asked.path == "/":
        return Answer(200, notice("The White House", "The front page of the administration in office."))
    return Answer(404, page("whitehouse-404"))


def _frozen(asked: Asked) -> Answer:
    """The National Archives' copy keeps the paths of the former site, on another host."""
    if asked.path == "/":
        return Answer(200, notice("The Biden White House, archived", "A frozen copy, as it stood at the end."))
    if asked.path == SULLIVAN:
        return Answer(200, page("sullivan"), gzip=True)
    if asked.path == BIDEN_UN:
        return Answer(200, page("biden-un"), chunked=True)
    if f"{asked.path}/" in (SULLIVAN, BIDEN_UN):
        return redirect(301, f"https://{asked.host}{asked.path}/")
    return Answer(404, notice("Not in this copy", "The frozen copy holds no page under this address."))


def _moscow_times(asked: Asked) -> Answer:
    """``/YYYY/MM/DD/slug-aNNNNN``: an address with another date and without the number is nothing to it."""
    if asked.path == MOSCOW_ARTICLE:
        return Answer(200, page("moscowtimes-article"), gzip=True)
    if asked.path == "/":
        return Answer(200, notice("The Moscow Times", "News from Russia, front page."))
    return Answer(404, notice("Error 404 - The Moscow Times", "There is no article at this address."))


def _associated_press(_asked: Asked) -> Answer:
    """A bot wall, as news sites often have. AP's real behaviour is not known: this one is our choice."""
    return Answer(
        403,
        page("ap-challenge"),
        headers=(("cf-mitigated", "challenge"), ("Cache-Control", "private, no-store")),
    )


def _wikipedia(asked: Asked) -> Answer:
    """Asks clients for a User-Agent that says who they are; answers conditional requests."""
    agent = asked.headers.get("user-agent", "").strip()
    if not agent or _GENERIC_CLIENT.match(agent):
        return Answer(403, b"Set a User-Agent that says who you are and how to reach you.\n", TEXT)
    path = unquote(asked.path)
    if path == "/":
        return redirect(301, f"https://{asked.host}/wiki/Main_Page")
    if path == "/wiki/Main_Page":
        return Answer(200, notice("Wikipedia, the stand-in", "The main page of an encyclopedia."), gzip=True)
    if path == TRUST:
        validators = (("ETag", _TRUST_TAG), ("Last-Modified", _TRUST_CHANGED))
        live = Answer(200, page("wikipedia-trust"), headers=validators, gzip=True)
        return replace(live, status=304, body=b"") if _is_current(asked) else live
    return Answer(404, notice("No article of that name - Wikipedia", "Nobody has written this article."))


def _is_current(asked: Asked) -> bool:
    """Whether the client's copy is the one we hold (RFC 9110 13.2.2: a tag outweighs a date)."""
    tags = asked.headers.get("if-none-match")
    if tags is not None:
        wanted = _TRUST_TAG.removeprefix("W/")
        return any(tag.strip().removeprefix("W/") in (wanted, "*") for tag in tags.split(","))
    try:
        held = parsedate_to_datetime(asked.headers["if-modified-since"])
        return held >= parsedate_to_datetime(_TRUST_CHANGED)
    except (KeyError, TypeError, ValueError):
        # No date, a date without a zone, or no date at all in the field: RFC 9110 13.1.3 says to ignore it.
        return False


def _example(asked: Asked) -> Answer:
    if asked.path == "/":
        return Answer(200, notice("Example domain, the stand-in", "For use in examples, as RFC 2606 says."))
    return Answer(404, notice("Not found", "The example domain has only a front page."))


def _iana(asked: Asked) -> Answer:
    if asked.path == "/":
        return Answer(200, notice("Assigned numbers authority, the stand-in", "Names, numbers and protocols."))
    return Answer(404, notice("Nothing assigned", "This path has not been assigned to a page."))


SITES: dict[str, Site] = {
    "www.whitehouse.gov": _whitehouse,
    "bidenwhitehouse.archives.gov": _frozen,
    "www.themoscowtimes.com": _moscow_times,
    "apnews.com": _associated_press,
    "en.wikipedia.org": _wikipedia,
    wayback.HOST: wayback.answer,
    "example.com": _example,
    "www.iana.org": _iana,
}

ALIASES = {
    "whitehouse.gov": "www.whitehouse.gov",
    "themoscowtimes.com": "www.themoscowtimes.com",
    "www.apnews.com": "apnews.com",
}
"""Second names of a host, which lead to the first."""

HOSTS = (*SITES, *ALIASES)
"""Every name of this world."""
