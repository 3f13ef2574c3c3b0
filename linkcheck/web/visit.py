"""What to ask next: one visit to one source as a generator, without a socket, a thread or a clock in sight.

A visit yields a :class:`~linkcheck.model.Request` or a :class:`Pause` and is sent the answer; it returns a
:class:`~linkcheck.model.Landing`. Redirects, retries, the second look at a 404 and the sibling probe live here.
"""

from __future__ import annotations

import hashlib
import random
import string
from collections.abc import Generator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookies import CookieError, SimpleCookie
from typing import TypeGuard

from linkcheck import likeness, page, uri
from linkcheck.conduct import NO_RULES, HostRules, Manners
from linkcheck.model import Exchange, Failure, FailureKind, Headers, Hop, Landing, Observation, Request
from linkcheck.robots import LONGEST, Robots, robots_url
from linkcheck.signs import suspicion
from linkcheck.signs.walls import looks_walled_when_empty

Answer = Exchange | Failure
Book = dict[tuple[str, str, int], Robots]


@dataclass(frozen=True, slots=True)
class Sibling:
    """What a host answered for an address that nobody ever wrote.

    ``status`` is 0 where it did not answer; ``url`` is where it ended; ``name`` is the last part that was asked for.
    """

    status: int = 0
    url: str = ""
    name: str = ""
    text: str = ""


Siblings = dict[str, Sibling]
"""By the directory that was asked in, scheme and host included."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SETTLED = frozenset({501, 505, 506, 508, 510, 511})
"""Errors of the server that a second try meets again: what it does not know how to do, loops, a portal's login."""

RETRY_STATUSES = frozenset({429, *range(500, 600)} - _SETTLED)
"""Retried. 520 to 530 are Cloudflare's words for an origin that did not answer it."""

RETRY_FAILURES = frozenset(
    {
        FailureKind.TIMEOUT,
        FailureKind.CONNECTION_RESET,
        FailureKind.DNS_NO_ANSWER,
        FailureKind.CONNECTION_REFUSED,
    }
)
GONE = frozenset({404, 410})
_SIBLING_LETTERS = 25
_SHORTEST_ECHO = 5

_HEAD_OF_PAGE = 64 * 1024
"""Bytes in which a meta refresh is looked for."""

_NEVER = datetime.fromtimestamp(0, UTC)
"""When something was started that was not."""

_ENOUGH_TEXT = 4_000
"""Characters of a page that nobody quotes: more than any bot wall or error page says."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Ask nothing for that many seconds. ``host`` set: nobody asks that host until then."""

    seconds: float
    host: str = ""


Visit = Generator[Request | Pause, Answer | None, Landing]


@dataclass(frozen=True, slots=True)
class Validators:
    """What an earlier answer of ``url`` said of itself, to ask whether it still holds (RFC 9110 13.1)."""

    url: str
    etag: str = ""
    last_modified: str = ""

    def fields(self) -> Headers:
        """If-None-Match, and If-Modified-Since for servers that know no ETags."""
        offered = (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
        return tuple((name, value) for name, value in offered if value)


@dataclass(frozen=True, slots=True)
class Way:
    """How one visit goes about it.

    Attributes:
        manners: retries, pauses and the number of redirects followed.
        chance: where jitter and the sibling's name come from.
        probe: ask for a random sibling where what was found may be a "not found" in disguise.
        method: ``GET``, or ``HEAD``, after which ``GET`` is asked wherever the answer is no success.
        validators: of an earlier answer; a 304 comes home as such.
        whole: keep the whole text of the page, for quotes and the archive; else as much as tells a page from a wall.
        book: robots.txt of the origins met so far, to look up whether a page may be archived; None asks nobody.
        siblings: those of the directories met so far, so that each is asked for one a run.
    """

    manners: Manners
    chance: random.Random
    probe: bool = True
    method: str = "GET"
    validators: Validators | None = None
    whole: bool = True
    book: Book | None = None
    siblings: Siblings | None = None


@dataclass(slots=True)
class _Trail:
    """Where a visit has been."""

    hops: list[Hop] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)
    cookies: dict[str, SimpleCookie] = field(default_factory=dict)
    attempts: int = 1


