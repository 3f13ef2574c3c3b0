"""How to go about it: the frozen forms of the settings that engine, archives and policy are handed; and how it ends."""

from __future__ import annotations

from dataclasses import dataclass, field
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
    """

    in_flight: int = 128
    per_host: int = 1
    spacing_s: float = 0.25
    retries: int = 2
    backoff_s: float = 1.0
    max_pause_s: float = 30.0
    max_redirects: int = 20
    confirm_s: float = 0.5


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
