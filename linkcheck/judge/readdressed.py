"""Whether the page that a redirect leads to is the one that was cited: by the two addresses, or by what the page says.

A server's own "for good" (301, 308) is no evidence. Sites send what they no longer have to a front page, a list of
articles, a search or a log-in with the same status as what they have moved.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qsl, unquote

from linkcheck import uri
from linkcheck.judge.case import Case, titled_like, titles_hold
from linkcheck.judge.error_page import may_be_error_address
from linkcheck.judge.front_page import is_deep
from linkcheck.judge.login_required import is_login
from linkcheck.judge.text_drift import FEWEST_WORDS, KEPT
from linkcheck.judge.words import content_words, script
from linkcheck.quote import normalise

_INDEX = re.compile(r"(?:index|default)\.(?:x?html?|php\d?|aspx?|jsp|cgi)", re.I)
_SUFFIX = re.compile(r"(?<=.)\.(?:x?html?|php\d?|aspx?|jsp)\Z", re.I)
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id", re.I)
_DRESS = re.compile(r"www\d*|m|mobile|amp|dx")
"""First labels of hosts that show one site in another dress; of ``en.m.wikipedia.org`` the second is one too.

``dx.doi.org`` is the older name of doi.org, and every DOI is in both.
"""

_SHARED = re.compile(r"(?:ac|asn|co|com|edu|go|gob|gouv|gov|govt|id|ltd|me|ne|net|nhs|nom|or|org|plc|sch)\.[a-z]{2}")
"""What stands at the end of many owners' hosts: amp.com.au and perpetual.com.au are not one site, and amp no dress."""

_STABLE_ID = re.compile(r"(?:[a-z]\d{5,}|\d{7,}|[0-9a-f]{12,})", re.I)
_FEWEST_WORDS = 3

_LISTS = frozenset(
    {"tag", "tags", "category", "categories", "hub", "topics", "section", "sections", "author", "authors"}
    | {"label", "labels"}
)
_SEARCHES = frozenset(
    {
        "search",
        "suche",
        "recherche",
        "buscar",
        "busca",
        "cerca",
        "ricerca",
        "zoeken",
        "sok",
        "hledat",
        "szukaj",
        "poisk",
    }
)
_FAREWELLS = frozenset({"removed", "deleted", "expired", "unavailable", "gone", "not-available"})
_ASKING = frozenset({"q", "query", "search", "s", "keyword", "keywords", "searchterm", "search_query", "suchbegriff"})

_TITLE_PARTS = re.compile(r"\s+[-–—:|•·«»]\s+|\s*\|\s*")
_SHORTEST_CJK = 6


def alike(old: str, new: str) -> str:
    """Why two addresses cannot be of two things, whatever stands there, in words; "" where they can.

    * Scheme, ``www.`` and the last slash; the name of the index file; ``.html`` and its like; campaign parameters; case
      and coding of letters. A server that redirects between such spellings names one resource by both.
    * The same path in another dress of the site: ``en.m.wikipedia.org/wiki/Trust,_but_verify`` is the page of
      ``en.wikipedia.org``.
    * The same telling path on the site with or without a subdomain. ``blog.example.com/2019/how-we-count-votes`` on
      ``example.com`` is that article; ``/about`` there is about somebody else, and so is the front page.
    * The same stable id at the end of the path on one site: the Associated Press writes ``/article/<slug>-<32 hex>``
      and the Moscow Times ``/YYYY/MM/DD/slug-a86187``, and slug and date may change round it. Not so in an address that
      may be an error's: ``/error/1234567`` says what is not shown.

    Not so a path on another domain: whitehouse.gov has been emptied and filled again under the same paths by every
    administration since 2009, and who takes a name over may redirect all of it.
    """
    before, after = uri.host(old), uri.host(new)
    if _port(old) != _port(new) or not _is_one_site(before, after) or leads_up(old, new):
        return ""
    if _parts(old) == _parts(new) and _asked(old) == _asked(new):
        if uri.bare_host(old) == uri.bare_host(new):
            return "it is the same address, spelt anew"
        is_dress = _undressed(before) == _undressed(after) and is_deep(new)
        return "it is the same path on another host of the site" if is_dress or _is_telling(_parts(old)) else ""
    shared = _ids(old) & _ids(new)
    if _may_be_a_farewell(new) and not _may_be_a_farewell(old):
        return ""
    return f"the site gives both the id {max(shared, key=len)}" if shared else ""


def leads_up(old: str, new: str) -> str:
    """Why the new address is that of a page about many things, or of none, in words; "" where it does not show."""
    if is_login(new) and not is_login(old):
        return "one logs in there"
    if is_deep(old) and not is_deep(new):
        return "that is a front page"
    before, after = _parts(old), _parts(new)
    if (not _SEARCHES.isdisjoint(after) and _SEARCHES.isdisjoint(before)) or _ASKING & _keys(new) - _keys(old):
        return "that is a search"
    if len(after) < len(before) and after == before[: len(after)] and _asked(new) <= _asked(old):
        return "that is a page above it"
    if not _LISTS.isdisjoint(after[-2:]) and _LISTS.isdisjoint(before):
        return "that is a list of articles"
    return ""