def visit(
    uri_r: str,
    *,
    manners: Manners,
    chance: random.Random,
    probe: bool = True,
    method: str = "GET",
    validators: Validators | None = None,
    whole: bool = True,
    book: Book | None = None,
    siblings: Siblings | None = None,
) -> Visit:
    """One look at a source, to its end.

    Args:
        uri_r: http or https URL without fragment.
        manners, chance, probe, method, validators, whole, book, siblings: see :class:`Way`.
    """
    way = Way(manners, chance, probe, method, validators, whole, book, siblings)
    trail = _Trail()
    answer = yield from _follow(uri_r, trail, way)
    if method != "GET" and (not _succeeded(answer) or looks_walled_when_empty(answer.headers)):
        # Many servers answer HEAD with 403, 404, 405 or 501 for a page that they show; and behind some services only
        # the content tells the page from a wall.
        way = replace(way, method="GET")
        trail = _Trail()
        answer = yield from _follow(uri_r, trail, way)
    confirmed = False
    if isinstance(answer, Exchange) and answer.status in GONE and not _is_accepted(answer, manners):
        # One 404 can be a deploy or a sick node behind a load balancer; the second look decides.
        yield Pause(manners.confirm_s)
        trail = _Trail()
        answer = yield from _follow(uri_r, trail, way)
        confirmed = isinstance(answer, Exchange) and answer.status in GONE
    seen = _observe(uri_r, answer, trail, confirmed=confirmed, whole=whole)
    if probe and _may_be_disguised(seen):
        seen = _beside(seen, (yield from _sibling_of(uri_r, way)))
    keep_out = yield from _kept_out(answer, way)
    return Landing(seen, tuple(trail.exchanges), keep_out=keep_out)


def errand(url: str, *, manners: Manners, chance: random.Random, book: Book | None) -> Visit:
    """Fetches something for the archive alone: robots.txt is asked first, redirects and retries are as in a visit.

    No second look and no sibling: of what is not there nobody is told that it is dead.

    Args:
        url, manners, chance, book: as of :func:`visit`. What robots.txt forbids is not asked for, and comes home as
            ``excluded`` with ``keep_out``.
    """
    way = Way(manners, chance, probe=False, whole=False, book=book)
    if lacking := what_is_missing(url, manners):
        answer: Answer = Failure(Request(url), FailureKind.MISSING_VARIABLE, lacking, _NEVER, sent=False)
        return Landing(_observe(url, answer, _Trail()))
    refusal = yield from _refusal(url, way)
    if refusal:
        answer = Failure(Request(url), FailureKind.EXCLUDED, refusal, _NEVER, sent=False)
        return Landing(_observe(url, answer, _Trail()), keep_out=refusal)
    trail = _Trail()
    answer = yield from _follow(url, trail, way)
    keep_out = (yield from _kept_out(answer, way)) if trail.hops else ""
    return Landing(
        replace(_observe(url, answer, trail, whole=False), page=None), tuple(trail.exchanges), keep_out=keep_out
    )


def glance(url: str, *, manners: Manners, chance: random.Random) -> Visit:
    """One request without redirects, retries or second looks: is anybody there?"""
    answer = yield _request(url, "GET", (), manners)
    if answer is None:
        raise RuntimeError("a visit was resumed without an answer")
    return Landing(_observe(url, answer, _Trail()))


def unasked(uri_r: str, kind: FailureKind, words: str, moment: datetime) -> Observation:
    """The observation of a source that nobody asked."""
    return Observation(
        uri_r=uri_r,
        observed_at=moment,
        final_url=uri_r,
        failure=kind,
        failure_message=words,
        attempts=0,
    )


# ---------------------------------------------------------------- redirects


