"""robots.txt, read as RFC 9309 says. Pure: the visit has fetched it and followed its redirects.

Our product token is ``linkcheck``; the group that names it is obeyed, else the group of ``*``, and no other. What a
site says to ``ia_archiver`` or ``archive.org_bot`` it says to the Internet Archive, which publishes what it keeps; our
copy stays with the text that cites it, and the Archive goes by its own rules when it is asked to capture something.

Matching is our own. The package protego 0.7 takes ``User-agent: link`` for us and copies every rule
into every agent of its group: 64 KB of agents and rules took it 6 s and 460 MB, 500 KiB more than 1.5 GB. Here the
work for one URL is at most the length of the file times that of the URL, in the C code of ``str.find``; a hostile file
against a URL of 8,000 characters takes about a second at worst (``bench/robots.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from linkcheck import uri

AGENT = "linkcheck"

LONGEST = 500 * 1024
"""Bytes that are read (RFC 9309 2.5 asks for 500 KiB at least)."""

_AGENT_KEYS = frozenset({"user-agent", "useragent", "user agent"})
_ALLOW_KEYS = frozenset({"allow"})
_DISALLOW_KEYS = frozenset({"disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"})
"""With the misspellings that Google's parser understands: who wrote one of them meant it."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_TOKEN = re.compile(r"[\w-]+")
"""RFC 9309 2.2.1 has only ASCII letters, ``-`` and ``_``, but MJ12bot would be "mj" by that, and "linkcheckö" ours."""

_INDEX = "/index.html"
_ORIGIN = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*")
_ESCAPE_OR_OTHER = re.compile(rb"%[0-9A-Fa-f]{2}|[^A-Za-z0-9._~:/?#\[\]@!&'()+,;=-]")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Rule:
    """One ``Allow`` or ``Disallow``.

    ``pattern`` is normalised ASCII: ``*`` is any octets, a ``$`` can only stand at its end and ends the path there.
    """

    allow: bool
    pattern: str
    line: int

    def matches(self, path: str) -> bool:
        """Whether a normalised path begins as the pattern says (RFC 9309 2.2.2, 2.2.3)."""
        anchored = self.pattern.endswith("$")
        first, *parts = self.pattern.removesuffix("$").split("*")
        if not path.startswith(first):
            return False
        if not parts:
            return not anchored or path == first
        last = parts.pop() if anchored else ""
        place = len(first)
        for part in parts:
            found = path.find(part, place)
            if found < 0:
                return False
            place = found + len(part)
        return len(path) - place >= len(last) and path.endswith(last)


@dataclass(frozen=True, slots=True)
class Robots:
    """What one origin's robots.txt says to one product token.

    Attributes:
        rules: most specific first; the first that matches decides, and where none does the URL is allowed.
        closed: why nothing at all may be taken, in words; "" where the rules decide.
    """

    rules: tuple[Rule, ...] = ()
    closed: str = ""

    @classmethod
    def parse(cls, body: bytes, status: int | None, agent: str = AGENT) -> Robots:
        """Reads an answer. Never raises, whatever the body holds.

        2xx: the rules of the body. 5xx, 429 and no answer: nothing is allowed for now (RFC 9309 2.3.1.4). Any other
        status: there are no rules, everything is allowed (2.3.1.3 for 4xx, 401 and 403 among them; 2.3.1.2 for
        redirects that led nowhere). 429 is a 4xx by its number, but says "not now" and nothing of rules; the RFC only
        permits to go on, and taking all from a host that asks for less would be the wrong way round. Google reads it
        so too.

        Args:
            body: without content codings; cut at :data:`LONGEST`.
            status: of the last response, None where there was none.
            agent: the product token.
        """
        if status is None:
            return cls(closed="there was no answer for its robots.txt")
        if status == 429 or status >= 500:
            return cls(closed=f"its robots.txt answered {status}")
        if not 200 <= status < 300:
            return cls()
        rules = _rules(_text(body), agent.lower())
        return cls(tuple(sorted(rules, key=lambda rule: (-len(rule.pattern), not rule.allow))))

    def allows(self, url: str) -> bool:
        """Whether the URL may be taken. Never raises."""
        return not self.refusal(url)

    def refusal(self, url: str) -> str:
        """Why the URL may not be taken, in words that quote the rule and its line; "" if it may. Never raises."""
        path = _path(url)
        if path == "/robots.txt":  # always allowed (RFC 9309 2.2.2)
            return ""
        if self.closed:
            return self.closed
        rule = next((rule for rule in self.rules if rule.matches(path)), None)
        if rule is None or rule.allow:
            return ""
        pattern = rule.pattern if len(rule.pattern) <= _SHOWN else f"{rule.pattern[: _SHOWN - 1]}…"
        return f"its robots.txt says “Disallow: {pattern}” (line {rule.line})"


