"""How to go about it: the frozen forms of the settings that engine, archives and policy are handed; and how it ends."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from enum import IntEnum


class ExitCode(IntEnum):
    """What a command ends with."""

    OK = 0
    POLICY = 1
    USAGE = 2
    UNTOLD = 3
    CRASH = 4
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Resolve:
    """``HOST:PORT:ADDRESS[:PORT]``: connect to that address instead of asking the resolver (curl's ``--connect-to``).

    TLS and ``Host`` keep speaking of ``host``. The user named the address, so it may be a private one.
    """

    host: str
    port: int
    address: str
    to_port: int


@dataclass(frozen=True, slots=True)
class Network:
    """How sockets are opened, for sources and archives alike.

    Attributes:
        user_agent: honest, with version and contact.
        ca_file: PEM bundle to trust instead of the usual one; "" for the usual one.
        resolve: addresses given by the user.
        allow_private: host names, addresses or networks (CIDR) that may be private.
        connect_timeout_s, timeout_s: until connected; until the last byte.
        max_body_bytes: a longer body is cut there and marked.
        max_header_bytes: a longer header block is a malformed answer.
    """

    user_agent: str = "linkcheck (+https://pypi.org/project/citation-linkcheck/)"
    ca_file: str = ""
    resolve: tuple[Resolve, ...] = ()
    allow_private: frozenset[str] = frozenset()
    connect_timeout_s: float = 10.0
    timeout_s: float = 30.0
    max_body_bytes: int = 16 * 1024 * 1024
    max_header_bytes: int = 256 * 1024


@dataclass(frozen=True, slots=True)
class HostRules:
    """What the settings say of a host, or of the hosts below a domain. None: what holds for all.

    Attributes:
        pattern: as the user wrote it, for what is said of it.
        host: a host name, or ``*.`` and a domain for the hosts below it, the domain itself not among them.
        port: it speaks of that port only; 0 for those of http and https.
        headers: fields that are sent to it, values included; they stand in no report, archive or log.
        missing: environment variables that its headers need and that are not set: then it is not asked at all, for
            what it says to strangers (a 404, say) would be taken for what it says to us.
        allow_http: the headers go over plain http too.
        accept: statuses that count as there.
        spacing_s, per_host, retries: as in :class:`Manners`.
        timeout_s, max_body_bytes: as in :class:`Network`.
        method: ``GET``, or ``HEAD`` for pages that nobody quotes.
        robots: whether robots.txt is obeyed before a page is archived.
    """

    pattern: str = ""
    host: str = ""
    port: int = 0
    headers: tuple[tuple[str, str], ...] | None = field(default=None, repr=False)
    missing: tuple[str, ...] | None = None
    allow_http: bool | None = None
    accept: tuple[int, ...] | None = None
    spacing_s: float | None = None
    per_host: int | None = None
    retries: int | None = None
    timeout_s: float | None = None
    max_body_bytes: int | None = None
    method: str | None = None
    robots: bool | None = None

    def speaks_of(self, host: str, port: int) -> bool:
        """Whether the pattern means that host (lower case, as in a URL) at that port."""
        if self.port != port and (self.port or port not in _WEB_PORTS):
            return False
        return host.endswith(self.host[1:]) if self.host.startswith("*.") else host == self.host

    def headers_over(self, scheme: str) -> tuple[tuple[str, str], ...]:
        """The fields that are sent with a request by that scheme."""
        return self.headers or () if scheme == "https" or self.allow_http else ()

    def missing_over(self, scheme: str) -> tuple[str, ...]:
        """The variables without which no request by that scheme is made."""
        return self.missing or () if scheme == "https" or self.allow_http else ()


_WEB_PORTS = (80, 443)
NO_RULES = HostRules()


@dataclass(frozen=True, slots=True)
class Hosts:
    """The rules of every host that the settings speak of."""

    rules: tuple[HostRules, ...] = ()

    def of(self, host: str, port: int) -> HostRules:
        """What holds for a host at a port: of each thing what the nearest pattern says.

        A name is nearer than a domain, a longer domain nearer than a shorter one, and one with its port nearer still.
        """
        return _nearest(self.rules, host, port) if self.rules else NO_RULES


NO_HOSTS = Hosts()


@functools.lru_cache(maxsize=4096)
def _nearest(rules: tuple[HostRules, ...], host: str, port: int) -> HostRules:
    meant = [each for each in rules if each.speaks_of(host, port)]
    meant.sort(key=lambda each: (not each.host.startswith("*."), len(each.host), each.port != 0))
    held = NO_RULES
    for each in meant:
        held = replace(held, **{name: getattr(each, name) for name in _set_in(each)})
    return held


def _set_in(rules: HostRules) -> Iterable[str]:
    return (each.name for each in fields(rules) if getattr(rules, each.name) is not None)


@dataclass(frozen=True, slots=True)
class Manners:
    """How hard we may knock.

    Attributes:
        in_flight: requests at once over all hosts.
        per_host: requests at once to one host.
        spacing_s: between the starts of two requests to one host.
        retries: further tries after a timeout, reset, 429 or 5xx, and ``backoff_s`` the base of the jittered pause.
        max_pause_s: the longest pause, however long a Retry-After asks for.
        max_redirects: hops followed.
        confirm_s: pause before the second look at a 404 or 410.
        robots: whether robots.txt is obeyed before something is archived.
        hosts: what differs at single hosts.
    """

    in_flight: int = 128
    per_host: int = 1
    spacing_s: float = 0.25
    retries: int = 2
    backoff_s: float = 1.0
    max_pause_s: float = 30.0
    max_redirects: int = 20
    confirm_s: float = 0.5
    robots: bool = True
    hosts: Hosts = NO_HOSTS

    def at(self, host: str, port: int) -> Manners:
        """The manners at one host."""
        held = self.hosts.of(host, port)
        if held is NO_RULES:
            return self
        return replace(
            self,
            per_host=self.per_host if held.per_host is None else held.per_host,
            spacing_s=self.spacing_s if held.spacing_s is None else held.spacing_s,
            retries=self.retries if held.retries is None else held.retries,
            robots=self.robots if held.robots is None else held.robots,
        )

    @property
    def asks_robots(self) -> bool:
        """Whether robots.txt is obeyed at any host."""
        return self.robots or any(each.robots for each in self.hosts.rules)


USUAL = Manners()
"""What holds where the settings say nothing."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How documents are read.

    Attributes:
        identifiers: take DOIs, arXiv ids, ISBNs and RFC numbers as citations that stand in prose without a URL.
        since: only what was changed since this revision of git was left; "" for all.
        diff: only what ``git diff`` shows of this revision or range; "" for all.
        root: directory that the links without a host are held against; "" for none.
        base: where web pages among them were published, so that their relative links are citations, too; under a
            ``root`` each page has its path below it. "" where that is not known.
    """

    identifiers: bool = False
    since: str = ""
    diff: str = ""
    root: str = ""
    base: str = ""


@dataclass(frozen=True, slots=True)
class Patience:
    """When what only fails is dead: after ``looks`` bad looks, each at least ``days_apart`` from the next.

    The defaults are the rule by which Wikipedia's InternetArchiveBot tags a link as dead.
    """

    looks: int = 3
    days_apart: float = 3.0


PATIENCE = Patience()


@dataclass(frozen=True, slots=True)
class Policy:
    """What a citation may not be. ``fail_on`` holds states, reasons, and ``missing-capture``."""

    fail_on: frozenset[str] = field(default_factory=lambda: frozenset({"dead", "drifted"}))