def _follow(url: str, trail: _Trail, way: Way) -> Generator[Request | Pause, Answer | None, Answer]:
    """Asks, and asks again wherever a redirect points, until an answer is none."""
    seen: set[tuple[str, str]] = set()
    while True:
        if lacking := what_is_missing(url, way.manners):
            moment = trail.exchanges[-1].started_at if trail.exchanges else _NEVER
            return Failure(Request(url), FailureKind.MISSING_VARIABLE, lacking, moment, sent=False)
        answer = yield from _persist(url, trail, way)
        if isinstance(answer, Failure):
            return answer
        trail.exchanges.append(answer)
        onward = _onward(answer)
        if not onward:
            return answer
        target = _target(answer, onward)
        if target is None or not uri.host(target):
            shown = _shown(uri.without_credentials(_readable(onward)))
            return _stray(answer, FailureKind.BAD_REDIRECT, f"it redirects to {shown}")
        if not uri.is_web(target):
            words = f"it redirects to {_shown(target)}, which is neither http nor https"
            return _stray(answer, FailureKind.BAD_REDIRECT, words)
        _keep_cookies(trail, answer)
        step = (target, _cookie_field(trail, target))
        if step in seen or (target == answer.request.url and not step[1]):
            return _stray(answer, FailureKind.REDIRECT_LOOP, f"it redirects in a circle, through {_shown(target)}")
        if len(trail.hops) >= way.manners.max_redirects:
            words = f"it redirects more than {way.manners.max_redirects} times"
            return _stray(answer, FailureKind.TOO_MANY_REDIRECTS, words)
        seen.add(step)
        trail.hops.append(Hop(answer.request.url, answer.status, _place(answer, onward)))
        url = target


def _onward(answer: Exchange) -> str:
    """What the answer names as the next address: Location, or a meta refresh that sends every reader on; or ""."""
    if answer.status in REDIRECTS:
        return answer.header("location")
    if not _succeeded(answer) or not answer.body:
        return ""
    beginning = page.decode_body(answer.body, answer.headers, _HEAD_OF_PAGE)
    if beginning is None or b"refresh" not in beginning.lower():
        return ""
    parsed = page.parse(answer.body, answer.headers, answer.request.url, longest_text=_ENOUGH_TEXT)
    return parsed.refresh if parsed is not None else ""


def _target(answer: Exchange, onward: str) -> str | None:
    """The absolute URL of that, without fragment and credentials; None where it is none."""
    location = _readable(onward)
    if any(ord(letter) < 32 for letter in location):
        return None
    target = uri.join(answer.request.url, location)
    return None if target is None else uri.without_credentials(uri.without_fragment(target))


def _place(answer: Exchange, onward: str) -> str:
    """The fragment of that: where on the page a browser goes, whatever fragment it came with (RFC 9110 10.2.2)."""
    return uri.fragment(uri.join(answer.request.url, _readable(onward)) or "")


def _succeeded(answer: Answer) -> TypeGuard[Exchange]:
    return isinstance(answer, Exchange) and 200 <= answer.status < 300


def _readable(onward: str) -> str:
    """A Location whose raw bytes are read as UTF-8 where they are that, as browsers do."""
    try:
        return onward.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return onward


def _stray(answer: Exchange, kind: FailureKind, words: str) -> Failure:
    return Failure(answer.request, kind, words, answer.started_at, answer.elapsed_s, answer.address)


def _keep_cookies(trail: _Trail, answer: Exchange) -> None:
    """Within one chain a site gets back what it set itself: some redirect in a circle without it."""
    jar = trail.cookies.setdefault(_site(answer.request.url), SimpleCookie())
    for name, value in answer.headers:
        if name.lower() == "set-cookie" and len(value) < 4096 and len(jar) < 50:
            try:
                jar.load(value)
            except CookieError:
                continue


def _site(url: str) -> str:
    """Where a cookie goes back to: host and port, 80 and 443 taken for one, since sites send from http to https."""
    port = uri.port(url)
    return uri.host(url) if port in (80, 443) else f"{uri.host(url)} {port}"


def _cookie_field(trail: _Trail, url: str) -> str:
    jar = trail.cookies.get(_site(url), SimpleCookie())
    secure = uri.scheme(url) == "https"
    return "; ".join(f"{key}={morsel.coded_value}" for key, morsel in jar.items() if secure or not morsel["secure"])