def robots_url(url: str) -> str:
    """Where the rules for a URL are: ``/robots.txt`` of its scheme, host and port; "" for a URL without a host."""
    return uri.join(uri.without_credentials(url), "/robots.txt") or ""


# ---------------------------------------------------------------- reading


def _text(body: bytes) -> str:
    """The text within the limit; a line that the limit cuts is left out, since half a path forbids too much."""
    if len(body) > LONGEST:
        kept = body[:LONGEST]
        body = kept[: max(kept.rfind(b"\n"), kept.rfind(b"\r")) + 1]
    return body.decode("utf-8-sig", errors="replace")


def _rules(text: str, agent: str) -> list[Rule]:
    """Of all groups that name the agent, taken together; where there are none, of all groups of ``*``.

    Only Allow and Disallow end a list of agents. Any other line (Crawl-delay, Sitemap, what nobody knows) is as if it
    were not there (RFC 9309 2.2.4), so ``User-agent: *``, ``Crawl-delay: 5``, ``User-agent: x``, ``Disallow: /`` closes
    the site to everyone, as it does for Google.
    """
    own: list[Rule] = []
    common: list[Rule] = []
    agents: set[str] = set()
    named = ended = False
    for line, key, value in _directives(text):
        if key in _AGENT_KEYS:
            if ended:
                agents.clear()
                ended = False
            agents.add(_product(value))
            named = named or agent in agents
            continue
        ended = True
        if not value or agents.isdisjoint((agent, "*")):
            continue
        rules = [Rule(key in _ALLOW_KEYS, _pattern(value), line)]
        if rules[0].allow and value.endswith(_INDEX):
            # "Disallow: /" with "Allow: /index.html" means the front page, whose address is "/". Google reads it so.
            rules.append(Rule(True, rules[0].pattern.removesuffix(_INDEX) + "/$", line))
        if agent in agents:
            own += rules
        if "*" in agents:
            common += rules
    return own if named else common


def _directives(text: str) -> Iterator[tuple[int, str, str]]:
    """Line number, lower-case key and value of every line that concerns us; ``key value`` counts as ``key: value``."""
    for number, written in enumerate(_LINE_END.split(text), start=1):
        line = written.partition("#")[0].strip()
        key, colon, value = line.partition(":")
        if not colon:
            key, value = [*line.split(maxsplit=1), "", ""][:2]
        key = key.strip().lower()
        if key in _AGENT_KEYS or key in _ALLOW_KEYS or key in _DISALLOW_KEYS:
            yield number, key, value.strip()


def _product(value: str) -> str:
    """The product token of a User-agent line: ``FooBot/1.2 (x)`` is ``foobot``; "" where there is none."""
    words = value.split(maxsplit=1)
    if words and words[0] == "*":
        return "*"
    token = _TOKEN.match(value.lower())
    return token.group() if token else ""


# ---------------------------------------------------------------- comparing


def _pattern(value: str) -> str:
    """A path of a rule as it is compared."""
    anchor = "$" if value.endswith("$") else ""
    return "*".join(_normal(part) for part in value.removesuffix("$").split("*")) + anchor


def _path(url: str) -> str:
    """Path and query of a URL as they are compared."""
    origin = _ORIGIN.match(url)
    path = _normal(url[origin.end() if origin else 0 :].partition("#")[0])
    return path if path.startswith("/") else f"/{path}"


def _normal(text: str) -> str:
    """Unreserved characters bare, all that is no ASCII or needs it escaped in upper case (RFC 9309 2.2.2).

    ``*`` and ``$`` are escaped as well, so that ``%2A`` in a rule means a star in a path (2.2.3).
    """
    return _ESCAPE_OR_OTHER.sub(_escaped, text.encode("utf-8", "surrogatepass")).decode("ascii")


def _escaped(found: re.Match[bytes]) -> bytes:
    written = found.group()
    octet = int(written[1:], 16) if len(written) == 3 else written[0]
    return bytes((octet,)) if octet in _UNRESERVED else b"%%%02X" % octet