def why_it_fits(case: Case) -> str:
    """What says that the page at the end of the redirects is the one that was cited, in words; "" where nothing does.

    Only quotes count on a page above: it is titled after its field, as many a citation is.
    """
    page = case.observation.page
    said = []
    if case.says_what_was_cited:
        number = len(case.citation.quotes)
        said.append("the quote is on it" if number == 1 else f"all {number} quotes are on it")
    if leads_up(case.observation.uri_r, case.observation.final_url) or any(not match.found for match in case.quotes):
        return ", and ".join(said)
    if page is not None and titles_hold(page, case.citation.title) and not _is_a_sites_name(case):
        said.append("it bears the cited title")
    elif page is not None and titled_like(page, case.observation.uri_r):
        said.append("its title has the words of the cited address")
    if day := _captured_alike(case):
        said.append(f"its text is that of the capture of {day.isoformat()}")
    return ", and ".join(said)


def _captured_alike(case: Case) -> date | None:
    """When the text was captured, before there was a redirect, that the page has now; None where it has not.

    A capture that was led there too is of the same page, whatever was cited.
    """
    seen = case.observation
    for snapshot in case.snapshots:
        if snapshot.archive != "local" or not alike(snapshot.final_url or snapshot.uri_r, seen.uri_r):
            continue
        compared = seen.comparison
        is_compared = compared is not None and compared.uri_m == snapshot.uri_m
        if compared is not None and is_compared and compared.words_then >= FEWEST_WORDS and compared.likeness >= KEPT:
            return snapshot.captured_at.date()
        if seen.digest and snapshot.digest == seen.digest and 200 <= snapshot.status < 300:
            return snapshot.captured_at.date()
    return None


def _is_a_sites_name(case: Case) -> bool:
    """Whether a cited title may be the name of the site, or one general word: that stands in every title there.

    ("BBC News", "The Moscow Times": reference managers put it where they find no other.)
    """
    page, words = case.observation.page, normalise(case.citation.title)
    plain = "".join(words.split())
    if page is None or plain in re.sub(r"[.-]", "", uri.host(case.observation.final_url)):
        return True
    if any(len(parts) > 1 and normalise(parts[-1]) == words for parts in map(_TITLE_PARTS.split, page.titles)):
        return True
    if " " in words and normalise(page.title) == words:
        return False
    return len(content_words(words)) < 2 and not (script(words) == "cjk" and len(plain) >= _SHORTEST_CJK)


# ---------------------------------------------------------------- addresses


def _parts(url: str) -> tuple[str, ...]:
    """The parts of a path, without what names no other thing."""
    parts = [unquote(part).casefold() for part in uri.path(url).split("/") if part]
    if parts and _INDEX.fullmatch(parts[-1]):
        parts.pop()
    if parts:
        parts[-1] = _SUFFIX.sub("", parts[-1])
    return tuple(parts)


def _asked(url: str) -> set[tuple[str, str]]:
    """The parameters of a query, but for those of campaigns."""
    pairs = parse_qsl(uri.query(url), keep_blank_values=True)
    return {pair for pair in pairs if not _TRACKING.fullmatch(pair[0])}


def _may_be_a_farewell(url: str) -> bool:
    """Whether a site may say there that something is gone: ``/error/1234567``, ``/deleted/1234567``."""
    return may_be_error_address(url) or not _FAREWELLS.isdisjoint(_parts(url))


def _port(url: str) -> int:
    """The usual port of https for that of http: sites send from one to the other."""
    port = uri.port(url)
    return 443 if port == 80 else port


def _keys(url: str) -> set[str]:
    return {key.lower() for key, _ in _asked(url)}


def _undressed(host: str) -> tuple[str, ...]:
    """The labels of a host, without those that only dress the site."""
    labels = host.removeprefix("www.").split(".")
    if uri.ip_literal(host) is not None:
        return tuple(labels)
    owned = 3 if _SHARED.fullmatch(".".join(labels[-2:])) else 2
    kept = [label for place, label in enumerate(labels[:-owned]) if place > 1 or not _DRESS.fullmatch(label)]
    return (*kept, *labels[-owned:])


def _is_one_site(one: str, other: str) -> bool:
    """Whether hosts are equal but for dress, or one is a subdomain of the other."""
    shorter, longer = sorted((_undressed(one), _undressed(other)), key=len)
    if shorter == longer:
        return True
    return len(shorter) > 1 and longer[-len(shorter) :] == shorter and not _SHARED.fullmatch(".".join(shorter))


def _is_telling(parts: tuple[str, ...]) -> bool:
    """Whether the last part of a path names one thing: by an id, or by words enough."""
    last = parts[-1] if parts else ""
    return bool(_ids_of(last)) or len(re.findall(r"[^\W\d_]{2,}", last)) >= _FEWEST_WORDS


def _ids(url: str) -> set[str]:
    parts = _parts(url)
    return _ids_of(parts[-1]) if parts else set()


def _ids_of(part: str) -> set[str]:
    """What is a stable id where it begins or ends a part of a path: a number that is no day, or a hash."""
    words = re.split(r"[^0-9a-z]+", part)
    ends = {words[0], words[-1]}
    return {word for word in ends if _STABLE_ID.fullmatch(word) and re.search(r"\d", word) and not _is_a_day(word)}


def _is_a_day(digits: str) -> bool:
    """Whether eight digits may be a day, whichever way it is written; all articles of one have them."""
    return bool(re.fullmatch(r"(?:19|20)\d\d[01]\d[0-3]\d|[0-3]\d[0-3]\d(?:19|20)\d\d", digits))