# ---------------------------------------------------------------- retries


def _persist(url: str, trail: _Trail, way: Way) -> Generator[Request | Pause, Answer | None, Answer]:
    """Asks one URL, again where that may help, with full jitter (Brooker 2015) or as long as Retry-After says."""
    manners = _at(url, way.manners)
    cookies = _cookie_field(trail, url)
    headers: Headers = (("Cookie", cookies),) if cookies else ()
    if way.validators is not None and way.validators.url == url:
        headers += way.validators.fields()
    attempt = 0
    while True:
        answer = yield _request(url, way.method, headers, manners)
        if answer is None:
            raise RuntimeError("a visit was resumed without an answer")
        trail.attempts = attempt + 1
        if attempt == manners.retries or not _worth_a_retry(answer) or _is_accepted(answer, manners):
            return answer
        asked_for = retry_after(answer) if isinstance(answer, Exchange) else None
        if asked_for is not None:
            if asked_for > manners.max_pause_s:
                return answer  # sooner than asked would be rude, and that long nobody waits
            yield Pause(asked_for, uri.host(url))
        else:
            bound = min(manners.max_pause_s, manners.backoff_s * 2**attempt)
            limited = isinstance(answer, Exchange) and answer.status == 429
            pause = bound if limited else way.chance.uniform(0, bound)
            yield Pause(pause, uri.host(url) if limited else "")
        attempt += 1


def rules_for(url: str, manners: Manners) -> HostRules:
    """What the settings say of the host of a URL."""
    return manners.hosts.of(uri.host(url), uri.port(url)) if manners.hosts.rules else NO_RULES


def _at(url: str, manners: Manners) -> Manners:
    return manners.at(uri.host(url), uri.port(url)) if manners.hosts.rules else manners


def what_is_missing(url: str, manners: Manners) -> str:
    """Which variables of the environment keep a URL from being asked, in words; "" where none does."""
    lacking = rules_for(url, manners).missing_over(uri.scheme(url))
    if not lacking:
        return ""
    named = ", ".join(lacking)
    if len(lacking) > 1:
        return f"{uri.host(url)} needs the environment variables {named}, which are not all set"
    return f"{uri.host(url)} needs the environment variable {named}, which is not set"


def _request(url: str, method: str, headers: Headers, manners: Manners) -> Request:
    """A request with what the settings say of its host, and of no other that it may redirect to."""
    rules = rules_for(url, manners)
    if rules is NO_RULES:
        return Request(url, method, headers)
    secret = rules.headers_over(uri.scheme(url))
    if headers and secret:  # one Cookie field a request (RFC 6265 5.4): the site's own go with those of the settings
        given = [value for name, value in headers if name == "Cookie"]
        if given and any(name.lower() == "cookie" for name, _ in secret):
            headers = tuple(field for field in headers if field[0] != "Cookie")
            secret = tuple((n, "; ".join([v, *given]) if n.lower() == "cookie" else v) for n, v in secret)
    return Request(url, method, headers, secret, rules.timeout_s, rules.max_body_bytes)


def _is_accepted(answer: Answer, manners: Manners) -> bool:
    """Whether the settings take the status for a sign that the page is there: then there is nothing to ask again."""
    if isinstance(answer, Failure):
        return False
    return answer.status in (rules_for(answer.request.url, manners).accept or ())


def _worth_a_retry(answer: Answer) -> bool:
    if isinstance(answer, Failure):
        return answer.sent and answer.kind in RETRY_FAILURES
    return answer.status in RETRY_STATUSES or answer.truncated == "disconnect"


def retry_after(answer: Exchange) -> float | None:
    """Seconds that Retry-After asks for (RFC 9110 10.2.3: seconds or a date), None where it says nothing usable."""
    value = answer.header("retry-after").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        moment = parsedate_to_datetime(value)
        return max(0.0, (moment - answer.started_at).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None


# ---------------------------------------------------------------- the sibling probe


def _may_be_disguised(seen: Observation) -> bool:
    if seen.status is None or not 200 <= seen.status < 300:
        return False
    return suspicion.deserves_sibling(seen.uri_r, seen.final_url, seen.page)


def _sibling_of(uri_r: str, way: Way) -> Generator[Request | Pause, Answer | None, Sibling]:
    """The same directory with a last part that nobody ever wrote (Bar-Yossef et al. 2004, section 4); asked once."""
    place = uri.join(uri_r, f"{uri.path(uri_r).rstrip('/').rpartition('/')[0]}/") or uri_r
    if way.siblings is not None and place in way.siblings:
        return way.siblings[place]
    name = "".join(way.chance.choices(string.ascii_lowercase, k=_SIBLING_LETTERS))
    answer = yield from _follow(f"{place}{name}", _Trail(), replace(way, method="GET", validators=None))
    sibling = Sibling()
    if isinstance(answer, Exchange):
        url = answer.request.url
        found = page.parse(answer.body, answer.headers, url, longest_text=_ENOUGH_TEXT) if answer.body else None
        sibling = Sibling(answer.status, url, name, found.text if found else "")
    if way.siblings is not None:
        way.siblings[place] = sibling
    return sibling


def _beside(seen: Observation, sibling: Sibling) -> Observation:
    """The observation with what the sibling was like. Error pages repeat the name they were asked for."""
    likeness_of_both = -1.0
    if sibling.text and seen.page is not None and seen.page.text:
        own = uri.path(seen.uri_r).rstrip("/").rpartition("/")[2]
        ours = seen.page.text[:_ENOUGH_TEXT]
        if own and len(own) >= _SHORTEST_ECHO:
            ours = ours.replace(own, "")
        likeness_of_both = likeness.shingled(ours, sibling.text.replace(sibling.name, ""))
    return replace(seen, sibling_status=sibling.status, sibling_url=sibling.url, sibling_likeness=likeness_of_both)


# ---------------------------------------------------------------- robots.txt


def _kept_out(answer: Answer, way: Way) -> Generator[Request | Pause, Answer | None, str]:
    """Why robots.txt keeps the archive out of what was found; each origin's is asked for once a run."""
    if way.book is None or not isinstance(answer, Exchange) or not _succeeded(answer):
        return ""
    return (yield from _refusal(answer.request.url, way))


def _refusal(url: str, way: Way) -> Generator[Request | Pause, Answer | None, str]:
    """Why robots.txt keeps the archive away from an address, "" if it does not."""
    if way.book is None or not _at(url, way.manners).robots:
        return ""
    place = uri.origin(url)
    if place not in way.book:
        rules = yield from _follow(robots_url(url), _Trail(), replace(way, method="GET", validators=None))
        if isinstance(rules, Exchange):
            content = page.decode_body(rules.body, rules.headers, LONGEST) or b""
            way.book[place] = Robots.parse(content, rules.status)
        else:
            way.book[place] = Robots.parse(b"", None)
    return way.book[place].refusal(url)


# ---------------------------------------------------------------- facts


def _observe(uri_r: str, answer: Answer, trail: _Trail, *, confirmed: bool = False, whole: bool = True) -> Observation:
    url, hops = answer.request.url, tuple(trail.hops)
    if isinstance(answer, Failure):
        return Observation(
            uri_r=uri_r,
            observed_at=answer.started_at,
            final_url=url,
            hops=hops,
            failure=answer.kind,
            failure_message=answer.message,
            attempts=trail.attempts,
            address=answer.address,
        )
    body = answer.body
    longest = page.LONGEST_TEXT if whole else _ENOUGH_TEXT
    return Observation(
        uri_r=uri_r,
        observed_at=answer.started_at,
        final_url=url,
        hops=hops,
        status=answer.status,
        headers=answer.headers,
        media_type=page.media_type(answer.headers),
        digest="sha256:" + hashlib.sha256(body).hexdigest() if body else "",
        length=len(body),
        truncated=answer.truncated,
        attempts=trail.attempts,
        confirmed=confirmed,
        address=answer.address,
        page=page.parse(body, answer.headers, url, longest_text=longest) if body else None,
    )


def _shown(text: str) -> str:
    return text if len(text) <= 200 else f"{text[:199]}…"
